"""Which phrases may be in a text: those whose rare n-grams are in it, the likeliest first."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import nlargest
from math import sqrt
from typing import TYPE_CHECKING, Final

from bot.core.matching.compiled import MOST_RARE
from bot.core.matching.grams import grams

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.core.matching.compiled import Compiled

_CHUNK: Final = 240
"""Characters of a text looked up at a time, so that a long log hides nothing…"""
_STRIDE: Final = 160
"""…each chunk overlapping the next, so that no message is cut in two everywhere."""
_BUDGET: Final = 600
"""The most index entries read for one chunk, rarest n-grams first."""
_CANDIDATES: Final = 8
"""The most phrases considered for one chunk."""
_LEAST_SHARE: Final = 0.25
"""The least share of a phrase's entries that makes it worth a look."""
_LEAST_OF_BEST: Final = 0.3
"""The same, of the best one's share: beside a whole message a few common words are nothing."""
_LEAST_FOUND: Final = 1.5
"""The least number of n-grams, rare ones, whatever their share."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A phrase that may be in a text."""

    number: int
    """Which phrase, as given to `compile_phrases`."""
    share: float
    """The share (0 to 1) of its n-grams that are."""
    start: int
    """The part of the text where most of them are."""
    end: int


class Index:
    """Finds the phrases a text may hold."""

    def __init__(self, compiled: Compiled) -> None:
        self._heads = compiled.heads
        self._records = compiled.records.data
        self._filed = compiled.filed.data
        self._shift = compiled.shift

    def candidates(self, text: str) -> list[Candidate]:
        """Phrases `text` may hold, the likeliest first; at most eight for each 160 characters."""
        best: dict[int, tuple[float, int]] = {}
        for start in range(0, max(1, len(text) - _CHUNK + _STRIDE), _STRIDE):
            for worth, number in self._in_chunk(text[start : start + _CHUNK]):
                if worth > best.get(number, (0.0, 0))[0]:
                    best[number] = (worth, start)
        ranked = sorted(best.items(), key=lambda item: (-item[1][0], item[0]))
        return [self._candidate(number, *found, len(text)) for number, found in ranked]

    def _candidate(self, number: int, worth: float, start: int, length: int) -> Candidate:
        share = sqrt(worth / self._filed[number])
        return Candidate(number, share, start, min(length, start + _CHUNK))

    def _in_chunk(self, chunk: str) -> list[tuple[float, int]]:
        heads = self._heads.take(grams(chunk) >> self._shift)
        heads = heads[heads.nonzero()]
        if not len(heads):
            return []
        found: dict[int, int] = {}
        for rarity, phrases in self._listed(set(heads.tolist())):
            for number in phrases:
                found[number] = found.get(number, 0) + rarity
        return self._likeliest(found)

    def _listed(self, heads: set[int]) -> Iterator[tuple[int, list[int]]]:
        """What the records at `heads` list, the shortest first, as far as the budget goes."""
        records, spent = self._records, 0
        for record, head in sorted([(records[head], head) for head in heads]):
            size = record >> 8
            spent += size
            if spent > _BUDGET and spent > size:
                return
            yield record & MOST_RARE, records[head + 1 : head + 1 + size].tolist()

    def _likeliest(self, found: dict[int, int]) -> list[tuple[float, int]]:
        least = _LEAST_FOUND * MOST_RARE
        filed = self._filed
        shares = [(w / filed[number], w, number) for number, w in found.items() if w >= least]
        if not shares:
            return []
        best = max(shares)[0]
        limit = max(best * _LEAST_OF_BEST, _LEAST_SHARE)
        worth = [(share * w, -number) for share, w, number in shares if share >= limit]
        return [(value, -number) for value, number in nlargest(_CANDIDATES, worth)]
