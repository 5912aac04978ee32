"""Against the real Bolt AsyncApp with its aiohttp Socket Mode adapter."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.workbench.standin import Options, Standin, Timings, cast
from bot.workbench.standin.deliveries import DeliveryKind

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

QUICK = Options(timings=Timings.quick())
BUTTONS = [
    {
        "type": "actions",
        "elements": [
            {
                "type": "button",
                "action_id": "yes",
                "value": "1",
                "text": {"type": "plain_text", "text": "はい"},
            }
        ],
    }
]


def _app(standin: Standin) -> AsyncApp:
    client = AsyncWebClient(standin.bot_token, base_url=standin.base_url)
    return AsyncApp(client=client, ignoring_self_events_enabled=True)


@asynccontextmanager
async def _connected(standin: Standin, *apps: AsyncApp) -> AsyncIterator[None]:
    handlers = [AsyncSocketModeHandler(app, standin.app_token, ping_interval=1) for app in apps]
    for handler in handlers:
        await handler.connect_async()  # type: ignore[no-untyped-call]
    await standin.wait_for(lambda: standin.sockets.connections == len(apps))
    try:
        yield
    finally:
        for handler in handlers:
            await handler.close_async()  # type: ignore[no-untyped-call]
        # the client leaves its tasks cancelled but not awaited
        await asyncio.sleep(0)


def test_a_message_reaches_the_listener_and_its_answer_the_thread() -> None:
    async def story() -> None:
        async with await Standin.start(options=QUICK) as standin:
            app = _app(standin)

            @app.event("message")
            async def answer(event: dict[str, Any], say: Any) -> None:
                await say(text=f"「{event['text']}」", thread_ts=event["ts"])

            async with _connected(standin, app):
                asked = standin.people.post("sakura", "help-it", "印刷できません")
                await standin.wait_for(lambda: standin.replies("help-it", asked.ts))
            (reply,) = standin.replies("help-it", asked.ts)
            assert reply.text == "「印刷できません」"
            assert standin.deliveries[0].acked

    asyncio.run(story())


def test_a_mention_is_two_events_of_one_message() -> None:
    async def story() -> None:
        async with await Standin.start(options=QUICK) as standin:
            app, heard = _app(standin), list[dict[str, Any]]()

            @app.event("message")
            @app.event("app_mention")
            async def hear(body: dict[str, Any]) -> None:
                heard.append(body)

            async with _connected(standin, app):
                said = standin.people.mention("alex", "help-it", "0x80070005")
                await standin.wait_for(lambda: len(heard) == 2)
            assert {b["event"]["type"] for b in heard} == {"message", "app_mention"}
            assert {b["event"]["ts"] for b in heard} == {said.ts}
            assert len({b["event_id"] for b in heard}) == 2

    asyncio.run(story())


def test_a_reply_carries_its_thread() -> None:
    async def story() -> None:
        async with await Standin.start(options=QUICK) as standin:
            root = standin.people.post("sakura", "help-it", "エラー")
            reply = standin.people.post("sakura", "help-it", "まだです", root.ts)
            event = standin.deliveries[-1].event
            assert (event["ts"], event["thread_ts"]) == (reply.ts, root.ts)
            assert event["parent_user_id"] == cast.SAKURA.id

    asyncio.run(story())


def test_a_button_is_acknowledged_and_its_message_updated() -> None:
    async def story() -> None:
        async with await Standin.start(options=QUICK) as standin:
            app = _app(standin)

            @app.action("yes")
            async def press(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
                await ack()
                ts, channel = body["message"]["ts"], body["channel"]["id"]
                await client.chat_update(channel=channel, ts=ts, text=body["actions"][0]["value"])

            async with _connected(standin, app):
                client = AsyncWebClient(standin.bot_token, base_url=standin.base_url)
                posted = await client.chat_postMessage(
                    channel=cast.HELP_IT.id, text="?", blocks=BUTTONS
                )
                pressed = standin.people.press("sakura", posted["ts"], "help-it", "yes")
                await standin.wait_for(lambda: standin.messages("help-it")[0].text == "1")
                await standin.wait_for(lambda: pressed.acked)
            assert standin.messages("help-it")[0].blocks == ()

    asyncio.run(story())


def test_what_is_not_acknowledged_comes_again_with_the_same_event_id() -> None:
    async def story() -> None:
        async with await Standin.start(options=QUICK) as standin:
            app, seen = _app(standin), list[tuple[str, str]]()

            @app.middleware
            async def down(body: dict[str, Any], req: Any, next: Any) -> None:  # noqa: A002  (Bolt's name)
                number = req.headers.get("x-slack-retry-num", ["0"])[0]
                seen.append((body["event_id"], number))
                if len(seen) < 3:
                    raise OSError("database down")
                await next()

            @app.event("message")
            async def listen() -> None:
                pass

            async with _connected(standin, app):
                standin.people.post("sakura", "help-it", "エラー")
                await standin.wait_for(lambda: standin.deliveries[0].acked)
            assert [number for _, number in seen] == ["0", "1", "2"]
            assert len({event_id for event_id, _ in seen}) == 1
            assert [a.retry_reason for a in standin.deliveries[0].attempts] == [
                "",
                "timeout",
                "timeout",
            ]

    asyncio.run(story())


def test_an_event_sent_while_nobody_listens_arrives_as_a_retry() -> None:
    async def story() -> None:
        options = Options(timings=Timings(ack=1, retry_after=(0.1,) * 100))
        async with await Standin.start(options=options) as standin:
            app, retries = _app(standin), list[str]()

            @app.event("message")
            async def hear(req: Any) -> None:
                retries.extend(req.headers.get("x-slack-retry-num", ["first"]))

            standin.people.post("sakura", "help-it", "エラー")
            await asyncio.sleep(0)
            async with _connected(standin, app):
                await standin.wait_for(lambda: retries)
            assert retries[0].isdigit()

    asyncio.run(story())


def test_an_event_goes_to_one_of_several_connections() -> None:
    async def story() -> None:
        async with await Standin.start(options=QUICK) as standin:
            heard: list[tuple[int, str]] = []

            def member(number: int) -> AsyncApp:
                app = _app(standin)

                @app.event("message")
                async def hear(event: dict[str, Any]) -> None:
                    heard.append((number, event["ts"]))

                return app

            async with _connected(standin, member(1), member(2)):
                posted = [standin.people.post("alex", "help-it", str(n)) for n in range(20)]
                await standin.wait_for(lambda: len(heard) >= 20)
            assert sorted(ts for _, ts in heard) == [m.ts for m in posted]
            assert {number for number, _ in heard} == {1, 2}

    asyncio.run(story())


def test_a_refresh_or_a_broken_line_is_survived() -> None:
    async def story() -> None:
        options = Options(timings=Timings(ack=1, retry_after=(0.1,) * 100, close_after_refresh=0.1))
        async with await Standin.start(options=options) as standin:
            app, heard = _app(standin), set[str]()

            @app.event("message")
            async def hear(event: dict[str, Any]) -> None:
                heard.add(event["text"])

            async with _connected(standin, app):
                standin.refresh_sockets()
                standin.people.post("alex", "help-it", "during the refresh")
                await standin.wait_for(lambda: "during the refresh" in heard)
                standin.break_sockets()
                standin.people.post("alex", "help-it", "after the break")
                await standin.wait_for(lambda: "after the break" in heard, 30)

    asyncio.run(story())


def test_a_command_is_answered_to_the_person_alone() -> None:
    async def story() -> None:
        async with await Standin.start(options=QUICK) as standin:
            app = _app(standin)

            @app.command("/firstcheck")
            async def run(ack: Any, respond: Any, command: dict[str, Any]) -> None:
                await ack(f"受け付けました: {command['text']}")
                await respond("done", response_type="in_channel")

            async with _connected(standin, app):
                used = standin.people.command("sakura", "help-it", "/firstcheck", "0x80070005")
                await standin.wait_for(lambda: standin.messages("help-it"))
                await used.finished.wait()
            shown = standin.snapshot()["ephemerals"][cast.SAKURA.id]
            assert [m["text"] for m in shown] == ["受け付けました: 0x80070005"]
            assert [m.text for m in standin.messages("help-it")] == ["done"]

    asyncio.run(story())


def test_an_unanswered_button_warns_the_person() -> None:
    async def story() -> None:
        async with await Standin.start(options=QUICK) as standin:
            client = AsyncWebClient(standin.bot_token, base_url=standin.base_url)
            posted = await client.chat_postMessage(
                channel=cast.HELP_IT.id, text="?", blocks=BUTTONS
            )
            with standin.subscribe() as changes:
                pressed = standin.people.press("sakura", posted["ts"], "help-it", "yes")
                entry = await anext(changes)
            assert pressed.given_up
            assert pressed.kind is DeliveryKind.INTERACTION
            assert (entry["kind"], entry["user"]) == ("app_silent", cast.SAKURA.id)

    asyncio.run(story())


def test_an_unknown_ticket_opens_no_connection() -> None:
    async def story() -> None:
        async with await Standin.start(options=QUICK) as standin:
            address = standin.origin + "/link?ticket=guessed"
            async with aiohttp.ClientSession() as session:
                with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):
                    await session.ws_connect(address)
            assert standin.sockets.connections == 0

    asyncio.run(story())


def test_an_eleventh_connection_is_turned_away() -> None:
    async def story() -> None:
        async with await Standin.start(options=QUICK) as standin:
            app = AsyncWebClient(base_url=standin.base_url)
            async with aiohttp.ClientSession() as session:
                greetings, sockets = [], []
                for _ in range(11):
                    opened = await app.apps_connections_open(app_token=standin.app_token)
                    socket = await session.ws_connect(opened["url"])
                    sockets.append(socket)
                    greetings.append(await socket.receive_json())
            assert [g["type"] for g in greetings] == ["hello"] * 10 + ["disconnect"]
            assert greetings[-1]["reason"] == "too_many_websockets"

    asyncio.run(story())
