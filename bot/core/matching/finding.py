"""What the lanes find, before rules are compared: one signature of one rule at one place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from bot.core.matching.model import Match, Reason
from bot.core.matching.score import CONFIDENT, NEAR, band_of
from bot.core.rulebook.model import Rule, Signature

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.core.text.symptom import Symptom

_SUPPORT: Final = 0.5
"""How much of its own certainty a second signature lends to the first."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A signature found."""

    rule: Rule
    signature: Signature
    score: float
    span: tuple[int, int]
    """Where in the original."""
    weight: float
    """How much of the text it explains, in characters."""
    coverage: float
    """The share of the phrase found; 1 for a code."""
    misses: float
    """How many characters of the phrase it lacks or has too much."""
    reasons: tuple[Reason, ...]
    needs_context: bool = False

    def capped(self, limit: float, reason: Reason) -> Finding:
        """The same, scoring `limit` at most, because of `reason`."""
        return replace(self, score=min(self.score, limit), reasons=(*self.reasons, reason))

    def overlaps(self, other: Finding) -> bool:
        """Whether both stand on the same words: on half of the shorter one's, at least."""
        shared = min(self.span[1], other.span[1]) - max(self.span[0], other.span[0])
        shorter = min(self.span[1] - self.span[0], other.span[1] - other.span[0])
        return 2 * shared >= shorter

    def match(self, symptom: Symptom) -> Match:
        """What `Matcher` gives out."""
        start, end = self.span
        return Match(
            rule=self.rule,
            signature=self.signature,
            score=round(self.score, 4),
            band=band_of(self.score),
            span=self.span,
            quote=symptom.original[start:end],
            reasons=self.reasons,
            needs_context=self.needs_context,
        )


def strongest(findings: Iterable[Finding]) -> Finding | None:
    """The best finding of one rule, supported by its others; None if all are weak."""
    ranked = sorted(findings, key=_worth)
    best = next((f for f in ranked if not f.signature.weak), None)
    if best is None:
        return None
    for other in ranked:
        if other is not best and other.score >= NEAR and not other.overlaps(best):
            best = _supported(best, other)
    return best


def _worth(finding: Finding) -> tuple[float, float, tuple[int, int]]:
    """Best first: of those that suffice, what explains most of the text; else what is surest."""
    if finding.score >= CONFIDENT:
        return (-1.0, -finding.weight * finding.score, finding.span)
    return (-finding.score, -finding.weight, finding.span)


def _supported(best: Finding, other: Finding) -> Finding:
    words = "another signature of the rule is in the text"
    return replace(
        best,
        score=1 - (1 - best.score) * (1 - _SUPPORT * other.score),
        weight=best.weight + other.weight,
        reasons=(*best.reasons, Reason("support", other.score, words)),
        needs_context=best.needs_context and other.needs_context,
    )
