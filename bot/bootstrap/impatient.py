"""HTTP/1.1 for whoever may reach the port: connections are counted, and each has its time.

uvicorn waits for ever for the head and the body of a request, and for an answer to be read: a few
hundred senders of one byte a minute would keep Slack out. It also reads on, a buffer a request,
while requests that were sent in one go wait for their turn. Here a request has to be there within
`RECEIVE` seconds, its answer to be written and read within `ANSWER` more, and little is read ahead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from typing_extensions import override
from uvicorn.protocols.http.h11_impl import H11Protocol

if TYPE_CHECKING:
    import asyncio

RECEIVE: Final = 10.0
"""Seconds from the connection, or from the first byte of a further request, to its last byte.
Slack hangs up after three."""
ANSWER: Final = 40.0
"""Seconds for the answer; the page that installs a workspace asks Slack meanwhile."""
AHEAD: Final = 65_536
"""Bytes read while an answer is due. Slack sends nothing then."""
CONCURRENT: Final = 500
"""Connections at which a request is answered 503, so that Slack comes again. Many systems give a
process 1,024 files, and the database needs some."""
CONNECTIONS: Final = 600
"""Connections above which one is cut off unread."""


class Impatient(H11Protocol):
    """One connection."""

    receive_s = RECEIVE
    answer_s = ANSWER
    most = CONNECTIONS
    _limit: asyncio.TimerHandle | None = None
    _answering = False
    _ahead = 0

    @override
    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait."""
        super().connection_made(transport)
        if len(self.connections) > self.most:
            transport.abort()
        else:
            self._within(self.receive_s)

    @override
    def data_received(self, data: bytes) -> None:
        """Some of a request, or all of it, or more."""
        self._ahead = self._ahead + len(data) if self._answering else 0
        if self._ahead > AHEAD:
            self.transport.abort()
            return
        if self._limit is None:
            self._within(self.receive_s)
        super().data_received(data)
        self._look()

    @override
    def on_response_complete(self) -> None:
        """Until the next request begins, uvicorn's own limit holds."""
        self._answering = False
        if not self.transport.get_write_buffer_size():
            self._unlimited()
        super().on_response_complete()
        self._look()  # the next request may be here already

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        """The end."""
        self._unlimited()
        super().connection_lost(exc)

    def _look(self) -> None:
        """Whether there is a request to answer now, and all of it."""
        cycle = self.cycle if cast("object", self.cycle) is not None else None  # its type is wrong
        if self._answering or cycle is None or cycle.more_body or cycle.response_complete:
            return
        self._answering = True
        self._within(self.answer_s)

    def _within(self, seconds: float) -> None:
        self._unlimited()
        self._limit = self.loop.call_later(seconds, self.transport.abort)

    def _unlimited(self) -> None:
        if self._limit is not None:
            self._limit.cancel()
            self._limit = None
