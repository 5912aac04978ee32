"""`firstcheck manifest`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml

from bot.slack.manifest import Variant, manifest

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result

    Run = Callable[..., Result]


def printed(run: Run, *options: str) -> Any:
    result = run("manifest", *options)
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("# Made by: " + " ".join(["firstcheck", "manifest", *options]))
    return yaml.safe_load(result.stdout)


def test_it_prints_what_slacks_page_takes(run: Run) -> None:
    assert printed(run) == manifest(Variant())
    address = "https://bot.example.co.jp"
    app = printed(run, "--http", address, "--many", address, "--language", "ja")
    assert app["features"]["shortcuts"][0]["name"] == "このメッセージを診断"
    assert app["features"]["slash_commands"][0]["url"] == f"{address}/slack/events"
    assert "app_uninstalled" in app["settings"]["event_subscriptions"]["bot_events"]


def test_a_slash_at_the_end_of_the_address_is_no_mistake(run: Run) -> None:
    result = run("manifest", "--http", "https://bot.example.com/")
    assert "https://bot.example.com/slack/events" in result.stdout


@pytest.mark.parametrize(
    "address", ["http://bot.example.com", "bot.example.com", "https://bot.example.com/path", ""]
)
def test_an_address_slack_could_not_call_is_refused(run: Run, address: str) -> None:
    result = run("manifest", "--http", address)
    assert result.exit_code == 2
    assert "https://firstcheck.example.com" in result.stderr
