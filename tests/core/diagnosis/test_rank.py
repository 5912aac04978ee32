"""How likely each cause is, reckoned by hand: common 6, occasional 2, rare ½, the unknown ½."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from bot.core.diagnosis.model import NOT_SURE, Evidence
from bot.core.diagnosis.rank import rank, updated
from tests.core.diagnosis.rules import (
    COMMON,
    OCCASIONAL,
    RARE,
    answer,
    cause,
    check,
    rule,
    situations,
)

if TYPE_CHECKING:
    from bot.core.rulebook.model import Rule

RULE = rule(
    cause("rare", RARE),
    cause("common", COMMON),
    cause("occasional", OCCASIONAL),
    checks=[
        check(
            "q",
            answer("yes", points_to="occasional"),
            answer("no", rules_out="common", points_to="common"),
        )
    ],
)


def shares(evidence: Evidence) -> dict[str, float]:
    return {r.cause.id: r.probability for r in rank(RULE, evidence)}


@pytest.mark.parametrize(
    ("evidence", "common", "occasional", "rare"),
    [
        pytest.param(Evidence(), 6 / 9, 2 / 9, 0.5 / 9, id="nothing is known"),
        pytest.param(Evidence({"q": "yes"}), 6 / 23, 16 / 23, 0.5 / 23, id="pointed to"),
        pytest.param(Evidence({"q": "no"}), 0.0, 2 / 3, 0.5 / 3, id="ruled out"),
        pytest.param(
            Evidence(failed=frozenset({"common"})), 0.6 / 3.6, 2 / 3.6, 0.5 / 3.6, id="failed"
        ),
        pytest.param(Evidence({"q": NOT_SURE}), 6 / 9, 2 / 9, 0.5 / 9, id="not sure"),
        pytest.param(Evidence({"gone": "yes"}), 6 / 9, 2 / 9, 0.5 / 9, id="a check that is gone"),
    ],
)
def test_the_share_of_each_cause(
    evidence: Evidence, common: float, occasional: float, rare: float
) -> None:
    assert shares(evidence) == pytest.approx(
        {"common": common, "occasional": occasional, "rare": rare}
    )


def test_the_likeliest_comes_first_and_the_ruled_out_last() -> None:
    assert [*shares(Evidence())] == ["common", "occasional", "rare"]
    assert [*shares(Evidence({"q": "no"}))] == ["occasional", "rare", "common"]


def test_equal_causes_keep_the_authors_order() -> None:
    twins = rule(cause("b"), cause("a"), cause("c"))
    assert [r.cause.id for r in rank(twins, Evidence())] == ["b", "a", "c"]


def test_it_says_how_it_came_about() -> None:
    pointed, *_ = rank(RULE, Evidence({"q": "yes"}))
    assert pointed.arithmetic == "occasional 2 x 8 (q = yes) = 16"
    failed, *_ = rank(rule(cause("a")), Evidence(failed=frozenset({"a"})))
    assert failed.arithmetic == "common 6 x 0.1 (its fix did not help) = 0.6"


def test_what_an_answer_excludes_it_cannot_point_to_and_the_answer_is_named() -> None:
    *_, out = rank(RULE, Evidence({"q": "no"}))
    assert (out.cause.id, out.ruled_out_by) == ("common", "q")
    assert out.arithmetic == "ruled out by q = no"


def test_when_all_is_ruled_out_it_stands_by_that() -> None:
    only = rule(cause("a"), checks=[check("q", answer("no", rules_out="a"))])
    assert [r.probability for r in rank(only, Evidence({"q": "no"}))] == [0.0]


@given(situations())
def test_shares_never_exceed_the_whole_and_rank_downwards(
    situation: tuple[Rule, Evidence],
) -> None:
    ranked = rank(*situation)
    assert {r.cause.id for r in ranked} == {c.id for c in situation[0].causes}
    assert sum(r.probability for r in ranked) <= 1.0 + 1e-9
    assert all(0.0 <= r.probability < 1.0 for r in ranked)
    assert [*ranked] == sorted(ranked, key=lambda r: -r.probability)
    assert all((r.probability == 0.0) == (r.ruled_out_by is not None) for r in ranked)


@given(situations())
def test_weighing_up_an_answer_foretells_what_it_will_change(
    situation: tuple[Rule, Evidence],
) -> None:
    some_rule, evidence = situation
    for asked in (c for c in some_rule.checks if c.id not in evidence.answers):
        for said in asked.answers:
            foretold, share = updated(rank(some_rule, evidence), said)
            known = Evidence({**evidence.answers, asked.id: said.id}, evidence.failed)
            assert share > 0
            assert {r.cause.id: r.probability for r in foretold} == pytest.approx(
                {r.cause.id: r.probability for r in rank(some_rule, known)}
            )
