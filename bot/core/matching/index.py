"""Which phrases may be in a text: an inverted index over a few telling character n-grams.

Each phrase is filed under the rarest n-grams of every stretch of it, so that any half of it can
be found, and common n-grams (`できません`, `error`) list next to nothing. That keeps the cost of a
look-up nearly independent of the number of phrases. Rarity also weighs the characters of a
phrase: what many rules say tells little (inverse document frequency, Spärck Jones 1972).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from heapq import nlargest
from itertools import accumulate
from math import log, sqrt
from typing import TYPE_CHECKING, Final

from bot.core.matching.pattern import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


_STRETCH: Final = 6
"""Characters of a phrase that share…"""
_FILED: Final = 2
"""…so many entries in the index."""
_CHUNK: Final = 240
"""Characters of a text looked up at a time, so that a long log hides nothing…"""
_STRIDE: Final = 160
"""…each chunk overlapping the next, so that no message is cut in two everywhere."""
_BUDGET: Final = 600
"""The most index entries read for one chunk, rarest n-grams first."""
_CANDIDATES: Final = 10
"""The most phrases considered for one chunk."""
_LEAST_SHARE: Final = 0.2
"""The least share of a phrase's entries that makes it worth a look."""
_LEAST_OF_BEST: Final = 0.35
"""The same, of the best one's share: beside a whole message a few common words are nothing."""
_LEAST_WEIGHT: Final = 0.1
_SMALLEST_BASE: Final = 200
"""Rules assumed at least, so that two alike in a small rule base are not called common."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A pattern in the index."""

    pattern: Pattern
    weights: tuple[float, ...]
    """Running sum of the weights (0 to 1) of `pattern.text`; one more at the start, 0."""
    bulk: tuple[float, ...]
    """The same, Japanese characters counted double."""
    filed: float
    """The weight of the n-grams it is filed under."""


@dataclass(frozen=True, slots=True)
class _Posting:
    """What is filed under an n-gram."""

    weight: float
    """How rare it is, 0 to 1."""
    entries: list[int]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A phrase that may be in a text."""

    entry: Entry
    share: float
    """The share of its n-grams that are."""
    start: int
    """The part of the text where most of them are."""
    end: int


def grams(text: str) -> list[str]:
    """The n-gram at each place: four characters of Latin, else three."""
    return [
        text[i : i + 4] if text[i : i + 4].isascii() else text[i : i + 3]
        for i in range(len(text) - 2)
    ]


class Index:
    """Finds the phrases a text may hold."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        rules: defaultdict[str, set[str]] = defaultdict(set)
        for pattern in patterns:
            for gram in grams(pattern.text):
                rules[gram].add(pattern.rule.id)
        frequency = {gram: len(ids) for gram, ids in rules.items()}
        base = log(1 + max(_SMALLEST_BASE, len({p.rule.id for p in patterns})))
        rarity = {gram: max(_LEAST_WEIGHT, 1 - log(n) / base) for gram, n in frequency.items()}
        self._postings: dict[str, _Posting] = {}
        self._entries: list[Entry] = []
        for pattern in patterns:
            self._file(pattern, rarity)

    def _file(self, pattern: Pattern, rarity: dict[str, float]) -> None:
        here = grams(pattern.text)
        number = len(self._entries)
        telling = _telling(here, rarity)
        for gram in telling:
            self._postings.setdefault(gram, _Posting(rarity[gram], [])).entries.append(number)
        weights = _weights(len(pattern.text), [rarity[g] for g in here])
        double = (w if c.isascii() else 2 * w for w, c in zip(weights, pattern.text, strict=True))
        filed = sum(rarity[gram] for gram in sorted(telling))
        self._entries.append(Entry(pattern, _sums(weights), _sums(double), filed))

    def candidates(self, text: str) -> list[Candidate]:
        """Phrases `text` may hold, the likeliest first."""
        best: dict[int, tuple[float, int]] = {}
        for start in range(0, max(1, len(text) - _CHUNK + _STRIDE), _STRIDE):
            for number, worth in self._in_chunk(text[start : start + _CHUNK]):
                if worth > best.get(number, (0.0, 0))[0]:
                    best[number] = (worth, start)
        ranked = sorted(best.items(), key=lambda item: (-item[1][0], item[0]))
        return [self._candidate(number, *found, len(text)) for number, found in ranked]

    def _candidate(self, number: int, worth: float, start: int, length: int) -> Candidate:
        entry = self._entries[number]
        share = sqrt(worth / entry.filed)
        return Candidate(entry, share, start, min(length, start + _CHUNK))

    def _in_chunk(self, chunk: str) -> list[tuple[int, float]]:
        found = filter(None, map(self._postings.get, dict.fromkeys(grams(chunk))))
        weights: dict[int, float] = {}
        spent = 0
        for posting in sorted(found, key=_length):
            spent += len(posting.entries)
            if spent > _BUDGET and weights:
                break
            for number in posting.entries:
                weights[number] = weights.get(number, 0.0) + posting.weight
        shares = [(w / self._entries[number].filed, w, -number) for number, w in weights.items()]
        least = max(shares, default=(0.0,))[0] * _LEAST_OF_BEST
        least = max(least, _LEAST_SHARE)
        worth = [(share * w, number) for share, w, number in shares if share >= least]
        return [(-number, value) for value, number in nlargest(_CANDIDATES, worth)]


def _length(posting: _Posting) -> int:
    return len(posting.entries)


def _telling(here: Sequence[str], rarity: dict[str, float]) -> set[str]:
    telling: set[str] = set()
    for start in range(0, len(here), _STRETCH):
        stretch = here[start : start + _STRETCH]
        telling.update(nlargest(_FILED, stretch, key=lambda gram: (rarity[gram], gram)))
    return telling


def _weights(length: int, rarities: Sequence[float]) -> list[float]:
    """Each character's: as rare as the n-grams that begin at or just before it."""
    weights = []
    for i in range(length):
        near = rarities[max(0, i - 2) : i + 1] or rarities[-1:] or (1.0,)
        weights.append(sum(near) / len(near))
    return weights


def _sums(values: Iterable[float]) -> tuple[float, ...]:
    return tuple(accumulate(values, initial=0.0))
