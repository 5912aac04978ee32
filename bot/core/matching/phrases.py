"""The phrases of a rule base: found whole, or those that may be in a text in part.

What a phrase needs for a closer look is prepared when it is first looked at: most never are.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from ahocorasick_rs import AhoCorasick, MatchKind

from bot.core.matching.align import Alignment, exact
from bot.core.matching.compiled import MOST_RARE, Compiled, rarities
from bot.core.matching.index import Index
from bot.core.matching.pattern import Pattern, prepare

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.core.matching.index import Candidate
    from bot.core.rulebook.model import Phrase, Rule


_PLACES: Final = 4
"""A log may repeat a message a thousand times."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A phrase, ready for a closer look."""

    pattern: Pattern
    weights: tuple[float, ...]
    """Running sum of the weights (0 to 1) of `pattern.text`; one more at the start, 0."""
    bulk: tuple[float, ...]
    """The same, Japanese characters counted double."""


class Phrases:
    """All phrases of a rule base."""

    def __init__(self, signatures: Sequence[tuple[Rule, Phrase]], compiled: Compiled) -> None:
        self._signatures = signatures
        self._compiled = compiled
        self._entries: dict[int, Entry] = {}
        self._index = Index(compiled)
        anchored = [(a, n) for n, a in enumerate(compiled.anchors) if a]
        self._anchored = [number for _, number in anchored]
        self._anchors = AhoCorasick(
            [anchor for anchor, _ in anchored], matchkind=MatchKind.Standard, store_patterns=False
        )

    def entry(self, number: int) -> Entry:
        """Phrase `number`, prepared."""
        entry = self._entries.get(number)
        if entry is None:
            entry = self._entries[number] = self._prepared(number)
        return entry

    def whole(self, text: str) -> Iterator[tuple[Entry, Alignment]]:
        """The phrases that stand in `text` as they are, and where: a few places of each."""
        places: Counter[int] = Counter()
        for anchor, start, _ in self._anchors.find_matches_as_indexes(text, overlapping=True):
            if places[anchor] >= _PLACES:
                continue
            entry = self.entry(self._anchored[anchor])
            alignment = exact(entry.pattern, text, start)
            if alignment:
                places[anchor] += 1
                yield entry, alignment

    def candidates(self, text: str) -> list[Candidate]:
        """Phrases that may be in `text`, whole or in part, the likeliest first."""
        return self._index.candidates(text)

    def _prepared(self, number: int) -> Entry:
        pattern = prepare(*self._signatures[number], self._compiled.anchors[number])
        weights = _weights(pattern.text, rarities(pattern.text, self._compiled))
        double = (w if c.isascii() else 2 * w for w, c in zip(weights, pattern.text, strict=True))
        return Entry(pattern, _sums(weights), _sums(double))


def _weights(text: str, rarity: Sequence[int]) -> list[float]:
    """Each character's: as rare as the n-grams that begin at or just before it."""
    weights = []
    for i in range(len(text)):
        near = rarity[max(0, i - 2) : i + 1] or rarity[-1:] or (MOST_RARE,)
        weights.append(sum(near) / len(near) / MOST_RARE)
    return weights


def _sums(values: Iterable[float]) -> tuple[float, ...]:
    return tuple(accumulate(values, initial=0.0))
