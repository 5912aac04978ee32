"""Copies of the database, and what must be done to one before a bot goes on with it.

A copy is older than the world: what was due in it may have been done since. So everything due is
put in doubt, and the messenger looks in Slack for each post before it makes it.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from bot.errors import StorageError
from bot.storage import migrations
from bot.storage.engine import file_of, make_engine, make_reader, parsed_url, reserve, why
from bot.storage.prepared import Prepared
from bot.storage.statements import DOUBT

if TYPE_CHECKING:
    from sqlalchemy import Engine


def back_up(url: str, target: Path) -> None:
    """Copy a database file, also while a bot writes to it; the copy is one file, and whole.

    Raises:
        StorageError: it is PostgreSQL, whose own tools do this; the target exists; or it failed.
    """
    source = _file(url, "use pg_dump, see Backup in deploy/README.md")
    if not source.is_file():
        raise StorageError(f"There is no database {source}.")
    if target.exists():
        raise StorageError(f"{target} exists already. Name a file that does not.")
    part = target.with_name(f"{target.name}.part")
    try:
        _copy(source, part)
        part.rename(target)
    except (OSError, sqlite3.Error) as error:
        raise StorageError(f"The backup {target} could not be written: {error}.") from error
    finally:
        part.unlink(missing_ok=True)


def restore(url: str, source: Path, now: float) -> Path | None:
    """Put a copy in the place of the database file; where the one before lies now, if there was.

    Raises:
        StorageError: it is PostgreSQL; a bot is running; the copy is damaged, none of ours, or of a
            newer version.
    """
    path = _file(url, "use pg_restore, then firstcheck db restored, see deploy/README.md")
    if not source.is_file():
        raise StorageError(f"There is no backup {source}.")
    with closing(reserve(path)):
        part = path.with_name(f"{path.name}.part")
        try:
            _copy(source, part)
            _prepare(part, source, now)
            return _exchange(path, part, now)
        except (OSError, sqlite3.Error) as error:
            raise StorageError(f"{source} could not be restored: {error}.") from error
        finally:
            for end in ("", "-wal", "-shm"):
                Path(f"{part}{end}").unlink(missing_ok=True)


def put_in_doubt(engine: Engine, now: float) -> int:
    """Say of all that is due by `now` that it may have been done; how many tasks.

    Brings the tables up to date first. Raises StorageError.
    """
    migrations.upgrade(engine)
    try:
        with engine.begin() as connection:
            return Prepared(engine.dialect).on(connection).do(DOUBT, {"now": now})
    except (SQLAlchemyError, engine.dialect.loaded_dbapi.Error) as error:
        raise StorageError(f"The database could not be written: {why(error)}.") from error


def _file(url: str, otherwise: str) -> Path:
    parsed = parsed_url(url)
    if parsed.get_backend_name() != "sqlite":
        raise StorageError(f"This is for a database file. For PostgreSQL, {otherwise}.")
    return file_of(parsed)


def _copy(source: Path, part: Path) -> None:
    """Page by page under one read lock, which does not keep a bot from writing."""
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)
    with (
        closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as there,
        closing(sqlite3.connect(part)) as here,
    ):
        there.backup(here)
        here.execute("PRAGMA journal_mode=DELETE")  # no second file beside the copy
        (found,) = here.execute("PRAGMA quick_check(1)").fetchone()
    if found != "ok":
        raise sqlite3.DatabaseError(f"it is damaged, {found}")
    with part.open("rb") as written:
        os.fsync(written.fileno())


def _prepare(part: Path, source: Path, now: float) -> None:
    reader = make_reader(f"sqlite:///{part}")
    known = migrations.current(reader)
    reader.dispose()
    if known is None:
        raise StorageError(f"{source} is no backup of Firstcheck: its tables are missing.")
    engine = make_engine(f"sqlite:///{part}", beside=True)
    try:
        put_in_doubt(engine, now)
    finally:
        engine.dispose()


def _exchange(path: Path, part: Path, now: float) -> Path | None:
    """Both files of the one before go together: its journal must never meet another database."""
    before = path.with_name(f"{path.name}.before-{now:.0f}")
    was_there = path.stat().st_size > 0
    for end in ("-wal", "-shm", ""):
        old = Path(f"{path}{end}")
        if old.exists():
            old.rename(f"{before}{end}") if was_there else old.unlink()
    part.rename(path)
    return before if was_there else None
