"""The reports a bot kept, redacted, until they are purged: read beside it while it runs."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

from cattrs import BaseValidationError
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import StorageError
from bot.helpdesk.codec import KIND_OF, from_json
from bot.helpdesk.incoming import Report
from bot.storage.engine import make_reader, why
from bot.storage.tables import task

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine

_BATCH = 1_000
"""Rows read in one short transaction: a long one would keep the bot's database from shrinking."""


def kept_reports(url: str) -> Iterator[Report]:
    """What people wrote, also what was merely overheard, the first kept first; edits come again.

    Raises:
        StorageError: there is no such database, or it cannot be read.
    """
    engine = make_reader(url)
    try:
        yield from _reports(engine)
    except SQLAlchemyError as error:
        raise StorageError(f"The database could not be read: {why(error)}.") from error
    finally:
        engine.dispose()


def _reports(engine: Engine) -> Iterator[Report]:
    last = -1
    while rows := _rows(engine, last):
        for seq, body in rows:
            last = seq
            if report := _report(body):
                yield report


def _rows(engine: Engine, last: int) -> list[tuple[int, Any]]:
    wanted = (
        select(task.c.seq, task.c.body)
        .where(task.c.seq > last, task.c.kind == KIND_OF[Report], task.c.body.is_not(None))
        .order_by(task.c.seq)
        .limit(_BATCH)
    )
    with engine.connect() as db, closing(db.execute(wanted)) as found:
        return [(seq, body) for seq, body in found]


def _report(body: Any) -> Report | None:
    """None for one that another version wrote and this one cannot read."""
    try:
        return from_json(body, Report)
    except (BaseValidationError, TypeError, KeyError):
        return None
