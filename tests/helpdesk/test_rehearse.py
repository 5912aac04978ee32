"""An author's promises, played: what comes out otherwise is told with its line."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.core.rulebook.model import Counterexample, Example, Turn
from bot.helpdesk.rehearse import examples
from tests.helpdesk.office import BOOK, CODE, MAIL_EN, MAIL_JA, VPN_EN, desk

if TYPE_CHECKING:
    from bot.core.rulebook.problems import Problem

RULE = next(r for r in BOOK.rules if r.id == "mail-refused")
DESK = desk()


def played(*turns: Turn, text: str = MAIL_EN) -> list[Problem]:
    return list(examples(DESK, replace(RULE, examples=(Example(text, turns, line=7),))))


def asks(step: str) -> Turn:
    return Turn(asks=step)


def user(text: str) -> Turn:
    return Turn(user=text)


def concludes(end: str) -> Turn:
    return Turn(concludes=end)


@pytest.mark.parametrize(
    "turns",
    [
        pytest.param([asks("name"), user("[fixed]"), concludes("solved")], id="solved"),
        pytest.param([asks("name"), user("直りました"), concludes("solved")], id="typed"),
        pytest.param([asks("name"), user("[human]"), concludes("escalated")], id="people"),
        pytest.param([asks("name"), user("[failed]"), asks("password")], id="the next fix"),
        pytest.param([asks("name"), user("[other]"), asks("password")], id="other checks"),
    ],
)
def test_a_dialogue_that_comes_true_gives_no_problem(turns: list[Turn]) -> None:
    assert not played(*turns)


@pytest.mark.parametrize(
    ("turns", "told"),
    [
        ([asks("password")], "line 1 of the dialogue: 'password' should be offered, but 'name' is"),
        (
            [asks("name"), user("[fixed]"), asks("password")],
            "line 3 of the dialogue: 'password' should be offered, but the conversation is solved",
        ),
        (
            [user("[human]"), concludes("solved")],
            "line 2 of the dialogue: it should conclude as 'solved', but the conversation is",
        ),
        ([concludes("solved")], "line 1 of the dialogue: it should conclude as 'solved', but 'na"),
    ],
)
def test_a_dialogue_that_does_not_is_told_by_its_line(turns: list[Turn], told: str) -> None:
    (problem,) = played(*turns)
    assert (problem.code, problem.line, problem.path) == ("dialogue-differs", 7, RULE.path)
    assert told in problem.message


def test_an_example_that_is_missed_says_what_came_closest() -> None:
    (missed,) = played(text="mail service refused to add account")
    assert missed.code == "example-missed"
    assert "is not recognised; the best is mail-refused at 0." in missed.message
    (silent,) = played(text="good morning")
    assert silent.message == "'good morning' is not recognised"


def test_an_example_another_rule_answers_names_that_rule() -> None:
    (taken,) = played(text=VPN_EN)
    assert taken.message == f"{VPN_EN!r} is answered by vpn-gave-up"


@pytest.mark.parametrize("text", [f"{VPN_EN} {MAIL_JA}", f"{MAIL_JA} {VPN_EN}"])
def test_an_example_may_hold_another_error_too(text: str) -> None:
    assert not played(text=text)


def counter(text: str) -> list[Problem]:
    never = Counterexample(text, "it is solved", line=9)
    return list(examples(DESK, replace(RULE, examples=(), counterexamples=(never,))))


def test_a_counterexample_that_is_answered_is_a_problem() -> None:
    (problem,) = counter(MAIL_EN)
    assert (problem.code, problem.line) == ("counterexample-answered", 9)
    assert problem.message == f"{MAIL_EN!r} must not be answered (it is solved)"


@pytest.mark.parametrize("text", ["good morning", VPN_EN, CODE])
def test_another_rule_may_answer_a_counterexample(text: str) -> None:
    assert not counter(text)
