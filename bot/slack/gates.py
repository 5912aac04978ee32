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
        self._closed: dict[str, tuple[float, float]] = {}
        """From when until when: by a clock that was set back since, it would be for long."""

    def wait(self, gate: str, now: float) -> float:
        """Seconds until this gate opens; 0 when it is open."""
        with self._lock:
            since, until = self._closed.get(gate, (now, now))
            if since <= now < until:
                return until - now
            self._closed.pop(gate, None)
            return 0.0

    def noted(self, gate: str, outcome: RetryAt | GiveUp, now: float) -> RetryAt | GiveUp:
        """`outcome`, after closing the gate if it says how long to wait."""
        if isinstance(outcome, RetryAt) and outcome.error == RATE_LIMITED and outcome.seconds:
            with self._lock:
                self._closed[gate] = (now, now + outcome.seconds)
        return outcome
