from __future__ import annotations

import contextlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.models import blocks as sdk

from bot.workbench.standin.block_kit import accept_blocks, accept_view, pings
from bot.workbench.standin.refusal import Refused

Json = dict[str, Any]


def _section(text: str = "x") -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def _button(action_id: str = "a", label: str = "Yes", **more: str) -> Json:
    text = {"type": "plain_text", "text": label}
    return {"type": "button", "action_id": action_id, "text": text, **more}


def _actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def _refusal(blocks: Any) -> Refused:
    with pytest.raises(Refused) as refused:
        accept_blocks(blocks)
    return refused.value


@pytest.mark.parametrize(
    ("blocks", "why"),
    [
        ([_section()] * 51, "no more than 50 items allowed [json-pointer:/blocks]"),
        ([_section("x" * 3001)], "must be less than 3001 characters"),
        ([_section("")], "must be more than 0 characters"),
        ([{"type": "section"}], "missing required field: text or fields"),
        ([{"type": "carousel"}], "unsupported type: carousel"),
        ([{"type": "alert", "text": "x"}], "unsupported type: alert"),
        ([{"type": "divider", "colour": "red"}], "invalid additional property: colour"),
        ([_actions(_button(label="x" * 76))], "must be less than 76 characters"),
        ([_actions(_button(value="x" * 2001))], "must be less than 2001 characters"),
        ([_actions(_button(action_id="x" * 256))], "must be less than 256 characters"),
        ([_actions(_button(style="loud"))], "must be a valid enum value"),
        ([_actions(*(_button(f"a{n}") for n in range(26)))], "no more than 25 items allowed"),
        ([_actions(_button("a"), _button("a"))], "`action_id` `a` already exists"),
        (
            [{**_section(), "block_id": "b"}, {**_section(), "block_id": "b"}],
            "block_id `b` already exists",
        ),
        ([{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}], "unsupported type: mrkdwn"),
        ([{"type": "context", "elements": [_section()["text"]] * 11}], "no more than 10 items"),
        (["text"], "must be an object"),
    ],
)
def test_refuses_what_slack_refuses_and_says_where(blocks: list[Any], why: str) -> None:
    refused = _refusal(blocks)

    assert refused.error == "invalid_blocks"
    assert any(why in problem for problem in refused.messages), refused.messages


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["type", "text", "elements", "element", "label", "blocks", "block_id"]),
            inner
            | st.sampled_from(["section", "actions", "input", "mrkdwn", "plain_text", "modal"]),
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(_JSON)
def test_whatever_is_sent_is_accepted_or_refused(value: Any) -> None:
    for judge in (accept_blocks, accept_view):
        with contextlib.suppress(Refused):
            judge(value)


def test_refuses_what_is_no_list_of_blocks() -> None:
    assert _refusal({"type": "section"}).error == "invalid_blocks_format"


def test_refuses_too_much_text_in_all() -> None:
    assert _refusal([_section("x" * 2900)] * 5).error == "msg_blocks_too_long"


def test_accepts_what_the_sdk_builds_and_fills_in_ids() -> None:
    blocks = [
        sdk.HeaderBlock(text="確認"),
        sdk.SectionBlock(text="*Outlook*", fields=["a"], accessory=sdk.ButtonElement(text="?")),
        sdk.ContextBlock(elements=[sdk.MarkdownTextObject(text="small")]),
        sdk.DividerBlock(),
        sdk.ActionsBlock(elements=[sdk.ButtonElement(text="はい", action_id="yes", value="1")]),
        sdk.RichTextBlock(
            elements=[
                sdk.RichTextPreformattedElement(
                    elements=[sdk.RichTextElementParts.Text(text="ValueError: <x>")]
                )
            ]
        ),
    ]
    accepted = accept_blocks([b.to_dict() for b in blocks])

    assert all(block["block_id"] for block in accepted)
    assert accepted[1]["accessory"]["action_id"]


def test_the_same_action_id_may_be_in_two_blocks() -> None:
    assert len(accept_blocks([_actions(_button("a")), _actions(_button("a"))])) == 2


def test_tells_whom_a_message_would_ping() -> None:
    quoted = {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "<!here>"}]}
    rich = {"type": "rich_text", "elements": [quoted]}

    assert pings("<!channel> <@U0SAKURA01|さくら>", []) == ["!channel", "U0SAKURA01"]
    assert pings("<!channel>", [_section("&lt;!channel&gt;")]) == []
    assert pings("", [_section("ask <!subteam^S012AB>")]) == ["!subteam^S012AB"]
    assert pings("", [rich]) == []


def _modal(**more: Any) -> Json:
    title = {"type": "plain_text", "text": "報告"}
    return {"type": "modal", "title": title, "blocks": [_section()], **more}


def _input() -> Json:
    element = {"type": "plain_text_input", "action_id": "text"}
    label = {"type": "plain_text", "text": "エラー"}
    return {"type": "input", "block_id": "error", "label": label, "element": element}


@pytest.mark.parametrize(
    ("view", "why"),
    [
        (_modal(title={"type": "plain_text", "text": "x" * 25}), "must be less than 25"),
        (_modal(private_metadata="x" * 3001), "must be less than 3001"),
        (_modal(blocks=[_section()] * 101), "no more than 100 items"),
        (_modal(blocks=[_input()]), "must define `submit`"),
        ({"type": "modal", "blocks": []}, "missing required field: title"),
        ({"type": "popup"}, "unsupported type: popup"),
    ],
)
def test_refuses_views_slack_refuses(view: Json, why: str) -> None:
    with pytest.raises(Refused) as refused:
        accept_view(view)

    assert refused.value.error == "invalid_arguments"
    assert any(why in problem for problem in refused.value.messages)


def test_refuses_a_view_above_its_size() -> None:
    texts = [{"type": "mrkdwn", "text": "あ" * 2000}] * 10
    blocks = [{"type": "section", "fields": texts}] * 5
    with pytest.raises(Refused, match="view_too_large"):
        accept_view(_modal(blocks=blocks))
