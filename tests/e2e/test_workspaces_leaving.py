"""A workspace leaves, or seems to: what ends, how quietly, and that it may come back."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from slack_sdk import WebClient

from bot.workbench.standin.cast import TRIAGE
from tests.e2e.conftest import CALM, until
from tests.e2e.quarter import ACME, SAKURA_CO, SEED

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.quarter import Quarter

    Quarters = Callable[..., Quarter]

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
