"""`firstcheck ask`: one diagnosis."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

import click

from bot.bootstrap.desk import desk_for_terminal
from bot.cli.terminal import draw
from bot.cli.why import why_lines
from bot.helpdesk.codec import from_json
from bot.helpdesk.explain import why as explain
from bot.helpdesk.incoming import Place, Report
from bot.helpdesk.moment import LaneState
from bot.helpdesk.outward import Post


@click.command("ask")
@click.argument("text", required=False)
@click.option("--why", is_flag=True, help="Show what was recognised, every score, and why.")
@click.option("--lang", type=click.Choice(["ja", "en"]), help="Answer in this language.")
@click.option("--json", "as_json", is_flag=True, help="Everything as one JSON object.")
@click.option(
    "--rules", "folders", multiple=True, help="Rule folder, or `shipped`; repeat to stack them."
)
def command(
    text: str | None, *, why: bool, lang: str | None, as_json: bool, folders: tuple[str, ...]
) -> None:
    """Say what an error means and what to check first.

    TEXT is the error as it was pasted; "-" (or nothing, in a pipe) reads standard input. Exit
    status 1 means that no rule fits.

    \b
    Examples:
      firstcheck ask "Outlookの設定で「暗号化された接続を使用できません」と出ます"
      firstcheck ask --why "AADSTS50126"
      pbpaste | firstcheck ask -
    """  # noqa: D301  (\b keeps click from joining lines)
    report = _read(text)
    desk = desk_for_terminal(folders, lang, os.environ)
    place = Place("terminal", "D", "")
    done = desk.step({}, Report(place, "you", "1", report, direct=True), 0.0)
    case = from_json(done.state or {}, LaneState).case
    reply = next(from_json(t.body, Post).reply for t in done.new if t.kind == "post")
    details: dict[str, Any] = explain(desk, report, direct=True) if why or as_json else {}
    if as_json:
        words = {"answer": reply.text, "buttons": [b.label for b in reply.buttons]}
        click.echo(json.dumps({**words, **details}, ensure_ascii=False, indent=2))
    else:
        click.echo(draw(reply))
        if why:
            click.echo("\n".join(["", *why_lines(details)]))
    sys.exit(0 if case and (case.rule_id or case.candidates) else 1)


def _read(text: str | None) -> str:
    if text is None and sys.stdin.isatty():
        raise click.UsageError('Paste the error as TEXT, or pipe it in and say "-".')
    report = sys.stdin.read() if text in (None, "-") else text
    if not report or not report.strip():
        raise click.UsageError("There is no text to look at.")
    return report
