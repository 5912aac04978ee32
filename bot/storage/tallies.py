"""What became of cases: counted when their conversation is forgotten, and read."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

from sqlalchemy import null, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import StorageError
from bot.helpdesk.outcomes import summed, tally_of
from bot.helpdesk.ports import Tally
from bot.storage.engine import make_reader, why
from bot.storage.tables import lane, outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy import Connection

_BATCH = 1_000


def count(db: Connection, lanes: Iterable[tuple[str, Any]]) -> None:
    """Count the cases of these lanes (key, state), which are forgotten in this transaction."""
    found = [tally for key, state in lanes if (tally := tally_of(key, state))]
    insert: Any = postgresql.insert if db.dialect.name == "postgresql" else sqlite.insert
    for tally in summed(found):
        new = insert(outcome).values(
            day=tally.day,
            team=tally.team,
            rule=tally.rule,
            ended=tally.ended,
            step=tally.step,
            cases=tally.cases,
        )
        more = {"cases": outcome.c.cases + new.excluded.cases}
        db.execute(new.on_conflict_do_update(index_elements=list(outcome.primary_key), set_=more))


def read(db: Connection) -> list[Tally]:
    """Those counted, and those of the conversations at hand."""
    counted = [Tally(**row) for row in db.execute(select(outcome)).mappings()]
    return summed([*counted, *_at_hand(db)])


def kept_tallies(url: str) -> list[Tally]:
    """The same, also while a bot has the database in use.

    Raises:
        StorageError: there is no such database, or it cannot be read.
    """
    engine = make_reader(url)
    try:
        with engine.connect() as db:
            return read(db)
    except SQLAlchemyError as error:
        raise StorageError(f"The database could not be read: {why(error)}.") from error
    finally:
        engine.dispose()


def _at_hand(db: Connection) -> Iterator[Tally]:
    last = ""
    while True:
        wanted = (
            select(lane.c.key, lane.c.state)
            .where(lane.c.key > last, lane.c.state.is_not(null()))
            .order_by(lane.c.key)
            .limit(_BATCH)
        )
        with closing(db.execute(wanted)) as found:
            rows = [(key, state) for key, state in found]
        if not rows:
            return
        last = rows[-1][0]
        yield from (tally for key, state in rows if (tally := tally_of(key, state)))
