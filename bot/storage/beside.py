"""The database as those see it who come by while a bot is at work: to show and forget."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.errors import StorageError
from bot.storage import migrations
from bot.storage.engine import make_engine
from bot.storage.mailbox import SqlMailbox

if TYPE_CHECKING:
    from sqlalchemy import Engine


def open_beside(url: str) -> SqlMailbox:
    """The mailbox at this URL; nothing may be leased from it. Raises as `engine_beside`."""
    return SqlMailbox(engine_beside(url))


def engine_beside(url: str) -> Engine:
    """The engine for short work beside a bot that may be at work.

    Raises:
        StorageError: see `bot.storage.engine.make_engine`; or the tables are of another version.
    """
    engine = make_engine(url, beside=True)
    try:
        migrations.expect_current(engine)
    except StorageError:
        engine.dispose()
        raise
    return engine
