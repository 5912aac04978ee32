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


def updated(
    causes: tuple[RankedCause, ...], answer: Answer
) -> tuple[tuple[RankedCause, ...], float]:
    """What `rank` would give after `answer` as well, and how often that answer is to be expected.

    Bayes' rule on the causes as they stand: for the many answers that are only weighed up, so
    without the words. An answer that no cause allows is still expected now and then.
    """
    unknown = 1 - sum(r.probability for r in causes)
    weights = [r.probability * _fits(answer, r.cause.id) for r in causes]
    total = unknown + sum(weights)
    after = [RankedCause(r.cause, w / total, "") for r, w in zip(causes, weights, strict=True)]
    return tuple(sorted(after, key=lambda r: -r.probability)), sum(weights) + 1e-9


def _fits(answer: Answer, cause_id: str) -> float:
    if cause_id in answer.rules_out:
        return 0.0
    return POINTS_TO if cause_id in answer.points_to else 1.0


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
