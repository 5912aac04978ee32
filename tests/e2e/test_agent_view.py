"""The agent view: opened, offered examples, asked, answered in the thread of what was written."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from tests.e2e.conftest import CALM, PATIENCE, Office, labels, until

if TYPE_CHECKING:
    from bot.workbench.standin.agent_view import Offered
    from bot.workbench.standin.model import Message

VPN = "VPN に接続できません。エラー 809 と表示されます"
MAIL_EN = "Outlook says: An encrypted connection to your mail server is not available."


def open_view(office: Office, who: str) -> Offered:
    office.standin.people.open_messages(who)
    office.standin.wait_for(lambda: office.standin.offered(f"dm-{who}").prompts, PATIENCE)
    return office.standin.offered(f"dm-{who}")


def title(office: Office, asked: Message) -> str:
    found = office.standin.wait_for(
        lambda: [s for s in office.standin.sessions(asked.channel) if s.thread_ts == asked.ts],
        PATIENCE,
    )
    assert found[0].status == "active"
    return found[0].title


def bots(office: Office, who: str) -> list[Message]:
    bot = office.standin.snapshot()["bot"]["user_id"]
    return [m for m in office.standin.messages(f"dm-{who}") if m.user == bot]


def test_who_opens_it_is_greeted_and_offered_examples_that_are_answered(office: Office) -> None:
    offered = open_view(office, "sakura")
    assert "エラーの文を貼り付けてください" in offered.title
    assert "paste an error message" in offered.title
    assert len(offered.prompts) == 4
    time.sleep(CALM)
    assert bots(office, "sakura") == [], "nothing is posted before they write"

    for number, prompt in enumerate(offered.prompts):
        asked = office.standin.people.direct("sakura", prompt.message)
        first = office.replies(asked, 1)[0]
        expected = "担当者に相談" if number % 2 == 0 else "Talk to the helpdesk"
        assert expected in labels(first)
    assert title(office, asked)


def test_asked_in_japanese_and_in_english_each_is_answered_in_its_own_thread(
    shared_office: Office,
) -> None:
    people = shared_office.standin.people
    japanese, english = people.direct("sakura", VPN), people.direct("sakura", MAIL_EN)
    assert "担当者に相談" in labels(shared_office.replies(japanese, 1)[0])
    first = shared_office.replies(english, 1)[0]
    assert "Talk to the helpdesk" in labels(first)
    assert "Outlook" in title(shared_office, english)
    assert title(shared_office, japanese) != title(shared_office, english)

    people.direct("sakura", "まだだめです", japanese.ts)
    shared_office.replies(japanese, 2)
    shared_office.press("sakura", first, "It works now")
    assert "Glad it works" in shared_office.replies(english, 2)[1].text
    assert len(shared_office.replies(japanese, 2)) == 2


def test_an_answer_typed_below_the_thread_goes_on_with_its_case(shared_office: Office) -> None:
    people = shared_office.standin.people
    asked = people.direct("alex", MAIL_EN)
    shared_office.replies(asked, 1)
    beside = people.direct("alex", "still broken")
    assert "outlook.office.com" in shared_office.replies(asked, 2)[1].text
    assert shared_office.silent(beside)


def test_after_a_command_people_answer_under_our_message_or_below_it(office: Office) -> None:
    standin = office.standin
    before = len(bots(office, "sato"))
    standin.people.command("sato", "general", "/firstcheck", MAIL_EN)
    until(lambda: len(bots(office, "sato")) > before, "it answers in the direct message")
    first = bots(office, "sato")[before]
    assert not first.thread_ts
    standin.people.direct("sato", "still broken", first.ts)
    until(lambda: len(bots(office, "sato")) > before + 1, "under its message")
    standin.people.direct("sato", "talk to the helpdesk")
    until(lambda: len(bots(office, "sato")) > before + 2, "and below it")
    assert "Handed over" in bots(office, "sato")[-1].text


@pytest.mark.parametrize("kill", [False, True], ids=["running", "killed"])
def test_what_slack_delivers_again_is_done_once(office: Office, *, kill: bool) -> None:
    people, standin = office.standin.people, office.standin
    open_view(office, "sato")
    asked = people.direct("sato", VPN)
    office.replies(asked, 1)
    title(office, asked)
    if kill:
        office.stop(kill=True)
        office.start()
    calls = sum("setSuggestedPrompts" in call.method for call in standin.calls)
    for delivery in [d for d in standin.deliveries if d.event.get("type") == "app_home_opened"]:
        people.redeliver(delivery)
    people.redeliver(asked)
    time.sleep(CALM)
    assert len(office.replies(asked, 1)) == 1
    assert sum("setSuggestedPrompts" in call.method for call in standin.calls) == calls


def test_prompts_that_slack_refuses_cost_nobody_an_answer(office: Office) -> None:
    standin = office.standin
    standin.faults.answer("assistant.threads.setSuggestedPrompts", "not_authorized")
    standin.faults.answer("agents.sessions.rename", "internal_error")
    standin.people.open_messages("sakura")
    asked = standin.people.direct("sakura", VPN)
    office.replies(asked, 1)
    time.sleep(3.0)
    assert office.standin.messages("helpdesk-triage") == [], "nobody is alarmed"
    until(lambda: bool(open_view(office, "sakura").prompts), "the next opening offers them again")
