"""Socket Mode: the app connects, events go to any one of its connections, acks come back."""

from __future__ import annotations

import asyncio
import json
import secrets
from typing import TYPE_CHECKING, Any, Final

from aiohttp import WSMsgType, web

from bot.workbench.standin import mint
from bot.workbench.standin.cast import APP_ID
from bot.workbench.standin.deliveries import DeliveryKind, Outcome
from bot.workbench.standin.model import Change, ChangeKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.workbench.standin.deliveries import Attempt, Delivery, Timings
    from bot.workbench.standin.model import Json

CONNECTION_LIMIT: Final = 10
CONNECTION_SECONDS: Final = 18_060
"""What `hello` announces; the stand-in refreshes only when told to."""


class SocketMode:
    """The app's open connections, and the envelopes that wait for their acknowledgement."""

    def __init__(self, timings: Timings, tell: Callable[[Change], None]) -> None:
        self._timings = timings
        self._tell = tell
        self._tickets: set[str] = set()
        self._sockets: dict[web.WebSocketResponse, web.Request] = {}
        self._retiring: set[web.WebSocketResponse] = set()
        self._waiting: dict[str, asyncio.Future[Json | None]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self.unwelcome = ""
        """While set, every connection is greeted and sent away with this reason."""

    @property
    def connections(self) -> int:
        """How many are open and take events."""
        return len(self._usable())

    def ticket(self) -> str:
        """What `apps.connections.open` puts into its URL; opens one connection."""
        ticket = mint.token("")
        self._tickets.add(ticket)
        return ticket

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One connection, from `hello` to its end."""
        if request.query.get("ticket", "") not in self._tickets:
            raise web.HTTPForbidden(text="unknown ticket")
        self._tickets.discard(request.query["ticket"])
        socket = web.WebSocketResponse(heartbeat=30.0, max_msg_size=0)
        await socket.prepare(request)
        self._sockets[socket] = request
        try:
            await self._greet(socket)
            await self._listen(socket)
        finally:
            del self._sockets[socket]
            self._retiring.discard(socket)
            self._tell(Change(kind=ChangeKind.APP_DISCONNECTED))
        return socket

    async def carry(self, delivery: Delivery, attempt: Attempt) -> Outcome:
        """Hand it to one connection, any, and wait for the acknowledgement."""
        usable = self._usable()
        if not usable:
            return Outcome(acked=False, reason="timeout")
        socket, envelope = secrets.choice(usable), _envelope(delivery, attempt)
        answer = asyncio.get_running_loop().create_future()
        self._waiting[envelope["envelope_id"]] = answer
        try:
            async with asyncio.timeout(self._timings.ack):
                await socket.send_str(json.dumps(envelope, ensure_ascii=False))
                return Outcome(acked=True, answer=await answer)
        except (TimeoutError, ConnectionError):
            return Outcome(acked=False, reason="timeout")
        finally:
            del self._waiting[envelope["envelope_id"]]

    def refresh(self) -> None:
        """Ask every connection to be replaced, as Slack does every few hours."""
        for socket in self._usable():
            self._retiring.add(socket)
            self._start(self._disconnect(socket, "refresh_requested"))

    def send_away(self, reason: str) -> None:
        """End every connection, and each new one, for this reason; until it is empty."""
        self.unwelcome = reason
        for socket in self._usable() if reason else ():
            self._retiring.add(socket)
            self._start(self._disconnect(socket, reason))

    def abort(self) -> None:
        """Break every connection without a word, as a network does."""
        for socket, request in list(self._sockets.items()):
            self._retiring.add(socket)
            if request.transport is not None:
                request.transport.abort()

    async def stop(self) -> None:
        """Close everything."""
        for socket in list(self._sockets):
            await socket.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _usable(self) -> list[web.WebSocketResponse]:
        return [s for s in self._sockets if not s.closed and s not in self._retiring]

    async def _greet(self, socket: web.WebSocketResponse) -> None:
        if len(self._sockets) > CONNECTION_LIMIT:
            self._retiring.add(socket)
            await self._disconnect(socket, "too_many_websockets")
            return
        await socket.send_json(_hello(len(self._usable())))
        if self.unwelcome:
            self._retiring.add(socket)
            await self._disconnect(socket, self.unwelcome)
            return
        self._tell(Change(kind=ChangeKind.APP_CONNECTED))

    async def _listen(self, socket: web.WebSocketResponse) -> None:
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                self._acknowledge(message.data)

    def _acknowledge(self, text: str) -> None:
        frame: Json = json.loads(text)
        waiting = self._waiting.get(str(frame.get("envelope_id")))
        if waiting is not None and not waiting.done():
            waiting.set_result(frame.get("payload"))

    async def _disconnect(self, socket: web.WebSocketResponse, reason: str) -> None:
        frame = {"type": "disconnect", "reason": reason, "debug_info": {"host": "standin"}}
        await socket.send_json(frame)
        await asyncio.sleep(self._timings.close_after_refresh)
        await socket.close()

    def _start(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _envelope(delivery: Delivery, attempt: Attempt) -> Json:
    takes_answer = (
        delivery.kind is DeliveryKind.COMMAND or delivery.payload["type"] == "view_submission"
    )
    envelope = {
        "envelope_id": mint.envelope_id(),
        "type": str(delivery.kind),
        "accepts_response_payload": takes_answer,
        "payload": delivery.payload,
    }
    if delivery.kind is DeliveryKind.EVENT:
        envelope |= {"retry_attempt": attempt.number, "retry_reason": attempt.retry_reason}
    return envelope


def _hello(connections: int) -> Json:
    seconds = CONNECTION_SECONDS
    return {
        "type": "hello",
        "num_connections": connections,
        "debug_info": {"host": "standin", "approximate_connection_time": seconds},
        "connection_info": {"app_id": APP_ID},
    }
