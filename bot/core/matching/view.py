"""A symptom as the phrase lane compares it: without blanks.

Wrapped lines, OCR and Japanese all lose or gain blanks, so they must not count. Word ends are
looked up in the symptom when they matter.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from bot.core.text.symptom import Symptom

_LATIN: Final = re.compile(r"[!-~]+")
_SCRIPTS: Final = (re.compile(r"[\u3400-\u9fff々]"), re.compile(r"[ァ-ヺ]"))
_LONGEST: Final = 60
"""Letters of the longest word."""


class View:
    """A symptom's text without blanks, and the way back."""

    __slots__ = ("symptom", "text")

    def __init__(self, symptom: Symptom) -> None:
        self.symptom = symptom
        self.text = symptom.bare
        """`symptom.text` without blanks; spans in this package are indices into it."""

    def back(self, index: int) -> int:
        """Where in `symptom.text` the character at `index` is."""
        return index + bisect_right(self.symptom.blanks, index)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where in `symptom.original` a non-empty part of this view is."""
        return self.symptom.span(self.back(start), self.back(end - 1) + 1)

    def whole_words(self, start: int, end: int) -> bool:
        """Whether the part begins and ends where words do. Japanese has no such places."""
        return self._parted(start) and self._parted(end)

    def word_at(self, index: int) -> str:
        """The Latin word or number around the character at `index`; empty if it is neither."""
        text, place = self.symptom.text, self.back(index)
        start = max(text.rfind(" ", 0, place) + 1, place - _LONGEST)
        around = next((m for m in _LATIN.finditer(text, start) if m.end() > place), None)
        return around.group() if around and around.start() <= place else ""

    def run_at(self, index: int) -> str:
        """The word around the character at `index`: Latin letters, or a run of one script."""
        letter = self.text[index]
        if letter.isascii():
            return self.word_at(index)
        kind = next((kind for kind in _SCRIPTS if kind.match(letter)), None)
        if kind is None:
            return ""
        first, last = index, index + 1
        while first > 0 and kind.match(self.text, first - 1):
            first -= 1
        while last < len(self.text) and kind.match(self.text, last):
            last += 1
        return self.text[first:last]

    def _parted(self, index: int) -> bool:
        if index <= 0 or index >= len(self.text):
            return True
        if not (self.text[index - 1].isascii() and self.text[index].isascii()):
            return True
        return self.back(index) - self.back(index - 1) > 1


def occurrences(view: View, words: str) -> list[tuple[int, int]]:
    """Where `words` (read, without blanks) stand in `view` as whole words."""
    found: list[tuple[int, int]] = []
    start = view.text.find(words)
    while start >= 0:
        if view.whole_words(start, start + len(words)):
            found.append((start, start + len(words)))
        start = view.text.find(words, start + 1)
    return found
