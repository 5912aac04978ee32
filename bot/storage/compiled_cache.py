"""Compiled rule bases on disk: mapped into memory at the next start instead of compiled again.

Each is a folder of plain arrays, named by a hash of the phrases, so that it can only be found by
those it was made of. Whatever is wrong with one, it is compiled anew; nothing is lost with it.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from bot.core.matching.common import COMMON
from bot.core.matching.compiled import FORMAT, Compiled, compile_phrases
from bot.core.matching.pattern import fixed_parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.core.rulebook.model import Phrase

_ARRAYS: Final = ("heads", "records", "rarity", "filed")
_ANCHORS: Final = "anchors.txt"
_KEPT: Final = 4
"""So many rule bases stay; older ones go."""


class CompiledCache:
    """A folder of compiled rule bases. Processes may share it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def compiled(self, phrases: Sequence[Phrase]) -> Compiled:
        """The phrases compiled: from the folder, or now and kept there if it can be written."""
        place = self._folder / _key(phrases)
        try:
            return _load(place, len(phrases))
        except (OSError, ValueError, EOFError):
            made = compile_phrases([fixed_parts(phrase) for phrase in phrases])
        with suppress(OSError):  # a home that cannot be written is no reason not to start
            self._keep(made, place)
        return made

    def _keep(self, made: Compiled, place: Path) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=self._folder, prefix=".new-") as scratch:
            for name in _ARRAYS:
                np.save(Path(scratch) / name, getattr(made, name))
            (Path(scratch) / _ANCHORS).write_text("\n".join(made.anchors), encoding="utf-8")
            shutil.rmtree(place, ignore_errors=True)
            shutil.copytree(scratch, place)
        self._tidy()

    def _tidy(self) -> None:
        kept = [p for p in self._folder.iterdir() if not p.name.startswith(".")]
        for old in sorted(kept, key=lambda p: p.stat().st_mtime, reverse=True)[_KEPT:]:
            shutil.rmtree(old, ignore_errors=True)


def _key(phrases: Sequence[Phrase]) -> str:
    digest = hashlib.sha256(f"{FORMAT} {COMMON}".encode())
    for phrase in phrases:
        digest.update(b"\0" + phrase.text.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:32]


def _load(place: Path, phrases: int) -> Compiled:
    arrays = {name: np.load(place / f"{name}.npy", mmap_mode="r") for name in _ARRAYS}
    anchors = (place / _ANCHORS).read_text(encoding="utf-8").split("\n")
    if len(arrays["filed"]) != phrases or len(anchors) != phrases:
        raise ValueError("not what was kept")
    return Compiled(**arrays, anchors=tuple(anchors))
