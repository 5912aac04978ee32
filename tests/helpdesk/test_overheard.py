"""What is chatter, of which nothing is kept, and what may matter."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.helpdesk.incoming import Report
from bot.helpdesk.overheard import matters
from tests.helpdesk.office import ASKER, CHANNEL, MAIL_EN, MAIL_JA, VPN_EN, desk

CHATTER = ["おはようございます", "Lunch at 12?", "会議室を予約しました", "thanks, that worked"]


def heard(text: str) -> Report:
    return Report(CHANNEL, ASKER, "1.0", text)


@pytest.mark.parametrize("text", CHATTER)
def test_chatter_leads_to_nothing_and_does_not_matter(text: str) -> None:
    done = desk().step({}, heard(text), 0.0)
    assert not done.new
    assert done.state is None
    assert not matters(desk().matcher, heard(text))


@pytest.mark.parametrize("text", CHATTER)
def test_what_was_kept_to_be_judged_and_is_chatter_is_erased(text: str) -> None:
    assert desk().step({}, replace(heard(text), in_thread=True), 0.0).erase


@pytest.mark.parametrize("text", [MAIL_EN, "Error 0x8badf00d: no flux"])
def test_what_is_answered_or_may_lack_a_rule_is_not_erased(text: str) -> None:
    assert not desk().step({}, replace(heard(text), in_thread=True), 0.0).erase


@pytest.mark.parametrize("text", [MAIL_EN, MAIL_JA, VPN_EN])
def test_what_is_answered_matters(text: str) -> None:
    assert desk().step({}, heard(text), 0.0).new
    assert matters(desk().matcher, heard(text))


def test_an_error_that_no_rule_knows_matters_to_who_writes_rules() -> None:
    unknown = "Error 0x8badf00d: the flux capacitor could not be initialised"
    assert not desk().step({}, heard(unknown), 0.0).new
    assert matters(desk().matcher, heard(unknown))


@pytest.mark.parametrize(
    "more",
    [
        {"direct": True},
        {"in_thread": True},
        {"edited": True},
        {"secrets": ("password",)},
        {"text": "おはよう" * 1000},
    ],
    ids=lambda more: next(iter(more)),
)
def test_what_is_for_the_conversation_to_judge_matters(more: dict[str, object]) -> None:
    assert matters(desk().matcher, replace(heard("おはようございます"), **more))  # type: ignore[arg-type]
