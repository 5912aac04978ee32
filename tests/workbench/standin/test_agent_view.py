"""The stand-in as Slack around an agent, asked by the unchanged SDK."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.workbench.standin import AppSettings, Options, StandinThread, cast

if TYPE_CHECKING:
    from collections.abc import Callable

DM = cast.direct_message(cast.SAKURA).id
PROMPTS = [{"title": "VPN", "message": "エラー 809 が出ます"}]


def refusal(call: Callable[[], object]) -> Any:
    with pytest.raises(SlackApiError) as refused:
        call()
    return refused.value.response["error"]


def test_prompts_replace_those_before(standin: StandinThread, client: WebClient) -> None:
    client.assistant_threads_setSuggestedPrompts(channel_id=DM, prompts=PROMPTS * 4)
    client.assistant_threads_setSuggestedPrompts(channel_id=DM, title="例", prompts=PROMPTS)
    offered = standin.offered(DM)
    assert offered.title == "例"
    assert [(p.title, p.message) for p in offered.prompts] == [("VPN", "エラー 809 が出ます")]
    assert standin.snapshot()["offered"][DM]["prompts"][0]["title"] == "VPN"


def test_with_a_thread_an_agents_prompts_go_nowhere_and_slack_says_nothing(
    standin: StandinThread, client: WebClient
) -> None:
    asked = standin.people.direct("sakura", "はい")
    client.assistant_threads_setSuggestedPrompts(channel_id=DM, thread_ts=asked.ts, prompts=PROMPTS)
    assert standin.offered(DM).prompts == ()


@pytest.mark.parametrize(
    "prompts", [PROMPTS * 5, [{"title": "VPN"}], [{"title": "", "message": "x"}], ["VPN"]]
)
def test_prompts_slack_would_not_take_are_refused(client: WebClient, prompts: Any) -> None:
    set_ = client.assistant_threads_setSuggestedPrompts
    assert refusal(lambda: set_(channel_id=DM, prompts=prompts)) == "invalid_arguments"
    assert refusal(lambda: set_(channel_id="D0NOBODY", prompts=PROMPTS)) == "channel_not_found"


def test_a_session_begins_with_its_status_and_is_renamed(
    standin: StandinThread, client: WebClient
) -> None:
    asked = standin.people.direct("sakura", "はい")
    where = {"channel_id": DM, "thread_ts": asked.ts}
    rename = client.agents_sessions_rename
    assert refusal(lambda: rename(title="VPN", **where)) == "session_not_found"
    client.agents_sessions_setStatus(status="processing", title="VPN", **where)
    answer = client.agents_sessions_setStatus(status="active", title="ignored", **where)
    assert (answer["status"], answer["title"]) == ("active", "VPN")
    assert client.agents_sessions_rename(title="Outlook", **where)["title"] == "Outlook"
    (session,) = standin.sessions(DM)
    assert (session.thread_ts, session.status, session.title) == (asked.ts, "active", "Outlook")


def test_sessions_are_judged_as_slack_judges_them(
    standin: StandinThread, client: WebClient
) -> None:
    asked = standin.people.direct("sakura", "はい")
    reply = standin.people.direct("sakura", "もう一つ", asked.ts)
    set_, where = client.agents_sessions_setStatus, {"channel_id": DM, "thread_ts": asked.ts}
    assert refusal(lambda: set_(status="is thinking…", **where)) == "invalid_arguments"
    assert refusal(lambda: set_(status="active", title="x" * 201, **where)) == "invalid_arguments"
    for ts in ("1.0", reply.ts):
        elsewhere = partial(set_, channel_id=DM, thread_ts=ts, status="active")
        assert refusal(elsewhere) == "thread_not_found"
    assert standin.sessions(DM) == []


def test_an_app_that_is_no_agent_is_refused() -> None:
    with StandinThread(Options(app=AppSettings(agent=False))) as plain:
        client = WebClient(plain.bot_token, base_url=plain.base_url)
        asked = plain.people.direct("sakura", "はい")
        where = {"channel_id": DM, "thread_ts": asked.ts}
        set_ = client.agents_sessions_setStatus
        assert refusal(lambda: set_(status="active", **where)) == "not_authorized"
        set_prompts = client.assistant_threads_setSuggestedPrompts
        assert refusal(lambda: set_prompts(channel_id=DM, prompts=[])) == "not_authorized"


def test_prompts_need_their_scope() -> None:
    scopes = tuple(scope for scope in AppSettings().scopes if scope != "assistant:write")
    with StandinThread(Options(app=AppSettings(scopes=scopes))) as standin:
        client = WebClient(standin.bot_token, base_url=standin.base_url)
        set_ = client.assistant_threads_setSuggestedPrompts
        assert refusal(lambda: set_(channel_id=DM, prompts=PROMPTS)) == "missing_scope"


def test_opening_the_direct_message_is_told_with_its_tab(standin: StandinThread) -> None:
    standin.people.open_messages("sakura")
    standin.people.open_home("sakura")
    events = [d.event for d in standin.deliveries]
    assert [(e["type"], e["tab"], e["channel"]) for e in events] == [
        ("app_home_opened", "messages", DM),
        ("app_home_opened", "home", DM),
    ]
