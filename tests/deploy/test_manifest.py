"""The Slack app manifests ask for exactly what the code uses, within Slack's limits."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.slack.ids import Wire
from bot.slack.scopes import BOT_SCOPES, EVENTS
from bot.slack.settings import SlackSettings

DEPLOY = Path(__file__).parents[2] / "deploy"
SOCKET, HTTP = "slack-manifest.yaml", "slack-manifest-http.yaml"


def manifest(name: str) -> Any:
    return yaml.safe_load((DEPLOY / name).read_text(encoding="utf-8"))


@pytest.fixture(params=[SOCKET, HTTP])
def app(request: pytest.FixtureRequest) -> Any:
    return manifest(request.param)


def test_it_asks_for_the_scopes_the_code_uses_and_no_other(app: Any) -> None:
    assert app["oauth_config"]["scopes"] == {"bot": sorted(grant.name for grant in BOT_SCOPES)}


def test_it_subscribes_to_the_events_the_code_listens_for(app: Any) -> None:
    events = app["settings"]["event_subscriptions"]["bot_events"]
    assert events == sorted(grant.name for grant in EVENTS)


def test_every_event_has_the_scope_it_needs(app: Any) -> None:
    needs = {
        "app_home_opened": "assistant:write",
        "app_mention": "app_mentions:read",
        "message.channels": "channels:history",
        "message.groups": "groups:history",
        "message.im": "im:history",
        "message.mpim": "mpim:history",
    }
    granted = app["oauth_config"]["scopes"]["bot"]
    for event in app["settings"]["event_subscriptions"]["bot_events"]:
        assert needs[event] in granted


def test_command_and_shortcut_bear_the_names_the_code_knows(app: Any) -> None:
    (command,) = app["features"]["slash_commands"]
    (shortcut,) = app["features"]["shortcuts"]
    assert command["command"] == Wire.COMMAND
    assert (shortcut["callback_id"], shortcut["type"]) == (Wire.DIAGNOSE, "message")
    assert app["settings"]["interactivity"]["is_enabled"]


def test_people_can_write_to_it_directly(app: Any) -> None:
    home = app["features"]["app_home"]
    assert home["messages_tab_enabled"]
    assert not home["messages_tab_read_only_enabled"]


def test_it_keeps_slacks_limits(app: Any) -> None:
    about = app["display_information"]
    assert len(about["name"]) <= 35
    assert len(about["description"]) <= 140
    assert 175 <= len(about["long_description"]) <= 4000
    assert len(app["features"]["shortcuts"][0]["name"]) <= 24
    assert len(app["features"]["shortcuts"][0]["description"]) <= 150


def test_socket_mode_needs_no_address() -> None:
    assert manifest(SOCKET)["settings"]["socket_mode_enabled"]
    assert "https://firstcheck" not in (DEPLOY / SOCKET).read_text(encoding="utf-8")


def test_http_mode_names_the_path_the_bot_listens_at_everywhere() -> None:
    app = manifest(HTTP)
    addresses = {
        app["settings"]["event_subscriptions"]["request_url"],
        app["settings"]["interactivity"]["request_url"],
        app["features"]["slash_commands"][0]["url"],
    }
    assert len(addresses) == 1
    assert addresses.pop().endswith(SlackSettings(bot_token="xoxb-1").events_path)
    assert not app["settings"]["socket_mode_enabled"]


def test_the_two_differ_only_in_how_slack_reaches_the_bot() -> None:
    one, other = manifest(SOCKET), manifest(HTTP)
    for app in (one, other):
        app["settings"].pop("socket_mode_enabled")
        for part in (app["settings"]["event_subscriptions"], app["settings"]["interactivity"]):
            part.pop("request_url", None)
        app["features"]["slash_commands"][0].pop("url", None)
    assert one == other


@pytest.mark.parametrize("guide", ["README.md", "README.ja.md"])
def test_the_guide_names_every_scope(guide: str) -> None:
    text = (DEPLOY / guide).read_text(encoding="utf-8")
    assert [grant.name for grant in BOT_SCOPES if f"| `{grant.name}` |" not in text] == []


def test_the_guide_gives_the_reasons_the_code_gives() -> None:
    text = (DEPLOY / "README.md").read_text(encoding="utf-8")
    assert [g for g in BOT_SCOPES if f"| `{g.name}` | {g.reason} |" not in text] == []
