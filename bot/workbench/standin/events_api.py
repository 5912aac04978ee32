"""The Events API over HTTP: signed posts to the app's request URL."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import secrets
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import aiohttp

from bot.workbench.standin.deliveries import DeliveryKind, Outcome

if TYPE_CHECKING:
    from bot.workbench.standin.deliveries import Attempt, Delivery, Timings
    from bot.workbench.standin.mint import Clock
    from bot.workbench.standin.model import Json

_JSON = "application/json"
_FORM = "application/x-www-form-urlencoded"


def signature(secret: str, timestamp: str, body: str) -> str:
    """Slack's `v0` request signature: HMAC-SHA256 over `v0:timestamp:body`."""
    base = f"v0:{timestamp}:{body}".encode()
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


class EventsApi:
    """Posts to one request URL on this machine."""

    def __init__(self, url: str, secret: str, clock: Clock, timings: Timings) -> None:
        self.url = url
        self._secret = secret
        self._clock = clock
        self._timings = timings
        self._session = aiohttp.ClientSession(trust_env=False)

    async def verify(self) -> bool:
        """Whether the URL answers Slack's challenge, as when it is entered in the settings."""
        challenge = secrets.token_hex(20)
        body = {"type": "url_verification", "token": "standin", "challenge": challenge}
        try:
            _, text, _ = await self._post(json.dumps(body), _JSON, {})
        except (TimeoutError, aiohttp.ClientError):
            return False
        return challenge in text

    async def carry(self, delivery: Delivery, attempt: Attempt) -> Outcome:
        """Post it once and wait for the 2xx that acknowledges it."""
        body, content_type = _body(delivery)
        try:
            status, text, headers = await self._post(body, content_type, _retry_headers(attempt))
        except TimeoutError:
            return Outcome(acked=False, reason="http_timeout")
        except aiohttp.ClientError:
            return Outcome(acked=False, reason="connection_failed")
        no_retry = headers.get("X-Slack-No-Retry") == "1"
        if not 200 <= status < 300:
            return Outcome(acked=False, reason="http_error", no_retry=no_retry)
        return Outcome(acked=True, answer=_answer(text))

    async def stop(self) -> None:
        """Close the connections."""
        await self._session.close()

    async def _post(
        self, body: str, content_type: str, headers: dict[str, str]
    ) -> tuple[int, str, Any]:
        timestamp = str(int(self._clock.now()))
        signed = {
            **headers,
            "Content-Type": content_type,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature(self._secret, timestamp, body),
        }
        async with (
            asyncio.timeout(self._timings.ack),
            self._session.post(
                self.url, data=body.encode(), headers=signed, allow_redirects=False
            ) as response,
        ):
            return response.status, await response.text(), response.headers


def _body(delivery: Delivery) -> tuple[str, str]:
    if delivery.kind is DeliveryKind.EVENT:
        return json.dumps(delivery.payload, ensure_ascii=False), _JSON
    if delivery.kind is DeliveryKind.COMMAND:
        return urlencode(delivery.payload), _FORM
    return urlencode({"payload": json.dumps(delivery.payload, ensure_ascii=False)}), _FORM


def _retry_headers(attempt: Attempt) -> dict[str, str]:
    if not attempt.number:
        return {}
    return {
        "X-Slack-Retry-Num": str(attempt.number),
        "X-Slack-Retry-Reason": attempt.retry_reason,
    }


def _answer(text: str) -> Json | None:
    """The acknowledgement's body: JSON, or a plain text that a command answers with."""
    if not text:
        return None
    try:
        decoded = json.loads(text)
    except ValueError:
        return {"text": text}
    return decoded if isinstance(decoded, dict) else {"text": text}
