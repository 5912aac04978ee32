"""Where in a text a phrase is, allowing for typos, placeholders and missing ends.

The text around the phrase must cost nothing, so of the optimal edit operations (Levenshtein) only
the best chain is kept: the stretch with the highest sum of characters matched less characters
amiss, as in local alignment (Smith & Waterman 1981). What fills a placeholder is not amiss.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Final, TypeAlias

from rapidfuzz.distance import Levenshtein

from bot.core.matching.pattern import HOLE_SIZE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.core.matching.pattern import Pattern

_Edit: TypeAlias = tuple[str, int, int, int, int]
"""What to do, and the parts of phrase and text it is done to: see `difflib`."""
_Window: TypeAlias = tuple[int, int, int, int]
"""A part of the phrase (first, last) and one of the text (start, end) to align."""

NEAR_HOLE: Final = 4
"""How far from its place a placeholder may be aligned."""
_NEARLY: Final = 0.8
"""The share of a phrase that is as good as all of it."""
_RUN: Final = 3
"""Letters of a run that is not there by chance."""
_MARGIN: Final = 10
"""How far slips may move one run against the next, and how far beyond a run one may be."""
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

    With `closer`, what was found in too small a part is looked for again where phrase and text
    share runs of letters: of all optimal alignments Levenshtein may take a scattered one, and of
    a message that was cut off it takes one spread over the whole text.
    """
    size = len(pattern.text)
    worth, edits = _chain(pattern, text, (0, size, start, end))
    if closer and worth < _NEARLY * size and (shared := _shared(pattern, text, start, end)):
        again = _chain(pattern, text, shared)
        if again[0] > worth:
            edits = again[1]
    edits = _without_crumbs(edits)
    blocks = [Block(p0, t0, p1 - p0) for tag, p0, p1, t0, _ in edits if tag == "equal"]
    if not blocks:
        return None
    strays = sum(
        t1 - t0
        for tag, p0, p1, t0, t1 in edits
        if tag != "equal" and not _at_hole(pattern.holes, p0, p1)
    )
    return Alignment(tuple(_extended(blocks, pattern.text, text)), strays)


def _chain(pattern: Pattern, text: str, where: _Window) -> tuple[float, list[_Edit]]:
    first, last, start, end = where
    edits = [
        (
            op.tag,
            first + op.src_start,
            first + op.src_end,
            start + op.dest_start,
            start + op.dest_end,
        )
        for op in Levenshtein.opcodes(pattern.text[first:last], text[start:end])
    ]
    return _best_chain(edits, pattern.holes)


def _shared(pattern: Pattern, text: str, start: int, end: int) -> _Window | None:
    """The parts of phrase and text that runs of shared letters span, in one order, and a little."""
    runs = _runs(pattern.text, text, start, end)
    if not runs:
        return None
    seed = max(runs, key=lambda run: run.size)
    first, last, begin, stop = (
        seed.phrase,
        seed.phrase + seed.size,
        seed.text,
        seed.text + seed.size,
    )
    for run in sorted(runs, key=lambda run: run.text):
        if run.text >= stop and _follows(pattern, last, stop, run.phrase, run.text):
            last, stop = run.phrase + run.size, run.text + run.size
    for run in sorted(runs, key=lambda run: -run.text):
        ends = run.phrase + run.size, run.text + run.size
        if ends[1] <= begin and _follows(pattern, *ends, first, begin):
            first, begin = run.phrase, run.text
    return (
        max(0, first - _MARGIN),
        min(len(pattern.text), last + _MARGIN),
        max(start, begin - _MARGIN),
        min(end, stop + _MARGIN),
    )


def _runs(phrase: str, text: str, start: int, end: int) -> list[Block]:
    """The runs of three letters or more that both share."""
    places: dict[str, list[int]] = {}
    for place in range(len(phrase) - _RUN + 1):
        places.setdefault(phrase[place : place + _RUN], []).append(place)
    runs: list[Block] = []
    growing: dict[int, Block] = {}
    for at in range(start, end - _RUN + 1):
        grown: dict[int, Block] = {}
        for place in places.get(text[at : at + _RUN], ()):
            run = growing.get(place - 1)
            grown[place] = (
                Block(run.phrase, run.text, run.size + 1) if run else Block(place, at, _RUN)
            )
        runs += [run for place, run in growing.items() if place + 1 not in grown]
        growing = grown
    return [*runs, *growing.values()]


def _follows(pattern: Pattern, last: int, stop: int, first: int, begin: int) -> bool:
    """Whether a run at `first` and `begin` goes on from where another ends, in phrase and text."""
    missing, extra = first - last, begin - stop
    if missing < 0:
        return False
    if abs(extra - missing) <= _MARGIN:
        return True
    return 0 <= extra <= HOLE_SIZE and _at_hole(pattern.holes, last, first)


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
