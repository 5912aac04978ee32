"""The whole bot without processes and networks, and with a clock that jumps.

What people do in the stand-in becomes payloads; they go in through Bolt, and the requests of the
SDK's client reach the stand-in's Web API where they would be sent. So thousands of orders in which
things may happen are tried in a minute.
"""

from __future__ import annotations

import asyncio
import io
import json
import os
import tempfile
import threading
from collections import deque
from contextlib import closing, contextmanager
from email.message import Message as Headers
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.error import HTTPError
from urllib.parse import parse_qsl

from slack_bolt.async_app import AsyncBoltRequest
from typing_extensions import override

from bot.core.wording.reply import Line, Reply
from bot.errors import StorageError
from bot.helpdesk.codec import INBOUND, ONCE_ONLY
from bot.slack.app import make_app
from bot.slack.handler import Handler
from bot.slack.logs import sdk_logger
from bot.slack.messenger import Messenger
from bot.slack.operators import Operators
from bot.slack.settings import SlackSettings
from bot.slack.web import KeptOpen
from bot.slack.worker import Worker
from bot.storage.mailbox import open_mailbox
from bot.storage.memory import MemoryMailbox
from bot.storage.workspace_tables import metadata
from bot.storage.writer import GroupCommit
from bot.workbench.standin import Options, Standin, Tokens, cast
from bot.workbench.standin.faults import FaultKind
from bot.workbench.standin.on_loop import run_on

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Future
    from urllib.request import Request

    from bot.helpdesk.incoming import Incoming
    from bot.helpdesk.ports import CaseNote, Done, Lease, Mailbox, NewTask
    from bot.helpdesk.ports import Json as State
    from bot.slack.handler import Step
    from bot.storage.mailbox import SqlMailbox
    from bot.workbench.standin import Delivery, Message

Payload = dict[str, Any]

MONDAY: Final = 1_795_395_600.0
"""A Monday in November, 10:00 in Tokyo."""
LEASE: Final = 30.0
SETTINGS: Final = SlackSettings(
    bot_token="xoxb-indoors",
    base_url="http://slack.invalid/api/",
    triage_channel=cast.TRIAGE.id,
)


@contextmanager
def empty(url: str) -> Iterator[Callable[[], SqlMailbox]]:
    """A mailbox there, and again and again the same without a row in it: quicker than new ones."""
    with closing(open_mailbox(url, lease_seconds=LEASE, outward=ONCE_ONLY)) as mailbox:

        def emptied() -> SqlMailbox:
            with mailbox.engine.begin() as db:
                for table in metadata.sorted_tables:
                    db.execute(table.delete())
            return mailbox

        yield emptied


@contextmanager
def sqlite_url() -> Iterator[str]:
    """A file that no disk is waited for, where there is such a place."""
    memory = Path("/dev/shm")  # noqa: S108  (what is made there has a name nobody can guess)
    place = memory if os.access(memory, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="firstcheck-", dir=place) as folder:
        yield f"sqlite:///{folder}/db.sqlite3"


def in_memory() -> MemoryMailbox:
    """A mailbox without a database."""
    return MemoryMailbox(lease_seconds=LEASE, outward=ONCE_ONLY)


@contextmanager
def indoors() -> Iterator[Indoors]:
    """The bot's home: a loop in a thread of its own, for Slack and the edge of the bot."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    made = Indoors(loop)
    try:
        yield made
    finally:
        made.leave()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


class Indoors:
    """One workspace and one bot; `move_in` begins anew with both."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.now = MONDAY
        self.meanwhile: deque[Payload] = deque()
        """Delivered one by one while something is being done."""
        self.refusals = 0
        """So many more times the database is down."""
        self._web = _Unwired(self)
        self._app = make_app(SETTINGS, self._accept)
        self._commit: GroupCommit | None = None

    def move_in(self, mailbox: Mailbox, step: Step) -> None:
        """A new workspace, nothing under way."""
        self.leave()
        self.now, self.refusals = MONDAY, 0
        self.meanwhile.clear()
        tokens = Tokens(SETTINGS.bot_token, "xapp-indoors", "secret")
        options = Options(tokens=tokens, now=lambda: self.now)
        self.slack = run_on(self.loop, lambda: Standin(options))
        self._post = self.slack._announcer._courier = _Waiting()  # type: ignore[assignment]
        self.begin(mailbox, step)

    def begin(self, mailbox: Mailbox, step: Step) -> None:
        """Another bot, in the same workspace."""
        self.leave()
        self.mailbox = mailbox
        self._commit = GroupCommit(mailbox)
        self._step = step
        self.handler = Handler(
            mailbox=mailbox,
            step=self._stepping,
            messenger=Messenger(SETTINGS, self.clock, web=self._web),
            failure_reply=lambda token: Reply((Line(token),)),
            settings=SETTINGS,
            clock=self.clock,
            operators=Operators(SETTINGS.triage_channel),
        )
        self.worker = Worker(mailbox, self.handler, SETTINGS, self.clock)

    def leave(self) -> None:
        """End what belongs to the workspace."""
        if self._commit:
            self._commit.close()
            self._commit = None

    def clock(self) -> float:
        """For everybody."""
        return self.now

    # the way in

    def to_deliver(self) -> list[Payload]:
        """What Slack has for the bot since the last time."""
        waiting = [delivery.payload for delivery in self._post.waiting]
        self._post.waiting.clear()
        return waiting

    def deliver(self, payload: Payload) -> bool:
        """Over the socket, once; whether it was acknowledged."""
        request = AsyncBoltRequest(body=payload, mode="socket_mode")
        dispatched = asyncio.run_coroutine_threadsafe(self._app.async_dispatch(request), self.loop)
        return dispatched.result().status == 200

    def _accept(self, tasks: Sequence[NewTask]) -> Future[None]:
        if self.refusals:
            self.refusals -= 1
            raise StorageError("down")
        assert self._commit
        return self._commit.accept(tasks, self.now)

    def happen(self) -> None:
        """Something is being done; the next of what shall happen meanwhile does."""
        if self.meanwhile:
            self.deliver(self.meanwhile.popleft())

    # work

    def work(self) -> None:
        """All that is due."""
        self.worker.drain()

    def work_once(self) -> None:
        """One task, then a stop."""
        if (lease := self.mailbox.claim("once", self.now)) and (more := self.handler.handle(lease)):
            self.worker._hand_back(more)

    def die(self, *, when_done: bool) -> None:
        """A worker takes a task, and is killed before or after the deed; its lease runs out."""
        if (lease := self.mailbox.claim("dead", self.now)) and when_done:
            self._do_without_a_word(lease)
        self.now += LEASE + 1

    def _do_without_a_word(self, lease: Lease) -> None:
        if lease.task.kind not in INBOUND:
            self.handler.messenger.perform(lease)

    def rest(self, until: float = float("inf")) -> None:
        """Do what is due, whenever it is, up to a time."""
        for _ in range(1000):
            self.work()
            wake = self.mailbox.next_wake()
            if wake is None or wake > until:
                break
            self.now = max(self.now, wake)
        else:
            raise AssertionError("it never comes to rest")
        self.now = max(self.now, until) if until < float("inf") else self.now

    def _stepping(
        self, state: State, incoming: Incoming, now: float, recent: CaseNote | None
    ) -> Done:
        self.happen()
        return self._step(state, incoming, now, recent)

    # what is seen

    def messages(self, channel: str) -> list[Message]:
        """Of a channel, replies included, oldest first."""
        return self.slack.messages(channel)


class _Waiting:
    """In the place of the stand-in's courier: what is to be delivered lies here."""

    def __init__(self) -> None:
        self.waiting: list[Delivery] = []

    def send(self, delivery: Delivery, then: Callable[[Delivery], None] | None = None) -> Delivery:
        """Lay it down."""
        del then
        self.waiting.append(delivery)
        return delivery


class _Unwired(KeptOpen):
    """The bot's own client; its requests arrive, fail and get lost without a network."""

    def __init__(self, home: Indoors) -> None:
        super().__init__(
            token=SETTINGS.bot_token,
            base_url=SETTINGS.base_url,
            retry_handlers=[],
            logger=sdk_logger("web"),
        )
        self._home = home

    @override
    def _perform_urllib_http_request_internal(self, url: str, req: Request) -> dict[str, Any]:
        self._check()
        self._home.happen()
        slack, name, given = self._home.slack, url.rsplit("/", 1)[1], _given(req)
        fault = slack.faults.take(name)
        kind = fault.kind if fault else None
        match kind:
            case FaultKind.RESET:
                raise ConnectionResetError
            case FaultKind.RATE_LIMITED:
                raise _refusal(url, 429)
            case FaultKind.SERVER_ERROR:
                raise _refusal(url, 500)
        token = req.get_header("Authorization", "").removeprefix("Bearer ")
        answer = run_on(slack.loop, lambda: slack._web_api._perform(name, token, given))
        self._home.happen()
        if kind is FaultKind.LOST_REPLY:
            raise ConnectionResetError
        return {"status": 200, "headers": Headers(), "body": json.dumps(answer)}


def _given(req: Request) -> Payload:
    body = req.data.decode() if isinstance(req.data, bytes) else ""
    if "json" in (req.get_header("Content-type") or ""):
        read: Payload = json.loads(body)
        return read
    return dict(parse_qsl(body))


def _refusal(url: str, status: int) -> HTTPError:
    headers = Headers()
    headers["Retry-After"] = "1"
    return HTTPError(url, status, "", headers, io.BytesIO(b'{"ok": false, "error": "ratelimited"}'))
