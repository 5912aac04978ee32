"""A report, made comparable: normalised text that still knows where it came from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from bot.core.text.fold import fold_traced, joins_previous
from bot.core.text.markup import unmarked

_FARTHEST: Final = 10_000
"""No more characters than these are left out in a row, so that a search for one has an end."""


@dataclass(frozen=True)
class Symptom:
    """What a person pasted, normalised for matching."""

    original: str
    """The report with markup undone; spans point into it."""

    text: str
    """Normalised: NFKC, case-folded, unified quotes, no blanks between Japanese characters…"""

    @cached_property
    def offsets(self) -> tuple[int, ...]:
        """`offsets[i]` is the index in `original` that `text[i]` came from; one more at the end.

        Found only when asked for: most reports show no error, and then nobody asks.
        """
        folded, origins = fold_traced(unmarked(self.original))
        origins.append(len(self.original))
        offsets, at, last = [], 0, len(folded)
        for character in self.text:
            if character == " ":
                offsets.append(origins[min(last, at)])
                continue
            if at >= last or folded[at] != character:
                found = folded.find(character, at, at + _FARTHEST)
                at = found if found >= 0 else at
            offsets.append(origins[min(last, at)])
            at += 1
        return (*offsets, len(self.original))

    @cached_property
    def bare(self) -> str:
        """`text` without any blank: wrapped lines, OCR and Japanese lose or gain them."""
        return self.text.replace(" ", "")

    @cached_property
    def blanks(self) -> tuple[int, ...]:
        """For each blank in `text`, in order, how many characters stand before it in `bare`."""
        blanks: list[int] = []
        before = 0
        for word in self.text.split(" ")[:-1]:
            before += len(word)
            blanks.append(before)
        return tuple(blanks)

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
