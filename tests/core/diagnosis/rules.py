"""Small rules to reckon with by hand, and arbitrary ones for properties."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from hypothesis import strategies as st

from bot.core.diagnosis.model import NOT_SURE, Evidence
from bot.core.rulebook.model import (
    Answer,
    AnswerKind,
    Audience,
    Bilingual,
    Cause,
    Check,
    Effort,
    Escalation,
    EscalationClass,
    Likelihood,
    Phrase,
    Rule,
    Status,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

COMMON, OCCASIONAL, RARE = Likelihood
QUICK, MODERATE, COSTLY = Effort
_DESK: Final = EscalationClass(id="", title=None, to="desk", bring=())


def both(words: str) -> Bilingual:
    return Bilingual(en=words, ja=words)


def cause(id_: str, likelihood: Likelihood = COMMON, effort: Effort = QUICK, **more: Any) -> Cause:
    """A cause with a fix, unless `fix=None` says that only people can help."""
    more.setdefault("fix", both(f"mend {id_}"))
    return Cause(id_, both(id_), likelihood, effort, **more)


def people(id_: str, likelihood: Likelihood = COMMON, team: str | None = None) -> Cause:
    return cause(id_, likelihood, fix=None, escalate=team)


def answer(id_: str, points_to: str = "", rules_out: str = "") -> Answer:
    return Answer(id_, points_to=tuple(points_to.split()), rules_out=tuple(rules_out.split()))


def check(id_: str, *answers: Answer, effort: Effort = QUICK) -> Check:
    kind = AnswerKind.YES_NO if answers else AnswerKind.TEXT
    return Check(id_, both(f"{id_}?"), kind, answers, both(id_), effort)


def rule(
    *causes: Cause, checks: Iterable[Check] = (), audience: Audience = Audience.EMPLOYEE
) -> Rule:
    return Rule(
        id="a-rule",
        status=Status.TESTED,
        product="outlook",
        audience=audience,
        title=both("a rule"),
        signatures=(Phrase("it broke"),),
        causes=causes,
        escalate=Escalation(_DESK),
        checks=tuple(checks),
    )


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    """Any rule: one to six causes, up to four checks that speak of them."""
    ids = [f"c{n}" for n in range(draw(st.integers(1, 6)))]
    pinned = draw(st.sampled_from([None, *ids]))
    causes = [
        cause(
            id_,
            draw(st.sampled_from(Likelihood)),
            draw(st.sampled_from(Effort)),
            fix=draw(st.sampled_from([None, both("mend it")])),
            reversible=draw(st.booleans()),
            escalate=draw(st.sampled_from([None, "a", "b"])),
            pinned=id_ == pinned,
        )
        for id_ in ids
    ]
    some = st.lists(st.sampled_from(ids), unique=True).map(" ".join)
    answers = st.tuples(some, some)
    checks = [
        check(
            f"q{n}",
            *(
                answer(f"a{i}", *spoken)
                for i, spoken in enumerate(draw(st.lists(answers, max_size=4)))
            ),
            effort=draw(st.sampled_from(Effort)),
        )
        for n in range(draw(st.integers(0, 4)))
    ]
    return rule(*causes, checks=checks)


@st.composite
def situations(draw: st.DrawFn) -> tuple[Rule, Evidence]:
    """A rule and what may be known in a conversation about it."""
    some_rule = draw(rules())
    answers = {
        c.id: draw(st.sampled_from([NOT_SURE, *(a.id for a in c.answers)]))
        for c in some_rule.checks
        if draw(st.booleans())
    }
    fixable = [c.id for c in some_rule.causes if c.fix]
    failed = draw(st.sets(st.sampled_from(fixable))) if fixable else set()
    return some_rule, Evidence(answers, frozenset(failed))
