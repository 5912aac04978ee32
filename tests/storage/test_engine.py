"""Opening a database: what is refused, and with which words."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from bot.errors import StorageError
from bot.storage import migrations
from bot.storage.beside import open_beside
from bot.storage.engine import make_engine
from bot.storage.mailbox import open_mailbox
from bot.storage.workspace_tables import metadata

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    engine = make_engine(url)
    yield engine
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def any_engine(request: pytest.FixtureRequest, url: str) -> Iterator[Engine]:
    """An empty database of each kind."""
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres").database()
    engine = make_engine(url)
    yield engine
    engine.dispose()


@pytest.mark.parametrize(
    "url",
    [
        "",
        "firstcheck.sqlite3",
        "sqlite://",
        "sqlite:///:memory:",
        "mysql://helpdesk:s3cret@db/firstcheck",
        "postgresql://helpdesk:s3cret@db:port/firstcheck",
    ],
)
def test_a_url_that_cannot_be_used_is_answered_with_one_that_can(url: str) -> None:
    with pytest.raises(StorageError, match="Use sqlite:///path") as refused:
        make_engine(url)
    assert "s3cret" not in str(refused.value)


def test_a_missing_driver_is_named_with_the_way_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StorageError, match=r"psycopg, which is not installed.*install that again"):
        make_engine("postgresql://helpdesk@db/firstcheck")


def test_the_folder_is_made_and_the_file_is_private(engine: Engine) -> None:
    path = Path(str(engine.url.database))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(StorageError, match=r"file/db\.sqlite3 cannot be written.*Choose a folder"):
        make_engine(f"sqlite:///{tmp_path}/file/db.sqlite3")


def test_a_file_that_is_no_database_is_named_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "holiday.jpg"
    path.write_bytes(b"\xff\xd8\xff\xe0" * 1000)
    with pytest.raises(StorageError, match=r"holiday\.jpg cannot be used as a database"):
        make_engine(f"sqlite:///{path}")
    assert path.read_bytes() == b"\xff\xd8\xff\xe0" * 1000


def test_a_commit_waits_for_the_disk(engine: Engine) -> None:
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == 2


def test_a_second_process_is_refused_until_the_first_is_gone(url: str, sql: object) -> None:
    assert sql
    script = "import sys; from bot.storage.mailbox import open_mailbox; open_mailbox(sys.argv[1])"
    second = subprocess.run(
        [sys.executable, "-c", script, url], capture_output=True, text=True, check=False
    )
    assert second.returncode == 1
    assert "is in use by another Firstcheck (process " in second.stderr
    assert "Stop that one first" in second.stderr


def test_closing_lets_the_next_one_in(url: str) -> None:
    first = open_mailbox(url)
    with pytest.raises(StorageError, match="in use"):
        open_mailbox(url)
    first.close()
    first.close()
    open_mailbox(url).close()


def test_the_tables_are_brought_up_to_date_once(any_engine: Engine) -> None:
    engine = any_engine
    assert migrations.current(engine) is None
    with pytest.raises(StorageError, match="Run firstcheck db upgrade"):
        migrations.expect_current(engine)
    migrations.upgrade(engine)
    migrations.expect_current(engine)
    migrations.upgrade(engine)
    assert migrations.current(engine) == migrations.newest()


def test_the_migrations_lead_to_the_tables_the_code_uses(any_engine: Engine) -> None:
    engine = any_engine
    migrations.upgrade(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_the_partial_indexes_are_those_of_the_tables(engine: Engine, tmp_path: Path) -> None:
    """Alembic compares columns but no conditions of indexes."""
    migrations.upgrade(engine)
    fresh = make_engine(f"sqlite:///{tmp_path}/fresh.sqlite3")
    metadata.create_all(fresh)
    assert indexes(engine) == indexes(fresh)
    fresh.dispose()


def test_a_database_of_a_newer_version_is_left_alone(engine: Engine, url: str) -> None:
    migrations.upgrade(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    engine.dispose()
    for _again in range(2):  # a refused start must not keep the file locked
        with pytest.raises(StorageError, match="newer version"):
            open_mailbox(url)
    with pytest.raises(StorageError, match="newer version"):
        open_beside(url)


def indexes(engine: Engine) -> set[str]:
    with engine.connect() as connection:
        rows = connection.exec_driver_sql(
            "SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        )
        return {" ".join(sql.split()) for (sql,) in rows if "alembic" not in sql}
