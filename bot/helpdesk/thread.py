"""A thread of people about an error: which messages show it, and what was said about it after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz

from bot.core.matching.surroundings import cue
from bot.core.text.mask import mask
from bot.core.text.normalise import read
from bot.helpdesk.drafting import error_in

if TYPE_CHECKING:
    from collections.abc import Sequence

_ALIKE: Final = 80.0
"""Messages alike by this much (`fuzz.partial_ratio`) show the same error."""
_NOTES: Final = 8


@dataclass(frozen=True, slots=True)
class Thread:
    """What a rule can be begun from."""

    reports: tuple[str, ...]
    """Messages that show the error, the first of them first; at least one."""
    notes: tuple[str, ...]
    """What was said after it; the last words, and those that say it is solved."""


def read_thread(texts: Sequence[str]) -> Thread:
    """`texts`, in the order in which they were said, as a thread. There is at least one."""
    at = next((n for n, text in enumerate(texts) if error_in(text)), 0)
    message = read(mask(error_in(texts[at]) or texts[at]).text).bare
    reports, notes = [texts[at]], list[str]()
    for text in texts[at + 1 :]:
        (reports if _shows(text, message) else notes).append(text)
    return Thread(tuple(reports), tuple(_telling(notes)))


def _shows(text: str, message: str) -> bool:
    if _is_solution(text):
        return False
    bare = read(mask(text).text).bare
    return len(bare) * 2 >= len(message) and fuzz.partial_ratio(message, bare) >= _ALIKE


def _telling(notes: list[str]) -> list[str]:
    """The most of them that an author wants to read: what solved it, else how it ended."""
    if len(notes) <= _NOTES:
        return notes
    solved = {n for n, text in enumerate(notes) if _is_solution(text)}
    around = {n + step for n in solved for step in (-1, 0)} | set(range(len(notes) - 3, len(notes)))
    return [notes[n] for n in sorted(around) if n >= 0][-_NOTES:]


def _is_solution(text: str) -> bool:
    said = cue(text, [(0, 0)])
    return said is not None and said.kind == "solved"
