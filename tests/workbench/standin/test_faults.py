from __future__ import annotations

import http.client
from urllib.error import URLError

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.workbench.standin import StandinThread, cast

HELP = cast.HELP_IT.id


def test_rate_limited_calls_say_when_to_come_back(
    standin: StandinThread, client: WebClient
) -> None:
    standin.faults.rate_limit("chat.postMessage", times=1, retry_after=7)

    with pytest.raises(SlackApiError) as refused:
        client.chat_postMessage(channel=HELP, text="x")
    assert refused.value.response.status_code == 429
    assert refused.value.response.headers["Retry-After"] == "7"
    assert standin.messages("help-it") == []
    assert client.chat_postMessage(channel=HELP, text="x")["ok"]


def test_a_lost_reply_was_posted_nevertheless(standin: StandinThread, client: WebClient) -> None:
    standin.faults.lose_reply("chat.postMessage")

    with pytest.raises((OSError, http.client.HTTPException)):
        client.chat_postMessage(channel=HELP, text="x")
    assert [m.text for m in standin.messages("help-it")] == ["x"]


def test_a_reset_call_was_not_posted(standin: StandinThread, client: WebClient) -> None:
    standin.faults.reset("chat.postMessage")

    with pytest.raises((URLError, OSError, http.client.HTTPException)):
        client.chat_postMessage(channel=HELP, text="x")
    assert standin.messages("help-it") == []


def test_a_server_error_concerns_only_the_method_named(
    standin: StandinThread, client: WebClient
) -> None:
    standin.faults.fail("chat.postMessage")

    assert client.auth_test()["ok"]
    with pytest.raises(SlackApiError) as refused:
        client.chat_postMessage(channel=HELP, text="x")
    assert refused.value.response.status_code == 500


def test_any_slack_error_can_be_played(standin: StandinThread, client: WebClient) -> None:
    standin.faults.answer("chat.postMessage", "is_archived")

    with pytest.raises(SlackApiError, match="is_archived"):
        client.chat_postMessage(channel=HELP, text="x")


def test_reads_lag_behind_writes(standin: StandinThread, client: WebClient) -> None:
    root = standin.people.post("sakura", "help-it", "エラー")
    standin.faults.read_lag = 3600.0
    client.chat_postMessage(channel=HELP, text="x", thread_ts=root.ts)

    assert client.conversations_history(channel=HELP)["messages"] == []
    standin.faults.clear()
    assert len(client.conversations_replies(channel=HELP, ts=root.ts)["messages"]) == 2


def test_a_delayed_call_outlasts_an_impatient_client(standin: StandinThread) -> None:
    hasty = WebClient(
        standin.bot_token,
        base_url=standin.base_url,
        retry_handlers=[],
        timeout=0.1,  # type: ignore[arg-type]
    )
    standin.faults.delay("chat.postMessage", 0.4)

    with pytest.raises(TimeoutError):
        hasty.chat_postMessage(channel=HELP, text="late")
    standin.wait_for(lambda: standin.messages("help-it"))
