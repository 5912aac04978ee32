"""When files in folders are saved, also in a folder that was deleted and made anew."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from watchfiles import watch

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_TICK_MS: Final = 500

log = logging.getLogger("bot")


def saved(folders: Sequence[Path], stop: threading.Event) -> Iterator[None]:
    """Comes when something changed, until `stop` is set. A missing folder is waited for.

    The system watches a folder, not its name: one that took the place of another is watched anew.
    """
    while not stop.is_set():
        watched = _which(folders)
        yield from _until_exchanged(folders, watched, stop)


def _until_exchanged(
    folders: Sequence[Path], watched: dict[Path, tuple[int, int]], stop: threading.Event
) -> Iterator[None]:
    """Changes in these very folders. One exchanged, gone or come is a change, and the last."""
    if not watched:
        while _which(folders) == watched and not stop.wait(_TICK_MS / 1000):
            pass
    else:
        try:
            for changes in watch(
                *watched, stop_event=stop, rust_timeout=_TICK_MS, yield_on_timeout=True
            ):
                if _which(folders) != watched:
                    break
                if changes:
                    yield
        except FileNotFoundError:  # gone just now
            pass
    if not stop.is_set():
        yield


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
