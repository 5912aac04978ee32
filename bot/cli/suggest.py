"""`firstcheck rules suggest`: the errors that no rule knows, as draft rules."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any, Final

import click

from bot.bootstrap.desk import make_matcher
from bot.bootstrap.kept import kept_here
from bot.cli.exported import days_of
from bot.cli.in_force import rules_of
from bot.cli.written import written
from bot.helpdesk.drafting import UNSORTED, Draft, draft
from bot.helpdesk.unknown import Group, Unknown
from bot.slack.export import SlackExport

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

_SHOWN: Final = 30
_EXAMPLES: Final = 2
"""Messages quoted in the terminal under each error."""
_WIDTH: Final = 110
_TAXONOMY: Final = """\
# Made by `firstcheck rules suggest` for drafts whose product nobody named: give each its product,
# and move it to that folder.
products:
  unsorted: {title: {en: Not sorted yet, ja: 未分類}}
teams: {}
"""


def suggest(export: Path | None, folders: Sequence[str], **wanted: Any) -> None:
    """Group what no rule knows, and show or write drafts for it.

    Raises:
        ExportError: the file is no Slack export.
        StorageError: the database cannot be read.
    """
    if (export is None) is not wanted["from_db"]:
        raise click.UsageError("Give an EXPORT, or --from-db; not both.")
    into: Path | None = wanted["into"]
    book = rules_of(folders, into).rulebook
    unknown = Unknown(make_matcher(book, include_drafts=True))
    for who, text in _exported(export, wanted["without"]) if export else _kept(wanted["without"]):
        unknown.hear(who, text)
    groups = unknown.groups(least=wanted["people"])
    drafts = [draft([*group.texts, group.message], book.products) for group in groups]
    if into:
        _write_all(drafts, into, {rule.id for rule in book.rules})
    if wanted["as_json"]:
        click.echo(json.dumps(_as_json(groups, drafts), ensure_ascii=False, indent=2))
    elif not into:
        click.echo("\n".join(_lines(groups, drafts)))
    click.echo(f"{len(groups)} errors that no rule knows", err=True)


def _exported(export: Path, without: Sequence[str]) -> Iterator[tuple[str, str]]:
    with SlackExport(export) as opened:
        for day in days_of(opened, without):
            yield from ((said.user, said.text) for said in day)
        for reason in opened.unreadable:
            click.echo(f"passed over: {reason}", err=True)


def _kept(without: Sequence[str]) -> Iterator[tuple[str, str]]:
    with click.progressbar(
        kept_here(os.environ), label="reports", file=sys.stderr, hidden=not sys.stderr.isatty()
    ) as shown:
        for report in shown:
            if report.place.channel not in without:
                yield report.asker or report.who, report.text


def _lines(groups: Sequence[Group], drafts: Sequence[Draft]) -> Iterator[str]:
    for group, made in list(zip(groups, drafts, strict=True))[:_SHOWN]:
        hit = f"{len(group.people):5} people {group.messages:6} messages"
        near = "".join(f"  (near: {rule_id})" for rule_id, _ in group.near.most_common(1))
        yield f"{hit}  {made.product:14} {group.message}{near}"
        for text in group.texts[:_EXAMPLES]:
            flat = " ".join(text.split())
            yield f"{'':14}{flat[:_WIDTH]}{'…' if len(flat) > _WIDTH else ''}"
    if len(groups) > _SHOWN:
        yield f"… {len(groups) - _SHOWN} more, see --json or --into"


def _as_json(groups: Iterable[Group], drafts: Iterable[Draft]) -> list[dict[str, Any]]:
    return [
        {
            "people": len(group.people),
            "messages": group.messages,
            "near": [rule_id for rule_id, _ in group.near.most_common(1)],
            **asdict(made),
        }
        for group, made in zip(groups, drafts, strict=True)
    ]


def _write_all(drafts: Iterable[Draft], into: Path, taken: set[str]) -> None:
    for made in drafts:
        path = _free(made, into, taken)
        taken.add(path.stem)
        written(path, replace(made, id=path.stem).source())
        click.echo(path, err=False)
        if made.product == UNSORTED and not (into / "taxonomy.yaml").exists():
            written(into / "taxonomy.yaml", _TAXONOMY)


def _free(made: Draft, into: Path, taken: set[str]) -> Path:
    """A file of its own: one that is there may be half-written, so that no rule is known by it."""
    folder, number = into / made.product, 1
    path = folder / f"{made.id}.yaml"
    while path.stem in taken or path.exists():
        number += 1
        path = folder / f"{made.id}-{number}.yaml"
    return path
