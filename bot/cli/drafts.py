"""`firstcheck rules new` and `suggest`: from pastes to draft rules."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.bootstrap.desk import make_matcher
from bot.cli.in_force import rules_of
from bot.errors import RulesError
from bot.helpdesk.drafting import UNSORTED, Draft, Group, Unknown, draft, nearest
from bot.slack.export import SlackExport
from bot.slack.extract import extract

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bot.core.rulebook.model import Product

_NEAR = 0.3
"""A rule that fits this well may be the one that is wanted."""
_SHOWN = 30


def begin(source: str | None, folders: Sequence[str], **wanted: Any) -> None:
    """Show what is near, then write or print a draft.

    Raises:
        RulesError: there is nothing to begin from, or the file exists.
    """
    texts = _texts(source)
    if not texts:
        raise RulesError("There is no text to begin a rule from.")
    loaded = rules_of(folders)
    matcher = make_matcher(loaded.rulebook, include_drafts=True)
    asking = not wanted["yes"] and sys.stdin.isatty()
    near = [known for known in nearest(texts[0], matcher) if known.score >= _NEAR]
    for known in near:
        click.echo(f"near already: {known.rule_id} ({known.score:.2f}, “{known.words}”)", err=True)
    if near and asking and not click.confirm("Begin a new rule all the same?", err=True):
        return
    products = loaded.rulebook.products
    made = draft(texts, products, product=_product(wanted["product"] or "", products))
    if made.product == UNSORTED and not asking:
        raise RulesError(f"Which product? Give --product, one of {', '.join(sorted(products))}.")
    if asking:
        made = _asked(made, texts, products)
    elif wanted["rule_id"]:
        made = _named(made, wanted["rule_id"])
    _hand_out(made, wanted["into"])


def _product(product: str, products: Mapping[str, Product]) -> str:
    if product and product not in products:
        known = ", ".join(sorted(products))
        raise RulesError(f"There is no product {product!r}. Known are {known}.")
    return product


def _asked(made: Draft, texts: Sequence[str], products: Mapping[str, Product]) -> Draft:
    named = "" if made.product == UNSORTED else made.product
    product = click.prompt("Product", default=named or None, err=True)
    made = draft(texts, products, product=_product(product, products))
    return _named(made, click.prompt("Id", default=made.id, err=True))


def _named(made: Draft, rule_id: str) -> Draft:
    return Draft(rule_id, made.product, made.phrase, made.codes, made.examples)


def _hand_out(made: Draft, into: Path | None) -> None:
    if into is None:
        click.echo(made.source(), nl=False)
        return
    path = _written(made, into)
    click.echo(f"{path}\nNext: firstcheck rules lint shipped {into}")


def _written(made: Draft, into: Path) -> Path:
    path = into / made.product / f"{made.id}.yaml"
    if path.exists():
        raise RulesError(f"{path} exists already; give another --id.")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(made.source(), encoding="utf-8")
    return path


def _texts(source: str | None) -> list[str]:
    """The messages that `source` is, or that lie in the file it names."""
    if source is None or source == "-":
        return _messages(sys.stdin.read())
    path = Path(source)
    try:
        return _messages(path.read_text(encoding="utf-8") if path.is_file() else source)
    except (OSError, ValueError):  # too long for a name, or no text
        return _messages(source)


def _messages(text: str) -> list[str]:
    """A thread as Slack's API gives it, or one message as it is."""
    try:
        thread = json.loads(text)
    except ValueError:
        return [text] if text.strip() else []
    listed = thread.get("messages") if isinstance(thread, dict) else thread
    found = [extract(one).text for one in listed or () if isinstance(one, dict)]
    return [said for said in found if said]


def suggest(export: Path, folders: Sequence[str], **wanted: Any) -> None:
    """Group what no rule knows, and show or write drafts for it."""
    loaded = rules_of(folders)
    unknown = Unknown(make_matcher(loaded.rulebook, include_drafts=True))
    _hear(export, frozenset(wanted["without"]), unknown)
    groups = unknown.groups(least=wanted["people"])
    drafts = [draft([*group.texts, group.message], loaded.rulebook.products) for group in groups]
    if into := wanted["into"]:
        _write_all(drafts, into)
    elif wanted["as_json"]:
        click.echo(json.dumps(_as_json(groups, drafts), ensure_ascii=False, indent=2))
    else:
        for group, made in list(zip(groups, drafts, strict=True))[:_SHOWN]:
            hit = f"{len(group.people):5} people {group.messages:6} messages"
            click.echo(f"{hit}  {made.product:14} {group.message}")
        click.echo(f"{len(groups)} errors that no rule knows", err=True)


def _hear(export: Path, without: frozenset[str], unknown: Unknown) -> None:
    with SlackExport(export) as opened:
        days = opened.messages(without=without)
        with click.progressbar(days, opened.days, "days of channels", file=sys.stderr) as shown:
            for day in shown:
                for said in day:
                    if said.user:
                        unknown.hear(said.user, said.text)


def _as_json(groups: Iterable[Group], drafts: Iterable[Draft]) -> list[dict[str, Any]]:
    return [
        {"people": len(group.people), "messages": group.messages, **asdict(made)}
        for group, made in zip(groups, drafts, strict=True)
    ]


def _write_all(drafts: Iterable[Draft], into: Path) -> None:
    taken: set[str] = set()
    for made in drafts:
        number, rule_id = 1, made.id
        while rule_id in taken or (into / made.product / f"{rule_id}.yaml").exists():
            number += 1
            rule_id = f"{made.id}-{number}"
        taken.add(rule_id)
        click.echo(_written(_named(made, rule_id), into))
