from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from bot.core.wording.reply import Action
from bot.helpdesk.codec import from_json
from bot.helpdesk.incoming import (
    Opened,
    OwnDataAsked,
    Place,
    Press,
    Report,
    Wish,
    Withdrawn,
)
from bot.helpdesk.outward import OpenDm
from bot.slack.decode import decode
from bot.slack.settings import SlackSettings
from bot.slack.wire import Accepted, Ignored

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.helpdesk.ports import NewTask

Payload = dict[str, Any]


@pytest.fixture
def task(payload: Callable[[str], Payload], settings: SlackSettings) -> Callable[..., NewTask]:
    """The one task a payload asks for."""

    def only(name: str, given: SlackSettings = settings) -> NewTask:
        decoded = decode(payload(name), given)
        assert isinstance(decoded, Accepted), decoded
        (found,) = decoded.tasks
        return found

    return only


@pytest.fixture
def report(task: Callable[..., NewTask]) -> Callable[..., Report]:
    def only(name: str, **given: Any) -> Report:
        found = task(name, **given)
        assert found.kind == "report"
        return from_json(found.body, Report)

    return only


def test_a_pasted_error_is_a_report_overheard_in_its_own_thread(
    task: Callable[..., NewTask], report: Callable[..., Report]
) -> None:
    heard = report("message_code_block")
    assert heard.text.endswith('File "a.py", line 1, in <module>\nValueError: a -> b & c')
    assert heard.place == Place("T111", "C111", "1719211888.680799")
    assert (heard.direct, heard.in_thread, heard.edited, heard.who) == (False, False, False, "U111")
    assert task("message_code_block").id == "msg:T111:C111:1719211888.680799"
    assert task("message_code_block").lane == heard.place.key


def test_a_direct_message_begins_a_thread_and_is_told_to_us(
    report: Callable[..., Report],
) -> None:
    first, later = report("message_im"), report("message_im_thread")
    assert first.place == Place("T111", "D111", "1719211888.680799")
    assert (first.direct, first.in_thread) == (True, False)
    assert later.place == Place("T111", "D111", "1719211900.000200")
    assert (later.direct, later.in_thread) == (True, True)


@pytest.mark.parametrize("name", ["message_thread_reply", "message_thread_broadcast"])
def test_a_reply_belongs_to_its_thread(name: str, report: Callable[..., Report]) -> None:
    heard = report(name)
    assert heard.place.thread == "1719211888.680799"
    assert heard.in_thread


def test_a_mention_arrives_twice_and_is_one_task(
    task: Callable[..., NewTask], report: Callable[..., Report]
) -> None:
    assert task("message_mention").id == task("app_mention").id
    assert task("message_mention").body == task("app_mention").body
    heard = report("app_mention")
    assert (heard.text, heard.direct) == ("VPN エラー 809", True)


def test_a_mention_without_words_is_answered(report: Callable[..., Report]) -> None:
    heard = report("app_mention_bare")
    assert (heard.text, heard.direct, heard.in_thread) == ("", True, True)


def test_an_edit_that_changes_words_is_a_report_again(
    task: Callable[..., NewTask], report: Callable[..., Report]
) -> None:
    heard = report("message_changed")
    assert (heard.text, heard.edited, heard.ts) == ("エラー 0x80070035", True, "1719211888.680799")
    assert task("message_changed").id != task("message_code_block").id


def test_an_edit_that_adds_the_mention_counts_and_counts_once(
    task: Callable[..., NewTask], report: Callable[..., Report]
) -> None:
    assert report("message_changed_adds_mention").direct
    assert task("message_changed_adds_mention").id == task("app_mention_by_edit").id
    assert report("app_mention_by_edit").edited


@pytest.mark.parametrize("name", ["message_deleted", "message_tombstone"])
def test_a_deleted_message_is_withdrawn(name: str, task: Callable[..., NewTask]) -> None:
    found = task(name)
    gone = from_json(found.body, Withdrawn)
    assert (found.kind, gone.ts) == ("withdrawn", "1719211888.680799")
    assert found.lane == "T111:C111:1719211888.680799"


def test_a_picture_overheard_is_ignored_and_one_sent_to_us_is_not(
    payload: Callable[[str], Payload], settings: SlackSettings, report: Callable[..., Report]
) -> None:
    assert decode(payload("message_screenshot"), settings) == Ignored("empty")
    assert report("message_screenshot_im").text == ""


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("message_changed_by_preview", "unchanged"),
        ("message_changed_of_bot", "subtype"),
        ("message_other_bot", "subtype"),
        ("message_other_app_user", "bot"),
        ("message_own", "bot"),
        ("message_channel_join", "subtype"),
        ("message_connect", "connect"),
        ("block_actions_unknown", "unknown action"),
        ("view_submission", "not listened for"),
    ],
)
def test_what_can_change_nothing_is_ignored(
    name: str, reason: str, payload: Callable[[str], Payload], settings: SlackSettings
) -> None:
    assert decode(payload(name), settings) == Ignored(reason)


def test_shared_channels_are_answered_where_the_operator_allows_it(
    report: Callable[..., Report], settings: SlackSettings
) -> None:
    allowed = replace(settings, answer_connect=True)
    assert report("message_connect", given=allowed).who == "U999"


def test_on_a_grid_the_workspace_is_named_with_its_enterprise(
    report: Callable[..., Report],
) -> None:
    heard = report("message_grid")
    assert (heard.place.team, heard.who) == ("E111.T111", "W111")


def test_a_press_belongs_to_the_conversation_its_button_names(
    task: Callable[..., NewTask],
) -> None:
    found = task("block_actions")
    assert found.lane == "T111:C111:1719211888.680799"
    assert from_json(found.body, Press) == Press(
        place=Place("T111", "C111", "1719211888.680799"),
        who="U111",
        action=Action.ANSWER,
        value="yes",
        turn=2,
        message_ts="1719211890.000100",
        staff=False,
        language="ja",
    )
    assert found.id == "act:T111:C111:1719211890.000100:fc_answer:2:1719211895.123456:U111"


def test_a_press_says_where_it_was_made_and_in_which_language(
    payload: Callable[[str], Payload], settings: SlackSettings
) -> None:
    body = payload("block_actions")
    body["container"]["channel_id"] = body["channel"]["id"] = "D111"
    body["actions"][0]["text"]["text"] = "Outlook"

    def pressed() -> tuple[str, str]:
        decoded = decode(body, settings)
        assert isinstance(decoded, Accepted)
        found = from_json(decoded.tasks[0].body, Press)
        return found.elsewhere, found.language

    assert pressed() == ("D111", "en")
    button = {"type": "button", "text": {"type": "plain_text", "text": "担当者に相談"}}
    body["message"]["blocks"] = [{"type": "actions", "elements": [button]}]
    assert pressed() == ("D111", "ja")


def test_staff_are_known_by_the_triage_channel_or_by_name(
    payload: Callable[[str], Payload], settings: SlackSettings
) -> None:
    def staff(body: Payload) -> bool:
        decoded = decode(body, settings)
        assert isinstance(decoded, Accepted)
        return from_json(decoded.tasks[0].body, Press).staff

    listed = payload("block_actions")
    listed["user"]["id"] = "U888"
    assert staff(payload("block_actions_triage_grid"))
    assert staff(listed)
    assert not staff(payload("block_actions"))


@pytest.mark.parametrize("value", ["", "{}", "yes", '{"lane":"x","turn":1,"value":""}', "[" * 9000])
def test_a_button_value_that_is_not_ours_is_ignored(
    value: str, payload: Callable[[str], Payload], settings: SlackSettings
) -> None:
    body = payload("block_actions")
    body["actions"][0]["value"] = value
    assert decode(body, settings) == Ignored("unknown action")


def test_the_shortcut_asks_about_somebody_elses_message(
    task: Callable[..., NewTask], report: Callable[..., Report]
) -> None:
    heard = report("message_action")
    assert (heard.who, heard.asker, heard.direct) == ("U555", "U111", True)
    assert heard.place == Place("T111", "C111", "1719211888.680799")
    assert task("message_action").id == "trigger:333.444.def"


def test_the_shortcut_on_ones_own_or_a_bots_message_has_no_other_asker(
    payload: Callable[[str], Payload], settings: SlackSettings
) -> None:
    own, bots = payload("message_action"), payload("message_action")
    own["message"]["user"] = "U555"
    bots["message"]["bot_id"] = "B222"
    for body in (own, bots):
        decoded = decode(body, settings)
        assert isinstance(decoded, Accepted)
        assert from_json(decoded.tasks[0].body, Report).asker == ""


def test_the_command_goes_on_in_a_direct_message(
    payload: Callable[[str], Payload], settings: SlackSettings, task: Callable[..., NewTask]
) -> None:
    found = task("command_ask")
    opening = from_json(found.body, OpenDm)
    assert opening.text == "「暗号化された接続を使用できません」 <code> 0x800CCC1A"
    assert found.lane == "T111:command:555.666.ghi"
    decoded = decode(payload("command_ask"), settings)
    assert isinstance(decoded, Accepted)
    assert "ダイレクトメッセージ" in decoded.say
    assert "direct message" in decoded.say


@pytest.mark.parametrize("text", ["", " ", "help", "HELP", "ヘルプ", "ask", "ask  "])
def test_the_command_alone_explains_itself_in_both_languages(
    text: str, payload: Callable[[str], Payload], settings: SlackSettings
) -> None:
    decoded = decode({**payload("command_ask"), "text": text}, settings)
    assert isinstance(decoded, Accepted)
    assert decoded.tasks == ()
    assert "エラーメッセージ" in decoded.say
    assert "error message" in decoded.say


@pytest.mark.parametrize(
    ("text", "wish", "language"),
    [
        ("mydata", Wish.SHOW, ""),
        ("My Data", Wish.SHOW, ""),
        ("私のデータ", Wish.SHOW, "ja"),
        ("forget", Wish.ASK, ""),
        ("forget me", Wish.ASK, ""),
        ("忘れて", Wish.ASK, "ja"),
        ("忘れてください。", Wish.ASK, "ja"),
    ],
)
def test_the_command_asks_for_ones_own_data(
    text: str, wish: Wish, language: str, payload: Callable[[str], Payload], settings: SlackSettings
) -> None:
    decoded = decode({**payload("command_ask"), "text": text}, settings)
    assert isinstance(decoded, Accepted)
    (found,) = decoded.tasks
    asked = from_json(found.body, OwnDataAsked)
    assert (asked.who, asked.wish, asked.language) == (
        payload("command_ask")["user_id"],
        wish,
        language,
    )
    assert found.lane == asked.place.key == "T111:own:555.666.ghi"
    assert asked.direct is None


@pytest.mark.parametrize(
    "text", ["forget the password", "パスワードを忘れて困っています", "mydata.xlsx"]
)
def test_words_that_only_begin_so_are_an_error_text(
    text: str, payload: Callable[[str], Payload], settings: SlackSettings
) -> None:
    decoded = decode({**payload("command_ask"), "text": text}, settings)
    assert isinstance(decoded, Accepted)
    assert [found.kind for found in decoded.tasks] == ["open_dm"]


@pytest.mark.parametrize("text", ["asking for 0x80070005", "0x80070005", "ask　0x80070005"])
def test_the_command_takes_any_words(
    text: str, payload: Callable[[str], Payload], settings: SlackSettings
) -> None:
    decoded = decode({**payload("command_ask"), "text": text}, settings)
    assert isinstance(decoded, Accepted)
    assert "0x80070005" in from_json(decoded.tasks[0].body, OpenDm).text


@pytest.mark.parametrize(
    ("who", "channel", "may"),
    [("U888", "C222", True), ("U111", "CTRIAGE", True), ("U111", "C222", False)],
)
def test_only_staff_may_have_the_rules_read_again(
    who: str,
    channel: str,
    may: bool,  # noqa: FBT001  (the parameter's name stands in the test id)
    payload: Callable[[str], Payload],
    settings: SlackSettings,
) -> None:
    body = {**payload("command_ask"), "text": "Reload", "user_id": who, "channel_id": channel}
    decoded = decode(body, settings)
    assert isinstance(decoded, Accepted)
    assert [task.kind for task in decoded.tasks] == (["reload"] if may else [])
    assert ("Reading the rules again" in decoded.say) is may


def test_a_redelivery_has_the_same_key(
    payload: Callable[[str], Payload], settings: SlackSettings
) -> None:
    again = {**payload("message_code_block"), "event_id": "EvOTHER", "event_context": "5-x"}
    assert decode(again, settings) == decode(payload("message_code_block"), settings)


WORDS = """
type subtype event user channel ts text blocks elements message previous_message files attachments
message_blocks is_share actions action_id value container team enterprise authorizations bot_id
thread_ts edited command callback_id trigger_id url rows
"""
KEYS = st.sampled_from(WORDS.split())
ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=6),
    max_leaves=15,
)


@given(
    kind=st.sampled_from(["event_callback", "block_actions", "message_action", "odd", None]),
    event=st.sampled_from(["message", "app_mention", "odd", None]),
    body=st.dictionaries(KEYS, ODD, max_size=8),
    inner=st.dictionaries(KEYS, ODD, max_size=8),
)
@hypothesis_settings(max_examples=100, deadline=None)
def test_no_payload_however_odd_breaks_it(
    kind: str | None, event: str | None, body: Payload, inner: Payload
) -> None:
    odd = {**body, "type": kind, "event": {**inner, "type": event}}
    decoded = decode(odd, SlackSettings(bot_token="xoxb-x"))
    assert isinstance(decoded, Accepted | Ignored)


def test_the_opened_direct_message_is_a_task_in_a_lane_of_its_own(
    payload: Callable[[str], Payload], task: Callable[..., NewTask]
) -> None:
    found = task("app_home_opened_messages")
    assert found.id == "open:T111:D111:1719211900.000300"
    assert from_json(found.body, Opened) == Opened(
        Place("T111", "D111", "home"), "1719211900.000300"
    )
    assert "U111" not in str(found.body), "who it is matters to nobody"
    assert "C999" not in str(found.body), "nor what they look at"
    assert task("app_home_opened_messages").id == found.id, "delivered again, it is kept once"
    home = payload("app_home_opened_messages")
    home["event"]["tab"] = "home"
    assert decode(home, SlackSettings(bot_token="xoxb-x")) == Ignored("another tab")


@pytest.mark.parametrize(
    "kind",
    [
        "app_context_changed",
        "agent_session_stopped",
        "agent_session_title_changed",
        "assistant_thread_started",
        "assistant_thread_context_changed",
    ],
)
def test_what_else_happens_in_the_agent_view_is_not_kept(
    kind: str, payload: Callable[[str], Payload], settings: SlackSettings
) -> None:
    body = payload("app_home_opened_messages")
    body["event"]["type"] = kind
    assert decode(body, settings) == Ignored("not listened for")
