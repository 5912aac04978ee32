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
from bot.cli.in_force import rules_of
from bot.core.text.language import Language
from bot.storage.rules_folder import default_rules_path

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.core.rulebook.problems import Problem
    from bot.storage.rules_folder import Loaded

_FOLDERS = click.argument("folders", nargs=-1)
_RULES = click.option(
    "--rules", "folders", multiple=True, help="Rule folder, or `shipped`; repeat to stack them."
)
_FILE = click.Path(dir_okay=False, path_type=Path)
_FOLDER = click.Path(file_okay=False, path_type=Path)
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
    """Find what is wrong in rule files, all of it at once. Exit status 1 if there is anything.

    Rule files may be named instead of folders: then only these are looked at, beside all others.
    """
    files = [Path(name) for name in folders if name.endswith((".yaml", ".yml"))]
    loaded = load_rules(_stacked([name for name in folders if Path(name) not in files], files))
    if files:
        from bot.bootstrap.lint import lint_files

        _report(lint_files(loaded, files, today()), "no problems", as_json=as_json)
    fine = f"{_count(len(loaded.rulebook.rules), 'rule')}, no problems"
    _report(loaded.lint(today()), fine, as_json=as_json)


def _stacked(named: list[str], files: list[Path]) -> list[Path]:
    """The folders named, or those in force, and the folders of these files on top."""
    paths = list(rule_folders(named, os.environ)) or [default_rules_path()]
    for file in files:
        if not file.is_file():
            raise click.UsageError(f"There is no file {file}.")
        folder = file.absolute().parent.parent
        if folder.resolve() not in {path.resolve() for path in paths}:
            paths.append(folder)
    return paths


@command.command("test")
@_FOLDERS
@_JSON
@click.option("--rule", "only", multiple=True, help="Only this rule; repeat for more.")
@click.option(
    "--chatter",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    help="Also messages nobody may be answered to: a file, one a line, or a folder of *.txt.",
)
def test(
    folders: tuple[str, ...], only: tuple[str, ...], chatter: tuple[Path, ...], *, as_json: bool
) -> None:
    """Play every example, counterexample and dialogue. Exit status 1 if one comes out otherwise."""
    from bot.cli.chatter import lines_of, spoken
    from bot.helpdesk.rehearse import examples

    loaded = load_rules(rule_folders(folders, os.environ))
    desk = desk_for_rehearsal(loaded.rulebook)
    rules = [r for r in loaded.rulebook.rules if not only or r.id in only]
    if missing := set(only) - {r.id for r in rules}:
        raise click.UsageError(f"There is no rule {', '.join(sorted(missing))}.")
    problems = [*loaded.problems, *(p for rule in rules for p in examples(desk, rule))]
    problems += spoken(desk, chatter)
    promises = sum(len(r.examples) + len(r.counterexamples) for r in rules)
    fine = f"{_count(promises, 'example')} of {_count(len(rules), 'rule')} come true"
    if chatter:
        fine += f", {_count(lines_of(chatter), 'line')} of chatter left alone"
    _report(problems, fine, as_json=as_json)


@command.command("list")
@_FOLDERS
@_JSON
def list_(folders: tuple[str, ...], *, as_json: bool) -> None:
    """List the rules, with status, owner and review, and what is covered by product."""
    from bot.core.rulebook.overview import coverage, lines

    loaded = rules_of(folders)
    known, covered = lines(loaded.rulebook), coverage(loaded.rulebook)
    if as_json:
        over = [asdict(one) for one in loaded.overridden]
        told = {"rules": [asdict(one) for one in known], "overridden": over}
        click.echo(json.dumps({**told, "coverage": [asdict(one) for one in covered]}, indent=2))
        return
    for one in known:
        kept = f"{one.owner or '-'} {one.reviewed or '-'}"
        click.echo(f"{one.status:8} {one.product:16} {one.id:48} {kept}")
    click.echo(f"\n{'product':16} {'rules':>6} {'answering':>10} {'en':>4} {'ja':>4} {'both':>5}")
    for row in covered:
        counts = (
            f"{row.rules:6} {row.answering:10} {row.phrases_en:4} {row.phrases_ja:4} {row.both:5}"
        )
        click.echo(f"{row.product:16} {counts}")
    for gone in loaded.overridden:
        click.echo(f"overridden: {gone.id} of {gone.path} by {gone.by}")


@command.command("show")
@click.argument("rule_id", metavar="ID")
@_RULES
@click.option("--mermaid", is_flag=True, help="Only the way it leads, as a Mermaid flowchart.")
@click.option("--svg", type=_FILE, help="Draw the way it leads into this file.")
@click.option("--lang", type=click.Choice(["ja", "en"]), help="Only in this language.")
@_JSON
def show(rule_id: str, folders: tuple[str, ...], lang: str | None, **shown: Any) -> None:
    """Show a rule as a reader would meet it: the first answer, and the way it leads."""
    from bot.cli.rule_view import as_json as view_json
    from bot.cli.rule_view import draw, drawn, mermaid

    loaded = rules_of(folders)
    rule = loaded.rulebook.rule(rule_id)
    if rule is None:
        raise click.UsageError(f"There is no rule {rule_id}.{_meant(rule_id, loaded)}")
    languages = [Language(lang)] if lang else [Language.JA, Language.EN]
    if shown["svg"]:
        for path in draw(rule, languages, shown["svg"]):
            click.echo(path)
        return
    if shown["as_json"]:
        click.echo(json.dumps(view_json(rule, languages), ensure_ascii=False, indent=2))
    else:
        view = mermaid if shown["mermaid"] else drawn
        click.echo("\n\n".join("\n".join(view(rule, language)) for language in languages))


def _meant(rule_id: str, loaded: Loaded) -> str:
    from rapidfuzz import process

    known = [rule.id for rule in loaded.rulebook.rules]
    best = process.extractOne(rule_id, known, score_cutoff=60)
    return f" Did you mean {best[0]!r}?" if best else ""


@command.command("diff")
@click.argument("base")
@_RULES
@_JSON
def diff(base: str, folders: tuple[str, ...], *, as_json: bool) -> None:
    """Show what changed for people since BASE (a rule folder, or a revision of git).

    Behaviour, not text: rules that came and went, what they say first, the way they lead, whom they
    hand over to, and every example of either that is answered otherwise. Exit status 1 if anything
    did.
    """
    from bot.cli.base import folder_of
    from bot.helpdesk.behaviour import changes

    now = desk_for_rehearsal(rules_of(folders).rulebook)
    with folder_of(base) as folder:
        found = changes(desk_for_rehearsal(load_rules([folder]).rulebook), now)
    if as_json:
        told = {"changes": [asdict(one) for one in found]}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        for one in found:
            click.echo(f"{one.rule_id}: {one.what}")
            click.echo("".join(f"  - {line}\n" for line in one.before.splitlines()), nl=False)
            click.echo("".join(f"  + {line}\n" for line in one.after.splitlines()), nl=False)
        click.echo(_count(len(found), "change") if found else "no changes", err=bool(found))
    sys.exit(1 if found else 0)


@command.command("new")
@click.argument("source", required=False)
@_RULES
@click.option("--into", type=_FOLDER, help="Your rule folder; its taxonomy counts too.")
@click.option("--product", help="What it is about, as in taxonomy.yaml.")
@click.option("--id", "rule_id", help="The id, if not made from the message.")
@click.option("--title-en", help="The title in English, if not made from the message.")
@click.option("--title-ja", help="The title in Japanese.")
@click.option("--yes", is_flag=True, help="Ask nothing.")
@_JSON
def new(source: str | None, folders: tuple[str, ...], **wanted: Any) -> None:
    """Begin a rule from what somebody pasted.

    SOURCE is the message, a file with it, or a Slack thread exported as JSON; "-" or nothing reads
    standard input. Rules that are near already are shown first. Of a thread, the messages that show
    the error become examples, and what was said after it a comment: the fix may be in it. Without
    --into the file is only printed.

    \b
    Examples:
      firstcheck rules new "EXP-4012: The approval route could not be determined." --into my-rules
      firstcheck rules new thread.json --into my-rules
      pbpaste | firstcheck rules new - --product outlook
    """  # noqa: D301  (\b keeps click from joining lines)
    from bot.cli.new import Wanted, begin

    begin(source, folders, Wanted(**wanted))


@command.command("suggest")
@click.argument(
    "export", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@_RULES
@click.option("--from-db", is_flag=True, help="Read what the bot kept (FIRSTCHECK_DATABASE).")
@click.option("--without", multiple=True, metavar="CHANNEL", help="Leave this channel out.")
@click.option(
    "--people", default=2, show_default=True, type=click.IntRange(1), help="At least so many hit."
)
@click.option(
    "--into", type=_FOLDER, help="Write drafts here; those that are there count as known."
)
@_JSON
def suggest(export: Path | None, folders: tuple[str, ...], **wanted: Any) -> None:
    """Suggest rules for errors that no rule knows, those that hit most people first.

    They are looked for in a Slack export (zip), or with --from-db in the redacted reports that the
    bot keeps; channels are named there by id. Nothing is sent anywhere.
    """
    from bot.cli.suggest import suggest as suggested

    suggested(export, folders, **wanted)


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
    from bot.cli.written import writable, written

    html: Path | None = shown["html"]
    if html:
        writable(html)
    tally, cost = past.run(export, folders, base=base, without=without)
    if html:
        written(html, page(tally, export.name, cost))
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
