"""The Slack app manifest asks for exactly what the code uses, within Slack's limits."""

from __future__ import annotations

import ast
import re
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
import yaml
from slack_sdk import WebClient

from bot.core.text.language import Language, language_of
from bot.slack import decode
from bot.slack.ids import Wire
from bot.slack.listeners.leaving import access_revoked, leaving
from bot.slack.manifest import Variant, as_yaml, manifest
from bot.slack.scopes import BOT_SCOPES, EVENTS, LEAVING_EVENTS, METHODS
from bot.slack.settings import SlackSettings
from bot.workbench.standin import AppSettings
from bot.workbench.standin.app_settings import SCOPE_OF_EVENT
from bot.workbench.standin.methods import METHODS as PERFORMED

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).parents[2]
DEPLOY: Final = ROOT / "deploy"
ADDRESS: Final = "https://firstcheck.example.com"
VARIANTS: Final = [
    Variant(http=http, many=many, language=language)
    for http, many, language in product(("", ADDRESS), ("", ADDRESS), Language)
]


@pytest.fixture(params=VARIANTS, ids=str)
def variant(request: pytest.FixtureRequest) -> Variant:
    given: Variant = request.param
    return given


@pytest.fixture
def app(variant: Variant) -> Any:
    return manifest(variant)


# --- What is committed --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "variant"),
    [("slack-manifest.yaml", Variant()), ("slack-manifest-http.yaml", Variant(http=ADDRESS))],
)
def test_the_committed_files_are_what_the_command_prints(name: str, variant: Variant) -> None:
    assert (DEPLOY / name).read_text(encoding="utf-8") == as_yaml(variant)


def test_what_is_printed_is_read_back_as_it_was_meant(variant: Variant) -> None:
    assert yaml.safe_load(as_yaml(variant)) == manifest(variant)


# --- What the code listens for ------------------------------------------------------------------


def test_every_listener_has_its_event_and_every_event_its_listener(
    app: Any, variant: Variant
) -> None:
    of_many = {leaving, access_revoked}
    listened = {
        kind for kind, listener in decode.EVENTS.items() if variant.many or listener not in of_many
    }
    types = {event.name: event.key for event in (*EVENTS, *LEAVING_EVENTS)}
    subscribed = app["settings"]["event_subscriptions"]["bot_events"]
    assert {types[name] for name in subscribed} == listened
    assert subscribed == sorted(subscribed)


def test_command_and_shortcut_bear_the_names_the_code_knows(app: Any) -> None:
    (command,) = app["features"]["slash_commands"]
    (shortcut,) = app["features"]["shortcuts"]
    assert command["command"] == Wire.COMMAND
    assert (shortcut["callback_id"], shortcut["type"]) == (Wire.DIAGNOSE, "message")
    assert set(decode.INTERACTIONS) == {"block_actions", "message_action"}
    assert app["settings"]["interactivity"]["is_enabled"]


def test_people_can_write_to_it_directly_and_find_it_as_an_agent(app: Any) -> None:
    home = app["features"]["app_home"]
    assert home["messages_tab_enabled"]
    assert not home["messages_tab_read_only_enabled"]
    assert "agent_view" in app["features"]
    assert "assistant_view" not in app["features"], "Slack takes it from no new app"


def test_slack_itself_takes_it(app: Any) -> None:
    settings = AppSettings.from_manifest(app)
    assert settings.agent
    assert settings.commands == (Wire.COMMAND,)


# --- Scopes -------------------------------------------------------------------------------------


def test_it_asks_for_the_scopes_the_code_uses_and_no_other(app: Any) -> None:
    used = {scope for scopes in METHODS.values() for scope in scopes} - {"connections:write"}
    used |= {event.scope for event in (*EVENTS, *LEAVING_EVENTS) if event.scope}
    used |= {"commands"} if app["features"]["slash_commands"] else set()
    assert app["oauth_config"]["scopes"] == {"bot": sorted(used)}
    assert used == {grant.name for grant in BOT_SCOPES}


def _called(path: Path) -> Iterator[str]:
    """The Web API methods named in a file: `client.chat_postMessage` is `chat.postMessage`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and "_" in node.attr and hasattr(WebClient, node.attr):
            source = ast.unparse(node.value)
            if re.search(r"(web|client)$", source) and node.attr != "api_call":
                yield node.attr.replace("_", ".")


def test_every_method_that_is_called_is_listed_with_its_scope_and_no_other() -> None:
    ours = [p for p in (ROOT / "bot").rglob("*.py") if "standin" not in p.parts]
    assert {method for path in ours for method in _called(path)} == set(METHODS)


@pytest.mark.parametrize("method", METHODS)
def test_the_stand_in_demands_the_scopes_we_think_a_method_takes(method: str) -> None:
    demanded = set(PERFORMED[method].scopes)
    if demanded:  # of conversations.* the stand-in asks by the kind of channel
        assert demanded & set(METHODS[method])


def test_the_stand_in_demands_the_scopes_we_think_an_event_takes() -> None:
    events = (*EVENTS, *LEAVING_EVENTS)
    assert {e.name: e.scope for e in events} == {e.name: SCOPE_OF_EVENT[e.name] for e in events}


@pytest.mark.parametrize("guide", ["README.md", "README.ja.md"])
def test_the_guide_gives_the_reason_of_every_scope(guide: str) -> None:
    text = (DEPLOY / guide).read_text(encoding="utf-8")
    language = Language.JA if ".ja." in guide else Language.EN
    told = re.findall(r"^\| `([a-z_]+:?[a-z]*)` \| (.+) \|$", text, re.MULTILINE)
    assert told == [(g.name, g.reason.in_(language)) for g in BOT_SCOPES]


# --- Slack's limits (github.com/slackapi/manifest-schema) ---------------------------------------

LIMITS: Final = {
    ("display_information", "name"): (1, 35),
    ("display_information", "description"): (1, 140),
    ("display_information", "long_description"): (175, 4000),
    ("features", "bot_user", "display_name"): (1, 80),
    ("features", "agent_view", "agent_description"): (1, 300),
    ("features", "shortcuts", 0, "name"): (1, 24),
    ("features", "shortcuts", 0, "callback_id"): (1, 255),
    ("features", "shortcuts", 0, "description"): (1, 150),
    ("features", "slash_commands", 0, "command"): (2, 32),
    ("features", "slash_commands", 0, "description"): (1, 2000),
    ("features", "slash_commands", 0, "usage_hint"): (1, 1000),
}
"""Where in the manifest → fewest and most characters."""


@pytest.mark.parametrize("where", LIMITS, ids=lambda where: ".".join(map(str, where)))
def test_it_keeps_slacks_limits(app: Any, where: tuple[str | int, ...]) -> None:
    text = app
    for step in where:
        text = text[step]
    fewest, most = LIMITS[where]
    assert fewest <= len(text) <= most
    assert "\n" not in text


def test_it_is_in_one_language(app: Any, variant: Variant) -> None:
    features = app["features"]
    shown = [
        app["display_information"]["description"],
        app["display_information"]["long_description"],
        features["agent_view"]["agent_description"],
        *(features["shortcuts"][0][name] for name in ("name", "description")),
        *(features["slash_commands"][0][name] for name in ("description", "usage_hint")),
    ]
    assert {language_of(text) for text in shown} == {variant.language}


# --- How Slack reaches the bot ------------------------------------------------------------------


def test_socket_mode_for_one_workspace_needs_no_address() -> None:
    assert manifest(Variant())["settings"]["socket_mode_enabled"]
    assert "https://" not in as_yaml(Variant())


def test_http_mode_names_the_path_the_bot_listens_at_everywhere() -> None:
    app = manifest(Variant(http=ADDRESS))
    addresses = {
        app["settings"]["event_subscriptions"]["request_url"],
        app["settings"]["interactivity"]["request_url"],
        app["features"]["slash_commands"][0]["url"],
    }
    assert addresses == {ADDRESS + SlackSettings(bot_token="xoxb-1").events_path}
    assert not app["settings"]["socket_mode_enabled"]


def test_many_workspaces_come_back_from_slacks_consent_to_us() -> None:
    app = manifest(Variant(many=ADDRESS))
    assert app["oauth_config"]["redirect_urls"] == [f"{ADDRESS}/slack/oauth_redirect"]
    assert app["settings"]["org_deploy_enabled"]
    assert app["settings"]["token_rotation_enabled"]
    alone = manifest(Variant())
    assert "redirect_urls" not in alone["oauth_config"]
    assert not alone["settings"]["token_rotation_enabled"]
