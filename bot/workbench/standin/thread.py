"""The stand-in in a thread with a loop of its own, for sync tests and the command line."""

from __future__ import annotations

import asyncio
import threading
import time
from concurrent.futures import Future
from typing import TYPE_CHECKING, Self, TypeVar

from bot.workbench.standin.on_loop import run_on
from bot.workbench.standin.server import POLL, Standin

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.workbench.standin.agent_view import Offered, Session
    from bot.workbench.standin.deliveries import Delivery
    from bot.workbench.standin.faults import Faults
    from bot.workbench.standin.model import Json, Message
    from bot.workbench.standin.people import People
    from bot.workbench.standin.server import Options
    from bot.workbench.standin.web_api import Call

T = TypeVar("T")

START_TIMEOUT = 30.0


class StandinThread:
    """`with StandinThread() as standin: standin.people.post("sakura", "help-it", "…")`."""

    def __init__(self, options: Options | None = None, port: int = 0) -> None:
        self._options = options
        self._port = port
        self._started: Future[Standin] = Future()
        self._thread = threading.Thread(target=self._run, name="slack-standin", daemon=True)
        self.standin: Standin

    def __enter__(self) -> Self:
        self._thread.start()
        self.standin = self._started.result(START_TIMEOUT)
        return self

    def __exit__(self, *_: object) -> None:
        self.standin.loop.call_soon_threadsafe(self._finished.set)
        self._thread.join(START_TIMEOUT)

    @property
    def people(self) -> People:
        """The people of the workspace."""
        return self.standin.people

    @property
    def faults(self) -> Faults:
        """What shall go wrong."""
        return self.standin.faults

    @property
    def base_url(self) -> str:
        """For `WebClient(base_url=…)` and `SLACK_API_URL`; ends with `/api/`."""
        return self.standin.base_url

    @property
    def bot_token(self) -> str:
        """`xoxb-…`."""
        return self.standin.bot_token

    @property
    def app_token(self) -> str:
        """`xapp-…`, for Socket Mode."""
        return self.standin.app_token

    @property
    def signing_secret(self) -> str:
        """For the Events API."""
        return self.standin.signing_secret

    @property
    def deliveries(self) -> Sequence[Delivery]:
        """What was sent to the app, oldest first."""
        return self.standin.deliveries

    @property
    def calls(self) -> Sequence[Call]:
        """What the app called, oldest first."""
        return self.standin.calls

    def messages(self, channel: str) -> list[Message]:
        """A channel's messages, replies included, oldest first."""
        return self.standin.messages(channel)

    def replies(self, channel: str, ts: str) -> list[Message]:
        """The replies of a thread, oldest first."""
        return self.standin.replies(channel, ts)

    def offered(self, channel: str) -> Offered:
        """What an agent offers above a direct message."""
        return self.standin.offered(channel)

    def sessions(self, channel: str) -> list[Session]:
        """The agent's sessions in a channel, oldest first."""
        return self.standin.sessions(channel)

    def snapshot(self) -> Json:
        """See `Standin.snapshot`."""
        return self.standin.snapshot()

    def use_request_url(self, url: str) -> bool:
        """See `Standin.use_request_url`."""
        work = self.standin.use_request_url(url)
        return asyncio.run_coroutine_threadsafe(work, self.standin.loop).result(START_TIMEOUT)

    def wait_for(self, predicate: Callable[[], T], timeout: float = 10.0) -> T:
        """The predicate's value once it is true; it is asked on the stand-in's own loop.

        Raises:
            TimeoutError: it stayed false.
        """
        end = time.monotonic() + timeout
        while not (value := run_on(self.standin.loop, predicate)):
            if time.monotonic() > end:
                raise TimeoutError(f"not true within {timeout} s")
            time.sleep(POLL)
        return value

    def _run(self) -> None:
        asyncio.run(self._live())

    async def _live(self) -> None:
        self._finished = asyncio.Event()
        try:
            standin = await Standin.start(port=self._port, options=self._options)
        except BaseException as error:  # noqa: BLE001  (it is raised where the thread was started)
            self._started.set_exception(error)
            return
        self._started.set_result(standin)
        await self._finished.wait()
        await standin.stop()
