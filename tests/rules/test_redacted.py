"""What is taken out of a report takes nothing from its recognition: live, only the rest is read."""

from __future__ import annotations

import pytest

from bot.bootstrap.desk import load_rules
from bot.core.matching.matcher import Matcher
from bot.core.text.normalise import read
from bot.core.text.redact import redact

BOOK = load_rules().rulebook
MATCHER = Matcher(BOOK, include_drafts=True)
EXAMPLES = [
    pytest.param(text, id=f"{rule.id}: line {line}")
    for rule in BOOK.rules
    for text, line in (
        *((example.text, example.line) for example in rule.examples),
        *((counter.text, counter.line) for counter in rule.counterexamples),
    )
    if redact(text) != text
]


def first(text: str) -> tuple[str, str] | None:
    """The first rule found, and what its score allows."""
    ranked = MATCHER.match(read(text)).ranked
    return (ranked[0].rule.id, ranked[0].band.value) if ranked else None


@pytest.mark.parametrize("text", EXAMPLES)
def test_an_example_is_recognised_without_what_is_taken_out(text: str) -> None:
    assert first(redact(text)) == first(text)
