"""The command as a whole: help that helps, and no traceback for anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.cli import firstcheck

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

    Run = Callable[..., Result]
    Started = Callable[..., subprocess.CompletedProcess[bytes]]

COMMANDS = ["ask", "chat", "run", "workbench", "rules", "match", "manifest", "doctor"]


@pytest.mark.parametrize(
    "command",
    [[], *([c] for c in COMMANDS), ["rules", "lint"], ["rules", "test"], ["rules", "schema"]],
)
def test_every_command_explains_itself(run: Run, command: list[str]) -> None:
    result = run(*command, "--help")
    assert result.exit_code == 0
    assert "Usage: firstcheck" in result.stdout
    explained = result.stdout.partition("Options:")[0].split("\n", 2)[2]
    assert len(explained.split()) >= 8, "a sentence or an example"
    assert "\x08" not in result.stdout
    assert "\\b" not in result.stdout


def test_the_overview_names_every_command_and_the_exit_statuses(run: Run) -> None:
    overview = run("--help").stdout
    assert all(f"\n  {command} " in overview for command in COMMANDS)
    assert 'firstcheck ask "Outlook' in overview
    assert "Exit status: 0 done · 1 looked, and the answer is no · 2 it could not" in overview
    assert list(firstcheck.commands) == []  # each is imported only when it is asked for


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("aks", "ask"), ("doktor", "doctor"), ("rule", "rules"), ("mtach", "match")],
)
def test_a_slip_of_the_finger_is_understood(run: Run, typed: str, meant: str) -> None:
    result = run(typed)
    assert result.exit_code == 2
    assert f"Did you mean '{meant}'?" in result.stderr


def test_what_is_like_no_command_is_refused_plainly(run: Run) -> None:
    result = run("xyzzy")
    assert result.exit_code == 2
    assert "No such command 'xyzzy'" in result.stderr
    assert "Did you mean" not in result.stderr


def test_a_wrong_option_is_refused_plainly(run: Run) -> None:
    result = run("ask", "--wyh", "x")
    assert result.exit_code == 2
    assert "--why" in result.stderr


def test_the_version_is_told(started: Started) -> None:
    done = started("--version")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"firstcheck, version ")


@pytest.mark.parametrize("command", ["run", "workbench"])
def test_a_wrong_setting_ends_it_with_its_name_and_the_fix(started: Started, command: str) -> None:
    done = started(command, env={"FIRSTCHECK_WORKERS": "many"})
    assert done.returncode == 2
    assert b"FIRSTCHECK_WORKERS" in done.stderr
    assert b"Traceback" not in done.stderr


def test_the_workbench_is_not_taken_for_the_bot_that_serves_people(
    started: Started, tmp_path: Path
) -> None:
    file = tmp_path / "firstcheck.toml"
    file.write_text('[slack]\nsigning_secret = "0123456789abcdef"\n')
    for name, value in {
        "SLACK_BOT_TOKEN": "xoxb-1-2-3",
        "SLACK_CLIENT_SECRET": "0123456789abcdef",
        "FIRSTCHECK_CONFIG": str(file),
    }.items():
        done = started("workbench", "--port", "0", env={name: value})
        assert done.returncode == 2
        assert b"--despite-tokens" in done.stderr
        assert value.encode() not in done.stderr


@pytest.mark.parametrize("command", [("ask", "AADSTS50126"), ("rules", "list")])
def test_the_bots_settings_in_a_file_and_its_secrets_elsewhere_keep_no_rule_from_being_read(
    started: Started, tmp_path: Path, command: tuple[str, ...]
) -> None:
    file = tmp_path / "firstcheck.toml"
    file.write_text('[slack]\nclient_id = "1.2"\n')
    done = started(*command, env={"FIRSTCHECK_CONFIG": str(file)})
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_setting_misspelt_is_not_passed_over(started: Started) -> None:
    done = started("run", env={"FIRSTCHECK_WORKER": "4"})
    assert done.returncode == 2
    assert b'Did you mean "FIRSTCHECK_WORKERS"?' in done.stderr
