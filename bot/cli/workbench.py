"""`firstcheck workbench`: the local page, also on a machine that has tokens, if one insists."""

from __future__ import annotations

import os

import click

from bot.bootstrap.desk import rule_folders
from bot.config import credentials, load
from bot.errors import ConfigError
from bot.telemetry.logs import configure


@click.command("workbench")
@click.option("--open", "open_browser", is_flag=True, help="Open it in a browser.")
@click.option("--port", type=click.IntRange(0, 65535), help="Instead of 8422; 0 picks a free one.")
@click.option(
    "--rules", "folders", multiple=True, help="Rule folder, or `shipped`; repeat to stack them."
)
@click.option("--despite-tokens", is_flag=True, help="Start although Slack tokens are set.")
def command(
    port: int | None, folders: tuple[str, ...], *, open_browser: bool, despite_tokens: bool
) -> None:
    """Try the bot on a local page, without Slack.

    A stand-in workspace runs on this machine and the real bot talks to it. Rules are read again
    whenever a file is saved; problems are shown on the page. Slack tokens are never used; where
    some are set, it starts only with --despite-tokens.
    """
    from bot.workbench.server import serve

    if not despite_tokens and (found := credentials(os.environ)):
        raise ConfigError(
            f"{', '.join(found)}: set, as for the bot that serves people. `firstcheck run` starts "
            "that; for the workbench beside it, which uses no token, add --despite-tokens."
        )
    config = load(os.environ, slack=False)
    configure(config.log_level, config.log_format.value)
    serve(config, open_browser=open_browser, port=port, folders=rule_folders(folders, {}))
