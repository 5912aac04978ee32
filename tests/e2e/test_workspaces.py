"""Many workspaces, over HTTP as at Slack: install, answer, exchange tokens, remove. None mixes."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from bot.storage.vault import new_key
from tests.e2e.conftest import CALM, until
from tests.e2e.quarter import ACME, GRID, OSAKA, SAKURA_CO, SEED, TOKYO

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.quarter import Quarter


def test_two_workspaces_with_the_same_ids_never_mix(quarter: Callable[..., Quarter]) -> None:
    many = quarter(SAKURA_CO, ACME)
    many.install(SAKURA_CO.id)
    many.install(ACME.id)
    many.cli("workspace", "set", ACME.id, "language", "en")
    here = many.one(SAKURA_CO.id).people.post("sakura", "help-it", SEED)
    there = many.one(ACME.id).people.post("sakura", "help-it", SEED)
    first = many.answered(SAKURA_CO.id, here)[0]
    many.answered(ACME.id, there)
    many.press(SAKURA_CO.id, first, "直りました")
    many.answered(SAKURA_CO.id, here, 2)
    time.sleep(CALM)
    assert len(many.answered(ACME.id, there)) == 1
    for team in (SAKURA_CO, ACME):
        posts = [call for call in many.one(team.id).calls if call.method.startswith("chat.")]
        assert all(call.answer["ok"] for call in posts)
    listed = many.cli("workspace", "list")
    assert SAKURA_CO.id in listed
    assert ACME.id in listed


def test_an_event_costs_slack_no_request_but_the_answer(quarter: Callable[..., Quarter]) -> None:
    many = quarter(SAKURA_CO)
    many.install(SAKURA_CO.id)
    installed = len(many.one(SAKURA_CO.id).calls)
    for _ in range(5):
        many.one(SAKURA_CO.id).people.post("alex", "help-it", "おはようございます")
    root = many.one(SAKURA_CO.id).people.post("sakura", "help-it", SEED)
    many.answered(SAKURA_CO.id, root)
    calls = [call.method for call in many.one(SAKURA_CO.id).calls][installed:]
    assert calls == ["chat.postMessage"]


def test_tokens_lie_encrypted_and_keys_can_be_exchanged(quarter: Callable[..., Quarter]) -> None:
    many = quarter(SAKURA_CO, rotates=True)
    many.install(SAKURA_CO.id)
    (granted,) = many.slack.exchanges
    many.stop()
    files = b"".join(path.read_bytes() for path in many.folder.iterdir())
    for secret in (granted["access_token"], granted["refresh_token"]):
        assert secret.encode() not in files
    old, many.keys = many.keys[0], [new_key()]
    many.keys.append(old)
    assert "4 tokens" in many.cli("keys", "rotate")
    many.keys.pop()
    many.start()
    root = many.one(SAKURA_CO.id).people.post("sakura", "help-it", SEED)
    many.answered(SAKURA_CO.id, root)


def test_a_token_is_exchanged_before_it_lapses(quarter: Callable[..., Quarter]) -> None:
    many = quarter(SAKURA_CO, rotates=True, lasts=3600)
    many.install(SAKURA_CO.id)
    many.slack.grants.lasts = 43_200
    first = many.slack.exchanges[0]["access_token"]
    roots = [many.one(SAKURA_CO.id).people.post(who, "help-it", SEED) for who in ("sakura", "alex")]
    for root in roots:
        many.answered(SAKURA_CO.id, root)
    assert len(many.slack.exchanges) == 2  # once, though two answers needed it
    assert many.slack.exchanges[1]["access_token"] != first
    assert many.slack.grants.find(first) is not None


def test_an_exchanged_token_outlives_a_database_that_fails_just_then(
    quarter: Callable[..., Quarter],
) -> None:
    many = quarter(SAKURA_CO, rotates=True, lasts=3600)
    many.install(SAKURA_CO.id)
    many.slack.grants.lasts = 43_200
    many.do(
        "CREATE TRIGGER full BEFORE UPDATE ON slack_bots "
        "BEGIN SELECT RAISE(FAIL, 'the disk is full'); END"
    )
    people = many.one(SAKURA_CO.id).people
    for who in ("sakura", "alex"):
        many.answered(SAKURA_CO.id, people.post(who, "help-it", SEED))
    many.do("DROP TRIGGER full")
    many.answered(SAKURA_CO.id, people.post("sato", "help-it", SEED))
    many.stop()
    many.start()
    people.post("alex", "dm-alex", SEED)
    until(lambda: len(many.one(SAKURA_CO.id).messages("dm-alex")) == 2, "it is answered")
    assert [answer["ok"] for answer in many.slack.exchanges] == [True, True]


def test_removing_the_app_ends_what_it_knew_of_the_workspace(
    quarter: Callable[..., Quarter],
) -> None:
    many = quarter(SAKURA_CO, ACME)
    many.install(SAKURA_CO.id)
    many.install(ACME.id)
    here = many.one(SAKURA_CO.id).people.post("sakura", "help-it", SEED)
    there = many.one(ACME.id).people.post("sakura", "help-it", SEED)
    many.answered(SAKURA_CO.id, here)
    many.answered(ACME.id, there)
    many.one(ACME.id).uninstall()
    held = "SELECT DISTINCT team FROM conversation"
    until(lambda: many.rows(held) == [(SAKURA_CO.id,)], "its conversations are forgotten")
    assert many.rows("SELECT DISTINCT team_id FROM slack_bots") == [(SAKURA_CO.id,)]
    assert many.rows("SELECT DISTINCT team_id FROM slack_installations") == [(SAKURA_CO.id,)]
    kept = many.rows("SELECT key FROM lane WHERE state IS NOT NULL")
    kept += many.rows("SELECT lane FROM task WHERE body IS NOT NULL AND kind != 'left'")
    assert all(key.startswith(f"{SAKURA_CO.id}:") for (key,) in kept)

    open_ = "SELECT count(*) FROM task WHERE kind = 'left' AND done_at IS NULL"
    until(lambda: all(one.acked for one in many.one(ACME.id).deliveries), "all is delivered")
    until(lambda: many.rows(open_) == [(0,)], "and done: within a second it may not come back")

    again = many.one(SAKURA_CO.id).people.post("alex", "help-it", SEED)
    many.answered(SAKURA_CO.id, again)  # the other goes on
    many.install(ACME.id)
    back = many.one(ACME.id).people.post("alex", "help-it", SEED)
    many.answered(ACME.id, back)


def test_an_organisation_installs_it_once_for_all_its_workspaces(
    quarter: Callable[..., Quarter],
) -> None:
    many = quarter(TOKYO, OSAKA)
    many.install(TOKYO.id)
    for number, team in enumerate((TOKYO, OSAKA)):
        room = many.room(team.id, f"C0GRID000{number}")
        root = many.one(team.id).people.post("sakura", room, SEED)
        first = many.answered(team.id, root)[0]
        many.press(team.id, first, "直りました")
        many.answered(team.id, root, 2)
    assert "whole organisation" in many.cli("workspace", "list")
    assert sorted(many.rows("SELECT DISTINCT team FROM conversation")) == [
        (f"{GRID}.{OSAKA.id}",),
        (f"{GRID}.{TOKYO.id}",),
    ]
    many.one(TOKYO.id).uninstall()
    until(lambda: many.rows("SELECT count(*) FROM conversation") == [(0,)], "all is forgotten")
    assert many.rows("SELECT count(*) FROM slack_bots") == [(0,)]


def test_by_socket_mode_the_pages_are_there_and_nothing_mixes(
    quarter: Callable[..., Quarter],
) -> None:
    many = quarter(SAKURA_CO, ACME, TOKYO, OSAKA, socket=True)
    for team in (SAKURA_CO, ACME, TOKYO):
        many.install(team.id)
    rooms = {SAKURA_CO: "help-it", ACME: "help-it"}  # of the same id, in both
    rooms |= {team: many.room(team.id, f"C0{team.domain.upper()}") for team in (TOKYO, OSAKA)}
    roots = {
        team: many.one(team.id).people.post("sakura", room, SEED) for team, room in rooms.items()
    }
    first = {team: many.answered(team.id, root)[0] for team, root in roots.items()}
    for team in (SAKURA_CO, OSAKA):
        many.press(team.id, first[team], "直りました")
        many.answered(team.id, roots[team], 2)
    time.sleep(CALM)
    answers = {team: len(many.replies(team.id, root)) for team, root in roots.items()}
    assert answers == {SAKURA_CO: 2, ACME: 1, TOKYO: 1, OSAKA: 2}
    assert sorted(many.rows("SELECT DISTINCT team FROM conversation")) == [
        (f"{GRID}.{OSAKA.id}",), (f"{GRID}.{TOKYO.id}",), (ACME.id,), (SAKURA_CO.id,),
    ]  # fmt: skip
    many.one(ACME.id).uninstall()
    installed = "SELECT team_id FROM slack_bots"
    until(lambda: (ACME.id,) not in many.rows(installed), "it is removed")
    again = many.one(TOKYO.id).people.post("sato", rooms[TOKYO], SEED)
    many.answered(TOKYO.id, again)


def test_by_socket_mode_nobody_can_speak_in_slacks_name_over_http(
    quarter: Callable[..., Quarter],
) -> None:
    many = quarter(SAKURA_CO, socket=True)
    assert many.post("/slack/events", b'{"type": "url_verification", "challenge": "x"}') == 404
    assert many.get(f"http://127.0.0.1:{many.port}/slack/events")[0] == 404
