"""`firstcheck rules`: check and test the rule base."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.bootstrap.desk import desk_for_rehearsal, load_rules, rule_folders, today

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.core.rulebook.problems import Problem

_FOLDERS = click.argument("folders", nargs=-1)
_RULES = click.option(
    "--rules", "folders", multiple=True, help="Rule folder, or `shipped`; repeat to stack them."
)
_FILE = click.Path(dir_okay=False, path_type=Path)
_JSON = click.option("--json", "as_json", is_flag=True, help="One JSON object instead of lines.")


@click.group("rules")
def command() -> None:
    """Check and test the rule base.

    FOLDERS are rule folders, stacked: a later one replaces rules of the same id, and `shipped`
    stands for the rules that come with Firstcheck. Without any, FIRSTCHECK_RULES tells, else the
    shipped rules are meant. A problem is a line FILE:LINE:COLUMN CODE MESSAGE;
    rules/README.md explains each code.
    """


@command.command("lint")
@_FOLDERS
@_JSON
def lint(folders: tuple[str, ...], *, as_json: bool) -> None:
    """Find what is wrong in rule files, all of it at once. Exit status 1 if there is anything."""
    loaded = load_rules(rule_folders(folders, os.environ))
    fine = f"{_count(len(loaded.rulebook.rules), 'rule')}, no problems"
    _report(loaded.lint(today()), fine, as_json=as_json)


@command.command("test")
@_FOLDERS
@_JSON
@click.option("--rule", "only", multiple=True, help="Only this rule; repeat for more.")
def test(folders: tuple[str, ...], only: tuple[str, ...], *, as_json: bool) -> None:
    """Play every example, counterexample and dialogue. Exit status 1 if one comes out otherwise."""
    from bot.helpdesk.rehearse import examples

    loaded = load_rules(rule_folders(folders, os.environ))
    desk = desk_for_rehearsal(loaded.rulebook)
    rules = [r for r in loaded.rulebook.rules if not only or r.id in only]
    if missing := set(only) - {r.id for r in rules}:
        raise click.UsageError(f"There is no rule {', '.join(sorted(missing))}.")
    problems = [*loaded.problems, *(p for rule in rules for p in examples(desk, rule))]
    promises = sum(len(r.examples) + len(r.counterexamples) for r in rules)
    fine = f"{_count(promises, 'example')} of {_count(len(rules), 'rule')} come true"
    _report(problems, fine, as_json=as_json)


@command.command("backtest")
@click.argument("export", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_RULES
@click.option("--base", help="Show what changes from this rule folder, or revision of git.")
@click.option("--without", multiple=True, metavar="CHANNEL", help="Leave this channel out.")
@click.option("--html", type=_FILE, help="Write a report with charts and excerpts to this file.")
@_JSON
def backtest(
    export: Path, folders: tuple[str, ...], base: str | None, without: tuple[str, ...], **shown: Any
) -> None:
    """Show what would have been answered to a Slack export (zip). Nothing is sent anywhere.

    \b
    Examples:
      firstcheck rules backtest export.zip --html report.html
      firstcheck rules backtest export.zip --base HEAD~1
      firstcheck rules backtest export.zip --rules shipped --rules my-rules --base shipped
    """  # noqa: D301  (\b keeps click from joining lines)
    from bot.cli import backtest as past
    from bot.cli.backtest_page import page

    tally, cost = past.run(export, folders, base=base, without=without)
    if path := shown["html"]:
        path.write_text(page(tally, export.name, cost["seconds"]), encoding="utf-8")
    if shown["as_json"]:
        click.echo(json.dumps(past.as_json(tally, cost), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(past.summary(tally, cost)))


@command.command("schema")
def schema() -> None:
    """Print the JSON Schema of a rule file, for completion in an editor."""
    from bot.core.rulebook.schema import schema as rule_schema

    click.echo(json.dumps(rule_schema(), ensure_ascii=False, indent=2))


def _report(problems: Iterable[Problem], fine: str, *, as_json: bool) -> None:
    found = sorted(problems)
    if as_json:
        click.echo(
            json.dumps({"problems": [asdict(p) for p in found]}, ensure_ascii=False, indent=2)
        )
    else:
        for problem in found:
            click.echo(str(problem))
        click.echo(_count(len(found), "problem") if found else fine, err=bool(found))
    sys.exit(1 if found else 0)


def _count(number: int, of: str) -> str:
    return f"{number} {of}" if number == 1 else f"{number} {of}s"
