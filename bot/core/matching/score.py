"""How sure a phrase found makes us, and why.

The score (0 to 1) is a product, so that any one thing amiss lowers it:

    score = reach(coverage) x purity^1.5 x evidence x edges x quoting

**coverage** is the share of the phrase found, its characters weighed by how few rules say them.
reach() forgives what a cut-off paste loses: 60 % of a phrase gives 0.76, a third gives 0.33.
**purity** is the share of the stretch in the text that the phrase accounts for, typos counted.
**evidence** grows with the amount found, so that two common words never suffice: Japanese
characters count double, words in quotes or on a line of their own or called an error count more.
**edges** is below 1 where a part of the phrase is found but the text goes on in other words.

**quoting** is below 1 where the sentence goes on as the person's own ("the disk is full of…").

CONFIDENT begins at 0.7, NEAR at 0.42. Another word, number or the opposite within the phrase
(`differ`), a solved or announced error (`surroundings`) or a rival as good caps it at NEAR.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp
from typing import TYPE_CHECKING, Final

from bot.core.matching.align import Alignment
from bot.core.matching.differ import differences
from bot.core.matching.model import Band, Reason
from bot.core.matching.pattern import HOLE_SIZE
from bot.core.matching.surroundings import ends, spoken, standing, told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.core.matching.index import Entry
    from bot.core.matching.pattern import Pattern
    from bot.core.matching.view import View

CONFIDENT: Final = 0.7
NEAR: Final = 0.42
CAPPED: Final = 0.69
"""The most a match may score that something speaks against."""

_CUT_COST: Final = 1.5
_CUT_ALONE: Final = 1.15
"""The cost of what is cut off, for words amid others and for a line or quotation of their own."""
_PURITY_POWER: Final = 1.5
_ENOUGH: Final = 15.0
"""Evidence (see `_bulk`) that makes us two thirds sure."""
_TORN: Final = 0.72
"""Factor for each end where the phrase stops but the text goes on."""
_TORN_AT_HOLE: Final = 0.8
"""The same where only a placeholder shows, and words of the phrase beyond it are missing."""
_SPOKEN: Final = 0.78
"""Factor for a phrase that is part of a sentence of the person's own."""
_ENDING: Final = 4
"""A phrase may lack its verb's ending and still be said whole."""
_HOPELESS: Final = 0.4


@dataclass(frozen=True, slots=True)
class Scored:
    """An alignment, judged."""

    alignment: Alignment
    score: float
    reasons: tuple[Reason, ...]
    coverage: float
    weight: float
    """What was found of the phrase, in weighed characters: more explains more."""


def band_of(score: float) -> Band:
    """The band a score falls in."""
    if score >= CONFIDENT:
        return Band.CONFIDENT
    return Band.NEAR if score >= NEAR else Band.NONE


def judge(entry: Entry, alignment: Alignment, view: View) -> Scored | None:
    """Score an alignment of a pattern, as the module's text says; None if it is hopeless."""
    weight = _sum(entry.weights, alignment)
    length = len(entry.pattern.text)
    coverage = (weight / entry.weights[-1] + alignment.matched / length) / 2
    missing = alignment.last - alignment.first - alignment.matched
    purity = alignment.matched / (alignment.matched + max(missing, alignment.strays))
    score = (1 - _CUT_ALONE * (1 - coverage) ** 2) * purity**_PURITY_POWER
    if score < _HOPELESS:
        return None
    reasons = [
        Reason("coverage", coverage, f"{coverage:.0%} of the phrase was found"),
        Reason("purity", purity, f"{purity:.0%} of that stretch is the phrase's own"),
    ]
    alone = _standing(entry, alignment, view)
    cost = _CUT_COST + (_CUT_ALONE - _CUT_COST) * alone
    score = (1 - cost * (1 - coverage) ** 2) * purity**_PURITY_POWER
    score *= _evidence(entry, alignment, view, alone, reasons)
    score *= _edges(entry, alignment, view, reasons) * _quoting(entry, alignment, view, reasons)
    other = differences(entry.pattern, alignment, view) if score > CAPPED else ()
    if other:
        score = min(score, CAPPED)
        reasons.append(
            Reason("differs", -1.0, f"the text has something else for {', '.join(other)}")
        )
    return Scored(alignment, score, tuple(reasons), coverage, weight)


def _sum(running: Sequence[float], alignment: Alignment) -> float:
    return sum(running[b.phrase + b.size] - running[b.phrase] for b in alignment.blocks)


def _evidence(
    entry: Entry,
    alignment: Alignment,
    view: View,
    alone: float,
    reasons: list[Reason],
) -> float:
    as_error = told(view.symptom.original, *view.span(alignment.start, alignment.end))
    bulk = _sum(entry.bulk, alignment) * (1 + 0.8 * alone + 0.6 * as_error)
    evidence = 1 - exp(-bulk / _ENOUGH)
    reasons.append(Reason("evidence", evidence, f"{alignment.matched} characters speak for it"))
    reasons.append(Reason("standing", alone, f"it fills {alone:.0%} of its line or quotation"))
    if as_error:
        reasons.append(Reason("told", 1.0, "the words around it speak of an error or a message"))
    return evidence


def _standing(entry: Entry, alignment: Alignment, view: View) -> float:
    """How alone it stands; a placeholder at either end may fill its line."""
    start, end = view.span(alignment.start, alignment.end)
    text, holes = view.symptom.original, entry.pattern.holes
    alone = standing(text, start, end)
    if alone == 1 or not (alignment.first in holes or alignment.last in holes):
        return alone
    if alignment.first in holes:
        start = max(text.rfind("\n", 0, start) + 1, start - HOLE_SIZE)
    if alignment.last in holes:
        last = text.find("\n", end)
        end = min(len(text) if last < 0 else last, end + HOLE_SIZE)
    return max(alone, standing(text, start, end))


def _edges(entry: Entry, alignment: Alignment, view: View, reasons: list[Reason]) -> float:
    pattern, text = entry.pattern, view.symptom.original
    start, end = view.span(alignment.start, alignment.end)
    factor = 1.0
    if alignment.first and not ends(text, start, before=True):
        factor *= _tear(pattern, alignment.first, view.text[max(0, alignment.start - 1)])
    if alignment.last < len(pattern.text) and not ends(text, end, before=False):
        factor *= _tear(pattern, alignment.last, view.text[alignment.end : alignment.end + 1])
    if factor < 1:
        reasons.append(Reason("edges", factor, "where it stops, the text has other words"))
    return factor


def _quoting(entry: Entry, alignment: Alignment, view: View, reasons: list[Reason]) -> float:
    """Below 1 where the whole phrase stands in a sentence that is not quoting it."""
    holes, end = entry.pattern.holes, view.span(alignment.start, alignment.end)[1]
    if alignment.last + _ENDING < len(entry.pattern.text) or alignment.last in holes:
        return 1.0
    as_error = reasons[-1].feature == "told"
    if not spoken(view.symptom.original, end, as_error=as_error):
        return 1.0
    reasons.append(Reason("spoken", _SPOKEN, "the sentence goes on as the person's own"))
    return _SPOKEN


def _tear(pattern: Pattern, index: int, neighbour: str) -> float:
    """The factor for a phrase that breaks off at `index`, where the text has `neighbour`.

    Cut within a word it was cut by hand; cut between words, another word may stand there.
    """
    if index in pattern.holes:
        return _TORN_AT_HOLE
    inside = next((w.text for w in pattern.words if w.start < index < w.end), "")
    if not inside or "\u3400" <= inside[0] <= "\u9fff":
        return _TORN
    return _TORN if neighbour.isascii() == inside.isascii() and neighbour > "ゟ" else 1.0
