"""Events over HTTP: Bolt's ASGI adapter behind a few checks it does not make.

Whoever reaches the port can send anything, so the cheap comes first: path and method, length,
signature and age, and only what Slack has signed is parsed at all. Slow senders are the business of
`bot.bootstrap.impatient`.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_sdk.signature import SignatureVerifier

from bot.errors import ConfigError
from bot.slack.logs import where

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slack_bolt.async_app import AsyncApp

    from bot.slack.settings import SlackSettings

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Asgi = Callable[[Scope, Receive, Send], Awaitable[None]]

MAX_BODY: Final = 2_000_000
"""Bytes. An edit of a long Japanese message carries it four times, escaped: nearly 1 MB."""
MAX_HELD: Final = 64_000_000
"""Bytes of all bodies at one time: however many send at once, memory has an end."""

log = logging.getLogger("bot.slack")


class _TooLongError(Exception):
    """A body over its limit."""


class _TooMuchError(Exception):
    """All bodies together over theirs."""


class _GoneError(Exception):
    """The sender went away."""


def asgi(app: AsyncApp, settings: SlackSettings) -> Asgi:
    """The ASGI application that answers Slack at `settings.events_path`, and nothing else.

    Where many workspaces install the app, it also has the two pages of `bot.slack.oauth`; in Socket
    Mode it has only those.

    Raises ConfigError without a signing secret: then anybody could speak in Slack's name.
    """
    if not settings.signing_secret and not settings.many:
        raise ConfigError("SLACK_SIGNING_SECRET is empty; without it requests cannot be verified.")
    bolt = AsyncSlackRequestHandler(app, settings.events_path)
    slack = SignatureVerifier(settings.signing_secret) if settings.signing_secret else None
    intake = _Intake()

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await bolt(dict(scope), receive, send)
        elif slack and scope["method"] == "POST" and scope["path"] == settings.events_path:
            await _post(intake, slack, bolt, (scope, receive, send))
        elif settings.many and scope["method"] == "GET":
            await _pass(bolt, scope, b"", send)
        else:  # with OAuth variables set, Bolt would serve an install page
            await _refuse(send, 404)

    return serve


async def _post(
    intake: _Intake,
    slack: SignatureVerifier,
    bolt: AsyncSlackRequestHandler,
    call: tuple[Scope, Receive, Send],
) -> None:
    scope, receive, send = call
    with intake.request() as read:
        try:
            body = await read(scope, receive)
        except _TooLongError:
            await _refuse(send, 413)
        except _TooMuchError:
            log.warning("refused: more is coming in than can be held")
            await _refuse(send, 503)
        except _GoneError:
            pass
        else:
            if b"&ssl_check=1&" in b"&%b&" % body:  # Slack looks at our certificate, unsigned
                await _refuse(send, 200)
            elif not _is_slacks(slack, body, scope):
                log.warning("refused: a request that Slack did not sign, or not just now")
                await _refuse(send, 401)
            else:
                await _pass(bolt, scope, body, send)


def _is_slacks(slack: SignatureVerifier, body: bytes, scope: Scope) -> bool:
    """Whether Slack signed exactly this, at most five minutes ago.

    Bolt checks it too, but parses the body before.
    """
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    try:
        return slack.is_valid_request(body.decode(), headers)
    except (TypeError, ValueError):  # not UTF-8, no number, no ASCII: not Slack's
        return False


class _Intake:
    """Bodies being read and worked on, and how much they hold together."""

    def __init__(self) -> None:
        self._held = 0

    @contextmanager
    def request(self) -> Iterator[Callable[[Scope, Receive], Awaitable[bytes]]]:
        """Gives what reads one request's body; the body counts until the context ends."""
        body = bytearray()

        async def read(scope: Scope, receive: Receive) -> bytes:
            if _announced(scope) > MAX_BODY:
                raise _TooLongError
            while True:
                message = await receive()
                if message["type"] != "http.request":
                    raise _GoneError
                chunk = message.get("body", b"")
                body.extend(chunk)
                self._held += len(chunk)
                if len(body) > MAX_BODY:
                    raise _TooLongError
                if self._held > MAX_HELD:
                    raise _TooMuchError
                if not message.get("more_body", False):
                    return bytes(body)

        try:
            yield read
        finally:
            self._held -= len(body)


def _announced(scope: Scope) -> int:
    """Bytes the sender says it will send, else 0. The server refuses what is no number."""
    return next((int(value) for name, value in scope["headers"] if name == b"content-length"), 0)


async def _pass(bolt: AsyncSlackRequestHandler, scope: Scope, body: bytes, send: Send) -> None:
    async def replay() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    started: list[Message] = []

    async def watched(message: Message) -> None:
        started.append(message)
        await send(message)

    try:
        await bolt(dict(scope), replay, watched)
    except Exception as error:  # noqa: BLE001  (no object, nested too deep: nobody's bug but the sender's)
        log.warning("unreadable: incident=%s %s", secrets.token_hex(4), where(error))
        if not started:
            await _refuse(send, 400)


async def _refuse(send: Send, status: int) -> None:
    """Answer without a word and hang up, whatever the sender still wants to say."""
    headers = [] if status == 200 else [(b"connection", b"close")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
