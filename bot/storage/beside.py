"""The mailbox as those see it who come by while a bot is at work."""

from __future__ import annotations

from bot.errors import StorageError
from bot.storage import migrations
from bot.storage.engine import make_engine
from bot.storage.mailbox import SqlMailbox


def open_beside(url: str) -> SqlMailbox:
    """The mailbox at this URL beside a bot that may be at work: to show and forget, not to lease.

    Raises:
        StorageError: see `bot.storage.engine.make_engine`; or the tables are of another version.
    """
    engine = make_engine(url, beside=True)
    try:
        migrations.expect_current(engine)
    except StorageError:
        engine.dispose()
        raise
    return SqlMailbox(engine)
