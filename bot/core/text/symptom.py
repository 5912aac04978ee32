"""A report, made comparable: normalised text that still knows where it came from."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.text.fold import joins_previous


@dataclass(frozen=True, slots=True)
class Symptom:
    """What a person pasted, normalised for matching."""

    original: str
    """The report with markup undone; spans point into it."""

    text: str
    """Normalised: NFKC, case-folded, unified quotes, no blanks between Japanese characters…"""

    offsets: tuple[int, ...]
    """`offsets[i]` is the index in `original` that `text[i]` came from; one more at the end."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The part of `original` that `text[start:end]` came from."""
        if start >= end:
            return (self.offsets[start], self.offsets[start])
        last = self.offsets[end - 1] + 1
        while last < len(self.original) and _ends_word(self.original[last]):
            last += 1
        return (self.offsets[start], last)

    def quote(self, start: int, end: int) -> str:
        """The person's own words behind `text[start:end]`."""
        first, last = self.span(start, end)
        return self.original[first:last]


def _ends_word(character: str) -> bool:
    """Whether it belongs to the character before though nothing in `text` stands for it."""
    return character in "ーｰ" or joins_previous(character)
