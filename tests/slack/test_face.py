"""The whole face against the stand-in: what people do in Slack, and what they then see."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import Future
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest
import uvicorn
from slack_sdk.signature import SignatureVerifier

from bot.core.wording.reply import Action, Button, Line, LineKind, Reply
from bot.errors import ConfigError, StorageError
from bot.helpdesk.codec import ONCE_ONLY, new_task
from bot.helpdesk.incoming import Press, Report
from bot.helpdesk.outward import Post, Settle
from bot.helpdesk.ports import Done
from bot.slack.app import make_app
from bot.slack.handler import Handler
from bot.slack.http_mode import MAX_BODY, asgi
from bot.slack.ids import Wire
from bot.slack.messenger import Messenger
from bot.slack.scopes import BOT_SCOPES, EVENTS
from bot.slack.settings import SlackSettings
from bot.slack.socket_mode import Patience, Sockets, socket
from bot.slack.worker import Worker
from bot.storage.memory import MemoryMailbox
from bot.workbench.standin import AppSettings, Options, Standin, Timings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.helpdesk.incoming import Incoming
    from bot.helpdesk.ports import CaseNote, Json, NewTask
    from bot.workbench.standin import Message


def now() -> float:
    return time.time_ns() / 1e9


def desk(state: Json, incoming: Incoming, _now: float, _recent: CaseNote | None) -> Done:
    """Answers errors it is shown; a press is thanked for."""
    turn = state.get("turn", 0) + 1
    place = incoming.place
    match incoming:
        case Report(text=text, direct=direct) if direct or "0x" in text:
            reply = Reply(
                (Line("最初の確認", LineKind.LEAD), Line(text, LineKind.QUOTE)),
                (Button("直った", Action.FIXED, "yes", "primary"),),
            )
            things: list[Any] = [Post(place, place.key, turn, reply)]
        case Press(turn=pressed, message_ts=ts):
            thanks = Reply((Line("よかったです"),))
            things = [Settle(place, place.key, pressed, Reply((Line("直った"),)), ts)]
            things.append(Post(place, place.key, turn, thanks))
        case _:
            return Done()
    ids = [f"{type(t).__name__}:{place.key}:{turn}" for t in things]
    new = [new_task(i, place.key, t) for i, t in zip(ids, things, strict=True)]
    return Done(state={"turn": turn}, new=new)


@dataclass
class Face:
    """The running bot."""

    slack: Standin
    settings: SlackSettings
    mailbox: MemoryMailbox = field(
        default_factory=lambda: MemoryMailbox(lease_seconds=30, outward=ONCE_ONLY)
    )
    refusals: int = 0
    """How many more times the disk is full."""
    url: str = ""
    """Where Slack sends its requests, over HTTP."""

    def __post_init__(self) -> None:
        handler = Handler(
            mailbox=self.mailbox,
            step=desk,
            messenger=Messenger(self.settings, now),
            failure_reply=lambda token: Reply((Line(token),)),
            settings=self.settings,
            clock=now,
        )
        self.worker = Worker(self.mailbox, handler, self.settings, now)

    def accept(self, tasks: Sequence[NewTask]) -> Future[None]:
        kept: Future[None] = Future()
        if self.refusals:
            self.refusals -= 1
            kept.set_exception(StorageError("disk full"))
            return kept
        self.mailbox.accept(tasks, now())
        self.worker.notify()
        kept.set_result(None)
        return kept

    async def replies(self, message: Message, count: int = 1) -> list[Message]:
        """The thread of a message, once it has that many replies."""
        found = await self.slack.wait_for(
            lambda: (
                len(self.slack.replies(message.channel, message.ts)) >= count
                and self.slack.replies(message.channel, message.ts)
            )
        )
        assert found
        return found

    async def settled(self) -> None:
        """Everything delivered was acknowledged, and everything kept was done."""
        await self.slack.wait_for(
            lambda: all(d.acked for d in self.slack.deliveries) and not self.mailbox.next_wake()
        )


APP = AppSettings(
    scopes=tuple(grant.name for grant in BOT_SCOPES),
    events=tuple(grant.name for grant in EVENTS),
    message_shortcuts=(Wire.DIAGNOSE, "of_somebody_else"),
    global_shortcuts=("of_nobody",),
)
"""The stand-in grants what we ask for and no more."""


@asynccontextmanager
async def running(**changes: Any) -> AsyncIterator[Face]:
    """Stand-in, workers and mailbox; how events come in is the test's business."""
    options = Options(timings=Timings.quick(), app=APP)
    async with await Standin.start(options=options) as slack:
        settings = SlackSettings(
            bot_token=slack.bot_token,
            app_token=slack.app_token,
            signing_secret=slack.signing_secret,
            base_url=slack.base_url,
            http_timeout_s=5.0,
            quiet_s=0.3,
            backoff_s=0.05,
            poll_s=0.05,
            workers=3,
            **changes,
        )
        face = Face(slack, settings)
        face.worker.start()
        try:
            yield face
        finally:
            assert await asyncio.to_thread(face.worker.stop)


@asynccontextmanager
async def by_socket() -> AsyncIterator[Face]:
    async with running() as face:
        app = make_app(face.settings, face.accept)
        async with socket(app, face.settings, ping_s=0.2):
            yield face


@asynccontextmanager
async def by_http() -> AsyncIterator[Face]:
    async with running() as face:
        served = asgi(make_app(face.settings, face.accept), face.settings)
        config = uvicorn.Config(served, port=0, log_level="critical", ws="none", lifespan="off")
        server = uvicorn.Server(config)
        task = asyncio.create_task(server.serve())
        await face.slack.wait_for(lambda: server.started)
        port = server.servers[0].sockets[0].getsockname()[1]
        url = f"http://127.0.0.1:{port}{face.settings.events_path}"
        assert await face.slack.use_request_url(url)
        face.url = url
        yield face
        server.should_exit = True
        await task


WAYS = pytest.mark.parametrize("way", [by_socket, by_http])
Way = Callable[[], Any]


def run(test: Callable[[], Awaitable[None]]) -> None:
    async def bounded() -> None:
        async with asyncio.timeout(60):
            await test()

    asyncio.run(bounded())


@WAYS
def test_a_pasted_error_is_answered_in_its_thread_and_the_button_works(way: Way) -> None:
    async def story() -> None:
        async with way() as face:
            asked = face.slack.people.post("sakura", "help-it", "```エラー 0x80070005 <x>```")
            (answer,) = await face.replies(asked)
            assert "エラー 0x80070005 &lt;x&gt;" in answer.text
            face.slack.people.press("sakura", answer.ts, "help-it", "fc_fixed")
            first, second = await face.replies(asked, 2)
            assert first.text == "直った"
            assert "actions" not in {b["type"] for b in first.blocks}
            assert second.text == "よかったです"
            await face.settled()

    run(story)


@WAYS
def test_a_mention_is_answered_once_and_chatter_not_at_all(way: Way) -> None:
    async def story() -> None:
        async with way() as face:
            chat = face.slack.people.post("alex", "help-it", "お昼どうしますか")
            asked = face.slack.people.mention("sakura", "help-it", "VPN がつながりません")
            await face.replies(asked)
            await face.settled()
            assert len(face.slack.replies(asked.channel, asked.ts)) == 1
            assert face.slack.replies(chat.channel, chat.ts) == []

    run(story)


@WAYS
def test_a_message_that_could_not_be_kept_is_not_acknowledged_and_comes_again(way: Way) -> None:
    async def story() -> None:
        async with way() as face:
            face.refusals = 2
            asked = face.slack.people.post("sakura", "help-it", "0x80070005")
            await face.replies(asked)
            await face.settled()
            assert len(face.slack.deliveries[0].attempts) == 3
            assert len(face.slack.replies(asked.channel, asked.ts)) == 1

    run(story)


@WAYS
def test_the_command_is_acknowledged_in_passing_and_answered_directly(way: Way) -> None:
    async def story() -> None:
        async with way() as face:
            sent = face.slack.people.command("alex", "general", "/firstcheck", "ask 0x80070005")
            await face.slack.wait_for(lambda: sent.acked)
            assert sent.answer is not None
            assert sent.answer["response_type"] == "ephemeral"
            said = await face.slack.wait_for(lambda: face.slack.messages("D0ALEX0001"))
            assert "0x80070005" in said[0].text
            helped = face.slack.people.command("alex", "general", "/firstcheck")
            await face.slack.wait_for(lambda: helped.acked)
            assert helped.answer is not None
            assert "ask" in helped.answer["text"]

    run(story)


@WAYS
def test_the_shortcut_answers_in_the_thread_or_where_the_bot_is_not_directly(way: Way) -> None:
    async def story() -> None:
        async with way() as face:
            people = face.slack.people
            here = people.post("sakura", "help-it", "エラーです")
            there = people.post("sakura", "general", "エラーです")
            people.shortcut("alex", here, "firstcheck_diagnose")
            people.shortcut("alex", there, "firstcheck_diagnose")
            await face.replies(here)
            (aside,) = await face.slack.wait_for(lambda: face.slack.messages("D0ALEX0001"))
            people.press("alex", aside.ts, "D0ALEX0001", "fc_fixed")
            said = await face.slack.wait_for(
                lambda: face.slack.messages("D0ALEX0001")[1:] and face.slack.messages("D0ALEX0001")
            )
            assert [m.text for m in said] == ["直った", "よかったです"]
            assert face.slack.replies("general", there.ts) == []

    run(story)


@WAYS
def test_whatever_else_people_do_is_acknowledged(way: Way) -> None:
    async def story() -> None:
        async with way() as face:
            people = face.slack.people
            asked = people.post("sakura", "help-it", "0x80070005")
            await face.replies(asked)
            people.react("sakura", "help-it", asked.ts, "eyes")
            people.edit("sakura", "help-it", asked.ts, "0x80070035")
            people.unfurl("help-it", asked.ts, "https://example.co.jp/")
            people.delete("sakura", "help-it", asked.ts)
            people.open_home("sakura")
            people.shortcut("sakura", people.post("alex", "help-it", "x"), "of_somebody_else")
            people.global_shortcut("sakura", "of_nobody")
            await face.settled()

    run(story)


def test_lost_answers_and_rate_limits_neither_lose_nor_double() -> None:
    async def story() -> None:
        async with by_socket() as face:
            face.slack.faults.read_lag = 0.1
            face.slack.faults.lose_reply("chat.postMessage", 3)
            face.slack.faults.rate_limit("chat.postMessage", 2, retry_after=0.2)
            face.slack.faults.reset("chat.postMessage", 2)
            face.slack.faults.fail("chat.postMessage", 2)
            asked = [face.slack.people.post("sakura", "help-it", f"0x{n:08}") for n in range(8)]
            for message in asked:
                await face.replies(message)
            await face.settled()
            counts = [len(face.slack.replies(m.channel, m.ts)) for m in asked]
            assert counts == [1] * 8

    run(story)


def test_nothing_is_lost_around_refreshed_and_broken_connections() -> None:
    async def story() -> None:
        async with by_socket() as face:
            asked = []
            for number in range(12):
                asked.append(face.slack.people.post("sakura", "help-it", f"0x{number:08}"))
                if number == 3:
                    face.slack.refresh_sockets()
                if number == 7:
                    face.slack.break_sockets()
                await asyncio.sleep(0.02)
            for message in asked:
                await face.replies(message)
            await face.settled()
            assert {len(face.slack.replies(m.channel, m.ts)) for m in asked} == {1}

    run(story)


def test_what_has_come_in_is_acknowledged_before_the_connection_is_closed() -> None:
    async def story() -> None:
        async with running() as face:
            kept = Future[None]()
            asked: list[Sequence[NewTask]] = []

            def accept(tasks: Sequence[NewTask]) -> Future[None]:
                asked.append(tasks)
                return kept

            app = make_app(face.settings, accept)
            async with socket(app, face.settings):
                face.slack.people.post("sakura", "help-it", "0x80070005")
                await face.slack.wait_for(lambda: asked)
                asyncio.get_running_loop().call_later(0.1, kept.set_result, None)
            [delivery] = face.slack.deliveries
            await face.slack.wait_for(lambda: delivery.outcomes)
            assert [one.acked for one in delivery.outcomes] == [True]

    run(story)


def test_what_is_not_kept_in_time_holds_up_no_end() -> None:
    async def story() -> None:
        async with running() as face:
            asked: list[Sequence[NewTask]] = []

            def accept(tasks: Sequence[NewTask]) -> Future[None]:
                asked.append(tasks)
                return Future()

            async with socket(make_app(face.settings, accept), face.settings):
                face.slack.people.post("sakura", "help-it", "0x80070005")
                await face.slack.wait_for(lambda: asked)
                start = time.monotonic()
            assert time.monotonic() - start < 5  # half a second; a busy machine takes its time

    run(story)


def test_what_could_not_be_judged_is_kept() -> None:
    def broken(report: Report) -> bool:
        raise RuntimeError(report.text)

    async def story() -> None:
        async with running() as face:
            app = make_app(face.settings, face.accept, matters=broken)
            async with Sockets().opened(app, face.settings):
                asked = face.slack.people.post("sakura", "help-it", "0x80070005")
                await face.replies(asked)

    run(story)


def test_several_connections_are_open_and_one_is_enough() -> None:
    async def story() -> None:
        async with running() as face:
            sockets = Sockets()
            app = make_app(face.settings, face.accept)
            async with sockets.opened(app, replace(face.settings, sockets=3), ping_s=0.2):
                assert sockets.connected() == 3
                for _ in range(3):
                    face.slack.refresh_sockets()
                    asked = face.slack.people.post("sakura", "help-it", "0x80070005")
                    await face.replies(asked)
                await face.slack.wait_for(lambda: sockets.connected() == 3)
            assert sockets.connected() == 0

    run(story)


def test_a_bad_app_token_is_said_plainly() -> None:
    async def story() -> None:
        async with running() as face:
            face.slack.faults.answer("apps.connections.open", "invalid_auth")
            app = make_app(face.settings, face.accept)
            with pytest.raises(ConfigError, match="SLACK_APP_TOKEN"):
                async with socket(app, face.settings):
                    pass

    run(story)


def test_http_without_a_signing_secret_is_refused_at_start() -> None:
    settings = SlackSettings(bot_token="xoxb-x")
    app = make_app(settings, lambda _: Future())
    with pytest.raises(ConfigError, match="SLACK_SIGNING_SECRET"):
        asgi(app, settings)


@pytest.mark.parametrize(
    ("body", "signed", "status"),
    [
        (b'{"type":"event_callback"}', False, 401),
        (b"ssl_check=1&command=/firstcheck&text=x&trigger_id=1&user_id=U1", False, 200),
        (b'{"type":"event_callback"}', True, 200),
        (b"[1]", True, 400),
        (b"\xff\xfe", True, 401),
        (b"x" * (MAX_BODY + 1), True, 413),
    ],
    ids=["unsigned", "ssl-check", "signed", "not-an-object", "not-utf8", "too-long"],
)
def test_only_slack_is_listened_to(body: bytes, signed: bool, status: int) -> None:  # noqa: FBT001  (the case)
    async def story() -> None:
        async with by_http() as face, aiohttp.ClientSession() as session:
            stamp = str(int(now()))
            secret = face.settings.signing_secret if signed else "somebody else's"
            text = body.decode("latin-1")
            signature = SignatureVerifier(secret).generate_signature(timestamp=stamp, body=text)
            headers = {
                "X-Slack-Signature": signature or "",
                "X-Slack-Request-Timestamp": stamp,
                "Content-Type": "application/json"
                if body[:1] in b"{["
                else "application/x-www-form-urlencoded",
            }
            async with session.post(face.url, data=BytesIO(body), headers=headers) as answer:
                assert answer.status == status
            assert face.mailbox.next_wake() is None

    run(story)


def test_a_request_with_a_wrong_signature_leaves_no_words_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def story() -> None:
        async with by_http() as face, aiohttp.ClientSession() as session:
            headers = {"Content-Type": "application/json", "X-Slack-Signature": "v0=x"}
            async with session.post(
                face.url, data=b'{"text":"hunter2"}', headers=headers
            ) as answer:
                assert answer.status == 401
            async with session.get(face.url) as answer:
                assert answer.status == 404

    with caplog.at_level(logging.DEBUG):
        run(story)
    assert "hunter2" not in caplog.text


def test_pasted_words_are_never_logged(caplog: pytest.LogCaptureFixture) -> None:
    async def story() -> None:
        async with by_socket() as face:
            asked = face.slack.people.mention("sakura", "help-it", "hunter2 0x80070005")
            await face.replies(asked)
            await face.settled()

    with caplog.at_level(logging.DEBUG, "bot"):
        run(story)
    assert "hunter2" not in caplog.text


def test_patience_grows_while_slack_sends_us_away_and_ends_when_it_does_not() -> None:
    patience = Patience(first=2.0, most=10.0)
    waits = []
    for reason in ["too_many_websockets", "link_disabled", "link_disabled", "link_disabled"]:
        patience.told({"type": "hello"})
        patience.told({"type": "disconnect", "reason": reason})
        waits.append(patience.seconds)
    assert waits == [2.0, 4.0, 8.0, 10.0]
    patience.told({"type": "disconnect", "reason": "refresh_requested"})
    assert patience.seconds == 0.0
