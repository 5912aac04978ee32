"""`firstcheck db` and the roles of `firstcheck run`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from bot.cli import firstcheck, main
from bot.cli.doctor import examine
from bot.storage import migrations
from bot.storage.engine import make_engine

if TYPE_CHECKING:
    from pathlib import Path

    from tests.postgres import Postgres


@pytest.fixture(params=["sqlite", "postgresql"])
def database(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> str:
    url = f"sqlite:///{tmp_path}/db.sqlite3"
    if request.param == "postgresql":
        postgres: Postgres = request.getfixturevalue("postgres")
        url = postgres.database()
    monkeypatch.setenv("FIRSTCHECK_DATABASE", url)
    return url


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(firstcheck, list(words))
    return result.exit_code, result.output


def test_an_upgrade_is_due_until_it_is_done(database: str) -> None:
    newest = migrations.newest()
    assert run("db", "status") == (1, f"upgrade due: from an empty database to {newest}\n")
    engine = make_engine(database)
    migrations.upgrade(engine, "0001")
    engine.dispose()
    assert run("db", "status") == (1, f"upgrade due: from revision 0001 to {newest}\n")
    assert run("db", "upgrade") == (0, f"upgraded to revision {newest}\n")
    assert run("db", "upgrade") == (0, f"already at revision {newest}\n")
    assert run("db", "status") == (0, f"up to date: revision {newest}\n")


def test_doctor_says_when_an_upgrade_is_due(database: str) -> None:
    engine = make_engine(database)
    migrations.upgrade(engine, "0001")
    engine.dispose()
    environ = {
        "SLACK_BOT_TOKEN": "xoxb-1-2-abcdefgh",
        "SLACK_SIGNING_SECRET": "0123456789abcdef0123456789abcdef",
        "SLACK_API_URL": "http://127.0.0.1:9/api/",
        "FIRSTCHECK_DATABASE": database,
    }
    (about,) = (f for f in examine(environ) if f.about == "database")
    assert about.ok
    assert "upgraded at the next start, or by firstcheck db upgrade" in about.message


@pytest.mark.parametrize("role", ["ingress", "worker"])
def test_half_a_bot_needs_a_database_that_can_be_shared(
    role: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1-2-abcdefgh")
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-1-A1-1-abcdefgh")
    monkeypatch.setenv("FIRSTCHECK_DATABASE", f"sqlite:///{tmp_path}/db.sqlite3")
    with pytest.raises(SystemExit) as ended:
        main(["run", "--role", role])
    assert ended.value.code == 2
    assert f"--role {role} needs a database that several processes can share" in (
        capsys.readouterr().err
    )
