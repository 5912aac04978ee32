from __future__ import annotations

import asyncio
import http.client
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.workbench.standin import AppSettings, Options, Standin, StandinThread, cast
from bot.workbench.standin.methods import METHODS

if TYPE_CHECKING:
    from collections.abc import Callable

HELP = cast.HELP_IT.id


def _error(call: Callable[[], object]) -> Any:
    with pytest.raises(SlackApiError) as refused:
        call()
    return refused.value.response


def test_a_post_appears_in_the_workspace_and_in_its_history(
    standin: StandinThread, client: WebClient
) -> None:
    posted = client.chat_postMessage(channel=HELP, text="確認してください")

    (message,) = standin.messages("help-it")
    assert (message.text, message.ts, message.user) == (
        "確認してください",
        posted["ts"],
        cast.BOT.id,
    )
    (read,) = client.conversations_history(channel=HELP)["messages"]
    assert (read["text"], read["bot_id"]) == ("確認してください", cast.BOT_ID)


def test_auth_test_says_whose_token_it_is_and_which_scopes_it_has(client: WebClient) -> None:
    answer = client.auth_test()

    assert (answer["team_id"], answer["user_id"]) == (cast.TEAM.id, cast.BOT.id)
    assert answer["bot_id"] == cast.BOT_ID
    assert isinstance(answer.headers, dict)
    assert "chat:write" in answer.headers["X-OAuth-Scopes"].split(",")


@pytest.mark.parametrize(("token", "error"), [("xoxb-wrong", "invalid_auth"), ("", "not_authed")])
def test_refuses_a_wrong_or_missing_token(standin: StandinThread, token: str, error: str) -> None:
    stranger = WebClient(token, base_url=standin.base_url)

    assert _error(stranger.auth_test)["error"] == error


def test_refuses_the_wrong_kind_of_token(standin: StandinThread, client: WebClient) -> None:
    app = WebClient(standin.app_token, base_url=standin.base_url)

    assert _error(lambda: client.apps_connections_open(app_token=standin.bot_token))["error"] == (
        "not_allowed_token_type"
    )
    assert _error(app.auth_test)["error"] == "not_allowed_token_type"


def test_refuses_a_method_it_does_not_have(client: WebClient) -> None:
    assert _error(lambda: client.api_call("canvases.create"))["error"] == "unknown_method"


def test_refuses_an_argument_it_would_ignore(standin: StandinThread, client: WebClient) -> None:
    answer = _error(lambda: client.chat_postMessage(channel=HELP, text="x", icon_emoji=":ghost:"))

    assert answer["error"] == "invalid_arguments"
    messages = answer["response_metadata"]["messages"]
    assert messages == ["[ERROR] unsupported argument: icon_emoji"]
    assert standin.messages("help-it") == []


def test_takes_options_at_the_value_that_changes_nothing(client: WebClient) -> None:
    assert client.chat_postMessage(channel=HELP, text="x", unfurl_links=False)["ok"]
    loud = _error(lambda: client.chat_postMessage(channel=HELP, text="x", unfurl_links=True))
    assert loud["error"] == "invalid_arguments"


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ({"channel": "C0NOWHERE1", "text": "x"}, "channel_not_found"),
        ({"channel": cast.GENERAL.id, "text": "x"}, "not_in_channel"),
        ({"channel": HELP, "text": "   "}, "no_text"),
        ({"channel": HELP, "text": "x" * 40_001}, "msg_too_long"),
        ({"channel": HELP, "text": "x", "blocks": [{"type": "x"}]}, "invalid_blocks"),
        ({"channel": HELP, "text": "x", "blocks": "not json"}, "invalid_blocks_format"),
        ({"channel": HELP, "text": "x", "thread_ts": "1.000001"}, "thread_not_found"),
        (
            {"channel": HELP, "text": "x", "metadata": {"event_type": "a"}},
            "invalid_metadata_format",
        ),
    ],
)
def test_refuses_posts_slack_refuses(client: WebClient, args: dict[str, Any], error: str) -> None:
    assert _error(lambda: client.api_call("chat.postMessage", json=args))["error"] == error


def test_the_reason_for_refused_blocks_names_the_place(client: WebClient) -> None:
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}]
    answer = _error(lambda: client.chat_postMessage(channel=HELP, text="x", blocks=blocks))

    assert answer["errors"] == [
        "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    ]


def test_a_missing_scope_is_named() -> None:
    app = AppSettings(scopes=("chat:write", "users:read"), events=())
    with StandinThread(Options(app=app)) as standin:
        client = WebClient(standin.bot_token, base_url=standin.base_url)
        answer = _error(lambda: client.conversations_history(channel=HELP))

    assert (answer["error"], answer["needed"]) == ("missing_scope", "channels:history")
    assert answer["provided"] == "chat:write,users:read"


def test_update_replaces_the_text_and_removes_the_blocks(
    standin: StandinThread, client: WebClient
) -> None:
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "old"}}]
    metadata = {"event_type": "answer", "event_payload": {"id": "t1"}}
    ts = client.chat_postMessage(channel=HELP, text="old", blocks=blocks, metadata=metadata)["ts"]

    client.chat_update(channel=HELP, ts=ts, text="new")

    (message,) = standin.messages("help-it")
    assert (message.text, message.blocks, message.metadata) == ("new", (), metadata)
    assert message.edited is not None


def test_update_keeps_blocks_without_the_edited_mark(
    standin: StandinThread, client: WebClient
) -> None:
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "new"}}]
    ts = client.chat_postMessage(channel=HELP, text="old")["ts"]

    client.chat_update(channel=HELP, ts=ts, text="new", blocks=blocks)

    (message,) = standin.messages("help-it")
    assert message.blocks[0]["text"]["text"] == "new"
    assert message.edited is None


def test_only_its_own_messages_can_be_changed(standin: StandinThread, client: WebClient) -> None:
    theirs = standin.people.post("sakura", "help-it", "エラー").ts

    assert _error(lambda: client.chat_update(channel=HELP, ts=theirs, text="x"))["error"] == (
        "cant_update_message"
    )
    assert _error(lambda: client.chat_delete(channel=HELP, ts=theirs))["error"] == (
        "cant_delete_message"
    )
    assert _error(lambda: client.chat_update(channel=HELP, ts="1.1", text="x"))["error"] == (
        "message_not_found"
    )


def test_a_thread_is_read_with_metadata_only_on_request(
    standin: StandinThread, client: WebClient
) -> None:
    root = standin.people.post("sakura", "help-it", "エラー")
    metadata = {"event_type": "answer", "event_payload": {"id": "t1"}}
    client.chat_postMessage(channel=HELP, text="x", thread_ts=root.ts, metadata=metadata)

    plain = client.conversations_replies(channel=HELP, ts=root.ts)["messages"]
    full = client.conversations_replies(
        channel=HELP, ts=root.ts, include_all_metadata=True, oldest=root.ts
    )["messages"]

    assert [m["text"] for m in plain] == ["エラー", "x"]
    assert (plain[0]["reply_count"], plain[1]["parent_user_id"]) == (1, cast.SAKURA.id)
    assert "metadata" not in plain[1]
    assert full[1]["metadata"] == metadata
    assert _error(lambda: client.conversations_replies(channel=HELP, ts="1.1"))["error"] == (
        "thread_not_found"
    )


def test_history_is_newest_first_and_paged(standin: StandinThread, client: WebClient) -> None:
    posted = [standin.people.post("alex", "help-it", f"m{n}") for n in range(5)]
    read: list[str] = []
    for answer in client.conversations_history(channel=HELP, limit=2):
        read += [m["text"] for m in answer["messages"]]

    assert read == ["m4", "m3", "m2", "m1", "m0"]
    since = client.conversations_history(channel=HELP, oldest=posted[3].ts)["messages"]
    assert [m["text"] for m in since] == ["m4"]


def test_timestamps_never_repeat(standin: StandinThread) -> None:
    stamps = [standin.people.post("alex", "help-it", "x").ts for _ in range(200)]

    assert stamps == sorted(set(stamps))


def test_an_ephemeral_message_is_seen_by_one_person_and_not_in_history(
    standin: StandinThread, client: WebClient
) -> None:
    client.chat_postEphemeral(channel=HELP, user=cast.SAKURA.id, text="内緒です")

    assert client.conversations_history(channel=HELP)["messages"] == []
    shown = standin.snapshot()["ephemerals"]
    assert [m["text"] for m in shown[cast.SAKURA.id]] == ["内緒です"]
    assert shown[cast.ALEX.id] == []
    outsider = _error(
        lambda: client.chat_postEphemeral(channel=cast.TRIAGE.id, user=cast.ALEX.id, text="x")
    )
    assert outsider["error"] == "user_not_in_channel"


def test_a_direct_message_is_opened_and_answered(standin: StandinThread, client: WebClient) -> None:
    channel = client.conversations_open(users=cast.SAKURA.id)["channel"]["id"]
    client.chat_postMessage(channel=channel, text="こんにちは")
    client.chat_postMessage(channel=cast.SAKURA.id, text="by user id")

    assert channel == standin.people.direct("sakura", "はい").channel
    assert [m.text for m in standin.messages(channel)] == ["こんにちは", "by user id", "はい"]
    assert client.conversations_info(channel=channel)["channel"]["user"] == cast.SAKURA.id


def test_people_and_channels_are_described(client: WebClient) -> None:
    sakura = client.users_info(user=cast.SAKURA.id, include_locale=True)["user"]
    assert (sakura["locale"], sakura["tz"]) == ("ja-JP", "Asia/Tokyo")
    assert "locale" not in client.users_info(user=cast.ALEX.id)["user"]
    assert len(client.users_list(limit=2)["members"]) == 2

    listed = client.conversations_list(types="public_channel,im")["channels"]
    member = {c["name"]: c["is_member"] for c in listed if not c.get("is_im")}
    assert (member["help-it"], member["general"]) == (True, False)
    mine = [c["id"] for c in client.users_conversations()["channels"]]
    assert HELP in mine
    assert cast.GENERAL.id not in mine
    assert cast.BOT.id in client.conversations_members(channel=HELP)["members"]
    assert client.bots_info(bot=cast.BOT_ID)["bot"]["user_id"] == cast.BOT.id
    assert client.team_info()["team"]["id"] == cast.TEAM.id


def test_joining_a_channel_lets_the_bot_post_there(
    standin: StandinThread, client: WebClient
) -> None:
    client.conversations_join(channel=cast.GENERAL.id)
    client.chat_postMessage(channel=cast.GENERAL.id, text="x")

    assert [m.text for m in standin.messages("general")] == ["x"]
    assert client.conversations_join(channel=cast.GENERAL.id)["warning"] == "already_in_channel"


def test_reactions_are_added_once(standin: StandinThread, client: WebClient) -> None:
    ts = standin.people.post("sakura", "help-it", "エラー").ts
    client.reactions_add(channel=HELP, timestamp=ts, name="eyes")

    again = _error(lambda: client.reactions_add(channel=HELP, timestamp=ts, name="eyes"))
    assert again["error"] == "already_reacted"
    assert standin.messages("help-it")[0].reactions == (("eyes", (cast.BOT.id,)),)
    client.reactions_remove(channel=HELP, timestamp=ts, name="eyes")
    assert standin.messages("help-it")[0].reactions == ()


def test_a_permalink_leads_back_to_this_machine(standin: StandinThread, client: WebClient) -> None:
    ts = standin.people.post("sakura", "help-it", "エラー").ts
    link = client.chat_getPermalink(channel=HELP, message_ts=ts)["permalink"]

    assert link == standin.base_url.removesuffix("api/") + f"archives/{HELP}/p{ts.replace('.', '')}"


def test_form_encoded_calls_work_like_json(standin: StandinThread, client: WebClient) -> None:
    blocks = json.dumps([{"type": "divider"}])
    client.api_call("chat.postMessage", params={"channel": HELP, "text": "x", "blocks": blocks})

    assert standin.messages("help-it")[0].blocks[0]["type"] == "divider"


def test_a_deleted_root_leaves_a_tombstone_over_its_replies(
    standin: StandinThread, client: WebClient
) -> None:
    root = standin.people.post("sakura", "help-it", "エラー")
    client.chat_postMessage(channel=HELP, text="x", thread_ts=root.ts)
    standin.people.delete("sakura", "help-it", root.ts)

    thread = client.conversations_replies(channel=HELP, ts=root.ts)["messages"]
    assert [m.get("subtype") for m in thread] == ["tombstone", None]


_VALUE = st.one_of(
    st.sampled_from([HELP, cast.SAKURA.id, cast.BOT.id, "1.000001", "im", "x" * 50]),
    st.text(max_size=8),
    st.integers(),
    st.booleans(),
    st.lists(st.text(max_size=3), max_size=2),
    st.dictionaries(st.text(max_size=3), st.integers(), max_size=2),
)
_NAMES = sorted({n for m in METHODS.values() for n in (*m.required, *m.optional, *m.inert)})


@settings(deadline=None)
@given(st.data())
def test_no_arguments_make_it_fall_over(data: st.DataObject) -> None:
    method = data.draw(st.sampled_from(sorted(METHODS)))
    needed = {name: data.draw(_VALUE, name) for name in METHODS[method].required}
    extra = data.draw(st.dictionaries(st.sampled_from(_NAMES), _VALUE, max_size=4))

    async def call() -> Any:
        standin = Standin()
        token = standin.app_token if method.startswith("apps.") else standin.bot_token
        answer = standin._web_api._perform(method, token, {**extra, **needed})
        await standin.stop()
        return answer

    answer = asyncio.run(call())
    assert answer["ok"] is True or answer["error"]


def test_a_web_page_under_another_name_gets_nothing(standin: StandinThread) -> None:
    parts = urlsplit(standin.base_url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port)
    connection.request("POST", "/api/api.test", headers={"Host": "evil.test"})
    answer = connection.getresponse()
    connection.close()

    assert answer.status == 403
