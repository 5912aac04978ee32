"""A database put back beside a key file: the same one, another one, and none of that time."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from bot.bootstrap.clock import clock
from bot.storage.backup import back_up, restore
from bot.storage.vault import new_key
from tests.e2e.conftest import until
from tests.e2e.quarter import SAKURA_CO, SEED

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bot.workbench.standin import Message
    from tests.e2e.quarter import Quarter

POSTS = "SELECT count(*), count(done_at) FROM task WHERE kind = 'post'"
"""How many there are, and how many are done."""


class Site:
    """A workspace, secrets in files, and a copy of the database, in which an answer waits."""

    def __init__(self, quarter: Callable[..., Quarter], folder: Path) -> None:
        self.keys, secret = folder / "keys", folder / "client-secret"
        self.keys.write_text(f"# of the tokens\n{new_key()}\n", "utf-8")
        files = {
            "FIRSTCHECK_TOKEN_KEYS": "",
            "FIRSTCHECK_TOKEN_KEYS_FILE": str(self.keys),
            "SLACK_CLIENT_SECRET": "",
            "SLACK_CLIENT_SECRET_FILE": str(secret),
        }
        self.many = many = quarter(SAKURA_CO, rotates=True, started=False, **files)
        secret.write_text(many.slack.grants.client_secret, "utf-8")
        many.start()
        many.install(SAKURA_CO.id)
        self.answered = self.ask("sakura")
        self.first = many.answered(SAKURA_CO.id, self.answered)[0]
        slack = many.one(SAKURA_CO.id)
        slack.faults.rate_limit("chat.postMessage", times=99, retry_after=2.0)
        self.waiting = self.ask("alex")
        until(lambda: many.rows(POSTS) == [(2, 1)], "its answer waits")
        back_up(many.database, folder / "copy")
        many.stop()
        slack.faults.clear()
        restore(many.database, folder / "copy", clock())

    def ask(self, who: str) -> Message:
        return self.many.one(SAKURA_CO.id).people.post(who, "help-it", SEED)

    def goes_on(self) -> None:
        """What waited is answered, what was begun goes on, what is new is answered."""
        self.many.answered(SAKURA_CO.id, self.waiting)
        self.many.press(SAKURA_CO.id, self.first, "直りました")
        self.many.answered(SAKURA_CO.id, self.answered, 2)
        self.many.answered(SAKURA_CO.id, self.ask("sato"))

    def doctor(self) -> tuple[int, str]:
        run = subprocess.run(
            [sys.executable, "-m", "bot", "doctor"],
            env=self.many.environ(), capture_output=True, text=True, check=False,
        )  # fmt: skip
        return run.returncode, run.stdout


@pytest.fixture
def site(quarter: Callable[..., Quarter], tmp_path: Path) -> Site:
    return Site(quarter, tmp_path)


def test_with_the_key_file_of_the_copy_all_goes_on(site: Site) -> None:
    assert site.doctor()[0] == 0
    site.many.start()
    site.goes_on()
    assert "ERROR" not in site.many.log()


@pytest.mark.parametrize("lost", [False, True], ids=["found again", "lost"])
def test_with_another_key_it_is_said_which_setting_and_nothing_is_lost(
    site: Site, *, lost: bool
) -> None:
    many, of_the_copy = site.many, site.keys.read_text("utf-8")
    tokens = many.rows("SELECT bot_token, bot_refresh_token FROM slack_bots")
    site.keys.write_text(new_key(), "utf-8")
    code, said = site.doctor()
    assert code == 1
    assert f"FIX  installations: {SAKURA_CO.id}" in said
    assert "FIRSTCHECK_TOKEN_KEYS_FILE" in said

    many.start()
    until(lambda: "FIRSTCHECK_TOKEN_KEYS_FILE" in many.log(), "the log names it, too")
    assert many.rows(POSTS) == [(2, 1)]
    assert many.rows("SELECT bot_token, bot_refresh_token FROM slack_bots") == tokens
    if lost:
        many.install(SAKURA_CO.id)
    else:
        many.stop()
        site.keys.write_text(f"{site.keys.read_text('utf-8')}\n{of_the_copy}", "utf-8")
        many.start()
    site.goes_on()
    many.stop()
    assert site.doctor()[0] == 0
