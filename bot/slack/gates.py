"""When Slack said "not before": one gate for each channel, shared by all workers."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from bot.slack.outcome import RATE_LIMITED, RetryAt

if TYPE_CHECKING:
    from bot.slack.outcome import GiveUp


class Gates:
    """Remembers each channel's `Retry-After`, so that the others do not run into it too."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._closed_until: dict[str, float] = {}

    def wait(self, gate: str, now: float) -> float:
        """Seconds until this gate opens; 0 when it is open."""
        with self._lock:
            until = self._closed_until.get(gate, 0.0)
            if until <= now:
                self._closed_until.pop(gate, None)
            return max(0.0, until - now)

    def noted(self, gate: str, outcome: RetryAt | GiveUp, now: float) -> RetryAt | GiveUp:
        """`outcome`, after closing the gate if it says how long to wait."""
        if isinstance(outcome, RetryAt) and outcome.error == RATE_LIMITED and outcome.seconds:
            with self._lock:
                self._closed_until[gate] = now + outcome.seconds
        return outcome
