"""Which step comes next: fixes by probability per cost, questions only if they save more.

Source: Heckerman, Breese & Rommelse 1995; Jensen et al., "The SACSO methodology for
troubleshooting complex systems", 2001. With a single fault and independent costs the best order
of fixes is by P(fix solves it) / cost; a question is worth asking when the expected cost of the
rest of the way, averaged over its answers, plus its own cost is lower than without it. We look
one question ahead, as those papers do.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from bot.core.diagnosis.model import Ask, Diagnosis, Evidence, Fix, Option, RankedCause
from bot.core.diagnosis.rank import rank, updated
from bot.core.diagnosis.weights import ASKING, COST, FIX_WORKS, PEOPLE_COST
from bot.core.rulebook.model import AnswerKind, Audience, Check, Rule

_CAUSE_SURE = 0.6
"""From this probability on, a cause only people can fix is taken for the one."""

_TEAM_SURE = 0.85
"""From this share on, the causes of one team are for that team, whichever it is."""

_LEAST_HOPE = 0.02
"""A fix less likely than this to help is not offered: people are sooner there."""


def diagnose(rule: Rule, evidence: Evidence) -> Diagnosis:
    """The causes of `rule` in the light of `evidence`, and the way on."""
    known = evidence.answers or evidence.failed or evidence.skipped
    return _diagnosed(rule, evidence) if known else _at_first(rule)


@lru_cache(maxsize=1024)
def _at_first(rule: Rule) -> Diagnosis:
    """While nothing is known: wanted for every report, and the same for all of one rule."""
    return _diagnosed(rule, Evidence())


def _diagnosed(rule: Rule, evidence: Evidence) -> Diagnosis:
    causes = rank(rule, evidence)
    if rule.audience is Audience.HELPDESK:
        return Diagnosis(causes, (), "only the helpdesk can fix this")
    fixes = _fixes(causes, evidence)
    questions = _questions(rule, evidence, causes)
    options = _pinned_first(sorted(fixes + questions, key=_order)) or _facts(rule, evidence)
    options = _skipped_last(options, evidence)
    return Diagnosis(causes, tuple(options), options[0].why if options else _why_none(causes))


def _order(option: Option) -> tuple[bool, float]:
    """Cheapest way first; what cannot be undone comes after all that can."""
    step = option.step
    return isinstance(step, Fix) and not step.cause.reversible, option.expected_cost


def _fixes(causes: tuple[RankedCause, ...], evidence: Evidence) -> list[Option]:
    """Every fix worth trying; its expected cost is that of trying it, then the rest in order."""
    order = _best_order(causes, evidence)
    if _people_needed(causes):
        order = [r for r in order if r.cause.pinned]
    unclear = _unclear(causes)
    return [Option(Fix(r.cause), _way(r, order) + unclear, _why_fix(r)) for r in order]


def _people_needed(causes: tuple[RankedCause, ...]) -> bool:
    """It is clear enough which people are needed: more tries would waste time."""
    teams: dict[str | None, float] = {}
    for ranked in (r for r in causes if not r.cause.fix):
        if ranked.probability >= _CAUSE_SURE:
            return True
        team = ranked.cause.escalate
        teams[team] = teams.get(team, 0.0) + ranked.probability
    return max(teams.values(), default=0.0) >= _TEAM_SURE


def _best_order(causes: tuple[RankedCause, ...], evidence: Evidence) -> list[RankedCause]:
    worthwhile = [
        r
        for r in causes
        if r.cause.fix and r.cause.id not in evidence.failed and r.probability > _LEAST_HOPE
    ]
    # An irreversible fix never comes before a reversible one.
    return sorted(worthwhile, key=lambda r: (not r.cause.reversible, -_worth(r)))


def _worth(ranked: RankedCause) -> float:
    return ranked.probability * FIX_WORKS / COST[ranked.cause.effort]


def _way(first: RankedCause, order: list[RankedCause]) -> float:
    """Expected cost of trying `first`, then the others in their order, then people."""
    cost, unsolved = 0.0, 1.0
    for ranked in (first, *(r for r in order if r is not first)):
        cost += unsolved * COST[ranked.cause.effort]
        unsolved -= ranked.probability * FIX_WORKS
    return cost + unsolved * PEOPLE_COST


def _questions(rule: Rule, evidence: Evidence, causes: tuple[RankedCause, ...]) -> list[Option]:
    """Every question that is worth more than it costs."""
    if _people_needed(causes):
        return []
    _, now = _rest(causes, evidence)
    asked = [c for c in rule.checks if c.id not in evidence.answers]
    return [o for check in asked if (o := _question(check, causes, evidence, now))]


def _facts(rule: Rule, evidence: Evidence) -> list[Option]:
    """What the handover wants to know in the person's own words, once nothing else is left."""
    return [
        Option(Ask(check), PEOPLE_COST, "the helpdesk will want to know")
        for check in rule.checks
        if check.kind is AnswerKind.TEXT and check.id not in evidence.answers
    ]


def _question(
    check: Check, causes: tuple[RankedCause, ...], evidence: Evidence, now: float
) -> Option | None:
    """The question, if asking it is cheaper than `now`, the rest of the way without it."""
    own = COST[check.effort] * ASKING
    if check.kind is AnswerKind.TEXT or own >= now:
        return None
    branches = [updated(causes, answer) for answer in check.answers]
    rests = [_rest(after, evidence) for after, _ in branches]
    if len({steps for steps, _ in rests}) == 1:
        return None  # every answer leads to the same next steps
    total = sum(share for _, share in branches)
    asking = own + sum(
        share / total * cost for (_, share), (_, cost) in zip(branches, rests, strict=True)
    )
    if asking >= now:
        return None
    return Option(Ask(check), asking, f"asking saves {now - asking:.1f} of {now:.1f} expected")


def _rest(causes: tuple[RankedCause, ...], evidence: Evidence) -> tuple[tuple[str, ...], float]:
    """The rest of the way without another question, and its expected cost.

    The way is the fixes in order, then whom it goes to.
    """
    order = _best_order(causes, evidence)
    cost = (_way(order[0], order) if order else PEOPLE_COST) + _unclear(causes)
    return (*(r.cause.id for r in order), handover_class(causes) or ""), cost


def _unclear(causes: tuple[RankedCause, ...]) -> float:
    """What a handover costs more while it is not known to which cause, and so to which team."""
    people = [r.probability for r in causes if not r.cause.fix]
    return (sum(people) - max(people, default=0.0)) * PEOPLE_COST


def handover_class(causes: tuple[RankedCause, ...]) -> str | None:
    """The escalation class of the likeliest cause that only people can fix, if that is clear."""
    people = [r for r in causes if r.probability > 0 and not r.cause.fix]
    if not people:
        return None
    best = people[0]
    rest = [r.probability for r in people if r.cause.escalate != best.cause.escalate]
    return best.cause.escalate if best.probability > 2 * max(rest, default=0.0) else None


def _pinned_first(options: list[Option]) -> list[Option]:
    pinned = [o for o in options if isinstance(o.step, Fix) and o.step.cause.pinned]
    first = [replace(o, why=f"pinned first by the author; {o.why}") for o in pinned]
    return first + [o for o in options if o not in pinned]


def _skipped_last(options: list[Option], evidence: Evidence) -> list[Option]:
    return sorted(options, key=lambda o: o.step.key in evidence.skipped)


def _why_fix(ranked: RankedCause) -> str:
    cost = COST[ranked.cause.effort]
    helps = ranked.probability * FIX_WORKS
    return f"helps with {helps:.2f}, costs {cost:g}: {helps / cost:.2f} a unit"


def _why_none(causes: tuple[RankedCause, ...]) -> str:
    return "only people can help now" if causes else "no cause is known"
