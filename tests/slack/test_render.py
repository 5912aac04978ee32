from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block

from bot.core.wording.reply import Action, Button, Line, LineKind, Reply
from bot.slack.ids import ButtonValue, action_of
from bot.slack.render import blocks, fallback_text
from bot.slack.render.plain import FALLBACK_LIMIT

LANE = "T111:C111:1719211888.680799"
PLAIN = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
LINES = st.builds(Line, PLAIN, st.sampled_from(LineKind), who=PLAIN, url=PLAIN)
BUTTONS = st.builds(
    Button, PLAIN, st.sampled_from(Action), PLAIN, st.sampled_from(["", "primary", "danger"])
)
REPLIES = st.builds(
    Reply,
    st.lists(LINES, max_size=60).map(tuple),
    st.lists(BUTTONS, max_size=40).map(tuple),
)


def walk(node: Any) -> list[dict[str, Any]]:
    """Every object in a message."""
    if isinstance(node, list):
        return [found for item in node for found in walk(item)]
    if not isinstance(node, dict):
        return []
    return [node, *(found for value in node.values() for found in walk(value))]


def texts(reply: Reply, kind: str) -> list[str]:
    return [o["text"] for o in walk(blocks(reply, LANE, 1)) if o.get("type") == kind]


@given(REPLIES)
def test_whatever_is_said_slack_takes_it(reply: Reply) -> None:
    drawn = blocks(reply, LANE, 3)
    buttons = [o for o in walk(drawn) if o.get("type") == "button"]
    assert len(drawn) <= 50
    assert len({b["action_id"] for b in buttons}) == len(buttons)
    assert all(1 <= len(b["text"]["text"]) <= 75 for b in buttons)
    assert sum(len(str(o["text"])) for o in walk(drawn) if o.get("type") == "text") <= 12_000
    assert 0 < len(fallback_text(reply)) <= FALLBACK_LIMIT


@given(REPLIES)
def test_it_is_drawn_as_the_models_of_slack_sdk_draw_it(reply: Reply) -> None:
    for drawn in blocks(reply, LANE, 1):
        model = Block.parse(drawn)
        assert model is not None
        assert model.to_dict() == drawn, "to_dict also checks Slack's limits of length"


@given(REPLIES)
def test_nothing_said_can_ping(reply: Reply) -> None:
    mrkdwn = " ".join(texts(reply, "mrkdwn"))
    assert "<!" not in mrkdwn
    assert "<!" not in fallback_text(reply)
    assert "<@" not in fallback_text(reply)
    kinds = {str(o.get("type")) for o in walk(blocks(reply, LANE, 1))}
    assert not kinds & {"broadcast", "usergroup", "channel"}


@pytest.mark.parametrize("kind", list(LineKind))
def test_pasted_markup_is_shown_as_it_is(kind: LineKind) -> None:
    pasted = "<!channel> <@U111> *.dll `x` https://example.co.jp/"
    reply = Reply((Line(pasted, kind),))
    assert pasted in texts(reply, "text") + texts(reply, "plain_text")
    assert texts(reply, "mrkdwn") == []


def test_a_reply_reads_lead_quote_small_then_buttons() -> None:
    reply = Reply(
        (
            Line("氏名を確認してください", LineKind.LEAD),
            Line("多くは入力した氏名が原因です"),
            Line("メール サーバーに対して…", LineKind.QUOTE),
            Line("規則 outlook-1", LineKind.SMALL),
        ),
        (Button("直った", Action.FIXED, style="primary"), Button("人に相談", Action.HUMAN)),
    )
    sentences, small, buttons = blocks(reply, LANE, 1)
    section, quote = sentences["elements"]
    assert section["elements"][0]["style"] == {"bold": True}
    assert [e["text"] for e in section["elements"]] == [
        "氏名を確認してください",
        "\n",
        "多くは入力した氏名が原因です",
    ]
    assert quote["type"] == "rich_text_quote"
    assert small["type"] == "context"
    assert [b["text"]["text"] for b in buttons["elements"]] == ["直った", "人に相談"]


def test_a_colleague_is_named_and_a_link_is_drawn_where_the_line_says_so() -> None:
    named = Reply((Line("はい", LineKind.SMALL, who="U111"), Line("x", who="not an id")))
    linked = Reply((Line("スレッドへ", LineKind.SMALL, url="https://x.slack.com/a?b=1&c=2"),))
    assert texts(named, "mrkdwn") == ["<@U111>"]
    assert texts(named, "plain_text") == ["はい"]
    assert texts(linked, "mrkdwn") == ["<https://x.slack.com/a?b=1&amp;c=2|スレッドへ>"]
    assert texts(Reply((Line("x", LineKind.SMALL, url="javascript:1"),)), "mrkdwn") == []


def test_a_button_remembers_its_conversation_and_turn() -> None:
    reply = Reply(
        (Line("どちらですか"),),
        (Button("はい", Action.ANSWER, "yes"), Button("いいえ", Action.ANSWER, "no")),
    )
    yes, no = (b for b in walk(blocks(reply, LANE, 7)) if b.get("type") == "button")
    assert (yes["action_id"], no["action_id"]) == ("fc_answer", "fc_answer:2")
    assert action_of(no["action_id"]) is Action.ANSWER
    assert ButtonValue.decode(no["value"]) == ButtonValue(LANE, 7, "no")


def test_what_is_too_long_ends_in_an_ellipsis() -> None:
    reply = Reply((Line("あ" * 5000), Line("い" * 5000)), (Button("う" * 90, Action.FIXED),))
    said = texts(reply, "text")
    assert said[0].endswith("…")
    assert len(json.dumps(blocks(reply, LANE, 1))) < 40_000
    assert texts(reply, "plain_text")[0].endswith("…")


def test_a_message_never_has_an_empty_notification() -> None:
    assert fallback_text(Reply((), (Button("直った", Action.FIXED),))) == "直った"
    assert fallback_text(Reply(())) == "…"
    assert len(fallback_text(Reply((Line("&" * 4000),)))) <= FALLBACK_LIMIT


@given(PLAIN, st.integers(min_value=0, max_value=10**6))
def test_button_values_come_back(value: str, turn: int) -> None:
    kept = ButtonValue(LANE, turn, value)
    assert ButtonValue.decode(kept.encode()) == kept


def test_a_button_value_slack_would_refuse_is_refused_here() -> None:
    with pytest.raises(ValueError, match="2000"):
        ButtonValue(LANE, 1, "x" * 2000).encode()
