"""The database's clock, read here: what replicas on several machines agree on.

A lease is a time, so all who lease must mean the same by "now". Asking the database each time would
cost a round trip; instead its clock is read once a minute, and in between the time that has passed
here is added. That time goes on while the process is stopped or the machine sleeps, and no
correction of the machine's own clock touches it.
"""

from __future__ import annotations

import logging
import time
from threading import Lock
from typing import TYPE_CHECKING, Final

from sqlalchemy.exc import SQLAlchemyError

from bot.storage.statements import SERVER_TIME

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Engine

log = logging.getLogger("bot.storage")

READ_EVERY: Final = 60.0
"""Seconds; quartz drifts by some milliseconds meanwhile."""
_SLOW: Final = 1.0
"""A reading that took longer tells too little; another follows at once."""


def elapsed() -> float:
    """Seconds since some moment, counting those asleep where the system can tell."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()


class DatabaseClock:
    """Now, in Unix seconds of the database server; usable from any thread."""

    def __init__(self, engine: Engine, since: Callable[[], float] = elapsed) -> None:
        """Raises SQLAlchemyError when the database cannot be asked."""
        self._engine = engine
        self._since = since
        self._lock = Lock()
        self._offset = self._read()
        self._read_at = since()

    def __call__(self) -> float:
        """The time; a database that is down meanwhile is no matter."""
        if self._since() - self._read_at > READ_EVERY and self._lock.acquire(blocking=False):
            try:
                self._offset = self._read()
            except SQLAlchemyError:
                log.warning("the database's clock could not be read; going on with the last offset")
            finally:
                self._read_at = self._since()
                self._lock.release()
        return self._since() + self._offset

    def _read(self) -> float:
        """What to add to the time elapsed here; of three slow readings the quickest."""
        readings = []
        for _ in range(3):
            with self._engine.connect() as db:
                db.rollback()  # the connection is there; now only the question itself is timed
                before = self._since()
                server = float(db.execute(SERVER_TIME).scalar_one())
                took = self._since() - before
            readings.append((took, server - before - took / 2))
            if took < _SLOW:
                break
        return min(readings)[1]
