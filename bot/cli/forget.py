"""`firstcheck forget USER`."""

from __future__ import annotations

import os
from contextlib import closing

import click

from bot.bootstrap.clock import clock
from bot.cli.export_data import USER, WORKSPACE
from bot.config import load
from bot.storage.beside import open_beside


@click.command("forget")
@click.argument("user", metavar="USER", type=USER)
@WORKSPACE
def command(user: str, workspace: str) -> None:
    """Delete what is kept of one person, and say how much that was.

    USER is a Slack user id (U0123ABCD). Conversations and tickets the person opened go whole, open
    ones too. In others' conversations, what the person wrote or pressed goes, their id is taken
    out of the rest, and the conversation goes on. The bot may be running.

    What stays: messages in Slack; numbers without a person (firstcheck report); and the ids of what
    came in and was posted, without any text, a few with the user id in them. Slack may deliver an
    event again, so they go 7 days after FIRSTCHECK_RETENTION is over; never, where that is 0.
    A backup has what it had.
    """
    with closing(open_beside(load(os.environ).database)) as mailbox:
        gone = mailbox.forget(user, clock(), workspace)
    click.echo(
        f"{user}: deleted {gone.conversations} conversations and {gone.entries} entries; "
        f"{gone.mentions} others do not name them any more"
    )
