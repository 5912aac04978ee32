"""Many workspaces and several processes on PostgreSQL: tokens exchanged once, nothing mixed."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from bot.workbench.standin.cast import TRIAGE
from tests.e2e.conftest import CALM, until
from tests.e2e.quarter import ACME, GRID, OSAKA, SAKURA_CO, SEED, TOKYO

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.quarter import Quarter

    Quarters = Callable[..., Quarter]

DUE = 3600.0
"""Seconds a token lives that is to be exchanged before the next post."""


def split(many: Quarter) -> None:
    """One process that listens; two that work."""
    many.start("--role", "ingress")
    for _ in range(2):
        many.run("--role", "worker")
    until(lambda: many.log().count("at work: role worker") == 2, "both are at work")


def test_several_processes_serve_several_workspaces(shared_quarter: Quarters) -> None:
    many = shared_quarter(SAKURA_CO, ACME, TOKYO, OSAKA, started=False)
    split(many)
    for team in (SAKURA_CO, ACME, TOKYO):
        many.install(team.id)
    rooms = {SAKURA_CO: "help-it", ACME: "help-it"}
    rooms |= {team: many.room(team.id, f"C0{team.domain.upper()}") for team in (TOKYO, OSAKA)}
    roots = {t: many.one(t.id).people.post("sakura", room, SEED) for t, room in rooms.items()}
    first = {team: many.answered(team.id, root)[0] for team, root in roots.items()}
    many.press(OSAKA.id, first[OSAKA], "直りました")
    many.answered(OSAKA.id, roots[OSAKA], 2)
    time.sleep(CALM)
    answers = {team: len(many.replies(team.id, root)) for team, root in roots.items()}
    assert answers == {SAKURA_CO: 1, ACME: 1, TOKYO: 1, OSAKA: 2}
    many.one(TOKYO.id).uninstall()
    held = "SELECT DISTINCT team FROM conversation"
    until(lambda: sorted(many.rows(held)) == [(ACME.id,), (SAKURA_CO.id,)], f"{GRID} is forgotten")
    again = many.one(ACME.id).people.post("alex", "help-it", SEED)
    many.answered(ACME.id, again)


def test_two_processes_exchange_a_token_once(shared_quarter: Quarters) -> None:
    alone = {"FIRSTCHECK_WORKERS": "1"}  # so that each gets one of the first two
    many = shared_quarter(SAKURA_CO, rotates=True, lasts=DUE, started=False, **alone)
    split(many)
    many.install(SAKURA_CO.id)
    many.slack.grants.lasts = 43_200
    many.slack.faults.delay("oauth.v2.access", 1.0, times=9)
    people = many.one(SAKURA_CO.id).people
    roots = [people.post(who, "help-it", SEED) for who in ("sakura", "alex", "sato")]
    for root in roots:
        many.answered(SAKURA_CO.id, root)
    assert [answer["ok"] for answer in many.slack.exchanges] == [True, True]
    assert "no new token" not in many.log()


def test_an_exchange_whose_answer_is_lost_is_told_in_time_and_mended_by_installing_again(
    shared_quarter: Quarters,
) -> None:
    many = shared_quarter(SAKURA_CO, rotates=True, lasts=DUE)
    many.install(SAKURA_CO.id)
    many.cli("workspace", "set", SAKURA_CO.id, "triage-channel", TRIAGE.id)
    many.cli("workspace", "set", SAKURA_CO.id, "language", "en")
    many.slack.faults.lose_reply("oauth.v2.access")
    root = many.one(SAKURA_CO.id).people.post("sakura", "help-it", SEED)
    many.answered(SAKURA_CO.id, root)  # the old token is good yet
    many.stop()  # and nothing but the old pair is known any more
    many.start()
    more = many.one(SAKURA_CO.id).people.post("alex", "help-it", SEED)
    many.answered(SAKURA_CO.id, more)
    told = many.one(SAKURA_CO.id).messages
    until(lambda: bool(told(TRIAGE.id)), "staff are told while it can be told")
    (notice,) = told(TRIAGE.id)
    assert "Slack no longer renews" in notice.text
    assert f"http://127.0.0.1:{many.port}/slack/install" in notice.text

    many.slack.grants.lapse()
    waiting = many.one(SAKURA_CO.id).people.post("sato", "help-it", SEED)
    time.sleep(CALM)
    assert many.replies(SAKURA_CO.id, waiting) == []
    many.slack.grants.lasts = 43_200
    many.install(SAKURA_CO.id)
    many.answered(SAKURA_CO.id, waiting)
    assert len(told(TRIAGE.id)) == 1


def test_an_answer_that_is_lost_is_asked_for_again_at_once(shared_quarter: Quarters) -> None:
    many = shared_quarter(SAKURA_CO, rotates=True, lasts=DUE)
    many.install(SAKURA_CO.id)
    many.slack.grants.lasts, many.slack.grants.grace = 43_200, 5.0
    many.slack.faults.lose_reply("oauth.v2.access")
    people = many.one(SAKURA_CO.id).people
    for who in ("sakura", "alex"):
        many.answered(SAKURA_CO.id, people.post(who, "help-it", SEED))
    assert [answer["ok"] for answer in many.slack.exchanges] == [True, True, True]
    assert "no new token" not in many.log()
    granted = [many.slack.grants.find(one["access_token"]) for one in many.slack.exchanges]
    dead = [bool(grant and grant.dead) for grant in granted]
    assert dead == [True, False, False], "Slack lets two live"


DIES = (
    "import os; from bot.storage.installations import InstallationStore as Store; "
    "Store.rotated = lambda *_: os._exit(9); "
    "from bot.cli import firstcheck; firstcheck(['run'])"
)
"""A bot that is killed when Slack has answered, before the database knows."""


@pytest.mark.parametrize("in_time", [True, False], ids=["in time", "too late"])
def test_a_process_killed_in_the_moment_of_an_exchange(quarter: Quarters, *, in_time: bool) -> None:
    many = quarter(SAKURA_CO, rotates=True, lasts=DUE)
    many.install(SAKURA_CO.id)
    many.cli("workspace", "set", SAKURA_CO.id, "triage-channel", TRIAGE.id)
    many.stop()
    many.slack.grants.lasts, many.slack.grants.grace = 43_200, 600.0 if in_time else 0.0
    command = [sys.executable, "-c", DIES]
    with (many.folder / "dies.log").open("wb") as log:
        dies = subprocess.Popen(command, env=many.environ(), stdout=log, stderr=log)
    many.processes.append(dies)
    url = f"http://127.0.0.1:{many.port}/slack/events"
    until(lambda: many.loop.run(many.slack.use_request_url(url)), "it listens")
    root = many.one(SAKURA_CO.id).people.post("sakura", "help-it", SEED)
    assert dies.wait(20) == 9
    many.processes.clear()
    assert many.replies(SAKURA_CO.id, root) == []

    many.start()
    many.answered(SAKURA_CO.id, root)
    again = many.one(SAKURA_CO.id).people.post("alex", "help-it", SEED)
    many.answered(SAKURA_CO.id, again)
    told = many.one(SAKURA_CO.id).messages
    if in_time:
        assert [answer["ok"] for answer in many.slack.exchanges] == [True, True, True]
        assert told(TRIAGE.id) == []
    else:
        until(lambda: len(told(TRIAGE.id)) == 1, "staff are told while it can be told")
        assert "更新できなくなりました" in told(TRIAGE.id)[0].text
