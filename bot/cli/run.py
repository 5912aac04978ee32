"""`firstcheck run`: the bot, wherever its tokens lead."""

from __future__ import annotations

import os

import click

from bot.bootstrap.serve import serve
from bot.config import Mode, load
from bot.telemetry.logs import configure


@click.command("run")
@click.option("--open", "open_browser", is_flag=True, help="Open the workbench in a browser.")
def command(*, open_browser: bool) -> None:
    """Start the bot.

    \b
    With SLACK_BOT_TOKEN and SLACK_APP_TOKEN        Slack, by Socket Mode
    With SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET   Slack, by HTTP (the Events API)
    Without tokens                                  the workbench, on this machine only

    All settings are in the README's table; `firstcheck doctor` checks them.
    """  # noqa: D301  (\b keeps click from joining lines)
    config = load(os.environ)
    configure(config.log_level, config.log_format.value)
    if config.mode is Mode.WORKBENCH:
        from bot.workbench.server import serve as serve_workbench

        serve_workbench(config, open_browser=open_browser)
    else:
        serve(config)
