"""What can go wrong between a bot and Slack, switched on by tests.

Each fault concerns the next calls of one Web API method (or of all: `*`) and is used up by them.
"""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

ANY = "*"


class FaultKind(StrEnum):
    """How a call goes wrong."""

    RATE_LIMITED = "rate_limited"
    """429 with Retry-After; nothing is done."""
    SERVER_ERROR = "server_error"
    """500; nothing is done."""
    RESET = "reset"
    """The connection breaks before anything is done."""
    LOST_REPLY = "lost_reply"
    """The call is done, and the connection breaks before the answer."""
    ERROR = "error"
    """`{"ok": false}` with a given error; nothing is done."""
    DELAY = "delay"
    """The call is done after a while."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One call that goes wrong."""

    kind: FaultKind
    seconds: float = 0.0
    """Of `Retry-After`, or of the delay."""
    error: str = ""


class Faults:
    """The faults still to come. `read_lag` stays until it is set again."""

    def __init__(self) -> None:
        self._next: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self._chances: dict[str, Mapping[FaultKind, float]] = {}
        self._dice = Random()  # noqa: S311  (no secret)
        self.read_lag = 0.0
        """Seconds for which a new message stays invisible to conversations.history and .replies."""

    def rate_limit(self, method: str = ANY, times: int = 1, retry_after: float = 1.0) -> None:
        """The next calls are answered 429."""
        self._add(method, times, Fault(FaultKind.RATE_LIMITED, retry_after))

    def fail(self, method: str = ANY, times: int = 1) -> None:
        """The next calls are answered 500."""
        self._add(method, times, Fault(FaultKind.SERVER_ERROR))

    def reset(self, method: str = ANY, times: int = 1) -> None:
        """The next calls never arrive."""
        self._add(method, times, Fault(FaultKind.RESET))

    def lose_reply(self, method: str = ANY, times: int = 1) -> None:
        """The next calls are done, and their answers lost."""
        self._add(method, times, Fault(FaultKind.LOST_REPLY))

    def answer(self, method: str, error: str, times: int = 1) -> None:
        """The next calls are answered `ok: false` with this error."""
        self._add(method, times, Fault(FaultKind.ERROR, error=error))

    def delay(self, method: str, seconds: float, times: int = 1) -> None:
        """The next calls take this long."""
        self._add(method, times, Fault(FaultKind.DELAY, seconds))

    def sometimes(self, method: str, chances: Mapping[FaultKind, float], dice: Random) -> None:
        """From now on each call of `method` goes wrong with these probabilities."""
        self._chances[method] = chances
        self._dice = dice

    def clear(self) -> None:
        """All is well again."""
        self._next.clear()
        self._chances.clear()
        self.read_lag = 0.0

    def take(self, method: str) -> Fault | None:
        """The fault of this call, used up; None when all is well."""
        for key in (method, ANY):
            if self._next[key]:
                return self._next[key].popleft()
        return self._chance(method)

    def _chance(self, method: str) -> Fault | None:
        if method not in self._chances:
            return None
        roll = self._dice.random()
        for kind, chance in self._chances[method].items():
            if roll < chance:
                return Fault(kind, seconds=1.0)
            roll -= chance
        return None

    def _add(self, method: str, times: int, fault: Fault) -> None:
        self._next[method].extend([fault] * times)
