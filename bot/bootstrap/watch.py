"""When files in folders are saved, also in a folder that was deleted and made anew."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final

from watchfiles import Change, watch

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_TICK_MS: Final = 500


def saved(folders: Sequence[Path], stop: threading.Event) -> Iterator[None]:
    """Comes when something changed, until `stop` is set. A missing folder is waited for.

    The system watches a folder, not its name: one that took the place of another is watched anew.
    It comes once whenever a watch stands, for what was saved before that.
    """
    while not stop.is_set():
        watched, told = _which(folders), False
        for changes in _changes(watched, stop):
            if changes or not told:
                yield
            told = True
            if _which(folders) != watched or changes & _ends(watched):
                break


def _changes(
    watched: dict[Path, tuple[int, int]], stop: threading.Event
) -> Iterator[set[tuple[Change, str]]]:
    """What changed in these folders; an empty set at the end of each quiet tick."""
    if not watched:
        while not stop.wait(_TICK_MS / 1000):
            yield set()
        return
    with suppress(FileNotFoundError):  # gone just now
        yield from watch(*watched, stop_event=stop, rust_timeout=_TICK_MS, yield_on_timeout=True)


def _ends(watched: dict[Path, tuple[int, int]]) -> set[tuple[Change, str]]:
    """The changes that end a watch. A folder made anew often gets the number of the old one."""
    return {(Change.deleted, str(folder.absolute())) for folder in watched}


def _which(folders: Sequence[Path]) -> dict[Path, tuple[int, int]]:
    """Those that are there, and which they are."""
    found = {}
    for folder in folders:
        try:
            about = folder.stat()
        except OSError:
            continue
        found[folder] = (about.st_dev, about.st_ino)
    return found
