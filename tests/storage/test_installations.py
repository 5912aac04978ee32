"""Who installed the app: kept sealed, found by organisation and team, forgotten in time."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from slack_sdk.oauth.installation_store import Installation

from bot.errors import StorageError
from bot.storage import migrations
from bot.storage.engine import make_engine
from bot.storage.install_states import KEPT_S, STATE_SECONDS, StateStore
from bot.storage.installations import InstallationStore, WorkspaceSettings
from bot.storage.vault import Vault, new_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine

KEY = new_key()


def installation(
    team: str | None, token: str, enterprise: str | None = None, at: float = 1000.0
) -> Installation:
    return Installation(
        app_id="A1",
        enterprise_id=enterprise,
        team_id=team,
        team_name=team,
        bot_token=token,
        bot_refresh_token=f"xoxe-{token}",
        bot_token_expires_at=int(at) + 43_200,
        bot_id="B1",
        bot_user_id="U1",
        bot_scopes="chat:write",
        user_id="U2",
        is_enterprise_install=team is None,
        installed_at=at,
    )


@pytest.fixture
def engine(any_url: str) -> Iterator[Engine]:
    engine = make_engine(any_url)
    migrations.upgrade(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def store(engine: Engine) -> InstallationStore:
    return InstallationStore("1.2", engine, Vault([KEY]))


def test_a_workspace_is_found_by_its_organisation_and_team(store: InstallationStore) -> None:
    long = "xoxe.xoxb-1-" + "x" * 160
    store.save(installation("T1", long))
    store.save(installation("T1", "of-grid", "E1"))
    store.save(installation(None, "org-wide", "E1"))
    tokens = {key: store.find(key) for key in ("T1", "E1.T1", "E1.T9", "E1", "T9", "E9.T1")}
    assert {key: found and found.token for key, found in tokens.items()} == {
        "T1": long, "E1.T1": "of-grid", "E1.T9": "org-wide", "E1": "org-wide",
        "T9": None, "E9.T1": None,
    }  # fmt: skip


def test_times_mean_the_same_in_every_time_zone(
    store: InstallationStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        store.save(installation("T1", "a", at=1000.0))
        found = store.find("T1")
    finally:
        monkeypatch.undo()
        time.tzset()
    assert found is not None
    assert (found.installed_at, found.expires_at) == (1000.0, 44_200.0)


def test_what_is_installed_later_survives_an_old_removal(store: InstallationStore) -> None:
    store.save(installation("T1", "old", at=1000.0))
    store.save(installation("T1", "new", at=2000.0))
    assert store.forget("T1", 1500.0) == 0  # of the old one nothing is left
    found = store.find("T1")
    assert found is not None
    assert found.token == "new"
    assert store.forget("T1", 2000.0) == 2
    assert store.find("T1") is None


def test_another_key_opens_nothing_until_it_is_added(
    store: InstallationStore, engine: Engine
) -> None:
    store.save(installation("T1", "xoxb-secret"))
    fresh = new_key()
    with pytest.raises(StorageError, match="FIRSTCHECK_TOKEN_KEYS"):
        InstallationStore("1.2", engine, Vault([fresh])).find("T1")
    assert InstallationStore("1.2", engine, Vault([fresh, KEY])).renew() == 4
    found = InstallationStore("1.2", engine, Vault([fresh])).find("T1")
    assert found is not None
    assert found.token == "xoxb-secret"
    assert "xoxb-secret" not in repr(found)


def test_a_state_is_good_once_also_for_eight_at_a_time(engine: Engine) -> None:
    states, others = (StateStore(engine, "the client secret", lambda: 1000.0) for _ in range(2))
    state = states.issue()
    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(others.consume, [state] * 8)) == 1
    assert not states.consume(state)
    assert not states.consume("never issued")


def test_a_state_is_written_when_it_is_consumed_and_until_it_lapses(engine: Engine) -> None:
    now = [1000.0]
    states = StateStore(engine, "the client secret", lambda: now[0])

    def rows() -> int:
        with engine.connect() as db:
            count: int = db.exec_driver_sql("SELECT count(*) FROM slack_oauth_states").scalar_one()
        return count

    issued = [states.issue() for _ in range(3)]
    assert rows() == 0
    assert states.consume(issued[0])
    assert rows() == 1
    now[0] += STATE_SECONDS + 1
    assert not states.consume(issued[1]), "it lapsed"
    now[0] += KEPT_S
    assert states.consume(states.issue())
    assert rows() == 1, "the one that lapsed is deleted"


@pytest.mark.parametrize("forged", ["9999999999.x.", ".", "", "é.é.é", "1.2.3.4", "x" * 500])
def test_a_state_that_is_not_ours_is_refused(engine: Engine, forged: str) -> None:
    states = StateStore(engine, "the client secret", lambda: 1000.0)
    assert not states.consume(forged)
    lapses, rest = states.issue().split(".", 1)
    assert not states.consume(f"{int(lapses) + 60}.{rest}"), "it may not be lengthened"
    assert not states.consume(StateStore(engine, "another secret", lambda: 1000.0).issue())


def test_an_exchanged_token_is_kept_sealed_by_the_one_whose_turn_it_is(
    store: InstallationStore,
) -> None:
    store.save(installation("T1", "old"))
    found = store.find("T1")
    assert found is not None
    with store.only_one("T1"):
        store.rotated(replace(found, token="new", refresh_token="xoxe-new", expires_at=90_000.0))
    after = store.find("T1")
    assert after is not None
    assert (after.token, after.refresh_token, after.expires_at) == ("new", "xoxe-new", 90_000.0)


def test_an_exchange_that_ends_late_leaves_a_new_installation_alone(
    store: InstallationStore,
) -> None:
    store.save(installation("T1", "old", at=1000.25))
    found = store.find("T1")
    assert found is not None
    store.save(installation("T1", "installed again", at=1000.5))
    store.rotated(replace(found, token="exchanged"))
    after = store.find("T1")
    assert after is not None
    assert after.token == "installed again"


def test_a_workspaces_settings_win_over_its_organisations(engine: Engine) -> None:
    settings = WorkspaceSettings(engine)
    settings.put("E1", "language", "en")
    settings.put("E1", "holidays", "JP")
    settings.put("E1.T1", "language", "ja")
    assert settings.of("E1.T1") == {"language": "ja", "holidays": "JP"}
    assert settings.of("E1.T2") == {"language": "en", "holidays": "JP"}
    assert settings.of("T1") == {}
    settings.put("E1.T1", "language", "")
    assert settings.of("E1.T1")["language"] == "en"


def test_one_workspace_imports_none_of_it() -> None:
    code = (
        "import sys, bot.bootstrap.serve, bot.slack.app, bot.storage.mailbox\n"
        "print([n for n in sys.modules if n.startswith(('cryptography', 'bot.storage.vault',"
        " 'bot.storage.install', 'bot.storage.workspace', 'bot.bootstrap.workspaces'))])"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ
    )
    assert run.stdout.strip() == "[]"
