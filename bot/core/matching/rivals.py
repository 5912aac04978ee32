"""Rules that claim the same words: one explains them better, or none may speak."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.core.matching.decide import CAPPED
from bot.core.matching.learned import CONFIDENT
from bot.core.matching.model import Reason
from bot.core.rulebook.model import Code

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.core.matching.finding import Finding

_MOST: Final = 2.0
_AS_GOOD: Final = 0.97
"""A rule that explains this much of what another does is as good."""
_BEATEN: Final = CAPPED - 0.01
"""The most a rule may score whose words another explains better."""
_PIECE: Final = 0.75
"""Less of a phrase than this is no second error in a paste…"""
_WHOLE: Final = 0.95
"""…that has as much of another."""

_LONG: Final = 12.0
"""A whole message that explains less than this may stand there by chance."""


def rivalry(finding: Finding, findings: Sequence[Finding]) -> float:
    """How well the best other rule explains the same words: 1 is as well, 2 is the most said."""
    best = max(
        (
            other.explains
            for other in findings
            if other.rule is not finding.rule
            and not other.signature.weak
            and other.overlaps(finding)
        ),
        default=0.0,
    )
    return min(_MOST, best / finding.explains) if finding.explains > 0 else _MOST * (best > 0)


def in_company(finding: Finding, findings: Sequence[Finding]) -> float:
    """1 if a whole message of another rule stands elsewhere, else 0."""
    return float(
        any(
            other.coverage >= _WHOLE
            and other.explains >= _LONG
            and other.rule is not finding.rule
            and not other.overlaps(finding)
            for other in findings
        )
    )


def settle(findings: Sequence[Finding]) -> list[Finding]:
    """The findings (one a rule) with those capped that no longer may speak, best first."""
    if len(findings) < 2:
        return list(findings)
    return sorted((_settled(finding, findings) for finding in findings), key=_rank)


def _settled(finding: Finding, findings: Sequence[Finding]) -> Finding:
    rivals = [other for other in findings if _contests(other, finding)]
    if tied := [r for r in rivals if not _beats(finding, r) and not _beats(r, finding)]:
        return _tied(finding, tied[0])
    if any(_beats(rival, finding) for rival in rivals):
        note = Reason("rival", -1.0, "another rule explains these words better")
        return finding.capped(note, _BEATEN)
    if finding.coverage < _PIECE and any(_whole(other, finding) for other in findings):
        return finding.capped(Reason("piece", -1.0, "a piece of a message beside a whole one"))
    return finding


def _rank(finding: Finding) -> tuple[float, float, tuple[int, int], str]:
    return (-round(finding.score, 2), -finding.explains, finding.span, finding.rule.id)


def _contests(other: Finding, finding: Finding) -> bool:
    return other is not finding and other.score >= CONFIDENT and other.overlaps(finding)


def _whole(other: Finding, finding: Finding) -> bool:
    return other.coverage >= _WHOLE and other.score >= max(finding.score, CONFIDENT)


def _beats(a: Finding, b: Finding) -> bool:
    if isinstance(a.signature, Code) and isinstance(b.signature, Code) and a.span == b.span:
        return (bool(a.signature.near), a.score) > (bool(b.signature.near), b.score) and (
            a.score > b.score or not a.needs_context
        )
    return b.explains < _AS_GOOD * a.explains


def _tied(finding: Finding, rival: Finding) -> Finding:
    tied = finding.capped(Reason("rival", -1.0, f"{rival.rule.id} fits these words as well"))
    return replace(tied, needs_context=True) if isinstance(finding.signature, Code) else tied
