"""`firstcheck db`: the tables before a new version starts, and copies of a database file."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.bootstrap.clock import clock
from bot.config import load
from bot.storage import migrations
from bot.storage.engine import make_engine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine


@click.group("db")
def command() -> None:
    """The database: is it up to date, bring it there; back it up, and put a backup back.

    `firstcheck run` brings it up to date by itself. Do it here first where the bot's own database
    user must not change tables, or where a rollout shall not begin before it is done. The version
    before goes on working meanwhile.
    """


@command.command()
def status() -> None:
    """Say whether the tables are up to date; exit status 1 if not."""
    with _database() as engine:
        now, newest = migrations.current(engine), migrations.newest()
    if now == newest:
        click.echo(f"up to date: revision {now}")
        return
    click.echo(f"upgrade due: from {f'revision {now}' if now else 'an empty database'} to {newest}")
    sys.exit(1)


@command.command()
def upgrade() -> None:
    """Bring the tables up to date. Several at once wait for each other; nothing is lost."""
    with _database() as engine:
        before = migrations.current(engine)
        migrations.upgrade(engine)
        now = migrations.current(engine)
    done = f"already at revision {now}" if before == now else f"upgraded to revision {now}"
    click.echo(done)


@command.command()
@click.argument("file", type=click.Path(path_type=Path))
def backup(file: Path) -> None:
    """Copy the database file to FILE, also while the bot runs.

    FILE must not exist; only its owner can read it. For PostgreSQL use pg_dump.
    """
    from bot.storage.backup import back_up

    back_up(load(os.environ).database, file)
    click.echo(f"backed up to {file} ({file.stat().st_size:,} bytes)")


@command.command()
@click.argument("file", type=click.Path(path_type=Path))
def restore(file: Path) -> None:
    """Put the backup FILE in the place of the database file. Stop the bot first.

    FILE stays as it is, and the database of before is kept beside the new one. What was due in the
    backup may have been done since: the bot looks in Slack for each such post before it makes it.
    """
    from bot.storage.backup import restore as put_back

    before = put_back(load(os.environ).database, file, clock())
    click.echo(f"restored from {file}")
    if before:
        click.echo(f"the database of before is {before}; delete it when all is well")


@command.command()
def restored() -> None:
    """Tell the bot that PostgreSQL holds an older copy, after pg_restore, before it starts.

    What was due in the copy may have been done since: the bot looks in Slack for each such post
    before it makes it. `firstcheck db restore` does this by itself.
    """
    from bot.storage.backup import put_in_doubt

    with _database() as engine:
        count = put_in_doubt(engine, clock())
    click.echo(f"tasks that were due, to be looked for in Slack before they are done: {count}")


@contextmanager
def _database() -> Iterator[Engine]:
    engine = make_engine(load(os.environ).database)
    try:
        yield engine
    finally:
        engine.dispose()
