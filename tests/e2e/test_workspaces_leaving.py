"""A workspace leaves, or seems to: what ends, how quietly, and that it may come back."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from slack_sdk import WebClient

from bot.workbench.standin import Team
from bot.workbench.standin.cast import TRIAGE
from tests.e2e.conftest import CALM, until
from tests.e2e.quarter import ACME, GRID, OSAKA, SAKURA_CO, SEED, TOKYO

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.quarter import Quarter

    Quarters = Callable[..., Quarter]

NARA = Team(id="T0NARA0001", name="奈良", domain="nara", enterprise=GRID)
"""Of the same organisation, with an installation of its own."""
HELD = "SELECT DISTINCT team FROM conversation"
OPEN = "SELECT count(*) FROM task WHERE done_at IS NULL"
TEXTS = "SELECT count(*) FROM task WHERE body IS NOT NULL AND kind <> 'left'"


def give_back(many: Quarter, token: str) -> None:
    client = WebClient(token, base_url=f"{many.slack.origin}/api/")
    assert client.auth_revoke()["revoked"]


def test_a_persons_revoked_token_ends_nothing(quarter: Quarters) -> None:
    many = quarter(SAKURA_CO)
    many.install(SAKURA_CO.id)
    root = many.one(SAKURA_CO.id).people.post("sakura", "help-it", SEED)
    many.answered(SAKURA_CO.id, root)
    many.one(SAKURA_CO.id).revoke_token_of("sato")
    until(lambda: all(one.acked for one in many.one(SAKURA_CO.id).deliveries), "it is delivered")
    time.sleep(CALM)
    assert many.rows(HELD) == [(SAKURA_CO.id,)]
    again = many.one(SAKURA_CO.id).people.post("alex", "help-it", SEED)
    many.answered(SAKURA_CO.id, again)


def test_the_bots_revoked_token_ends_all_and_the_workspace_may_come_back(quarter: Quarters) -> None:
    many = quarter(SAKURA_CO)
    many.install(SAKURA_CO.id)
    root = many.one(SAKURA_CO.id).people.post("sakura", "help-it", SEED)
    many.answered(SAKURA_CO.id, root)
    give_back(many, many.slack.exchanges[0]["access_token"])
    until(lambda: many.rows(HELD) == [], "it is forgotten")
    until(lambda: many.rows(OPEN) == [(0,)], "all is done")
    assert many.rows(TEXTS) == [(0,)]
    time.sleep(1.1)  # Slack tells times in whole seconds
    many.install(SAKURA_CO.id)
    again = many.one(SAKURA_CO.id).people.post("alex", "help-it", SEED)
    many.answered(SAKURA_CO.id, again)


def test_an_old_token_that_is_revoked_while_a_newer_one_is_good_ends_nothing(
    quarter: Quarters,
) -> None:
    many = quarter(SAKURA_CO, rotates=True, lasts=3600)
    many.install(SAKURA_CO.id)
    many.slack.grants.lasts = 43_200
    root = many.one(SAKURA_CO.id).people.post("sakura", "help-it", SEED)
    many.answered(SAKURA_CO.id, root)
    give_back(many, many.slack.exchanges[0]["access_token"])
    until(lambda: "looked at again" in many.log(), "the event is there")
    time.sleep(CALM)
    assert many.rows(HELD) == [(SAKURA_CO.id,)]
    again = many.one(SAKURA_CO.id).people.post("alex", "help-it", SEED)
    many.answered(SAKURA_CO.id, again)


def test_what_was_still_to_be_posted_ends_without_an_alarm(quarter: Quarters) -> None:
    many = quarter(SAKURA_CO, ACME)
    for team in (SAKURA_CO, ACME):
        many.install(team.id)
        many.cli("workspace", "set", team.id, "triage-channel", TRIAGE.id)
    gone, stays = many.one(ACME.id), many.one(SAKURA_CO.id)
    gone.faults.rate_limit("chat.postMessage", times=99, retry_after=2.0)
    for _ in range(4):
        for who in ("sakura", "alex", "sato"):
            gone.people.post(who, "help-it", SEED)
    waiting = "SELECT count(*) FROM task WHERE kind = 'post' AND done_at IS NULL"
    until(lambda: many.rows(waiting)[0][0] >= 3, "answers wait")
    gone.faults.clear()
    gone.uninstall()
    until(lambda: many.rows(OPEN) == [(0,)], "nothing waits")
    said = many.rows("SELECT DISTINCT error FROM task WHERE kind = 'post'")
    assert said == [("ended",)]
    assert many.rows(TEXTS) == [(0,)]
    assert "set aside" not in many.log()
    assert "ERROR" not in many.log()
    root = stays.people.post("sakura", "help-it", SEED)
    many.answered(SAKURA_CO.id, root)
    assert stays.messages(TRIAGE.id) == []


def test_what_another_process_still_takes_of_it_ends_as_quietly(shared_quarter: Quarters) -> None:
    many = shared_quarter(ACME, started=False)
    many.start("--role", "ingress")
    many.run("--role", "worker")
    many.install(ACME.id)
    root = many.one(ACME.id).people.post("sakura", "help-it", SEED)
    many.answered(ACME.id, root)
    many.one(ACME.id).uninstall()
    until(lambda: many.rows(HELD) == [], "the worker forgot it; the other knows it for a minute")
    many.one(ACME.id).people.post("alex", "help-it", SEED)
    late = "SELECT count(*) FROM task WHERE kind = 'post'"
    before = many.rows(late)[0][0]
    until(lambda: many.rows(late)[0][0] > before, "an answer was to be posted")
    until(lambda: many.rows(OPEN) == [(0,)], "nothing waits")
    assert many.rows(HELD) == []
    assert many.rows(TEXTS) == [(0,)]
    assert "set aside" not in many.log()


@pytest.mark.parametrize("socket", [False, True], ids=["http", "socket"])
def test_an_organisation_takes_the_app_from_one_workspace_and_the_others_go_on(
    quarter: Quarters, *, socket: bool
) -> None:
    many = quarter(TOKYO, OSAKA, socket=socket)
    many.install(TOKYO.id)
    rooms = {team: many.room(team.id, f"C0{team.domain.upper()}") for team in (TOKYO, OSAKA)}
    roots = {t: many.one(t.id).people.post("sakura", room, SEED) for t, room in rooms.items()}
    first = {team: many.answered(team.id, root)[0] for team, root in roots.items()}
    osaka = many.one(OSAKA.id)
    osaka.faults.rate_limit("chat.postMessage", times=99, retry_after=2.0)
    osaka.people.post("sato", rooms[OSAKA], SEED)
    waiting = f"{OPEN} AND lane LIKE '%{OSAKA.id}%' AND kind <> 'timer'"
    until(lambda: many.rows(waiting)[0][0] > 0, "an answer waits")

    osaka.withhold()
    until(lambda: many.rows(HELD) == [(f"{GRID}.{TOKYO.id}",)], "its conversations are forgotten")
    osaka.faults.clear()
    until(lambda: many.rows(waiting) == [(0,)], "nothing waits")
    assert many.rows(f"{OPEN} AND lane LIKE '{GRID}.{OSAKA.id}:%'") == [(0,)], "no reminder either"
    late = osaka.people.post("sakura", rooms[OSAKA], SEED)  # as an event that was on its way
    until(lambda: all(one.acked for one in osaka.deliveries), "it is delivered")
    time.sleep(CALM)
    until(lambda: many.rows(waiting) == [(0,)], "it ended")
    assert many.replies(OSAKA.id, late) == []
    assert len(osaka.messages(rooms[OSAKA])) == 4, "three questions, one answer"
    kept = many.rows("SELECT lane FROM task WHERE body IS NOT NULL")
    assert not [lane for (lane,) in kept if lane.startswith(f"{GRID}.{OSAKA.id}:")]
    assert "set aside" not in many.log()
    assert "ERROR" not in many.log()
    assert many.rows("SELECT enterprise_id, team_id FROM slack_bots") == [(GRID, None)]

    many.press(TOKYO.id, first[TOKYO], "直りました")
    many.answered(TOKYO.id, roots[TOKYO], 2)
    many.slack.grants.let_in(OSAKA.id)
    again = osaka.people.post("sakura", rooms[OSAKA], SEED)
    many.answered(OSAKA.id, again)


def test_a_workspace_with_an_installation_of_its_own_is_not_the_organisations_to_end(
    quarter: Quarters,
) -> None:
    many = quarter(TOKYO, NARA)
    many.install(TOKYO.id)
    many.install(NARA.id)
    room = many.room(NARA.id, "C0NARA")
    root = many.one(NARA.id).people.post("sakura", room, SEED)
    first = many.answered(NARA.id, root)[0]
    many.one(NARA.id).withhold()
    done = "SELECT count(*) FROM task WHERE kind = 'taken' AND done_at IS NOT NULL"
    until(lambda: many.rows(done) == [(1,)], "the event is there")
    many.press(NARA.id, first, "直りました")
    many.answered(NARA.id, root, 2)
