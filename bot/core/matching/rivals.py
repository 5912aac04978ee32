"""Rules that claim the same words: one wins clearly, or none may speak."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.core.matching.model import Reason
from bot.core.matching.score import CAPPED, CONFIDENT
from bot.core.rulebook.model import Code

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.core.matching.finding import Finding

_BEATEN: Final = CAPPED - 0.01
"""The most a rule may score whose words another explains better."""
_MARGIN: Final = 0.08
"""By how much a score must be higher to decide by itself."""
_FEWER: Final = 2.0
"""So many characters less amiss decide as well…"""
_MORE: Final = 1.25
"""…and so does explaining this much more of the text, if the score is hardly lower."""
_LONGER: Final = 1.5
"""…or standing around the other, this much longer."""
_HARDLY: Final = 0.05
_PIECE: Final = 0.75
"""Less of a phrase than this is no second error in a paste…"""
_WHOLE: Final = 0.95
"""…that has as much of another."""


def settle(findings: Sequence[Finding]) -> list[Finding]:
    """The findings (one a rule) with those capped that no longer may speak, best first."""
    settled: list[Finding] = []
    for finding in sorted(findings, key=_rank):
        rivals = [other for other in findings if _contests(other, finding)]
        undecided = [r for r in rivals if not _beats(finding, r) and not _beats(r, finding)]
        if undecided:
            settled.append(_tied(finding, undecided[0]))
        elif any(_beats(rival, finding) for rival in rivals):
            reason = Reason("rival", -1.0, "another rule explains these words better")
            settled.append(finding.capped(_BEATEN, reason))
        elif finding.coverage < _PIECE and any(_whole(other, finding) for other in findings):
            reason = Reason("piece", -1.0, "a piece of a message beside a whole one")
            settled.append(finding.capped(_BEATEN, reason))
        else:
            settled.append(finding)
    return sorted(settled, key=_rank)


def _rank(finding: Finding) -> tuple[float, float, tuple[int, int], str]:
    return (-round(finding.score, 3), -finding.weight, finding.span, finding.rule.id)


def _contests(other: Finding, finding: Finding) -> bool:
    return other is not finding and other.score >= CONFIDENT - _MARGIN and other.overlaps(finding)


def _whole(other: Finding, finding: Finding) -> bool:
    return other.coverage >= _WHOLE and other.score > max(finding.score, CONFIDENT)


def _beats(a: Finding, b: Finding) -> bool:
    if isinstance(a.signature, Code) and isinstance(b.signature, Code) and a.span == b.span:
        return (bool(a.signature.near), a.score) > (bool(b.signature.near), b.score) and (
            a.score > b.score or not a.needs_context
        )
    if a.score - b.score >= _MARGIN:
        return True
    if a.score < b.score - _HARDLY:
        return False
    longer = a.span[1] - a.span[0] >= _LONGER * (b.span[1] - b.span[0])
    within = a.span[0] <= b.span[0] and b.span[1] <= a.span[1]
    return (longer and within) or a.weight >= _MORE * b.weight or a.misses + _FEWER <= b.misses


def _tied(finding: Finding, rival: Finding) -> Finding:
    reason = Reason("rival", -1.0, f"{rival.rule.id} fits these words as well")
    tied = finding.capped(CAPPED, reason)
    return replace(tied, needs_context=True) if isinstance(finding.signature, Code) else tied
