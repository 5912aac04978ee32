"""Against the real Bolt ASGI adapter, served by uvicorn, with signed requests."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest
import uvicorn
from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from bot.workbench.standin import Options, Standin, Timings, cast
from bot.workbench.standin.events_api import signature

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

QUICK = Options(timings=Timings.quick())


@asynccontextmanager
async def _served(app: AsyncApp) -> AsyncIterator[str]:
    config = uvicorn.Config(
        AsyncSlackRequestHandler(app), port=0, log_level="error", ws="none", lifespan="off"
    )
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110  (uvicorn sets a flag only)
        await asyncio.sleep(0.01)
    try:
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}/slack/events"
    finally:
        server.should_exit = True
        await task


def _app(standin: Standin, secret: str = "") -> AsyncApp:
    client = AsyncWebClient(standin.bot_token, base_url=standin.base_url)
    return AsyncApp(client=client, signing_secret=secret or standin.signing_secret)


def test_a_message_arrives_signed_and_is_answered() -> None:
    async def story() -> None:
        async with await Standin.start(options=QUICK) as standin:
            app = _app(standin)

            @app.event("message")
            async def answer(event: dict[str, Any], say: Any) -> None:
                await say(text="確認してください", thread_ts=event["ts"])

            async with _served(app) as url:
                assert await standin.use_request_url(url)
                asked = standin.people.post("sakura", "help-it", "印刷できません")
                await standin.wait_for(lambda: standin.replies("help-it", asked.ts))
                await standin.wait_for(lambda: standin.deliveries[0].acked)

    asyncio.run(story())


def test_a_url_with_another_secret_is_not_accepted() -> None:
    async def story() -> None:
        async with (
            await Standin.start(options=QUICK) as standin,
            _served(_app(standin, "0" * 32)) as url,
        ):
            assert not await standin.use_request_url(url)
            assert not await standin.use_request_url("http://127.0.0.1:1/nobody")

    asyncio.run(story())


def test_a_failing_app_gets_the_event_again() -> None:
    async def story() -> None:
        async with await Standin.start(options=QUICK) as standin:
            app, seen = _app(standin), list[tuple[str, list[str]]]()

            @app.middleware
            async def down(body: dict[str, Any], req: Any, next: Any) -> None:  # noqa: A002  (Bolt's name)
                if body["type"] == "event_callback":
                    seen.append((body["event_id"], req.headers.get("x-slack-retry-reason", [])))
                    if len(seen) < 3:
                        raise OSError("database down")
                await next()

            @app.event("message")
            async def listen() -> None:
                pass

            async with _served(app) as url:
                await standin.use_request_url(url)
                standin.people.post("sakura", "help-it", "エラー")
                await standin.wait_for(lambda: standin.deliveries[0].acked)
            assert [reason for _, reason in seen] == [[], ["http_error"], ["http_error"]]
            assert len({event_id for event_id, _ in seen}) == 1

    asyncio.run(story())


def test_buttons_and_commands_arrive_as_forms() -> None:
    async def story() -> None:
        async with await Standin.start(options=QUICK) as standin:
            app = _app(standin)

            @app.action("yes")
            async def press(ack: Any, respond: Any) -> None:
                await ack()
                await respond(text="押しました", replace_original=True)

            @app.command("/firstcheck")
            async def run(ack: Any, command: dict[str, Any]) -> None:
                await ack({"text": command["user_name"], "response_type": "in_channel"})

            async with _served(app) as url:
                await standin.use_request_url(url)
                label = {"type": "plain_text", "text": "はい"}
                button = {"type": "button", "action_id": "yes", "text": label}
                client = AsyncWebClient(standin.bot_token, base_url=standin.base_url)
                posted = await client.chat_postMessage(
                    channel=cast.HELP_IT.id,
                    text="?",
                    blocks=[{"type": "actions", "elements": [button]}],
                )
                pressed = standin.people.press("alex", posted["ts"], "help-it", "yes")
                used = standin.people.command("alex", "help-it", "/firstcheck")
                await pressed.finished.wait()
                await used.finished.wait()
                await standin.wait_for(lambda: standin.messages("help-it")[0].text == "押しました")
            assert standin.messages("help-it")[1].text == "alex"

    asyncio.run(story())


def test_a_silent_app_is_given_up_after_the_last_retry() -> None:
    async def story() -> None:
        async with await Standin.start(options=QUICK) as standin:
            async with _served(_app(standin)) as url:
                await standin.use_request_url(url)
            standin.people.post("sakura", "help-it", "エラー")
            await standin.wait_for(lambda: standin.deliveries[0].given_up)
            outcomes = [o.reason for o in standin.deliveries[0].outcomes]
            assert outcomes == ["connection_failed"] * 4

    asyncio.run(story())


def test_no_request_url_outside_this_machine() -> None:
    async def story() -> None:
        async with await Standin.start(options=QUICK) as standin:
            with pytest.raises(ValueError, match="this machine only"):
                await standin.use_request_url("https://example.com/slack/events")

    asyncio.run(story())


def test_the_signature_is_the_one_the_sdk_computes() -> None:
    theirs = SignatureVerifier("s3cret").generate_signature(timestamp="17", body="a=あ")

    assert signature("s3cret", "17", "a=あ") == theirs
