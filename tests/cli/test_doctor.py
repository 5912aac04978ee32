"""`firstcheck doctor`: what is in place, and what is to be done about the rest."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from bot.storage.engine import make_engine
from bot.workbench.standin import AppSettings, Options, StandinThread, Timings
from bot.workbench.standin.app_settings import SCOPES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from click.testing import Result

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
