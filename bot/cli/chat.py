"""`firstcheck chat`: the whole conversation in the terminal."""

from __future__ import annotations

import click

from bot.bootstrap.desk import desk_for_terminal
from bot.cli.session import Session
from bot.cli.terminal import draw


@click.command("chat")
@click.option("--lang", type=click.Choice(["ja", "en"]), help="Answer in this language.")
@click.option("--rules", "folders", multiple=True, help="Rule folder; repeat to stack them.")
def command(lang: str | None, folders: tuple[str, ...]) -> None:
    """Talk to the bot as in a direct message in Slack.

    Paste an error, then press buttons by their number or type an answer (はい, still broken, …).
    An empty line or Ctrl-D ends it.
    """
    session = Session(desk_for_terminal(folders, lang))
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
        return input("> ").strip()
    except (EOFError, KeyboardInterrupt):
        click.echo()
        return ""
