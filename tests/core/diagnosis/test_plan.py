"""Which step comes next: cheap likely fixes first, questions only where they save something."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.diagnosis.model import NOT_SURE, Ask, Evidence, Fix
from bot.core.diagnosis.plan import diagnose, handover_class
from bot.core.diagnosis.rank import rank
from bot.core.rulebook.model import AnswerKind, Audience, Rule
from tests.core.diagnosis.rules import (
    COMMON,
    COSTLY,
    MODERATE,
    OCCASIONAL,
    RARE,
    answer,
    cause,
    check,
    people,
    rule,
    situations,
)

if TYPE_CHECKING:
    from random import Random

    from bot.core.rulebook.model import Cause

SAY_MORE = check("since-when")
"""A question answered in the person's own words."""


def steps(some_rule: Rule, evidence: Evidence | None = None) -> list[str]:
    return [o.step.key for o in diagnose(some_rule, evidence or Evidence()).options]


def failed(*causes: str) -> Evidence:
    return Evidence(failed=frozenset(causes))


# --- Fixes --------------------------------------------------------------------------------------


def test_of_equally_easy_fixes_the_likelier_comes_first() -> None:
    assert steps(rule(cause("a", OCCASIONAL), cause("b"))) == ["fix:b", "fix:a"]


def test_a_quick_fix_comes_before_a_likelier_one_that_costs_ten_times_as_much() -> None:
    assert steps(rule(cause("a", COMMON, COSTLY), cause("b", OCCASIONAL))) == ["fix:b", "fix:a"]


def test_three_times_the_cost_is_outweighed_by_more_than_three_times_the_odds() -> None:
    dearer = rule(cause("often", COMMON, MODERATE), cause("seldom", RARE))
    assert steps(dearer)[0] == "fix:often"


def test_the_expected_cost_is_that_of_the_whole_way_to_people() -> None:
    one, two = 6 / 8.5 * 0.9, 2 / 8.5 * 0.9  # shares that the fixes solve
    (first, second) = diagnose(rule(cause("a"), cause("b", OCCASIONAL)), Evidence()).options
    assert first.expected_cost == pytest.approx(1 + (1 - one) * 1 + (1 - one - two) * 30)
    assert second.expected_cost == pytest.approx(1 + (1 - two) * 1 + (1 - one - two) * 30)
    assert first.why == f"helps with {one:.2f}, costs 1: {one:.2f} a unit"


def test_a_failed_fix_is_not_offered_again() -> None:
    both = rule(cause("a"), cause("b", OCCASIONAL))
    assert steps(both, failed("a")) == ["fix:b"]
    assert steps(both, failed("a", "b")) == []


def test_a_hopeless_fix_is_left_to_people() -> None:
    others = [people(f"p{n}", COMMON, team=f"t{n}") for n in range(5)]
    assert steps(rule(cause("a", RARE), *others)) == []


def test_a_step_passed_over_comes_last() -> None:
    skipped = Evidence(skipped=frozenset({"fix:b"}))
    assert steps(rule(cause("a", OCCASIONAL), cause("b")), skipped) == ["fix:a", "fix:b"]


def test_what_cannot_be_undone_comes_after_everything_that_can() -> None:
    risky = rule(cause("reset", reversible=False), cause("restart", OCCASIONAL, MODERATE))
    assert steps(risky) == ["fix:restart", "fix:reset"]


def test_the_pinned_fix_is_first_whatever_the_arithmetic_says() -> None:
    pinned = rule(cause("a"), cause("b", RARE, COSTLY, pinned=True))
    diagnosis = diagnose(pinned, Evidence())
    assert steps(pinned) == ["fix:b", "fix:a"]
    assert diagnosis.why.startswith("pinned first by the author; helps with")
    assert steps(pinned, failed("b")) == ["fix:a"]


# --- Questions ----------------------------------------------------------------------------------

TELLS_APART = check("q", answer("yes", rules_out="b"), answer("no", rules_out="a"))


def test_a_question_that_saves_a_costly_try_comes_first() -> None:
    asked = rule(cause("a", COMMON, COSTLY), cause("b", COMMON, COSTLY), checks=[TELLS_APART])
    diagnosis = diagnose(asked, Evidence())
    assert isinstance(diagnosis.next, Ask)
    now = 10 + (1 - 0.432) * 10 + (1 - 2 * 0.432) * 30  # 0.432: share 6/12.5 x 0.9
    then = 10 + (1 - 6 / 6.5 * 0.9) * 30 + 0.5
    assert diagnosis.why == f"asking saves {now - then:.1f} of {now:.1f} expected"
    assert diagnosis.options[0].expected_cost == pytest.approx(then)
    assert steps(asked, Evidence({"q": "yes"})) == ["fix:a"]
    assert steps(asked, Evidence({"q": NOT_SURE})) == ["fix:a", "fix:b"]


def test_asking_costs_too_and_is_left_out_where_trying_is_as_quick() -> None:
    quick = rule(cause("a"), cause("b", RARE), checks=[TELLS_APART])
    assert steps(quick) == ["fix:a", "fix:b"]


def test_a_dearer_question_is_worth_less() -> None:
    costly = check("q", *TELLS_APART.answers, effort=COSTLY)
    asked = rule(cause("a", COMMON, COSTLY), cause("b", COMMON, COSTLY), checks=[costly])
    assert steps(asked) == ["fix:a", "fix:b"]


def test_a_question_whose_answers_all_lead_to_the_same_steps_is_never_asked() -> None:
    idle = check("q", answer("yes", points_to="a"), answer("no"))
    asked = rule(cause("a", COMMON, COSTLY), cause("b", OCCASIONAL, COSTLY), checks=[idle])
    assert steps(asked) == ["fix:a", "fix:b"]


def test_a_question_that_tells_teams_apart_is_worth_asking() -> None:
    causes = [people("line", COMMON, "network"), people("licence", COMMON, "accounts")]
    tell = check("q", answer("yes", rules_out="line"), answer("no", rules_out="licence"))
    asked = rule(*causes, checks=[tell])
    assert steps(asked) == ["ask:q"]
    for said, team in (("yes", "accounts"), ("no", "network")):
        evidence = Evidence({"q": said})
        assert steps(asked, evidence) == []
        assert handover_class(rank(asked, evidence)) == team


def test_people_are_asked_in_their_own_words_only_when_nothing_else_is_left() -> None:
    asked = rule(cause("a"), checks=[SAY_MORE])
    assert steps(asked) == ["fix:a"]
    assert steps(asked, failed("a")) == ["ask:since-when"]
    told = Evidence({"since-when": "this morning"}, frozenset({"a"}))
    diagnosis = diagnose(asked, told)
    assert (diagnosis.next, diagnosis.why) == (None, "only people can help now")


# --- People -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("others", "offered"),
    [
        pytest.param([people("p", COMMON)], [], id="one cause with 71 % is sure enough"),
        pytest.param([people("p", OCCASIONAL)], ["fix:a"], id="one cause with 44 % is not"),
        pytest.param(
            [people(f"p{n}", COMMON, "net") for n in range(3)], [], id="one team with 88 % is"
        ),
        pytest.param(
            [people(f"p{n}", COMMON, f"team{n % 2}") for n in range(3)],
            ["fix:a"],
            id="two teams are not",
        ),
    ],
)
def test_once_it_is_clear_which_people_are_needed_nothing_more_is_tried(
    others: list[Cause], offered: list[str]
) -> None:
    assert steps(rule(cause("a", OCCASIONAL), *others)) == offered


def test_the_pinned_fix_is_tried_even_then() -> None:
    assert steps(rule(cause("a", RARE, pinned=True), people("p"))) == ["fix:a"]


def test_what_only_the_helpdesk_can_fix_is_not_asked_about() -> None:
    theirs = rule(cause("a"), checks=[SAY_MORE], audience=Audience.HELPDESK)
    diagnosis = diagnose(theirs, Evidence())
    assert (diagnosis.next, diagnosis.why) == (None, "only the helpdesk can fix this")


@pytest.mark.parametrize(
    ("causes", "team"),
    [
        ([people("p", COMMON, "net"), people("q", OCCASIONAL, "pc")], "net"),
        ([people("p", COMMON, "net"), people("q", COMMON, "pc")], None),
        ([people("p", COMMON), people("q", RARE, "pc")], None),
        ([cause("a")], None),
    ],
)
def test_it_goes_to_a_team_only_where_that_is_twice_as_likely_as_another(
    causes: list[Cause], team: str | None
) -> None:
    some_rule = rule(*causes)
    assert handover_class(rank(some_rule, Evidence())) == team


# --- Whatever the rule --------------------------------------------------------------------------


@given(situations())
def test_nothing_excluded_tried_or_answered_is_offered(situation: tuple[Rule, Evidence]) -> None:
    some_rule, evidence = situation
    diagnosis = diagnose(some_rule, evidence)
    gone = {r.cause.id for r in diagnosis.ruled_out} | evidence.failed
    for option in diagnosis.options:
        if isinstance(option.step, Fix):
            assert option.step.cause.id not in gone
            assert option.step.cause.fix
        else:
            assert option.step.check.id not in evidence.answers
    assert len({o.step.key for o in diagnosis.options}) == len(diagnosis.options)


@given(situations())
def test_options_are_in_order_and_cost_something(situation: tuple[Rule, Evidence]) -> None:
    options = diagnose(*situation).options
    assert all(o.expected_cost > 0 and o.why for o in options)
    pinned = [isinstance(o.step, Fix) and o.step.cause.pinned for o in options]
    assert pinned == sorted(pinned, reverse=True)
    rest = [o for o, is_pinned in zip(options, pinned, strict=True) if not is_pinned]
    undoable = [not isinstance(o.step, Fix) or o.step.cause.reversible for o in rest]
    assert undoable == sorted(undoable, reverse=True), "an irreversible fix before a reversible one"
    for kind in (True, False):
        costs = [o.expected_cost for o, u in zip(rest, undoable, strict=True) if u is kind]
        assert costs == sorted(costs)


@given(situations())
def test_a_free_text_question_is_never_asked_beside_something_to_do(
    situation: tuple[Rule, Evidence],
) -> None:
    options = diagnose(*situation).options
    texts = [isinstance(o.step, Ask) and o.step.check.kind is AnswerKind.TEXT for o in options]
    assert all(texts) or not any(texts)


@given(situations(), st.randoms())
def test_the_same_evidence_in_any_order_gives_the_same_diagnosis(
    situation: tuple[Rule, Evidence], shuffle: Random
) -> None:
    some_rule, evidence = situation
    answers = [*evidence.answers.items()]
    shuffle.shuffle(answers)
    again = Evidence(dict(answers), evidence.failed)
    assert diagnose(some_rule, again) == diagnose(some_rule, evidence)


@given(situations())
def test_it_says_why_it_offers_the_first_step_or_none(situation: tuple[Rule, Evidence]) -> None:
    diagnosis = diagnose(*situation)
    assert diagnosis.why
    assert (diagnosis.next is None) == (not diagnosis.options)
