"""`firstcheck doctor`: is everything in place, and if not, what is to be done."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import click

from bot.bootstrap.bot import slack_settings
from bot.bootstrap.desk import load_rules
from bot.config import Config, Mode, load
from bot.errors import ConfigError, StorageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    about: str
    ok: bool
    message: str
    fix: str = ""


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of lines.")
def command(*, as_json: bool) -> None:
    """Check settings, tokens, scopes, database and rules, and say what to fix.

    Exit status 1 if something has to be fixed. Asks Slack (auth.test and the like) when there are
    tokens; writes nothing there.
    """
    findings = list(examine(os.environ))
    if as_json:
        click.echo(json.dumps([asdict(f) for f in findings], ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            click.echo(_line(finding))
    sys.exit(0 if all(f.ok for f in findings) else 1)


def examine(environ: Mapping[str, str]) -> Iterator[Finding]:
    """Everything looked at, in the order in which it matters."""
    try:
        config = load(environ)
    except ConfigError as error:
        yield Finding("settings", ok=False, message=str(error), fix="correct them and try again")
        return
    yield Finding("settings", ok=True, message=f"complete; runs in {config.mode.value} mode")
    yield from _rules(config)
    yield from _database(config)
    if config.mode is Mode.WORKBENCH:
        yield Finding("Slack", ok=True, message="no tokens: the workbench will be started")
    elif config.many:
        yield from _installations(config)
    else:
        yield from _slack(config)


def _line(finding: Finding) -> str:
    mark = click.style("ok ", fg="green") if finding.ok else click.style("FIX", fg="red")
    fix = f"\n      → {finding.fix}" if finding.fix else ""
    return f"{mark}  {finding.about}: {finding.message}{fix}"


def _rules(config: Config) -> Iterator[Finding]:
    loaded = load_rules(config.rules)
    for problem in loaded.problems:
        yield Finding("rules", ok=False, message=str(problem), fix=problem.hint)
    count, version = len(loaded.rulebook.rules), loaded.rulebook.version
    fix = "" if count else "check FIRSTCHECK_RULES"
    yield Finding("rules", bool(count), f"{count} rules, version {version}", fix)
    for old in loaded.overridden:
        yield Finding("rules", ok=True, message=f"{old.id}: {old.by} replaces {old.path}")


def _database(config: Config) -> Iterator[Finding]:
    if config.mode is Mode.WORKBENCH:
        return
    from bot.storage.engine import make_engine
    from bot.storage.migrations import current, is_due

    try:
        engine = make_engine(config.database)
        due, empty = is_due(engine), current(engine) is None
        engine.dispose()
    except StorageError as error:
        if isinstance(error.__cause__, BlockingIOError):
            yield Finding("database", ok=True, message="in use by a bot that runs")
            return
        yield Finding("database", ok=False, message=str(error), fix="see FIRSTCHECK_DATABASE")
        return
    message = "reachable, up to date"
    if due:
        what = "made" if empty else "upgraded"
        message = f"reachable; its tables are {what} at the next start, or by firstcheck db upgrade"
    yield Finding("database", ok=True, message=message)


def _installations(config: Config) -> Iterator[Finding]:
    """Many workspaces: can their tokens be read. The two pages and Slack's side are not tried."""
    from bot.cli.stored import stored

    try:
        with stored(config) as (installations, _):
            count = len(installations.all())
    except (ConfigError, StorageError) as error:
        yield Finding("installations", ok=False, message=str(error))
        return
    link = f"{config.public_url}/slack/install"
    message = f"{count} workspaces or organisations; to add one, open {link}"
    yield Finding("installations", ok=True, message=message)


def _slack(config: Config) -> Iterator[Finding]:
    from slack_sdk.errors import SlackApiError

    from bot.slack.web import web_client

    client = web_client(slack_settings(config))
    try:
        answer = client.auth_test()
    except SlackApiError as error:
        yield Finding(
            "SLACK_BOT_TOKEN",
            ok=False,
            message=f"Slack refuses it: {error.response['error']}",
            fix="copy the Bot User OAuth Token from OAuth & Permissions again",
        )
        return
    except OSError:
        yield Finding(
            "Slack",
            ok=False,
            message=f"{config.api_url} cannot be reached",
            fix="check the network, the proxy and SLACK_API_URL",
        )
        return
    yield Finding("SLACK_BOT_TOKEN", ok=True, message=f"is {answer['user']} in {answer['team']}")
    headers = {name.lower(): str(value) for name, value in answer.headers.items()}
    yield from _scopes(headers.get("x-oauth-scopes", ""))
    yield from _app_token(config, client)
    yield from _triage_channel(config, client)


def _scopes(granted: str) -> Iterator[Finding]:
    from bot.slack.scopes import BOT_SCOPES

    have = {scope.strip() for scope in granted.split(",") if scope.strip()}
    missing = [scope for scope in BOT_SCOPES if scope.name not in have]
    if not have:
        return
    for scope in missing:
        yield Finding(
            "scopes",
            ok=scope.optional,
            message=f"{scope.name} is missing: {scope.reason.en}",
            fix="add it under OAuth & Permissions (or update the manifest), then reinstall the app",
        )
    if not missing:
        yield Finding("scopes", ok=True, message=f"all {len(BOT_SCOPES)} granted")


def _app_token(config: Config, client: Any) -> Iterator[Finding]:
    from slack_sdk.errors import SlackApiError

    if config.mode is not Mode.SOCKET:
        return
    try:
        client.apps_connections_open(app_token=config.app_token)
    except SlackApiError as error:
        yield Finding(
            "SLACK_APP_TOKEN",
            ok=False,
            message=f"Slack refuses it: {error.response['error']}",
            fix="make an app-level token with connections:write, and switch Socket Mode on",
        )
    else:
        yield Finding("SLACK_APP_TOKEN", ok=True, message="a connection can be opened")


def _triage_channel(config: Config, client: Any) -> Iterator[Finding]:
    from slack_sdk.errors import SlackApiError

    name = "FIRSTCHECK_TRIAGE_CHANNEL"
    if not config.triage_channel:
        yield Finding(
            name, ok=True, message="not set: people are told to contact the helpdesk themselves"
        )
        return
    try:
        client.conversations_history(channel=config.triage_channel, limit=1)
    except SlackApiError as error:
        yield Finding(
            name,
            ok=False,
            message=f"Slack says {error.response['error']}",
            fix="copy the channel's id from its details, and invite the bot: /invite @Firstcheck",
        )
    else:
        yield Finding(name, ok=True, message="the bot is there")
