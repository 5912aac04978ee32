"""Every example, dialogue and counterexample of every shipped rule comes true: one test each."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.bootstrap.desk import desk_for_rehearsal, load_rules
from bot.core.rulebook.model import Counterexample, Example, Rule
from bot.helpdesk.rehearse import examples

BOOK = load_rules().rulebook
DESK = desk_for_rehearsal(BOOK)


def _promises(rule: Rule) -> tuple[Example | Counterexample, ...]:
    return (*rule.examples, *rule.counterexamples)


def _id(rule: Rule, promise: Example | Counterexample) -> str:
    kind = "example" if isinstance(promise, Example) else "counterexample"
    return f"{rule.id}: {kind} in line {promise.line}"


PROMISES = [
    pytest.param(rule, promise, id=_id(rule, promise))
    for rule in BOOK.rules
    for promise in _promises(rule)
]


@pytest.mark.parametrize(("rule", "promise"), PROMISES)
def test_what_the_author_promised_comes_true(rule: Rule, promise: Example | Counterexample) -> None:
    if isinstance(promise, Example):
        alone = replace(rule, examples=(promise,), counterexamples=())
    else:
        alone = replace(rule, examples=(), counterexamples=(promise,))
    broken = list(examples(DESK, alone))
    assert not broken, "\n" + "\n".join(map(str, broken))
