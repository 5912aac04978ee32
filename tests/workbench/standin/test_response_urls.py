from __future__ import annotations

from typing import TYPE_CHECKING

from slack_sdk.webhook import WebhookClient

from bot.workbench.standin import StandinThread, cast

if TYPE_CHECKING:
    from slack_sdk import WebClient

LABEL = {"type": "plain_text", "text": "はい"}
BUTTON = {"type": "button", "action_id": "yes", "text": LABEL}
BLOCKS = [{"type": "actions", "elements": [BUTTON]}]


def _pressed(standin: StandinThread, client: WebClient) -> WebhookClient:
    ts = client.chat_postMessage(channel=cast.HELP_IT.id, text="?", blocks=BLOCKS)["ts"]
    url = standin.people.press("sakura", str(ts), "help-it", "yes").payload["response_url"]
    return WebhookClient(url)


def test_an_answer_is_for_the_person_alone_unless_it_says_otherwise(
    standin: StandinThread, client: WebClient
) -> None:
    webhook = _pressed(standin, client)
    assert webhook.send(text="内緒です").body == "ok"
    webhook.send(text="皆さんへ", response_type="in_channel")

    shown = standin.snapshot()["ephemerals"][cast.SAKURA.id]
    assert [m["text"] for m in shown] == ["内緒です"]
    assert [m.text for m in standin.messages("help-it")] == ["?", "皆さんへ"]


def test_the_original_is_replaced_or_deleted(standin: StandinThread, client: WebClient) -> None:
    webhook = _pressed(standin, client)
    webhook.send(text="済み", replace_original=True)
    assert [(m.text, m.blocks) for m in standin.messages("help-it")] == [("済み", ())]

    webhook.send(delete_original=True)
    assert standin.messages("help-it") == []


def test_an_ephemeral_message_can_be_pressed_and_replaced(
    standin: StandinThread, client: WebClient
) -> None:
    shown = client.chat_postEphemeral(
        channel=cast.HELP_IT.id, user=cast.SAKURA.id, text="?", blocks=BLOCKS
    )
    pressed = standin.people.press("sakura", shown["message_ts"], "help-it", "yes")
    WebhookClient(pressed.payload["response_url"]).send(text="済み", replace_original=True)

    assert pressed.payload["container"]["is_ephemeral"] is True
    assert "message" not in pressed.payload
    assert [m["text"] for m in standin.snapshot()["ephemerals"][cast.SAKURA.id]] == ["済み"]


def test_five_answers_are_the_limit(standin: StandinThread, client: WebClient) -> None:
    webhook = _pressed(standin, client)
    answers = [webhook.send(text=str(n)) for n in range(6)]

    assert [a.status_code for a in answers] == [200] * 5 + [404]
    assert answers[-1].body == "used_url"


def test_refuses_what_slack_refuses(standin: StandinThread, client: WebClient) -> None:
    webhook = _pressed(standin, client)

    assert webhook.send(text=" ").body == "no_text"
    assert webhook.send(text="x", blocks=[{"type": "x"}]).body == "invalid_blocks"
    assert webhook.send_dict({"text": "x", "icon_emoji": ":x:"}).body == "invalid_arguments"
