"""Is it alive, is it ready, how is it doing: `/healthz`, `/readyz`, `/metrics`, over ASGI.

*Alive* is what a restart would mend: its threads are there and get on. *Ready* is that it can do
its work now: alive, the database answers, Slack is connected, and it has not been told to stop.
Both answer 200 or 503 with one JSON object of what was found.

A port the world can reach shows less: no metrics, and not which check failed. Whoever asks more
than once a second is told what was found last, so that asking often is no work for the database.
"""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Awaitable, Callable, Container, Mapping, MutableMapping
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

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
FRESH: Final = 1.0
"""Seconds that what was found may be told again."""


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


def observed(health: Health, metrics: Metrics) -> Asgi:
    """The three paths, for those who run it."""
    text = _Lately(metrics.text, b"")
    checked = _checked(health)

    async def serve(scope: Any, _receive: Any, send: Any) -> None:
        if not _asks(scope, {*checked, "/metrics"}):
            await _nothing(scope, send)
        elif scope["path"] == "/metrics":
            found = await text.now()
            await _answer(send, 200 if found else 503, found, CONTENT_TYPE)
        else:
            checks = await checked[scope["path"]].now()
            await _verdict(send, checks, {"checks": checks})

    return serve


def observed_in_public(health: Health, inner: Asgi) -> Asgi:
    """`/healthz` and `/readyz` for a load balancer, each yes or no; `inner` for everything else."""
    checked = _checked(health)

    async def serve(scope: Any, receive: Any, send: Any) -> None:
        if _asks(scope, checked):
            await _verdict(send, await checked[scope["path"]].now(), {})
        else:
            await inner(scope, receive, send)

    return serve


class _Lately(Generic[T]):
    """What `work` gives, done at most once at a time and once in `FRESH` seconds."""

    def __init__(self, work: Callable[[], T], otherwise: T) -> None:
        self._work, self._otherwise = work, otherwise
        self._found: asyncio.Future[T] | None = None
        self._until = 0.0

    async def now(self) -> T:
        """The value, that young."""
        loop = asyncio.get_running_loop()
        if self._found is None or (self._found.done() and loop.time() > self._until):
            self._found = asyncio.ensure_future(in_thread(self._work, self._otherwise))
            self._found.add_done_callback(lambda _: setattr(self, "_until", loop.time() + FRESH))
        return await asyncio.shield(self._found)


def _checked(health: Health) -> dict[str, _Lately[dict[str, bool]]]:
    late = {"answered_in_time": False}
    return {"/healthz": _Lately(health.is_alive, late), "/readyz": _Lately(health.is_ready, late)}


def _asks(scope: Any, paths: Container[str]) -> bool:
    return scope["type"] == "http" and scope["method"] in {"GET", "HEAD"} and scope["path"] in paths


async def _verdict(send: Send, checks: Mapping[str, bool], more: Mapping[str, Any]) -> None:
    ok = all(checks.values())
    body = json.dumps({"ok": ok, **more}).encode()
    await _answer(send, 200 if ok else 503, body, "application/json")


async def in_thread(work: Callable[[], T], otherwise: T) -> T:
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


async def _nothing(scope: Any, send: Send) -> None:
    if scope["type"] == "http":
        await _answer(send, 404, b"", "text/plain")
