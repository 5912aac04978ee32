"""`firstcheck rules new`: from what somebody pasted to a draft rule."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
from rapidfuzz import process

from bot.bootstrap.desk import make_matcher
from bot.cli.in_force import rules_of
from bot.cli.pasted import messages
from bot.cli.written import written
from bot.core.rulebook.model import Bilingual
from bot.errors import RulesError
from bot.helpdesk.drafting import UNSORTED, Draft, Known, draft, is_id, nearest
from bot.helpdesk.thread import read_thread

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.core.rulebook.model import Product, Rulebook
    from bot.helpdesk.thread import Thread

_NEAR: Final = 0.3
"""A rule that fits this well may be the one that is wanted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the flags say."""

    into: Path | None
    product: str | None
    rule_id: str | None
    title_en: str | None
    title_ja: str | None
    yes: bool
    as_json: bool


def begin(source: str | None, folders: Sequence[str], wanted: Wanted) -> None:
    """Show what is near, ask what is missing, then write or print a draft.

    Raises:
        RulesError: there is nothing to begin from, a flag is wrong, or the rule exists.
    """
    thread = read_thread(messages(source))
    book = rules_of(folders, wanted.into).rulebook
    matcher = make_matcher(book, include_drafts=True)
    near = [known for known in nearest(thread.reports[0], matcher) if known.score >= _NEAR]
    for known in near:
        words = f"“{known.words}”"
        click.echo(f"near already: {known.rule_id} ({known.score:.2f}, {words})", err=True)
    asking = not wanted.yes and sys.stdin.isatty()
    if near and asking and not click.confirm("Begin a new rule all the same?", err=True):
        return
    made = _named(_begun(thread, book, wanted, asking=asking), wanted)
    if asking:
        made = _asked(made, book)
    _check(made, book)
    _hand_out(made, near, wanted)


def _begun(thread: Thread, book: Rulebook, wanted: Wanted, *, asking: bool) -> Draft:
    product = _product(wanted.product, book.products) if wanted.product else ""
    made = draft(thread.reports, book.products, product=product, notes=thread.notes)
    if not (made.phrase or made.codes):
        raise RulesError("That is too little to recognise it by: give the message as it is shown.")
    if made.product == UNSORTED:
        if not asking:
            known = ", ".join(sorted(book.products))
            raise RulesError(f"Which product? Give --product, one of {known}.")
        product = _ask_product(book.products)
        made = draft(thread.reports, book.products, product=product, notes=thread.notes)
    return made


def _ask_product(products: Mapping[str, Product]) -> str:
    for product in products.values():
        click.echo(f"  {product.id:16} {product.title.en} / {product.title.ja}", err=True)
    return str(click.prompt("Product", value_proc=lambda said: _retry(said, products), err=True))


def _retry(said: str, products: Mapping[str, Product]) -> str:
    try:
        return _product(said.strip(), products)
    except RulesError as error:
        raise click.BadParameter(str(error)) from None


def _product(product: str, products: Mapping[str, Product]) -> str:
    if product in products:
        return product
    like = process.extractOne(product, list(products), score_cutoff=60)
    meant = f" Did you mean {like[0]!r}?" if like else ""
    known = ", ".join(sorted(products))
    raise RulesError(
        f"There is no product {product!r}.{meant} Known are {known}; a new one is written into the "
        "taxonomy.yaml of your rule folder."
    )


def _named(made: Draft, wanted: Wanted) -> Draft:
    """With the names that flags give."""
    title = Bilingual(wanted.title_en or made.title.en, wanted.title_ja or made.title.ja)
    return replace(made, id=wanted.rule_id or made.id, title=title)


def _asked(made: Draft, book: Rulebook) -> Draft:
    """Each name as it was made, to be kept by Enter or written anew."""

    def free(said: str) -> str:
        try:
            _check(replace(made, id=said), book)
        except RulesError as error:
            raise click.BadParameter(str(error)) from None
        return said

    rule_id = click.prompt("Id", default=made.id, value_proc=free, err=True)
    english = click.prompt("Title (English)", default=made.title.en, err=True)
    japanese = click.prompt("Title (日本語)", default=made.title.ja, err=True)
    return replace(made, id=rule_id, title=Bilingual(english, japanese))


def _check(made: Draft, book: Rulebook) -> None:
    if not is_id(made.id):
        raise RulesError(f"{made.id!r} cannot be an id: lower-case letters, digits and hyphens.")
    if rule := book.rule(made.id):
        raise RulesError(f"{made.id} exists already: {rule.path}. Give another --id.")


def _hand_out(made: Draft, near: Sequence[Known], wanted: Wanted) -> None:
    path = wanted.into / made.product / f"{made.id}.yaml" if wanted.into else None
    if path and path.exists():
        raise RulesError(f"{path} exists already; give another --id.")
    if path:
        written(path, made.source())
    if wanted.as_json:
        told: dict[str, Any] = {"path": str(path) if path else None, **asdict(made)}
        told |= {"source": made.source(), "near": [asdict(known) for known in near]}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    elif path:
        click.echo(f"{path}\nNext: firstcheck rules lint {path}")
    else:
        click.echo(made.source(), nl=False)
