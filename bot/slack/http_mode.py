"""Events over HTTP: Bolt's ASGI adapter behind a few checks it does not make."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from typing import TYPE_CHECKING, Any

from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler

from bot.errors import ConfigError
from bot.slack.logs import where

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp

    from bot.slack.settings import SlackSettings

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Asgi = Callable[[Scope, Receive, Send], Awaitable[None]]

MAX_BODY = 2_000_000
"""Bytes. An edit of a long Japanese message carries it four times, escaped: nearly 1 MB."""

log = logging.getLogger("bot.slack")


def asgi(app: AsyncApp, settings: SlackSettings) -> Asgi:
    """The ASGI application that answers Slack at `settings.events_path`, and nothing else.

    Where many workspaces install the app, it also has the two pages of `bot.slack.oauth`; in Socket
    Mode it has only those.

    Raises ConfigError without a signing secret: then anybody could speak in Slack's name.
    """
    if not settings.signing_secret and not settings.many:
        raise ConfigError("SLACK_SIGNING_SECRET is empty; without it requests cannot be verified.")
    bolt = AsyncSlackRequestHandler(app, settings.events_path)

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not _is_served(scope, settings):
            await _refuse(send, 404)  # with OAuth variables set, Bolt would serve an install page
        elif scope["type"] == "http":
            await _http(bolt, scope, receive, send)
        else:
            await bolt(dict(scope), receive, send)

    return serve


def _is_served(scope: Scope, settings: SlackSettings) -> bool:
    if scope["method"] == "POST":
        return bool(settings.signing_secret)
    return settings.many and scope["method"] == "GET"


async def _http(bolt: AsyncSlackRequestHandler, scope: Scope, receive: Receive, send: Send) -> None:
    body = await _body(receive)
    if body is None:
        await _refuse(send, 413)
        return

    async def replay() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    started: list[Message] = []

    async def watched(message: Message) -> None:
        started.append(message)
        await send(message)

    try:
        await bolt(dict(scope), replay, watched)
    except Exception as error:  # noqa: BLE001  (not UTF-8, not an object: nobody's bug but the sender's)
        log.warning("unreadable: incident=%s %s", secrets.token_hex(4), where(error))
        if not started:
            await _refuse(send, 400)


async def _body(receive: Receive) -> bytes | None:
    """The whole body; None when it is too long or its sender went away."""
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if message["type"] != "http.request" or len(body) > MAX_BODY:
            return None
        if not message.get("more_body", False):
            return bytes(body)


async def _refuse(send: Send, status: int) -> None:
    await send({"type": "http.response.start", "status": status, "headers": []})
    await send({"type": "http.response.body", "body": b""})
