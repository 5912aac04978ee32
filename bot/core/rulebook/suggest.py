"""Hints that ask: did you mean …?"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_SHOWN = 8


def did_you_mean(word: str, known: Iterable[str], at_least: int = 60) -> str:
    """A hint: the known word nearest to `word`, else the known words if they are few.

    Nearness is the normalised indel similarity of the folded words, 0 to 100.
    """
    options = sorted({*known} - {""})
    if not options:
        return ""
    if near := _nearest(word, options, at_least):
        return f"did you mean “{near}”?"
    if len(options) <= _SHOWN:
        return "one of: " + ", ".join(options)
    return ""


def _nearest(word: str, options: list[str], at_least: int) -> str | None:
    # Imported here: 35 ms that a sound rule base need not pay at start.
    from rapidfuzz import fuzz, process

    found = process.extractOne(
        word, options, scorer=fuzz.ratio, processor=_folded, score_cutoff=at_least
    )
    return found[0] if found else None


def _folded(word: str) -> str:
    return word.strip().casefold().replace("_", "-").replace(" ", "-")
