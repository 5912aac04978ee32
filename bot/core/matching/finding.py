"""What the lanes find, before rules are compared: one signature of one rule at one place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.core.matching.decide import CAPPED, band_of
from bot.core.matching.evidence import Evidence
from bot.core.matching.learned import CONFIDENT
from bot.core.matching.model import Match, Reason
from bot.core.rulebook.model import Rule, Signature

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.core.text.symptom import Symptom


@dataclass(frozen=True, slots=True)
class Finding:
    """A signature found."""

    rule: Rule
    signature: Signature
    span: tuple[int, int]
    """Where in the original."""
    explains: float
    """How well it explains the words it stands on, in characters; Japanese ones count double."""
    coverage: float
    """The share of the phrase found; 1 for a code."""
    score: float = 0.0
    evidence: Evidence | None = None
    notes: tuple[Reason, ...] = ()
    needs_context: bool = False

    def capped(self, reason: Reason, limit: float = CAPPED) -> Finding:
        """The same, scoring `limit` at most, because of `reason`."""
        return replace(self, score=min(self.score, limit), notes=(*self.notes, reason))

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
            evidence=self.evidence,
            notes=self.notes,
            needs_context=self.needs_context,
        )


def strongest(findings: Iterable[Finding]) -> Finding | None:
    """The best finding of one rule; None if it has but weak signatures to show."""
    return min((f for f in findings if not f.signature.weak), key=_worth, default=None)


def _worth(finding: Finding) -> tuple[float, float, tuple[int, int]]:
    """Best first: of those that suffice, what explains most of the text; else what is surest."""
    if finding.score >= CONFIDENT:
        return (-1.0, -finding.explains, finding.span)
    return (-finding.score, -finding.explains, finding.span)
