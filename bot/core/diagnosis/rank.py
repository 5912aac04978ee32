"""How likely each cause is: odds of the authors' words, updated by what is known.

A single fault is assumed (one cause is behind one error), as in decision-theoretic
troubleshooting (Heckerman, Breese & Rommelse, "Decision-theoretic troubleshooting", CACM 1995).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.diagnosis.model import Evidence, RankedCause
from bot.core.diagnosis.weights import FIX_WORKS, POINTS_TO, PRIOR, UNKNOWN_FAULT

if TYPE_CHECKING:
    from bot.core.rulebook.model import Answer, Cause, Rule


def rank(rule: Rule, evidence: Evidence) -> tuple[RankedCause, ...]:
    """The causes of `rule`, likeliest first; equal ones in the author's order."""
    given = _answers_given(rule, evidence)
    weighed = [_weigh(cause, evidence, given) for cause in rule.causes]
    total = UNKNOWN_FAULT + sum(weight for _, weight, _, _ in weighed)
    ranked = [RankedCause(c, w / total, words, out) for c, w, words, out in weighed]
    return tuple(sorted(ranked, key=lambda r: -r.probability))


def _answers_given(rule: Rule, evidence: Evidence) -> list[tuple[str, Answer]]:
    return [
        (check.id, answer)
        for check in rule.checks
        for answer in check.answers
        if evidence.answers.get(check.id) == answer.id
    ]


def _weigh(
    cause: Cause, evidence: Evidence, given: list[tuple[str, Answer]]
) -> tuple[Cause, float, str, str | None]:
    for check_id, answer in given:
        if cause.id in answer.rules_out:
            return cause, 0.0, f"ruled out by {check_id} = {answer.id}", check_id
    weight = PRIOR[cause.likelihood]
    words = [f"{cause.likelihood.value} {weight:g}"]
    for check_id, answer in given:
        if cause.id in answer.points_to:
            weight *= POINTS_TO
            words.append(f"{POINTS_TO:g} ({check_id} = {answer.id})")
    if cause.id in evidence.failed:
        weight *= 1 - FIX_WORKS
        words.append(f"{1 - FIX_WORKS:.1f} (its fix did not help)")
    return cause, weight, f"{' x '.join(words)} = {weight:g}", None
