"""`firstcheck db`: the tables of the database, before a new version starts."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from bot.config import load
from bot.storage import migrations
from bot.storage.engine import make_engine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine


@click.group("db")
def command() -> None:
    """The database: is it up to date, and bring it there.

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


@contextmanager
def _database() -> Iterator[Engine]:
    engine = make_engine(load(os.environ).database)
    try:
        yield engine
    finally:
        engine.dispose()
