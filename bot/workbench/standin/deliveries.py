"""Hands events and interactions to the app, and again when it does not acknowledge them.

Slack waits 3 s for the acknowledgement. An event is then sent up to three times more: at once,
after a minute, after five. Interactions and commands are sent once; the person sees a warning.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from bot.workbench.standin.model import Json

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True, kw_only=True)
class Timings:
    """How patient the stand-in is, in seconds. The defaults are Slack's."""

    ack: float = 3.0
    """The app must have acknowledged by then."""
    retry_after: tuple[float, ...] = (0.0, 60.0, 300.0)
    """Pauses before each further attempt of an event."""
    trigger: float = 3.0
    """How long a trigger id opens a modal."""
    close_after_refresh: float = 5.0
    """From a `disconnect` frame to the end of the connection."""

    @classmethod
    def quick(cls) -> Timings:
        """For tests that wait for retries."""
        return cls(ack=1.0, retry_after=(0.0, 0.1, 0.2), close_after_refresh=0.2)


class DeliveryKind(StrEnum):
    """The `type` of a Socket Mode envelope."""

    EVENT = "events_api"
    INTERACTION = "interactive"
    COMMAND = "slash_commands"


class DeliveryState(StrEnum):
    """Where a delivery stands."""

    PENDING = "pending"
    ACKED = "acked"
    GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try to hand something over."""

    number: int
    """0 is the first; Slack's `retry_attempt`."""
    retry_reason: str
    """Why there was one more; empty for the first."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an attempt."""

    acked: bool
    answer: Json | None = None
    """What the app sent with its acknowledgement."""
    reason: str = ""
    """Slack's word for the failure, e.g. `http_timeout`."""
    no_retry: bool = False
    """The app asked not to be sent this again (`X-Slack-No-Retry`)."""


@dataclass(slots=True, eq=False)
class Delivery:
    """An event, interaction or command on its way to the app."""

    kind: DeliveryKind
    payload: Json
    attempts: list[Attempt] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    state: DeliveryState = DeliveryState.PENDING
    finished: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def acked(self) -> bool:
        """The app acknowledged it in time."""
        return self.state is DeliveryState.ACKED

    @property
    def given_up(self) -> bool:
        """All attempts failed."""
        return self.state is DeliveryState.GIVEN_UP

    @property
    def answer(self) -> Json | None:
        """What the app sent with its acknowledgement, if anything."""
        return self.outcomes[-1].answer if self.acked else None

    @property
    def event(self) -> Json:
        """The inner event; empty for interactions and commands."""
        event: Json = self.payload.get("event", {})
        return event


class Transport(Protocol):
    """A way to the app: its sockets or its request URL."""

    async def carry(self, delivery: Delivery, attempt: Attempt) -> Outcome:
        """Hand it over once and wait for the acknowledgement."""
        ...


class Courier:
    """Carries deliveries, one task each, over the transport in use."""

    def __init__(self, transport: Transport, timings: Timings) -> None:
        self.transport = transport
        self._retry_after = timings.retry_after
        self._tasks: set[asyncio.Task[None]] = set()

    def send(self, delivery: Delivery, then: Callable[[Delivery], None] | None = None) -> Delivery:
        """Start carrying it; `then` hears of the end, before `finished` is set."""
        task = asyncio.get_running_loop().create_task(self._carry(delivery, then))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return delivery

    async def stop(self) -> None:
        """Drop whatever is under way."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _carry(self, delivery: Delivery, then: Callable[[Delivery], None] | None) -> None:
        outcome = Outcome(acked=False)
        for number, pause in enumerate(self._pauses(delivery)):
            if pause:
                await asyncio.sleep(pause)
            attempt = Attempt(number, outcome.reason)
            delivery.attempts.append(attempt)
            outcome = await self.transport.carry(delivery, attempt)
            delivery.outcomes.append(outcome)
            if outcome.acked or outcome.no_retry:
                break
        delivery.state = DeliveryState.ACKED if outcome.acked else DeliveryState.GIVEN_UP
        if then is not None:
            then(delivery)
        delivery.finished.set()

    def _pauses(self, delivery: Delivery) -> tuple[float, ...]:
        return (0.0, *self._retry_after) if delivery.kind is DeliveryKind.EVENT else (0.0,)
