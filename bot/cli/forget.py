"""`firstcheck forget USER`."""

from __future__ import annotations

import os

import click

from bot.bootstrap.clock import clock
from bot.cli.export_data import USER, person
from bot.config import load
from bot.storage.mailbox import open_mailbox


@click.command("forget")
@click.argument("user", metavar="USER", type=USER)
def command(user: str) -> None:
    """Delete what is kept of one person, and say how much that was.

    USER is a Slack user id (U0123ABCD). Conversations the person opened go whole; in others'
    conversations, what the person wrote or pressed. Messages in Slack stay there. The ids of
    events, which hold no text, go a week later. With SQLite, stop the bot first.
    """
    with person(open_mailbox(load(os.environ).database)) as mailbox:
        gone = mailbox.forget(user, clock())
    click.echo(
        f"{user}: deleted {gone.conversations} conversations, {gone.states} states and the content "
        f"of {gone.tasks} tasks"
    )
