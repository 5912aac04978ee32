"""`firstcheck chat`: the whole conversation in the terminal."""

from __future__ import annotations

import os
import select
import sys
from typing import Final

import click

from bot.bootstrap.desk import desk_for_terminal
from bot.cli.session import Session
from bot.cli.terminal import draw

_AT_ONCE: Final = 0.05
"""Seconds; nobody types a line so fast."""


@click.command("chat")
@click.option("--lang", type=click.Choice(["ja", "en"]), help="Answer in this language.")
@click.option(
    "--rules", "folders", multiple=True, help="Rule folder, or `shipped`; repeat to stack them."
)
def command(lang: str | None, folders: tuple[str, ...]) -> None:
    """Talk to the bot as in a direct message in Slack.

    Paste an error, then press buttons by their number or type an answer (はい, still broken, …).
    An empty line or Ctrl-D ends it.
    """
    session = Session(desk_for_terminal(folders, lang, os.environ))
    click.echo("エラーの文を貼り付けてください。 Paste an error message.")
    while text := _prompt():
        chosen = int(text) - 1 if text.isdecimal() else -1
        if 0 <= chosen < len(session.buttons):
            replies = session.press(session.buttons[chosen])
        else:
            replies = session.say(text)
        for reply in replies:
            click.echo(draw(reply, numbered=True))


def _prompt() -> str:
    try:
        lines = [input("> ")]
        while _more_was_pasted():
            lines.append(input())
        return "\n".join(lines).strip()
    except (EOFError, KeyboardInterrupt):
        click.echo()
        return ""


def _more_was_pasted() -> bool:
    """Whether another line is there at once: a message of several lines is one report."""
    if os.name != "posix" or not sys.stdin.isatty():
        return False
    return bool(select.select([sys.stdin], [], [], _AT_ONCE)[0])
