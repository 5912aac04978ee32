"""The schema's history. Additive steps only: the version before must be able to go on meanwhile."""

from __future__ import annotations

from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING, Final

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy.exc import ProgrammingError, SQLAlchemyError

from bot.errors import StorageError
from bot.storage.engine import may_stall, why

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

_NEWER: Final = (
    "A newer version of Firstcheck has used this database. Start that version, "
    "or restore the backup made before the upgrade."
)
_ADVISORY_LOCK = 7_103_646  # any number, the same for every replica


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the tables up to date, in one transaction; replicas starting together wait in line.

    Where nothing is due nothing is written, so a bot may run without the right to change tables.

    Raises:
        StorageError: a newer program wrote this database, or it refuses.
    """
    try:
        with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                if MigrationContext.configure(connection).get_current_revision() == newest():
                    return
                may_stall(connection, "0")  # the steps are read from files meanwhile
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_ADVISORY_LOCK})")
            command.upgrade(_config(connection), revision)
    except CommandError as error:
        raise StorageError(_NEWER) from error
    except SQLAlchemyError as error:
        raise StorageError(f"The tables could not be brought up to date: {why(error)}.") from error


def current(engine: Engine) -> str | None:
    """The revision the database is at; None when it is empty. Raises StorageError."""
    try:
        with engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()
    except SQLAlchemyError as error:
        raise StorageError(f"The database could not be read: {why(error)}.") from error


def expect_current(engine: Engine) -> None:
    """Raises StorageError unless the tables are those of this version."""
    now = current(engine)
    if _is_newer(now):
        raise StorageError(_NEWER)
    if now != newest():
        raise StorageError("The tables are not up to date. Run firstcheck db upgrade.")


class Standing(Enum):
    """What a program that starts now would find."""

    UP_TO_DATE = auto()
    DUE = auto()
    NOT_ALLOWED = auto()
    """An upgrade is due, and this database user may not do it."""
    READ_ONLY = auto()
    """This database user may not write."""
    NEWER = auto()
    """A newer program wrote it."""


def standing(engine: Engine) -> Standing:
    """How the tables are, and whether this user may do with them what is needed.

    Raises StorageError.
    """
    now = current(engine)
    try:
        with engine.connect() as connection:
            if now == newest():
                return Standing.UP_TO_DATE if _writable(connection) else Standing.READ_ONLY
            if _is_newer(now):
                return Standing.NEWER
            return Standing.DUE if _changeable(connection) else Standing.NOT_ALLOWED
    except SQLAlchemyError as error:
        raise StorageError(f"The database could not be read: {why(error)}.") from error


def _is_newer(revision: str | None) -> bool:
    """Whether this program does not know it."""
    scripts = ScriptDirectory.from_config(_config())
    return revision not in {None, *(script.revision for script in scripts.walk_revisions())}


def _writable(connection: Connection) -> bool:
    """A statement that changes no row asks for the right to all the same."""
    try:
        connection.exec_driver_sql("UPDATE lane SET fence = fence WHERE 1 = 0")
    except ProgrammingError:
        return False
    return True


def _changeable(connection: Connection) -> bool:
    if connection.dialect.name != "postgresql":
        return True
    asked = "SELECT has_schema_privilege(current_schema(), 'CREATE')"
    return bool(connection.exec_driver_sql(asked).scalar())


def newest() -> str | None:
    """The revision this program works with."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def _config(connection: Connection | None = None) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("path_separator", "os")
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    return config
