"""Where in a text a phrase is, allowing for typos, placeholders and missing ends.

The text around the phrase must cost nothing, so of the optimal edit operations (Levenshtein) only
the best chain is kept: the stretch with the highest sum of characters matched less characters
amiss, as in local alignment (Smith & Waterman 1981). What fills a placeholder is not amiss.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Final, TypeAlias

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from bot.core.matching.pattern import HOLE_SIZE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.core.matching.pattern import Pattern

_Edit: TypeAlias = tuple[str, int, int, int, int]
"""What to do, and the parts of phrase and text it is done to: see `difflib`."""

NEAR_HOLE: Final = 4
"""How far from its place a placeholder may be aligned."""
_NEARLY: Final = 0.8
"""The share of a phrase that is as good as all of it."""
_MISSING: Final = 0.6
"""What a missing character of the phrase costs, in matched ones."""


@dataclass(frozen=True, slots=True)
class Block:
    """A run of characters that phrase and text share."""

    phrase: int
    """Where it begins in the phrase."""
    text: int
    """Where it begins in the text."""
    size: int


@dataclass(frozen=True, slots=True)
class Alignment:
    """A phrase found in a text, whole or in part."""

    blocks: tuple[Block, ...]
    """In order; never empty."""
    strays: int
    """Characters between the blocks that the phrase does not account for."""

    @property
    def start(self) -> int:
        """Where it begins in the text."""
        return self.blocks[0].text

    @property
    def end(self) -> int:
        """Where it ends in the text."""
        return self.blocks[-1].text + self.blocks[-1].size

    @property
    def first(self) -> int:
        """The first character of the phrase found."""
        return self.blocks[0].phrase

    @property
    def last(self) -> int:
        """One past the last character of the phrase found."""
        return self.blocks[-1].phrase + self.blocks[-1].size

    @property
    def matched(self) -> int:
        """How many characters of the phrase were found."""
        return sum([block.size for block in self.blocks])

    def holds(self, start: int, end: int) -> bool:
        """Whether this stretch of the phrase was found without a slip."""
        return any(b.phrase <= start and end <= b.phrase + b.size for b in self.blocks)


def exact(pattern: Pattern, text: str, at: int) -> Alignment | None:
    """The phrase as it is, its placeholders filled with anything short; None if it is not there.

    `at` is where in the text its anchor stands.
    """
    parts, main = pattern.parts, pattern.main
    at -= pattern.anchor
    if not text.startswith(parts[main], at):
        return None
    places = [at]
    for part in reversed(parts[:main]):
        at = text.rfind(part, max(0, at - HOLE_SIZE - len(part)), at)
        if at < 0:
            return None
        places.insert(0, at)
    at = places[-1] + len(parts[main])
    for part in parts[main + 1 :]:
        at = text.find(part, at, at + HOLE_SIZE + len(part))
        if at < 0:
            return None
        places.append(at)
        at += len(part)
    starts = accumulate(map(len, parts), initial=0)
    return Alignment(tuple(map(Block, starts, places, map(len, parts))), 0)


def fuzzy(
    pattern: Pattern,
    text: str,
    start: int,
    end: int,
    *,
    closer: bool = True,
) -> Alignment | None:
    """The best part of the phrase in `text[start:end]`; None if nothing is shared.

    With `closer`, a long text in which little was found is looked at again where it is densest:
    of all optimal alignments Levenshtein may take a scattered one.
    """
    size = len(pattern.text)
    worth, edits = _chain(pattern, text[start:end])
    if closer and worth < _NEARLY * size and 2 * (end - start) > 3 * size:
        dense = fuzz.partial_ratio_alignment(pattern.text, text[start:end])
        if dense:
            first = max(start, start + dense.dest_start - size // 4)
            again = _chain(pattern, text[first : start + dense.dest_end + size // 4])
            if again[0] > worth:
                start, edits = first, again[1]
    edits = _without_crumbs(edits)
    blocks = [Block(p0, start + t0, p1 - p0) for tag, p0, p1, t0, _ in edits if tag == "equal"]
    if not blocks:
        return None
    strays = sum(
        t1 - t0
        for tag, p0, p1, t0, t1 in edits
        if tag != "equal" and not _at_hole(pattern.holes, p0, p1)
    )
    return Alignment(tuple(_extended(blocks, pattern.text, text)), strays)


def _chain(pattern: Pattern, text: str) -> tuple[float, list[_Edit]]:
    return _best_chain([*Levenshtein.opcodes(pattern.text, text)], pattern.holes)


def _without_crumbs(edits: list[_Edit]) -> list[_Edit]:
    """The chain without single letters at its ends: they are there by chance."""
    solid = [i for i, (tag, p0, p1, _, _) in enumerate(edits) if tag == "equal" and p1 - p0 > 1]
    return edits[solid[0] : solid[-1] + 1] if solid else edits


def _best_chain(edits: list[_Edit], holes: Sequence[int]) -> tuple[float, list[_Edit]]:
    """The contiguous edits with the highest sum, and that sum (Kadane's algorithm)."""
    best, first, last = 0.0, 0, 0
    running, since = 0.0, 0
    for i, (tag, p0, p1, t0, t1) in enumerate(edits):
        if tag == "equal":
            running += p1 - p0
            if running > best:
                best, first, last = running, since, i + 1
            continue
        running -= _cost(p1 - p0, t1 - t0, hole=_at_hole(holes, p0, p1))
        if running <= 0:
            running, since = 0.0, i + 1
    return best, edits[first:last]


def _extended(blocks: list[Block], phrase: str, text: str) -> list[Block]:
    """The chain with its ends drawn out: of equal alignments, Levenshtein may take a torn one."""
    first, last = blocks[0], blocks[-1]
    more = 0
    while (
        first.phrase > more
        and first.text > more
        and phrase[first.phrase - more - 1] == text[first.text - more - 1]
    ):
        more += 1
    blocks[0] = Block(first.phrase - more, first.text - more, first.size + more)
    last = blocks[-1]
    size = last.size
    while (
        last.phrase + size < len(phrase)
        and last.text + size < len(text)
        and phrase[last.phrase + size] == text[last.text + size]
    ):
        size += 1
    blocks[-1] = Block(last.phrase, last.text, size)
    return blocks


def _cost(missing: int, extra: int, *, hole: bool) -> float:
    if hole and extra <= HOLE_SIZE:
        return _MISSING * missing
    return max(missing * _MISSING, extra)


def _at_hole(holes: Sequence[int], start: int, end: int) -> bool:
    return bool(holes) and any(start - NEAR_HOLE <= h <= end + NEAR_HOLE for h in holes)
