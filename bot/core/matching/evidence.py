"""What speaks for and against a phrase found, as numbers that a decision can be learned from.

Each feature is something a careful person would look at; `decide` weighs them, and `why` names
those that mattered. Nothing here knows whether a rule is right.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log2
from typing import TYPE_CHECKING, Final

from bot.core.matching.differ import differences
from bot.core.matching.edges import cut, gap, glued, torn
from bot.core.matching.pattern import HOLE_SIZE
from bot.core.matching.place import letters, place_of
from bot.core.matching.surroundings import goes_on, spoken, told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.core.matching.align import Alignment
    from bot.core.matching.pattern import Pattern
    from bot.core.matching.phrases import Entry
    from bot.core.matching.place import Place
    from bot.core.matching.view import View

_ENDING: Final = 4
"""A phrase may lack its verb's ending and still be said whole."""
_SHORTEST: Final = 5.0
_LEAST: Final = 2.8
"""What has no longer run, or is less of its phrase, was never right in the training data."""
_MISS: Final = 1.0
"""What a character amiss costs, in those that explain the text."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The features. Those that `decide` uses are listed in `FEATURES`, in order."""

    coverage: float
    """The share (0 to 1) of the phrase found, its characters weighed by how few rules say them."""
    purity: float
    """The share of the stretch in the text that the phrase accounts for."""
    bulk: float
    """How much was found: weighed characters, Japanese ones counted double."""
    run: float
    """The same of the longest run without a slip."""
    alone: float
    """How much (0 to 1) of its line, or of the quotes around it, it fills."""
    told: float
    """1 if the words next to it call it an error or say that it is shown."""
    torn: float
    """At how many ends (0 to 2) a part of the phrase is missing while the text goes on."""
    cut: float
    """At how many ends (0 to 2) it was cut by hand."""
    glued: float
    """At how many ends (0 to 2) it is but a part of a compound word."""
    gap: float
    """The longest stretch (characters) within it that only the phrase or only the text has."""
    before: float
    """How much else (log 2 of letters) its line or quotation holds before it…"""
    after: float
    """…and after it."""
    spoken: float
    """1 if the sentence goes on as the person's own, so that nothing is quoted."""
    goes_on: float
    """1 if the whole phrase is there, and after it the text goes on as a message does."""
    differs: float
    """How many words (3 at most) the text has replaced, added or denied."""
    rarity: float
    """How rare (0 to 1) its characters are among all rules, on average."""
    size: float
    """The number of rules, as a power of 10."""
    other_words: tuple[str, ...]
    """The words counted by `differs`."""
    rival: float = 0.0
    """How well (0 to 2) another rule explains the same words: at 1 as well as this."""
    company: float = 0.0
    """1 if the whole message of another rule stands elsewhere in the report."""


FEATURES: Final = (
    "coverage",
    "purity",
    "bulk",
    "run",
    "alone",
    "told",
    "torn",
    "cut",
    "glued",
    "gap",
    "before",
    "after",
    "spoken",
    "goes_on",
    "differs",
    "rarity",
    "rival",
    "company",
    "size",
)


def evidence(entry: Entry, alignment: Alignment, view: View, size: float) -> Evidence | None:
    """What speaks for and against `alignment`; None if too little was found to look closer."""
    pattern, original = entry.pattern, view.symptom.original
    matched = alignment.matched
    bulk, run = _sum(entry.bulk, alignment), _longest(entry.bulk, alignment)
    weight = _sum(entry.weights, alignment)
    coverage = (weight / entry.weights[-1] + matched / len(pattern.text)) / 2
    if run < _SHORTEST or coverage * bulk < _LEAST:
        return None
    start, end = view.span(alignment.start, alignment.end)
    missing = alignment.last - alignment.first - matched
    as_error = told(original, start, end)
    other = differences(pattern, alignment, view)
    before, after = _around(pattern, alignment, place_of(original, start, end))
    return Evidence(
        coverage=coverage,
        purity=matched / (matched + max(missing, alignment.strays)),
        bulk=bulk,
        run=run,
        alone=(end - start) / (end - start + before + after),
        told=float(as_error),
        torn=torn(pattern, alignment, view, start, end),
        cut=cut(pattern, alignment, view, start, end),
        glued=glued(alignment, view),
        gap=gap(pattern, alignment),
        before=log2(1 + before),
        after=log2(1 + after),
        spoken=float(_spoken(pattern, alignment, original, end, as_error=as_error)),
        goes_on=float(alignment.last == len(pattern.text) and goes_on(original, end)),
        differs=float(min(len(other), 3)),
        rarity=weight / matched,
        size=size,
        other_words=tuple(other),
    )


def _longest(running: Sequence[float], alignment: Alignment) -> float:
    return max([running[b.phrase + b.size] - running[b.phrase] for b in alignment.blocks])


def _sum(running: Sequence[float], alignment: Alignment) -> float:
    return sum([running[b.phrase + b.size] - running[b.phrase] for b in alignment.blocks])


def _around(pattern: Pattern, alignment: Alignment, place: Place) -> tuple[int, int]:
    """Letters before and after it in its line or quotation; a placeholder's filling is its own."""
    before, after = map(letters, (place.before, place.after))
    if alignment.first == 0 and pattern.holes and pattern.holes[0] == 0:
        before = max(0, before - HOLE_SIZE)
    if alignment.last == len(pattern.text) and alignment.last in pattern.holes:
        after = max(0, after - HOLE_SIZE)
    return before, after


def _spoken(pattern: Pattern, alignment: Alignment, text: str, end: int, *, as_error: bool) -> bool:
    """Whether the whole phrase stands in a sentence that is not quoting it."""
    if alignment.last + _ENDING < len(pattern.text) or alignment.last in pattern.holes:
        return False
    return spoken(text, end, as_error=as_error)


def explained(seen: Evidence, misses: float) -> float:
    """How well it explains the words it stands on: more of the text, more of itself, less amiss."""
    return max(0.0, (seen.bulk - _MISS * misses) * (0.7 + 0.3 * seen.coverage))
