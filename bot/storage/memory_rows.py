"""The rows of the mailbox in memory, as in the tables."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Row:
    """A row of the task table."""

    seq: int
    id: str
    lane: str
    kind: str
    due_at: float
    body: str
    """JSON; empty once purged."""
    attempts: int = 0
    maybe_sent: bool = False
    looked: bool = False
    first_try: float | None = None
    last_try: float | None = None
    done_at: float | None = None
    result: str = "{}"

    @property
    def turn(self) -> tuple[bool, float, int]:
        """Its place in the lane: one that was begun first, then by due time."""
        return self.first_try is None, self.due_at, self.seq

    def is_due(self, now: float) -> bool:
        """Whether it may be handed out."""
        return self.due_at <= now or self.first_try is not None


@dataclass(slots=True)
class Lane:
    """A row of the lane table, with the tasks that are not done."""

    key: str
    state: str | None = None
    wake_at: float | None = None
    lease_until: float = 0.0
    owner: str | None = None
    fence: int = 0
    idle_since: float | None = None
    open: list[Row] = field(default_factory=list)

    def ready_at(self) -> float:
        """When it may be leased."""
        return max(self.wake_at or 0.0, self.lease_until)

    def let_go(self) -> None:
        """Whoever has it leased finds it taken over."""
        self.fence, self.owner, self.lease_until = self.fence + 1, None, 0.0


def state_of(lane: Lane) -> dict[str, Any]:
    """What is kept for it; empty for a new one."""
    state: dict[str, Any] = json.loads(lane.state or "{}")
    return state
