"""From a database URL to an engine with the right habits.

SQLite serves one process: WAL, synchronous=FULL (a committed task survives power loss), every
write transaction takes its lock at once (`BEGIN IMMEDIATE`), and a lock file keeps a second process
out. PostgreSQL serves many: a connection unused for some seconds is tried first, as a server that
restarts cuts it, and nobody waits long for one that is gone, be it the server or another replica.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
from math import inf
from pathlib import Path
from time import monotonic
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import quote

from sqlalchemy import create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DisconnectionError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from bot.errors import StorageError

if TYPE_CHECKING:
    from sqlalchemy import URL, Connection, Engine
    from sqlalchemy.pool import ConnectionPoolEntry

READS = "firstcheck_reads"
"""Execution option of a connection that only reads: it does not take the write lock."""

_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA secure_delete=ON",  # what people pasted does not linger in free pages
)
_CONNECTIONS = 10  # for each process: its threads, the one that accepts, and a look at its health
_IMPATIENCE = {
    "connect_timeout": 5,
    "tcp_user_timeout": 10_000,  # milliseconds: a server that vanished answers nothing
    "application_name": "firstcheck",
}
"""Unless the URL says otherwise."""
_STALLED = "2s"
"""A transaction takes milliseconds. Who stops in the middle of one (a frozen replica) has its
connection cut, as its locks keep others waiting; Slack gives these three seconds."""
_TRUSTED_SECONDS = 5.0
"""So long a connection is taken to be there still; to try it costs a round trip."""
_BUSY_SECONDS = 10  # a backup tool may hold the file for a moment


def make_engine(url: str, *, beside: bool = False) -> Engine:
    """The engine for `sqlite:///path` or `postgresql://…`; `dispose()` also frees the lock file.

    Args:
        url: where the database is.
        beside: for short work beside a bot that runs: on SQLite the lock file is left alone, and
            the file has to be there. Never for a mailbox, whose leases assume that nobody else is.

    Raises:
        StorageError: the URL is not understood, the file cannot be written or is in use, or the
            database driver is not installed.
    """
    parsed = parsed_url(url)
    match parsed.get_backend_name():
        case "sqlite":
            return _sqlite(parsed, beside=beside)
        case "postgresql":
            return _postgresql(parsed)
    raise StorageError(_usage(f"Databases of the kind {parsed.drivername} are not supported."))


def make_reader(url: str) -> Engine:
    """An engine that only reads, also while a bot has the database in use.

    Raises:
        StorageError: the URL is not understood, or there is no such file.
    """
    parsed = parsed_url(url)
    if parsed.get_backend_name() != "sqlite":
        return make_engine(url)
    path = _existing(parsed)
    uri = f"file:{quote(str(path))}?mode=ro"
    return create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(uri, uri=True, timeout=_BUSY_SECONDS),
        hide_parameters=True,
        poolclass=NullPool,
    )


def forget_log(engine: Engine) -> None:
    """On SQLite: empty the write-ahead log, in which deleted pages still stand.

    Where a reader is at it for long, the log stays until the next time.
    """
    if engine.dialect.name != "sqlite":
        return
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()


def parsed_url(url: str) -> URL:
    """A database URL in its parts. Raises StorageError."""
    try:
        return make_url(url)
    except (ArgumentError, ValueError) as error:
        raise StorageError(_usage("This is not a database URL.")) from error


def why(error: Exception) -> str:
    """The database's own words on one line, without statement, values and full stop."""
    words = str(error)
    if isinstance(error, SQLAlchemyError):
        words = str(getattr(error, "orig", None) or type(error).__name__)
    return " ".join(words.split()).rstrip(" .")


def _usage(problem: str) -> str:
    return f"{problem} Use sqlite:///path/to/firstcheck.sqlite3 or postgresql://user@host/database."


def _postgresql(url: URL) -> Engine:
    try:
        engine = create_engine(
            url,
            hide_parameters=True,
            pool_size=_CONNECTIONS,
            pool_use_lifo=True,  # those not needed for long may end
            connect_args={n: v for n, v in _IMPATIENCE.items() if n not in url.query},
        )
    except ModuleNotFoundError as error:
        raise StorageError(
            f"PostgreSQL needs the Python package {error.name}, which is not installed. "
            "It comes with Firstcheck: install that again, or use sqlite:///path."
        ) from error
    _try_the_unused(engine)
    event.listen(engine, "connect", _cut_the_stalled)
    return engine


def _cut_the_stalled(connection: Any, _record: object) -> None:
    connection.autocommit = True  # in a transaction it would be undone with it
    connection.execute(f"SET idle_in_transaction_session_timeout = '{_STALLED}'")
    connection.autocommit = False


def may_stall(db: Connection, within: str) -> None:
    """For this transaction, which waits for something else than the database: another limit.

    Args:
        db: in a transaction on PostgreSQL.
        within: a time as PostgreSQL writes it; 0 is without end.
    """
    setting = {"within": within}
    db.execute(
        text("SELECT set_config('idle_in_transaction_session_timeout', :within, true)"), setting
    )


def _try_the_unused(engine: Engine) -> None:
    """Try a connection before it is used after a pause, or after another was found cut.

    `pool_pre_ping` would try every one every time: a tenth of all round trips.
    """
    cut = -inf

    def is_cut(_connection: object, _record: object, _error: object) -> None:
        nonlocal cut
        cut = monotonic()

    def returned(_connection: object, record: ConnectionPoolEntry) -> None:
        record.info["returned"] = monotonic()

    def wanted(connection: Any, record: ConnectionPoolEntry, _proxy: object) -> None:
        last = record.info.get("returned", inf)
        if last < max(cut, monotonic() - _TRUSTED_SECONDS):
            try:
                engine.dialect.do_ping(connection)
            except engine.dialect.loaded_dbapi.Error as error:
                raise DisconnectionError from error

    event.listen(engine, "invalidate", is_cut)
    event.listen(engine, "checkin", returned)
    event.listen(engine, "checkout", wanted)


def _sqlite(url: URL, *, beside: bool) -> Engine:
    if url.database in {None, "", ":memory:"}:
        raise StorageError(_usage("This SQLite URL names no file."))
    path = _existing(url) if beside else file_of(url)
    lock = None if beside else reserve(path)
    engine = create_engine(
        url.set(database=str(path)),
        hide_parameters=True,  # an exception must not carry what people pasted
        connect_args={"timeout": _BUSY_SECONDS},
        pool_use_lifo=True,  # one connection does nearly all: its page cache stays valid
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    if lock:
        event.listen(engine, "engine_disposed", lambda _engine: lock.close())
    try:
        with engine.begin():  # takes the write lock: a read-only or foreign file fails here
            pass
    except SQLAlchemyError as error:
        engine.dispose()
        raise StorageError(f"{path} cannot be used as a database: {why(error)}.") from error
    return engine


def file_of(url: URL) -> Path:
    """The file of an SQLite URL."""
    return Path(str(url.database or "")).absolute()


def _existing(url: URL) -> Path:
    path = file_of(url)
    if not path.is_file():
        raise StorageError(f"There is no database {path}.")
    return path


def reserve(path: Path) -> IO[str]:
    """Make the folder and the file, readable by this user only, and lock it for this process.

    The lock ends when what is returned is closed. Raises StorageError.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = _lock(path)
        path.touch(mode=0o600)
    except OSError as error:
        raise StorageError(
            f"The database {path} cannot be written: {error.strerror}. "
            "Choose a folder this user may write to."
        ) from error
    return lock


def _lock(path: Path) -> IO[str]:
    """Hold `<file>.lock` until closed; the kernel frees it whatever kills the process."""
    lock = Path(f"{path}.lock").open("a+", encoding="ascii")  # noqa: SIM115  (open while we run)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        lock.seek(0)
        holder = lock.read().strip() or "unknown"
        lock.close()
        raise StorageError(
            f"The database {path} is in use by another Firstcheck (process {holder}). Stop that "
            "one first, or give this one a database of its own; several at once need PostgreSQL."
        ) from error
    lock.truncate(0)
    lock.write(str(os.getpid()))
    lock.flush()
    return lock


def _prepare(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # else the driver begins transactions by rules of its own
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _begin(connection: Connection) -> None:
    reads = connection.get_execution_options().get(READS)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")
