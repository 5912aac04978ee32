"""`firstcheck doctor`: what is in place, and what is to be done about the rest."""

from __future__ import annotations

import json
import socket
import threading
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy.engine import make_url
from typing_extensions import override

from bot.bootstrap.clock import clock
from bot.cli import doctor
from bot.storage import migrations
from bot.storage.engine import make_engine
from bot.workbench.standin import AppSettings, Options, StandinThread, Timings
from bot.workbench.standin.app_settings import SCOPES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from subprocess import CompletedProcess

    from click.testing import Result

    from tests.postgres import Postgres

    Run = Callable[..., Result]


@pytest.fixture(scope="module")
def slack() -> Iterator[StandinThread]:
    with StandinThread(Options(timings=Timings.quick())) as standin:
        yield standin


def settings(slack: StandinThread, tmp_path: Path, **more: str) -> dict[str, str]:
    return {
        "SLACK_API_URL": slack.base_url,
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "FIRSTCHECK_DATABASE": f"sqlite:///{tmp_path / 'bot.sqlite3'}",
        **more,
    }


def findings(result: Result) -> dict[str, dict[str, Any]]:
    """What was found, the worst of each thing looked at."""
    found: dict[str, dict[str, Any]] = {}
    for finding in json.loads(result.stdout):
        if finding["about"] not in found or not finding["ok"]:
            found[finding["about"]] = finding
    return found


def test_without_tokens_everything_is_ready_for_the_workbench(run: Run) -> None:
    result = run("doctor")
    assert result.exit_code == 0
    assert "FIX" not in result.stdout
    assert "no tokens: the workbench will be started" in result.stdout
    assert "rules, version" in result.stdout


def test_every_wrong_setting_is_named_with_its_fix(run: Run) -> None:
    result = run("doctor", env={"FIRSTCHECK_WORKERS": "many", "FIRSTCHECK_LANGUAGE": "de"})
    assert result.exit_code == 1
    assert "FIX  settings" in result.stdout
    assert "FIRSTCHECK_WORKERS" in result.stdout
    assert "FIRSTCHECK_LANGUAGE" in result.stdout


def test_broken_rules_are_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "vpn").mkdir()
    (tmp_path / "vpn" / "mine.yaml").write_text("id: mine\n", "utf-8")
    result = run("doctor", env={"FIRSTCHECK_RULES": f"shipped:{tmp_path}"})
    assert result.exit_code == 1
    assert "mine.yaml:1:1" in result.stdout
    assert "FIRSTCHECK_RULES" in result.stdout


def test_with_good_tokens_all_is_well(run: Run, slack: StandinThread, tmp_path: Path) -> None:
    result = run("doctor", "--json", env=settings(slack, tmp_path))
    assert result.exit_code == 0, result.stdout
    found = findings(result)
    assert set(found) >= {"settings", "rules", "database", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"}
    assert not (tmp_path / "bot.sqlite3-wal").exists()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-not-it"}, ("SLACK_BOT_TOKEN", "Bot User OAuth Token")),
        ({"SLACK_APP_TOKEN": "xapp-not-it"}, ("SLACK_APP_TOKEN", "connections:write")),
        ({"FIRSTCHECK_TRIAGE_CHANNEL": "C0NOWHERE"}, ("FIRSTCHECK_TRIAGE_CHANNEL", "/invite")),
    ],
)
def test_what_slack_refuses_is_told_with_the_way_out(
    run: Run, slack: StandinThread, tmp_path: Path, wrong: dict[str, str], told: tuple[str, str]
) -> None:
    result = run("doctor", "--json", env=settings(slack, tmp_path, **wrong))
    assert result.exit_code == 1
    about, fix = told
    finding = findings(result)[about]
    assert not finding["ok"]
    assert fix in finding["fix"]
    assert all(token not in result.output for token in ("xoxb-", "xapp-"))


def test_a_scope_that_is_missing_is_named_with_what_it_is_for(run: Run, tmp_path: Path) -> None:
    fewer = AppSettings(scopes=tuple(s for s in SCOPES if s != "commands"), commands=())
    with StandinThread(Options(timings=Timings.quick(), app=fewer)) as slack:
        result = run("doctor", "--json", env=settings(slack, tmp_path))
    assert result.exit_code == 1
    assert "commands is missing" in findings(result)["scopes"]["message"]


def test_a_scope_it_works_without_is_named_and_needs_no_mending(run: Run, tmp_path: Path) -> None:
    fewer = AppSettings(scopes=tuple(s for s in SCOPES if s != "assistant:write"))
    with StandinThread(Options(timings=Timings.quick(), app=fewer)) as slack:
        result = run("doctor", "--json", env=settings(slack, tmp_path))
    assert result.exit_code == 0
    assert "works without" in findings(result)["scopes"]["message"]


def test_slack_out_of_reach_is_told_without_a_traceback(run: Run, tmp_path: Path) -> None:
    environ = {
        "SLACK_API_URL": "http://127.0.0.1:9/api/",
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_APP_TOKEN": "xapp-1",
        "FIRSTCHECK_DATABASE": f"sqlite:///{tmp_path / 'bot.sqlite3'}",
    }
    result = run("doctor", env=environ)
    assert result.exit_code == 1
    assert "cannot be reached" in result.stdout


def test_what_the_sdk_says_of_it_does_not_stand_before_the_findings(
    started: Callable[..., CompletedProcess[bytes]], tmp_path: Path
) -> None:
    environ = {
        "SLACK_API_URL": "http://127.0.0.1:9/api/",
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_APP_TOKEN": "xapp-1",
        "FIRSTCHECK_DATABASE": f"sqlite:///{tmp_path / 'bot.sqlite3'}",
    }
    done = started("doctor", env=environ)
    assert (done.returncode, done.stderr) == (1, b"")


def test_a_proxy_that_answers_in_slacks_place_is_no_wrong_token(run: Run, tmp_path: Path) -> None:
    with a_page_for_everything() as address:
        environ = {
            "SLACK_API_URL": address,
            "SLACK_BOT_TOKEN": "xoxb-1",
            "SLACK_APP_TOKEN": "xapp-1",
            "FIRSTCHECK_DATABASE": f"sqlite:///{tmp_path / 'bot.sqlite3'}",
        }
        found = findings(run("doctor", "--json", env=environ))
    assert "something else answers there" in found["Slack"]["message"]
    assert "the proxy and SLACK_API_URL" in found["Slack"]["fix"]
    assert "SLACK_BOT_TOKEN" not in found


@contextmanager
def a_page_for_everything() -> Iterator[str]:
    """What asks people to log in before it lets anything through."""

    class Page(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"<html><body>Please log in</body></html>")

        @override
        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/api/"
        server.shutdown()


def test_with_two_wrong_tokens_both_are_told(
    run: Run, slack: StandinThread, tmp_path: Path
) -> None:
    wrong = {"SLACK_BOT_TOKEN": "xoxb-not-it", "SLACK_APP_TOKEN": "xapp-not-it"}
    found = findings(run("doctor", "--json", env=settings(slack, tmp_path, **wrong)))
    assert [found[name]["ok"] for name in wrong] == [False, False]


def test_a_database_that_cannot_be_used_is_told(
    run: Run, slack: StandinThread, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("no folder", "utf-8")
    nowhere = {"FIRSTCHECK_DATABASE": f"sqlite:///{tmp_path}/file/bot.sqlite3"}
    result = run("doctor", "--json", env=settings(slack, tmp_path, **nowhere))
    assert result.exit_code == 1
    assert not findings(result)["database"]["ok"]


def test_beside_a_running_bot_its_database_is_no_trouble(
    run: Run, slack: StandinThread, tmp_path: Path
) -> None:
    environ = settings(slack, tmp_path)
    engine = make_engine(environ["FIRSTCHECK_DATABASE"])
    result = run("doctor", "--json", env=environ)
    engine.dispose()
    assert result.exit_code == 0, result.stdout
    assert findings(result)["database"]["message"] == "in use by a bot that runs"


HTTP = {"SLACK_APP_TOKEN": "", "SLACK_SIGNING_SECRET": "0123456789abcdef0123456789abcdef"}


@pytest.mark.parametrize(
    ("refused", "told"),
    [
        (("apps.connections.open", "missing_scope"), ("SLACK_APP_TOKEN", "connections:write")),
        (("conversations.history", "not_in_channel"), ("FIRSTCHECK_TRIAGE_CHANNEL", "/invite")),
        (
            ("conversations.history", "missing_scope"),
            ("FIRSTCHECK_TRIAGE_CHANNEL", "groups:history"),
        ),
    ],
)
def test_what_an_app_lacks_is_told_with_the_way_out(
    run: Run, slack: StandinThread, tmp_path: Path, refused: tuple[str, str], told: tuple[str, str]
) -> None:
    slack.faults.answer(*refused)
    environ = settings(slack, tmp_path, FIRSTCHECK_TRIAGE_CHANNEL="C0TRIAGE01")
    found = findings(run("doctor", "--json", env=environ))
    slack.faults.clear()
    about, fix = told
    assert refused[1] in found[about]["message"]
    assert fix in found[about]["fix"]


def test_tokens_in_each_others_place_are_told(
    run: Run, slack: StandinThread, tmp_path: Path
) -> None:
    wrong = {"SLACK_BOT_TOKEN": slack.app_token, "SLACK_APP_TOKEN": slack.bot_token}
    result = run("doctor", env=settings(slack, tmp_path, **wrong))
    assert result.exit_code == 1
    assert "should start with xoxb- but starts with xapp-" in result.stdout
    assert "App-Level Tokens" in result.stdout


def test_what_slack_does_not_tell_is_said_to_be_unknown(
    run: Run, slack: StandinThread, tmp_path: Path
) -> None:
    found = findings(run("doctor", "--json", env=settings(slack, tmp_path)))
    assert "Slack does not tell" in found["events"]["message"]


def test_a_clock_that_is_off_is_told(
    run: Run, slack: StandinThread, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environ = settings(slack, tmp_path)
    assert findings(run("doctor", "--json", env=environ))["clock"]["ok"]
    for off, told in ((420.0, "7 min ahead"), (-600.0, "10 min behind")):
        monkeypatch.setattr(doctor, "clock", lambda off=off: clock() + off)
        found = findings(run("doctor", "--json", env=environ))["clock"]
        assert told in found["message"]
        assert "timedatectl" in found["fix"]


def test_a_port_that_is_taken_is_told(run: Run, slack: StandinThread, tmp_path: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as other:
        port = str(other.getsockname()[1])
        environ = settings(slack, tmp_path, **HTTP, FIRSTCHECK_HTTP_PORT=port)
        found = findings(run("doctor", "--json", env=environ))["FIRSTCHECK_HTTP_PORT"]
    assert (found["ok"], port in found["message"]) == (False, True)
    assert "set FIRSTCHECK_HTTP_PORT to another port" in found["fix"]
    assert findings(run("doctor", "--json", env=environ))["FIRSTCHECK_HTTP_PORT"]["ok"]


def test_an_address_of_another_machine_is_told(
    run: Run, slack: StandinThread, tmp_path: Path
) -> None:
    environ = settings(slack, tmp_path, **HTTP, FIRSTCHECK_HTTP_HOST="203.0.113.1")
    found = findings(run("doctor", "--json", env=environ))["FIRSTCHECK_HTTP_PORT"]
    assert (found["ok"], "FIRSTCHECK_HTTP_HOST" in found["fix"]) == (False, True)


def test_a_database_of_a_newer_version_is_told(
    run: Run, slack: StandinThread, tmp_path: Path
) -> None:
    environ = settings(slack, tmp_path)
    engine = make_engine(environ["FIRSTCHECK_DATABASE"])
    migrations.upgrade(engine)
    with engine.begin() as db:
        db.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    engine.dispose()
    found = findings(run("doctor", "--json", env=environ))["database"]
    assert "newer version" in found["message"]
    assert "restore the backup" in found["fix"]


def test_a_database_user_without_rights_is_told(
    run: Run, slack: StandinThread, tmp_path: Path, postgres: Postgres
) -> None:
    url = make_url(postgres.database())
    postgres.do(f"CREATE ROLE {url.database}_bot LOGIN")
    theirs = url.set(username=f"{url.database}_bot").render_as_string(hide_password=False)
    environ = settings(slack, tmp_path, FIRSTCHECK_DATABASE=theirs)
    found = findings(run("doctor", "--json", env=environ))["database"]
    assert "may not change them" in found["message"]
    assert "firstcheck db upgrade" in found["fix"]
    engine = make_engine(url.render_as_string(hide_password=False))
    migrations.upgrade(engine)
    with engine.begin() as db:
        db.exec_driver_sql(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {url.database}_bot")
    found = findings(run("doctor", "--json", env=environ))["database"]
    assert (found["ok"], found["fix"][:5]) == (False, "GRANT")
    with engine.begin() as db:
        db.exec_driver_sql(f"GRANT UPDATE ON ALL TABLES IN SCHEMA public TO {url.database}_bot")
    engine.dispose()
    assert findings(run("doctor", "--json", env=environ))["database"]["ok"]


def test_many_workspaces_have_no_triage_channel_of_one(
    run: Run, slack: StandinThread, tmp_path: Path
) -> None:
    database = f"sqlite:///{tmp_path}/bot.sqlite3"
    engine = make_engine(database)
    migrations.upgrade(engine)
    engine.dispose()
    environ = {
        "SLACK_API_URL": slack.base_url,
        "SLACK_CLIENT_ID": "1.2",
        "SLACK_CLIENT_SECRET": "secret",
        "SLACK_APP_TOKEN": "xapp-not-it",
        "FIRSTCHECK_PUBLIC_URL": "https://firstcheck.example.com",
        "FIRSTCHECK_TOKEN_KEYS": "k" * 43 + "=",
        "FIRSTCHECK_DATABASE": database,
        "FIRSTCHECK_TRIAGE_CHANNEL": "C0TRIAGE01",
    }
    found = findings(run("doctor", "--json", env=environ))
    assert "workspace set TEAM triage-channel" in found["FIRSTCHECK_TRIAGE_CHANNEL"]["fix"]
    assert "connections:write" in found["SLACK_APP_TOKEN"]["fix"]
    assert found["installations"]["ok"], found
