"""Prompts and titles on their way to Slack: tried once, and nobody waits for them."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from bot.helpdesk.incoming import Place
from bot.helpdesk.outward import Prompt, Prompts, Title
from bot.slack.settings import SlackSettings
from bot.workbench.standin import AppSettings, Options, StandinThread
from bot.workbench.standin.agent_view import Offered
from bot.workbench.standin.agent_view import Prompt as Shown
from tests.slack.test_messenger import TEAM, Bench, said

if TYPE_CHECKING:
    from collections.abc import Iterator

DM = Place(TEAM, "D0SAKURA01")
HOME = f"{TEAM}:D0SAKURA01:home"
OFFER = Prompts(DM, "こんにちは", (Prompt("VPN がつながらない", "エラー 809 が出ます"),))


@contextmanager
def workspace(app: AppSettings) -> Iterator[Bench]:
    with StandinThread(Options(app=app)) as slack:
        yield Bench(slack, SlackSettings(bot_token=slack.bot_token, base_url=slack.base_url))


@pytest.fixture
def bench() -> Iterator[Bench]:
    with workspace(AppSettings()) as bench:
        yield bench


@pytest.fixture
def plain() -> Iterator[Bench]:
    """In a workspace where the app is no agent, and lacks the scope."""
    scopes = tuple(scope for scope in AppSettings().scopes if scope != "assistant:write")
    with workspace(AppSettings(agent=False, scopes=scopes)) as bench:
        yield bench


def ask(bench: Bench) -> Place:
    asked = bench.slack.people.direct("sakura", "エラー 0x80070005")
    return Place(TEAM, asked.channel, asked.ts)


def name(bench: Bench, thread: Place, text: str = "VPN がつながらない", id_: str = "t") -> None:
    lane = f"{TEAM}:{thread.channel}:title {thread.thread}"
    bench.put(Title(thread, text), f"title:{id_}", lane)
    bench.work()


def test_prompts_stand_above_the_direct_message(bench: Bench) -> None:
    bench.put(OFFER, "prompts:1", HOME)
    bench.work()
    assert bench.slack.offered("D0SAKURA01") == Offered(
        "こんにちは", (Shown("VPN がつながらない", "エラー 809 が出ます"),)
    )
    assert said(bench, DM) == []


@pytest.mark.parametrize("fault", ["rate_limit", "error", "lose_reply", "server_error"])
def test_what_slack_does_not_take_at_once_is_left_out(bench: Bench, fault: str) -> None:
    method = "assistant.threads.setSuggestedPrompts"
    match fault:
        case "rate_limit":
            bench.slack.faults.rate_limit(method, retry_after=20)
        case "error":
            bench.slack.faults.answer(method, "internal_error")
        case "lose_reply":
            bench.slack.faults.lose_reply(method)
        case _:
            bench.slack.faults.fail(method)
    bench.put(OFFER, "prompts:1", HOME)
    for _ in range(4):
        bench.work(60)
    assert bench.calls(method) == (fault == "lose_reply")
    assert bench.mailbox.next_wake() is None


def test_a_thread_gets_its_name_and_another_later(bench: Bench) -> None:
    thread = ask(bench)
    name(bench, thread)
    (session,) = bench.slack.sessions(thread.channel)
    assert (session.thread_ts, session.status, session.title) == (
        thread.thread,
        "active",
        "VPN がつながらない",
    )
    name(bench, thread, "x" * 300, "u")
    (session,) = bench.slack.sessions(thread.channel)
    assert session.title == "x" * 200


def test_a_rate_limit_of_names_holds_up_no_answer(bench: Bench) -> None:
    thread = ask(bench)
    bench.slack.faults.rate_limit("agents.sessions.rename", retry_after=600)
    name(bench, thread)
    bench.post(thread, text="answered")
    bench.work()
    assert said(bench, thread) == ["answered"]


def test_an_app_that_is_no_agent_answers_as_ever_and_nobody_is_alarmed(plain: Bench) -> None:
    thread = ask(plain)
    plain.put(OFFER, "prompts:1", HOME)
    name(plain, thread)
    plain.post(thread, text="answered")
    plain.work()
    assert said(plain, thread) == ["answered"]
    assert plain.slack.offered(DM.channel) == Offered()
    assert plain.slack.sessions(DM.channel) == []
    assert plain.mailbox.next_wake() is None
