"""`firstcheck workspace` and `firstcheck keys`, on a database of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from slack_sdk.oauth.installation_store import Installation

from bot.cli import firstcheck
from bot.errors import ConfigError
from bot.storage import migrations
from bot.storage.engine import make_engine
from bot.storage.installations import InstallationStore
from bot.storage.vault import Vault, new_key

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings of many workspaces, one of which installed the bot."""
    key, url = new_key(), f"sqlite:///{tmp_path}/many.sqlite3"
    settings = {
        "SLACK_CLIENT_ID": "1.2",
        "SLACK_CLIENT_SECRET": "secret",
        "SLACK_SIGNING_SECRET": "0" * 32,
        "FIRSTCHECK_PUBLIC_URL": "https://firstcheck.example.com",
        "FIRSTCHECK_TOKEN_KEYS": key,
        "FIRSTCHECK_DATABASE": url,
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    engine = make_engine(url)
    migrations.upgrade(engine)
    InstallationStore("1.2", engine, Vault([key])).save(
        Installation(app_id="A1", team_id="T1", team_name="Acme", user_id="U1", bot_token="xoxb-x")
    )
    engine.dispose()


def run(*words: str) -> str:
    result = CliRunner().invoke(firstcheck, words, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_a_setting_is_set_shown_and_taken_back() -> None:
    assert run("workspace", "list") == "T1  Acme\n"
    run("workspace", "set", "T1", "working-hours", "08:30-17:00")
    shown = run("workspace", "show", "T1")
    assert "08:30-17:00  (its own)" in shown
    assert "Asia/Tokyo  (default)" in shown
    run("workspace", "set", "T1", "working-hours", "")
    assert "09:00-18:00  (default)" in run("workspace", "show", "T1")


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        (("T1", "langage", "en"), 'Did you mean "language"'),
        (("T1", "workers", "3"), "no setting of a workspace"),
        (("T1", "language", "fr"), "language is"),
        (("T2", "language", "en"), "T2 has not installed the app"),
    ],
)
def test_what_cannot_be_set_says_why(words: tuple[str, ...], wrong: str) -> None:
    with pytest.raises(ConfigError, match=wrong):
        run("workspace", "set", *words)


def test_one_workspace_is_told_where_its_settings_are(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SLACK_CLIENT_ID", "SLACK_SIGNING_SECRET"):
        monkeypatch.delenv(name)
    with pytest.raises(ConfigError, match="settings are in the environment"):
        run("workspace", "list")


def test_doctor_counts_the_installations() -> None:
    result = CliRunner().invoke(firstcheck, ["doctor"])
    assert "1 workspaces or organisations" in result.output
