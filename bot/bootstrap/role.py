"""What one process of several does."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """Which half of the bot a process is."""

    ALL = "all"
    """Listens to Slack, and works."""
    INGRESS = "ingress"
    """Listens, keeps what comes, and leaves the work to others."""
    WORKER = "worker"
    """Works, and listens to nobody."""

    @property
    def listens(self) -> bool:
        """Whether Slack reaches it."""
        return self is not Role.WORKER

    @property
    def works(self) -> bool:
        """Whether it does tasks."""
        return self is not Role.INGRESS
