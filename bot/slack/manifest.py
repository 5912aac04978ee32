"""The Slack app's manifest, made from what the code listens for and calls.

Slack's schema of it: https://github.com/slackapi/manifest-schema
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import yaml

from bot.core.text.language import Language
from bot.core.wording.sentences import sentence
from bot.slack.ids import Wire
from bot.slack.oauth import REDIRECT_PATH
from bot.slack.scopes import BOT_SCOPES, EVENTS, LEAVING_EVENTS
from bot.slack.settings import EVENTS_PATH

NAME: Final = "Firstcheck"
_COLOUR: Final = "#1d4ed8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """What a company chooses. Addresses without a path: `https://firstcheck.example.com`."""

    http: str = ""
    """Where Slack calls the bot; empty for Socket Mode, which needs no address."""
    many: str = ""
    """Where browsers reach the bot to install it, if many workspaces shall."""
    language: Language = Language.EN
    """Slack takes one: of descriptions, and of the shortcut's name."""


def manifest(variant: Variant) -> dict[str, Any]:
    """The manifest, as an object."""
    return {
        "display_information": {
            "name": NAME,
            "description": sentence("app_description", variant.language),
            "long_description": sentence("app_about", variant.language),
            "background_color": _COLOUR,
        },
        "features": _features(variant),
        "oauth_config": _oauth(variant),
        "settings": _settings(variant),
    }


def as_yaml(variant: Variant) -> str:
    """The manifest as Slack's page takes it, with a line on top that says how it was made."""
    text: str = yaml.safe_dump(
        manifest(variant), sort_keys=False, allow_unicode=True, width=100, default_flow_style=False
    )
    return f"# Made by: {_command(variant)}\n{text}"


def _command(variant: Variant) -> str:
    words = ["firstcheck manifest"]
    words += [f"--http {variant.http}"] if variant.http else []
    words += [f"--many {variant.many}"] if variant.many else []
    words += [f"--language {variant.language}"] if variant.language is not Language.EN else []
    return " ".join(words)


def _features(variant: Variant) -> dict[str, Any]:
    language, calls = variant.language, _calls(variant, "url")
    return {
        "app_home": {
            "home_tab_enabled": False,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": False,
        },
        "agent_view": {"agent_description": sentence("app_agent", language)},
        "bot_user": {"display_name": NAME, "always_online": True},
        "shortcuts": [
            {
                "name": sentence("app_shortcut", language),
                "type": "message",
                "callback_id": Wire.DIAGNOSE.value,
                "description": sentence("app_shortcut_about", language),
            }
        ],
        "slash_commands": [
            {
                "command": Wire.COMMAND.value,
                **calls,
                "description": sentence("app_command", language),
                "usage_hint": sentence("app_command_hint", language),
                "should_escape": False,
            }
        ],
    }


def _oauth(variant: Variant) -> dict[str, Any]:
    redirect = {"redirect_urls": [variant.many + REDIRECT_PATH]} if variant.many else {}
    return {**redirect, "scopes": {"bot": sorted(grant.name for grant in BOT_SCOPES)}}


def _settings(variant: Variant) -> dict[str, Any]:
    calls = _calls(variant, "request_url")
    events = (*EVENTS, *LEAVING_EVENTS) if variant.many else EVENTS
    return {
        "event_subscriptions": {**calls, "bot_events": sorted(event.name for event in events)},
        "interactivity": {"is_enabled": True, **calls},
        "org_deploy_enabled": bool(variant.many),
        "socket_mode_enabled": not variant.http,
        "token_rotation_enabled": bool(variant.many),
    }


def _calls(variant: Variant, key: str) -> dict[str, str]:
    return {key: variant.http + EVENTS_PATH} if variant.http else {}
