from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.workbench.standin import Options, StandinThread, Timings, cast
from bot.workbench.standin.deliveries import Attempt, Delivery, Outcome

if TYPE_CHECKING:
    from collections.abc import Callable

Json = dict[str, Any]


def _plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def _modal(title: str = "報告", **more: Any) -> Json:
    entry = {"type": "plain_text_input", "action_id": "text", "multiline": True}
    options = [{"text": _plain(v), "value": v} for v in ("Outlook", "Teams")]
    choice = {"type": "static_select", "action_id": "app", "options": options}
    return {
        "type": "modal",
        "callback_id": "report",
        "title": _plain(title),
        "submit": _plain("送信"),
        "blocks": [
            {"type": "input", "block_id": "error", "label": _plain("エラー"), "element": entry},
            {
                "type": "input",
                "block_id": "which",
                "label": _plain("アプリ"),
                "element": choice,
                "optional": True,
            },
        ],
        **more,
    }


class _App:
    """An app that answers every interaction with what it was told to."""

    def __init__(self, answer: Json | None = None) -> None:
        self.answer = answer

    async def carry(self, delivery: Delivery, attempt: Attempt) -> Outcome:
        del delivery, attempt
        await asyncio.sleep(0)
        return Outcome(acked=True, answer=self.answer)


def _answering(standin: StandinThread, answer: Json | None) -> None:
    standin.standin._courier.transport = _App(answer)


def _trigger(standin: StandinThread) -> str:
    trigger = standin.people.global_shortcut("sakura", "any").payload["trigger_id"]
    return str(trigger)


def _error(call: Callable[[], object]) -> str:
    with pytest.raises(SlackApiError) as refused:
        call()
    return str(refused.value.response["error"])


def _stack(standin: StandinThread) -> list[Json]:
    stack: list[Json] = standin.snapshot()["views"][cast.SAKURA.id]
    return stack


def _titles(standin: StandinThread) -> list[str]:
    return [view["title"]["text"] for view in _stack(standin)]


def test_a_modal_is_opened_filled_in_and_sent(standin: StandinThread, client: WebClient) -> None:
    _answering(standin, None)
    client.views_open(trigger_id=_trigger(standin), view=_modal())
    assert _titles(standin) == ["報告"]

    sent = standin.people.submit_view("sakura", {"text": "0x80070005", "app": "Teams"})
    standin.wait_for(lambda: not _stack(standin))

    values = sent.payload["view"]["state"]["values"]
    assert values["error"]["text"]["value"] == "0x80070005"
    assert values["which"]["app"]["selected_option"]["value"] == "Teams"
    assert sent.payload["view"]["callback_id"] == "report"


def test_a_required_input_must_be_filled_in(standin: StandinThread, client: WebClient) -> None:
    client.views_open(trigger_id=_trigger(standin), view=_modal())

    with pytest.raises(ValueError, match="must be filled in"):
        standin.people.submit_view("sakura", {"app": "Teams"})
    with pytest.raises(LookupError, match="no option 'Word'"):
        standin.people.submit_view("sakura", {"text": "x", "app": "Word"})


def test_errors_of_the_app_stay_on_the_screen(standin: StandinThread, client: WebClient) -> None:
    answer = {"response_action": "errors", "errors": {"error": "エラー文を貼ってください"}}
    _answering(standin, answer)
    client.views_open(trigger_id=_trigger(standin), view=_modal())
    standin.people.submit_view("sakura", {"text": "x"})

    standin.wait_for(lambda: _stack(standin)[0]["errors"])
    assert _stack(standin)[0]["errors"] == answer["errors"]


@pytest.mark.parametrize(
    ("answer", "left"),
    [
        ({"response_action": "update", "view": _modal("確認")}, ["確認"]),
        ({"response_action": "push", "view": _modal("確認")}, ["報告", "確認"]),
        ({"response_action": "clear"}, []),
    ],
)
def test_the_answer_to_a_submission_is_followed(
    standin: StandinThread, client: WebClient, answer: Json, left: list[str]
) -> None:
    _answering(standin, answer)
    client.views_open(trigger_id=_trigger(standin), view=_modal())
    standin.people.submit_view("sakura", {"text": "x"})

    standin.wait_for(lambda: _titles(standin) == left)


def test_a_trigger_opens_one_modal(standin: StandinThread, client: WebClient) -> None:
    trigger = _trigger(standin)
    client.views_open(trigger_id=trigger, view=_modal())

    assert _error(lambda: client.views_open(trigger_id=trigger, view=_modal())) == (
        "exchanged_trigger_id"
    )
    assert _error(lambda: client.views_open(trigger_id="1.2.x", view=_modal())) == (
        "invalid_trigger_id"
    )


def test_a_trigger_expires() -> None:
    with StandinThread(Options(timings=Timings(trigger=0.0))) as standin:
        client = WebClient(standin.bot_token, base_url=standin.base_url)
        trigger = _trigger(standin)

        assert _error(lambda: client.views_open(trigger_id=trigger, view=_modal())) == (
            "expired_trigger_id"
        )


def test_a_view_is_updated_unless_it_changed_meanwhile(
    standin: StandinThread, client: WebClient
) -> None:
    view = client.views_open(trigger_id=_trigger(standin), view=_modal())["view"]
    client.views_update(view_id=view["id"], hash=view["hash"], view=_modal("二"))

    assert _titles(standin) == ["二"]
    late = lambda: client.views_update(view_id=view["id"], hash=view["hash"], view=_modal("三"))  # noqa: E731  (one call, named)
    assert _error(late) == "hash_conflict"
    assert _error(lambda: client.views_update(view_id="V0", view=_modal())) == "not_found"


def test_three_modals_are_the_limit(standin: StandinThread, client: WebClient) -> None:
    client.views_open(trigger_id=_trigger(standin), view=_modal("1"))
    client.views_push(trigger_id=_trigger(standin), view=_modal("2"))
    client.views_push(trigger_id=_trigger(standin), view=_modal("3"))

    trigger = _trigger(standin)
    assert _error(lambda: client.views_push(trigger_id=trigger, view=_modal("4"))) == (
        "push_limit_reached"
    )


def test_closing_is_told_to_an_app_that_asked(standin: StandinThread, client: WebClient) -> None:
    client.views_open(trigger_id=_trigger(standin), view=_modal(notify_on_close=True))
    (told,) = standin.people.close_view("sakura")

    assert told.payload["type"] == "view_closed"
    assert _stack(standin) == []


def test_the_home_tab_is_published_and_pressed(standin: StandinThread, client: WebClient) -> None:
    standin.people.open_home("sakura")
    assert standin.deliveries[0].event["type"] == "app_home_opened"

    button = {"type": "button", "action_id": "mine", "text": _plain("私の件")}
    home = {"type": "home", "blocks": [{"type": "actions", "elements": [button]}]}
    client.views_publish(user_id=cast.SAKURA.id, view=home)
    pressed = standin.people.press_in_view("sakura", "mine")

    assert pressed.payload["view"]["type"] == "home"
    assert standin.snapshot()["homes"][cast.SAKURA.id]["blocks"][0]["type"] == "actions"
