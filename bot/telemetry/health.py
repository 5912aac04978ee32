"""Is it alive, is it ready, how is it doing: `/healthz`, `/readyz`, `/metrics`, over ASGI.

*Alive* is what a restart would mend: its threads are there and get on. *Ready* is that it can do
its work now: alive, the database answers, Slack is connected, and it has not been told to stop.
Both answer 200 or 503 with one JSON object of what was found.
"""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeVar

from bot.telemetry.metrics import CONTENT_TYPE

if TYPE_CHECKING:
    from bot.telemetry.metrics import Metrics

T = TypeVar("T")
Check = Callable[[], bool]
Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
Asgi = Callable[[Any, Any, Any], Awaitable[None]]

PATIENCE: Final = 4.0
"""Seconds a check may take; a database that does not answer is not there."""


@dataclass(frozen=True, slots=True)
class Health:
    """Named checks, each cheap; they run in a thread and may wait."""

    alive: Mapping[str, Check]
    ready: Mapping[str, Check]
    """Beside those of `alive`."""

    def is_alive(self) -> dict[str, bool]:
        """Each check of `alive`, done."""
        return {name: check() for name, check in self.alive.items()}

    def is_ready(self) -> dict[str, bool]:
        """All checks, done."""
        return self.is_alive() | {name: check() for name, check in self.ready.items()}


def observed(health: Health, metrics: Metrics, inner: Asgi | None = None) -> Asgi:
    """The three paths, and `inner` (else 404) for everything else."""

    async def serve(scope: Any, receive: Any, send: Any) -> None:
        path = scope.get("path", "")
        if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"} or path not in _PATHS:
            await (inner or _nothing)(scope, receive, send)
        elif path == "/metrics":
            text = await _in_thread(metrics.text, b"")
            await _answer(send, 200 if text else 503, text, CONTENT_TYPE)
        else:
            checks = health.is_alive if path == "/healthz" else health.is_ready
            found = await _in_thread(checks, {"answered_in_time": False})
            body = json.dumps({"ok": all(found.values()), "checks": found}).encode()
            await _answer(send, 200 if all(found.values()) else 503, body, "application/json")

    return serve


_PATHS: Final = {"/healthz", "/readyz", "/metrics"}


async def _in_thread(work: Callable[[], T], otherwise: T) -> T:
    """What `work` gives, or `otherwise` where it takes too long or breaks.

    In a thread of its own that nobody waits for: a process must be able to end meanwhile.
    """
    done: Future[T] = Future()
    done.set_running_or_notify_cancel()

    def run() -> None:
        try:
            done.set_result(work())
        except Exception:  # noqa: BLE001  (whatever it is, it is not well)
            done.set_result(otherwise)

    threading.Thread(target=run, name="health", daemon=True).start()
    try:
        return await asyncio.wait_for(asyncio.wrap_future(done), PATIENCE)
    except TimeoutError:
        return otherwise


async def _answer(send: Send, status: int, body: bytes, content_type: str) -> None:
    headers = [(b"content-type", content_type.encode()), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _nothing(scope: Any, _receive: Any, send: Send) -> None:
    if scope["type"] == "http":
        await _answer(send, 404, b"", "text/plain")
