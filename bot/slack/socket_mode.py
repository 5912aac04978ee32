"""Socket Mode: Slack's events through a connection we open, with patience where Slack asks for it.

The SDK's client reconnects at once whatever the reason. That is right for a refresh, but where
the link was disabled or too many sockets are open it would hammer Slack, so asking for a new
address waits here, twice as long each time, until a connection is greeted again.
"""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any, Final

import aiohttp
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.web.async_client import AsyncWebClient
from typing_extensions import override

from bot.errors import ConfigError
from bot.slack.logs import sdk_logger

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from slack_bolt.async_app import AsyncApp
    from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
    from slack_sdk.socket_mode.request import SocketModeRequest

    from bot.slack.settings import SlackSettings

UNWELCOME = {"link_disabled", "too_many_websockets"}
"""Reasons of a `disconnect` after which reconnecting at once would only be refused again."""
REFUSED = {"invalid_auth", "not_authed", "token_revoked", "not_allowed_token_type", "missing_scope"}
PING_S = 5.0
"""A dead connection is noticed after four of these."""
_ACKS_END: Final = 0.4
"""Seconds until what has come in is acknowledged before a connection is closed."""

log = logging.getLogger("bot.slack")


class Patience:
    """How long to wait before the next connection."""

    def __init__(self, first: float = 2.0, most: float = 120.0) -> None:
        self._first, self._most = first, most
        self.seconds = 0.0

    def told(self, frame: dict[str, Any]) -> None:
        """A frame came in: being sent away makes us wait longer, anything normal no more.

        A greeting (`hello`) is not enough: one socket too many is greeted and sent away again.
        """
        if frame.get("type") == "disconnect" and frame.get("reason") in UNWELCOME:
            self.seconds = min(self._most, 2 * self.seconds or self._first)
        elif frame.get("type") != "hello":
            self.seconds = 0.0


class PatientClient(SocketModeClient):
    """The SDK's aiohttp client, waiting before it asks for an address where it should."""

    def __init__(self, patience: Patience, **options: Any) -> None:
        self.patience = patience
        self._open = 0
        self._idle = asyncio.Event()
        self._idle.set()
        super().__init__(**options)

    @override
    async def issue_new_wss_url(self) -> str:
        """Every way to a new connection leads through here."""
        if self.patience.seconds:
            log.warning("sent away; next connection in %.0f s", self.patience.seconds)
            await asyncio.sleep(self.patience.seconds)
        return await super().issue_new_wss_url()

    @override
    async def enqueue_message(self, message: str) -> None:
        """From here until its listeners are through, a frame may be owed an acknowledgement."""
        self._open += 1
        self._idle.clear()
        await super().enqueue_message(message)

    @override
    async def run_message_listeners(self, message: dict[str, Any], raw_message: str) -> None:
        """Learn from the frame, then let the SDK act on it."""
        self.patience.told(message)
        if message.get("type") in {"hello", "disconnect"}:
            log.info("socket: %s %s", message["type"], message.get("reason", ""))
        try:
            await super().run_message_listeners(message, raw_message)
        finally:
            self._open -= 1
            if not self._open:
                self._idle.set()

    @override
    async def close(self) -> None:
        """Hang up in a moment in which nothing is owed: Slack would send that again."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_ACKS_END):
                while self._open:
                    await self._idle.wait()
        await super().close()  # type: ignore[no-untyped-call]  # the SDK's

    @property
    def connected(self) -> bool:
        """Whether events can come in."""
        session = self.current_session
        return not self.closed and session is not None and not session.closed

    async def first_connection(self) -> None:
        """Connect, however long Slack cannot be reached. Raises ConfigError for a bad token."""
        while not await self.is_connected():
            try:
                await self.connect_to_new_endpoint()
            except SlackApiError as error:
                _check_token(str(error.response.get("error")))
                await asyncio.sleep(self.ping_interval)
            except (aiohttp.ClientError, TimeoutError, OSError) as error:
                log.warning("Slack cannot be reached: %s", type(error).__name__)
                await asyncio.sleep(self.ping_interval)


class Sockets:
    """The connections of this process: an event comes through any one of them."""

    def __init__(self) -> None:
        self._clients: list[PatientClient] = []

    def connected(self) -> int:
        """How many are open."""
        return sum(client.connected for client in self._clients)

    @asynccontextmanager
    async def opened(
        self,
        app: AsyncApp,
        settings: SlackSettings,
        *,
        ping_s: float = PING_S,
    ) -> AsyncIterator[PatientClient]:
        """Connections that feed `app` while the context lasts; gives the first.

        Raises ConfigError when Slack refuses the app-level token at the start.
        """
        logger = sdk_logger("socket")
        async with aiohttp.ClientSession() as session:
            web = AsyncWebClient(base_url=settings.base_url, session=session, logger=logger)
            try:
                for _ in range(settings.sockets):
                    client = PatientClient(
                        Patience(),
                        app_token=settings.app_token,
                        logger=logger,
                        web_client=web,
                        ping_interval=ping_s,
                    )
                    client.socket_mode_request_listeners.append(_feeding(app))
                    self._clients.append(client)
                    await client.first_connection()
                yield self._clients[0]
            finally:
                await asyncio.gather(*(client.close() for client in self._clients))
                self._clients.clear()


@asynccontextmanager
async def socket(
    app: AsyncApp, settings: SlackSettings, *, ping_s: float = PING_S
) -> AsyncIterator[PatientClient]:
    """`Sockets.opened` for those who need not know how many are open."""
    async with Sockets().opened(app, settings, ping_s=ping_s) as first:
        yield first


def _feeding(app: AsyncApp) -> Any:
    async def feed(client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        start = time.perf_counter()
        response = await run_async_bolt_app(app, request)
        await send_async_response(client, request, response, start)

    return feed


def _check_token(code: str) -> None:
    if code in REFUSED:
        raise ConfigError(
            f"SLACK_APP_TOKEN: Slack refuses it: {code}; make an app-level token with "
            "connections:write under Basic Information > App-Level Tokens."
        )
