"""Whose settings and token count for a payload: on a grid, in shared channels, with a null team."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from bot.slack.decode import decode, team_of
from bot.slack.wire import Accepted, Ignored

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.slack.settings import SlackSettings

    Payloads = Callable[[str], dict[str, Any]]

OURS = {"enterprise_id": "E111", "team_id": "T111", "user_id": "UBOT", "is_bot": True}


def test_in_a_channel_shared_with_another_company_it_is_who_installed_us(
    payload: Payloads, settings: SlackSettings
) -> None:
    shared = payload("message_connect") | {
        "team_id": "T999",
        "context_team_id": "T999",
        "context_enterprise_id": "E999",
        "authorizations": [OURS, {**OURS, "enterprise_id": None, "team_id": "T222"}],
    }
    assert team_of(shared) == "E111.T111"
    decoded = decode(shared, replace(settings, answer_connect=True))
    assert isinstance(decoded, Accepted)
    assert [task.lane.split(":")[0] for task in decoded.tasks] == ["E111.T111"]


@pytest.mark.parametrize("name", ["block_actions", "block_actions_triage_grid"])
def test_a_button_belongs_to_the_conversation_it_was_posted_for(
    payload: Payloads, settings: SlackSettings, name: str
) -> None:
    elsewhere = payload(name) | {"team": None, "enterprise": {"id": "E999"}}
    decoded = decode(elsewhere, settings)
    assert isinstance(decoded, Accepted)
    assert team_of(elsewhere) == decoded.tasks[0].lane.split(":")[0]
    assert not team_of(elsewhere).startswith("E999")


def test_a_shortcut_of_an_organisation_names_no_team_but_the_persons(payload: Payloads) -> None:
    pressed = payload("message_action") | {"team": None, "enterprise": {"id": "E111"}}
    pressed["user"] = {**pressed["user"], "team_id": "T222"}
    assert team_of(pressed) == "E111.T222"


def test_an_app_that_was_removed_is_authorized_by_nobody() -> None:
    gone = {"type": "event_callback", "event": {"type": "app_uninstalled"}, "event_id": "Ev1"}
    assert team_of(gone | {"team_id": "T111"}) == "T111"
    assert team_of(gone | {"team_id": "T111", "enterprise_id": "E111"}) == "E111.T111"


def test_an_organisation_that_removes_the_app_names_no_team(settings: SlackSettings) -> None:
    gone = {
        "type": "event_callback", "event": {"type": "app_uninstalled"}, "event_id": "Ev1",
        "event_time": 1, "team_id": None, "enterprise_id": "E111",
    }  # fmt: skip
    decoded = decode(gone, replace(settings, many=True))
    assert isinstance(decoded, Accepted)
    assert decoded.tasks[0].body == {"team": "E111.", "at": 1.0, "org": True}


@pytest.mark.parametrize(
    "told",
    [
        {"team_id": None, "enterprise_id": "E111"},
        {"team_id": "T111", "authorizations": [{**OURS, "is_enterprise_install": True}]},
        {"team_id": None, "authorizations": [{**OURS, "team_id": None}]},
    ],
)
def test_workspaces_that_an_organisation_takes_the_app_from_are_each_named(
    settings: SlackSettings, told: dict[str, Any]
) -> None:
    event = {"type": "team_access_revoked", "team_ids": ["T1", "T2", None]}
    taken = {"type": "event_callback", "event": event, "event_id": "Ev1", "event_time": 1} | told
    decoded = decode(taken, replace(settings, many=True))
    assert isinstance(decoded, Accepted)
    assert [task.body for task in decoded.tasks] == [{"team": "E111.T1"}, {"team": "E111.T2"}]
    assert team_of(taken).startswith("E111.")
    assert isinstance(decode(taken, settings), Ignored)


def test_an_organisation_without_a_name_takes_nothing(settings: SlackSettings) -> None:
    event = {"type": "team_access_revoked", "team_ids": ["T1"]}
    taken = {"type": "event_callback", "event": event, "event_id": "Ev1", "team_id": "T111"}
    assert isinstance(decode(taken, replace(settings, many=True)), Ignored)
