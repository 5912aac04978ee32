"""What is older than the retention period is forgotten, in short batches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.storage import statements, tallies
from bot.storage.limits import KEEP_IDS

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from bot.storage.prepared import Prepared

_BATCH: Final = 500
"""Rows in one transaction."""


def forget_ids(connection: Connection, prepared: Prepared, before: float) -> int:
    """Whole rows of tasks, once Slack will not deliver them again; how many."""
    limits = {"before": before - KEEP_IDS, "batch": _BATCH}
    return prepared.on(connection).do(statements.FORGET_IDS, limits)


def forget_bodies(connection: Connection, prepared: Prepared, before: float) -> int:
    """What done tasks said; how many."""
    limits = {"before": before, "batch": _BATCH}
    return prepared.on(connection).do(statements.FORGET_BODIES, limits)


def forget_lanes(connection: Connection, prepared: Prepared, before: float) -> int:
    """Conversations at rest; what became of them is counted. How many."""
    db = prepared.on(connection)
    lanes = db.rows(statements.FORGETTABLE_LANES, {"before": before, "batch": _BATCH})
    tallies.count(connection, [(lane["key"], lane["state"]) for lane in lanes])
    for lane in lanes:
        db.do(statements.FORGET_LANE, {"lane_": lane["key"]})
        db.do(statements.FORGET_NOTE, {"lane_": lane["key"]})
    return len(lanes)


STEPS: Final = (forget_ids, forget_bodies, forget_lanes)
"""One batch each; done when there is no more."""
