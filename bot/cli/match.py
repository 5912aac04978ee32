"""`firstcheck match`: recognise in bulk, one line in, one line out."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from bot.bootstrap.desk import load_rules, make_matcher, rule_folders
from bot.core.text.normalise import read
from bot.helpdesk.diagnose import speaks

if TYPE_CHECKING:
    from bot.core.matching.matcher import Matcher
    from bot.core.rulebook.model import Rulebook
    from bot.storage.rules_folder import Loaded


@click.command("match")
@click.option(
    "--rules", "folders", multiple=True, help="Rule folder, or `shipped`; repeat to stack them."
)
@click.option("--include-drafts", is_flag=True, help="Let drafts answer as if they were tested.")
def command(folders: tuple[str, ...], *, include_drafts: bool) -> None:
    """Recognise errors in JSON lines.

    Reads {"id": …, "text": …} lines and writes {"id", "replied", "matches": [{"rule", "score",
    "span"}]} lines, each before the next is read. "replied" says whether the bot would answer in a
    channel, unasked. Rules with problems are named on standard error and left out; with
    --include-drafts, as much of them as can be understood is used.
    """
    loaded = load_rules(rule_folders(folders, os.environ))
    for problem in loaded.problems:
        click.echo(str(problem), err=True)
    rulebook = _with_drafts(loaded) if include_drafts else loaded.rulebook
    matcher = make_matcher(rulebook, include_drafts=include_drafts)
    for number, line in enumerate(sys.stdin, start=1):
        if line.strip():
            answer = _match(matcher, _parse(line, number))
            sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
            sys.stdout.flush()


def _with_drafts(loaded: Loaded) -> Rulebook:
    """The rules in force, and half-written ones as far as they go."""
    known = {rule.id for rule in loaded.rulebook.rules}
    half = [r.draft for r in loaded.readings if r.draft and r.draft.id and r.draft.id not in known]
    return replace(loaded.rulebook, rules=(*loaded.rulebook.rules, *half))


def _parse(line: str, number: int) -> dict[str, Any]:
    try:
        entry = json.loads(line)
    except ValueError as error:
        raise click.UsageError(f"line {number} is not JSON: {error}") from None
    if not isinstance(entry, dict) or not isinstance(entry.get("text"), str):
        raise click.UsageError(f'line {number} needs a "text"')
    return entry


def _match(matcher: Matcher, entry: dict[str, Any]) -> dict[str, Any]:
    matches = matcher.match(read(entry["text"]))
    return {
        "id": entry.get("id"),
        "replied": speaks(matches),
        "matches": [
            {"rule": m.rule.id, "score": round(m.score, 6), "span": list(m.span)}
            for m in matches.ranked
        ],
    }
