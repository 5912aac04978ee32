"""`firstcheck run`: the bot, wherever its tokens lead."""

from __future__ import annotations

import os

import click

from bot.bootstrap.role import Role
from bot.bootstrap.serve import serve
from bot.config import Mode, load
from bot.errors import ConfigError
from bot.telemetry.logs import configure


@click.command("run")
@click.option("--open", "open_browser", is_flag=True, help="Open the workbench in a browser.")
@click.option(
    "--role",
    type=click.Choice([role.value for role in Role]),
    default=Role.ALL.value,
    show_default=True,
    help="With PostgreSQL: only listen to Slack (ingress), or only work (worker).",
)
def command(*, open_browser: bool, role: str) -> None:
    """Start the bot.

    \b
    With SLACK_BOT_TOKEN and SLACK_APP_TOKEN        Slack, by Socket Mode
    With SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET   Slack, by HTTP (the Events API)
    Without tokens                                  the workbench, on this machine only

    On a database file one process runs at a time; with PostgreSQL any number, on any machines.

    All settings are in the README's table; `firstcheck doctor` checks them.
    """  # noqa: D301  (\b keeps click from joining lines)
    config = load(os.environ)
    configure(config.log_level, config.log_format.value)
    if config.mode is Mode.WORKBENCH:
        if role != Role.ALL.value:
            raise ConfigError(f"--role {role} is for Slack, and SLACK_BOT_TOKEN is not set.")
        click.echo("SLACK_BOT_TOKEN is not set: the workbench starts, without Slack.", err=True)
        from bot.workbench.server import serve as serve_workbench

        serve_workbench(config, open_browser=open_browser)
    else:
        serve(config, Role(role))
