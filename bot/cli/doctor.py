"""`firstcheck doctor`: is everything in place, and if not, what is to be done."""

from __future__ import annotations

import errno
import json
import logging
import os
import socket
import sys
from contextlib import closing
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from bot.bootstrap.bot import slack_settings
from bot.bootstrap.clock import clock
from bot.bootstrap.desk import load_rules
from bot.config import Config, Mode, load
from bot.errors import ConfigError, StorageError
from bot.slack.checkup import Finding, app_findings, bot_findings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.storage.migrations import Standing


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of lines.")
def command(*, as_json: bool) -> None:
    """Check settings, tokens, scopes, database and rules, and say what to fix.

    Exit status 1 if something has to be fixed. Asks Slack (auth.test and the like) when there are
    tokens; writes nothing there.
    """
    logging.getLogger("bot").addHandler(logging.NullHandler())  # what the SDK says, a finding says
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
    yield from _ports(config)
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
        fix = "mend the file, or change FIRSTCHECK_RULES"
        yield Finding("rules", ok=False, message=str(problem), fix=fix)
    count, version = len(loaded.rulebook.rules), loaded.rulebook.version
    fix = "" if count else "check FIRSTCHECK_RULES"
    yield Finding("rules", bool(count), f"{count} rules, version {version}", fix)
    for old in loaded.overridden:
        yield Finding("rules", ok=True, message=f"{old.id}: {old.by} replaces {old.path}")


def _database(config: Config) -> Iterator[Finding]:
    if config.mode is Mode.WORKBENCH:
        return
    from bot.storage import migrations
    from bot.storage.engine import make_engine

    try:
        engine = make_engine(config.database)
        try:
            yield _tables(migrations.current(engine), migrations.standing(engine))
        finally:
            engine.dispose()
    except StorageError as error:
        if isinstance(error.__cause__, BlockingIOError):
            yield Finding("database", ok=True, message="in use by a bot that runs")
            return
        yield Finding("database", ok=False, message=str(error), fix="see FIRSTCHECK_DATABASE")


def _tables(now: str | None, standing: Standing) -> Finding:
    from bot.storage.migrations import Standing

    upgrade = "run firstcheck db upgrade as a database user who may change tables"
    match standing:
        case Standing.UP_TO_DATE:
            return Finding("database", ok=True, message="reachable, up to date")
        case Standing.DUE:
            what = "made" if now is None else "upgraded"
            message = f"its tables are {what} at the next start, or by firstcheck db upgrade"
            return Finding("database", ok=True, message=f"reachable; {message}")
        case Standing.NOT_ALLOWED:
            message = "its tables are not up to date, and this user may not change them"
            return Finding("database", ok=False, message=message, fix=upgrade)
        case Standing.READ_ONLY:
            return Finding(
                "database",
                ok=False,
                message="this user may not write to its tables",
                fix="GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO it",
            )
        case Standing.NEWER:
            message = f"a newer version of Firstcheck has used it (revision {now})"
            fix = "start that version, or restore the backup made before the upgrade"
            return Finding("database", ok=False, message=message, fix=fix)


def _ports(config: Config) -> Iterator[Finding]:
    """Whether what it will listen on is free, or in the hands of a bot that runs."""
    wanted = {config.health_port: "FIRSTCHECK_HEALTH_PORT"} if config.health_port else {}
    if config.mode is Mode.HTTP or config.many:
        wanted[config.http_port] = "FIRSTCHECK_HTTP_PORT"
    if config.mode is Mode.WORKBENCH:
        return
    for port, name in wanted.items():
        where = f"{config.http_host}, port {port}"
        try:
            family, kind, proto, _, address = socket.getaddrinfo(
                config.http_host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
            )[0]
            with closing(socket.socket(family, kind, proto)) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(address)
        except OSError as error:
            yield _taken(name, config.http_host, port, error)
        else:
            yield Finding(name, ok=True, message=f"{where}, is free")


def _taken(name: str, host: str, port: int, error: OSError) -> Finding:
    if error.errno == errno.EADDRINUSE and _is_ours(host, port):
        return Finding(name, ok=True, message=f"port {port} is in use by a bot that runs")
    match error.errno:
        case errno.EADDRINUSE:
            fix = f"stop the program that listens there (ss -ltnp), or set {name} to another port"
        case errno.EACCES:
            fix = f"set {name} to a port of 1024 or more, and let a proxy listen on the other"
        case _:
            fix = "set FIRSTCHECK_HTTP_HOST to an address of this machine: 127.0.0.1 or 0.0.0.0"
    return Finding(name, ok=False, message=f"{host}, port {port}: {error.strerror}", fix=fix)


def _is_ours(host: str, port: int) -> bool:
    from urllib.request import ProxyHandler, build_opener

    near = "127.0.0.1" if host in {"0.0.0.0", "::", ""} else host  # noqa: S104  (a comparison)
    try:
        with build_opener(ProxyHandler({})).open(f"http://{near}:{port}/healthz", timeout=2) as got:
            return '"checks"' in got.read(1000).decode(errors="replace")
    except (OSError, ValueError):
        return False


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
    for name, given in (
        ("FIRSTCHECK_TRIAGE_CHANNEL", config.triage_channel),
        ("FIRSTCHECK_STAFF", config.staff),
    ):
        if given:
            setting = name.removeprefix("FIRSTCHECK_").lower().replace("_", "-")
            fix = f"remove it, and use firstcheck workspace set TEAM {setting} …"
            message = "is for one workspace; its ids mean nothing in another"
            yield Finding(name, ok=False, message=message, fix=fix)
    if config.mode is Mode.SOCKET:
        yield from app_findings(slack_settings(config))


def _slack(config: Config) -> Iterator[Finding]:
    settings = slack_settings(config)
    found = list(bot_findings(settings, clock))
    yield from found
    if any(finding.about == "Slack" for finding in found):
        return
    if config.mode is Mode.SOCKET:
        yield from app_findings(settings)
    yield Finding(
        "events",
        ok=True,
        message="Slack does not tell which are subscribed; if a mention gets no answer, compare "
        "Event Subscriptions with the manifest",
    )
