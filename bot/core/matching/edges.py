"""Where a phrase found begins and ends in the text: cut by hand, or going on as another message."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz

from bot.core.matching.align import NEAR_HOLE
from bot.core.matching.surroundings import ends
from bot.core.matching.vocabulary import WORDS

if TYPE_CHECKING:
    from bot.core.matching.align import Alignment
    from bot.core.matching.pattern import Pattern
    from bot.core.matching.view import View

_TORN_AT_HOLE: Final = 0.5
"""How torn it is where only a placeholder shows, and words of the phrase beyond it are missing."""
_SAME_WORD: Final = 65
"""Words alike by this much (`fuzz.ratio`) are one word, misspelt."""
_FEW: Final = 6
"""Letters at an end that slips may have torn off."""
_HALF: Final = 50
"""How alike (`fuzz.ratio`) they must be still."""
_NEAR: Final = 4
_DOTS_BEFORE: Final = re.compile(r"(?:…|\.{3})\s?$")
_DOTS_AFTER: Final = re.compile(r"\s?(?:…|\.{3})")
_COMPOUND: Final = re.compile(r"[\u3400-\u9fff々ァ-ヶー]")


def torn(pattern: Pattern, alignment: Alignment, view: View, start: int, end: int) -> float:
    """At how many ends (0 to 2) a part of the phrase is missing while the text goes on.

    `start` and `end` are where it stands in the original.
    """
    text = view.symptom.original
    torn = 0.0
    if alignment.first and not ends(text, start, before=True):
        lost = pattern.text[: alignment.first]
        near = view.text[max(0, alignment.start - len(lost)) : alignment.start]
        if not _mangled(lost, near):
            torn += _tear(pattern, alignment.first, alignment.start, view)
    if alignment.last < len(pattern.text) and not ends(text, end, before=False):
        lost = pattern.text[alignment.last :]
        if not _mangled(lost, view.text[alignment.end : alignment.end + len(lost)]):
            torn += _tear(pattern, alignment.last, alignment.end, view)
    return torn


def _mangled(lost: str, near: str) -> bool:
    """Whether the few letters missing at an end are there after all, with slips."""
    return len(lost) <= _FEW and fuzz.ratio(lost, near) >= _HALF


def cut(pattern: Pattern, alignment: Alignment, view: View, start: int, end: int) -> float:
    """At how many ends (0 to 2) it was cut by hand: within a word, or where dots stand for more."""
    text = view.symptom.original
    found = 0.0
    if alignment.first:
        dots = _DOTS_BEFORE.search(text[max(0, start - _NEAR) : start])
        found += bool(dots) or _halved(pattern, alignment.first, view, alignment.start)
    if alignment.last < len(pattern.text):
        dots = _DOTS_AFTER.match(text, end)
        found += bool(dots) or _halved(pattern, alignment.last, view, alignment.end)
    return found


def _halved(pattern: Pattern, index: int, view: View, at: int) -> bool:
    """Whether the text has but a part of the Latin word at `index`, and nothing glued to it."""
    inside = any(w.start < index < w.end and w.text[0].isascii() for w in pattern.words)
    return inside and view.whole_words(at, at)


def _tear(pattern: Pattern, index: int, at: int, view: View) -> float:
    """How torn a phrase is that breaks off at `index`, where the text goes on at `at`.

    Cut within a word it was cut by hand, unless the text has another word there.
    """
    if index in pattern.holes:
        return _TORN_AT_HOLE
    inside = next((w.text for w in pattern.words if w.start < index < w.end), "")
    if not inside or not inside[0].isascii():
        return 1.0
    word = _word_around(view, at)
    return float(bool(word) and (word in WORDS or fuzz.ratio(word, inside) < _SAME_WORD))


def _word_around(view: View, at: int) -> str:
    """The Latin word at `at` of the view; nothing if the text stops there, or has a blank."""
    if not 0 < at < len(view.text) or view.back(at) - view.back(at - 1) > 1:
        return ""
    return view.word_at(at) if view.word_at(at) == view.word_at(at - 1) else ""


def glued(alignment: Alignment, view: View) -> float:
    """At how many ends (0 to 2) a compound goes on: 一時ディレクトリ is no ディレクトリ."""
    text = view.symptom.original
    start, end = view.span(alignment.start, alignment.end)
    return float(_compound(text[start - 1 : start + 1])) + float(_compound(text[end - 1 : end + 1]))


def _compound(pair: str) -> bool:
    return len(pair) == 2 and all(map(_COMPOUND.match, pair))


def gap(pattern: Pattern, alignment: Alignment) -> float:
    """The longest stretch that the phrase or the text has alone, placeholders aside."""
    longest = 0
    for before, after in zip(alignment.blocks, alignment.blocks[1:], strict=False):
        since, until = before.phrase + before.size, after.phrase
        if any(since - NEAR_HOLE <= hole <= until + NEAR_HOLE for hole in pattern.holes):
            continue
        extra = after.text - before.text - before.size
        longest = max(longest, abs(until - since - extra))
    return float(longest)
