"""`firstcheck keys`: what the tokens of many workspaces are encrypted with."""

from __future__ import annotations

import os

import click

from bot.cli.stored import stored
from bot.config import load


@click.group("keys")
def command() -> None:
    """Keys that encrypt the tokens of many workspaces.

    \b
    To exchange a key:
      1. firstcheck keys new           and put it before the old one in FIRSTCHECK_TOKEN_KEYS
      2. restart the bot               every process, so that all can read what the new key wrote
      3. firstcheck keys rotate        all tokens are encrypted with the first key
      4. take the old key out, and restart the bot
    """  # noqa: D301  (\b keeps click from joining lines)


@command.command()
def new() -> None:
    """Print a new key."""
    from bot.storage.vault import new_key

    click.echo(new_key())


@command.command()
def rotate() -> None:
    """Encrypt every stored token with the first key; all of them or none."""
    with stored(load(os.environ)) as (installations, _):
        count = installations.renew()
    click.echo(f"{count} tokens encrypted with the first key")
