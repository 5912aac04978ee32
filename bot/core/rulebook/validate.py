"""Does a file say what the table of fields allows? Every problem at once, none twice.

Walks nodes and shapes side by side. What it has passed, `parse` may read without asking again.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from bot.core.rulebook.faults import Fault
from bot.core.rulebook.fields import BILINGUAL, PLACEHOLDERS, RULE
from bot.core.rulebook.model import Status
from bot.core.rulebook.problems import Problem
from bot.core.rulebook.shape import Field, Kind, Shape
from bot.core.rulebook.shared_fields import TAXONOMY
from bot.core.rulebook.source import Items, Node, Pairs, Place, Text
from bot.core.rulebook.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable

ID = re.compile(r"[a-z0-9][a-z0-9-]{0,99}")
LONGEST_PHRASE = 1000
"""Characters; to find half of a phrase takes time by the square of its length."""
YES = ("yes", "true")
NO = ("no", "false")

_LINK = re.compile(r"https?://[^\s/]+\.[^\s]+")
_PLACEHOLDER = re.compile(r"\{([A-Za-z_]+)\}")
_SURELY = 80
_UNQUOTED = "put quotes around a text that begins with { or ["


class Collector:
    """Gathers the problems of one file."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []

    def add(self, place: Place, fault: Fault, message: str, hint: str = "") -> None:
        """Note a problem at `place`."""
        self.problems.append(Problem(self.path, place.line, place.column, fault, message, hint))


def validate(node: Node, shape: Shape, found: Collector) -> None:
    """Add to `found` whatever in `node` is not as `shape` says."""
    if not isinstance(node, Pairs):
        found.add(
            node,
            Fault.WRONG_KIND,
            f"{_a(node)} stands where a {shape.name} with keys belongs",
            f"begin with “{shape.fields[0].name}: ”",
        )
        return
    _keys(node, shape, found)
    for key, value in node.pairs:
        if field := shape.by_name.get(key.value):
            _field(value, field, found)


def _keys(node: Pairs, shape: Shape, found: Collector) -> None:
    seen: dict[str, Text] = {}
    for key, value in node.pairs:
        if key.value in seen:
            first = seen[key.value].line
            found.add(
                key,
                Fault.DUPLICATE_KEY,
                f"“{key.value}” stands here twice",
                f"the first is in line {first}; keep one",
            )
        elif key.value not in shape.by_name:
            found.add(key, Fault.UNKNOWN_KEY, *_unknown(key.value, value, shape))
        seen[key.value] = key
    for field in shape.fields:
        lacks = field.required and field.name not in seen
        if lacks and not (field.draft_may_lack and _is_draft(node)):
            _missing(node, field, shape, found)
    present = [name for name in shape.one_of if name in seen]
    if shape.one_of and len(present) != 1:
        names = ", ".join(f"“{n}”" for n in shape.one_of)
        hint = "keep one of them" if present else "add one"
        found.add(node, Fault.EITHER_OR, f"a {shape.name} needs exactly one of {names}", hint)


def _is_draft(node: Pairs) -> bool:
    status = node.get("status")
    return isinstance(status, Text) and status.value.strip() == Status.DRAFT


def _unknown(key: str, value: Node, shape: Shape) -> tuple[str, str]:
    message = f"a {shape.name} has no key “{key}”"
    if isinstance(value, Text) and not value.value and " " in key.strip():
        # {en: proxy, VPN or firewall}: YAML takes what follows the comma for a key.
        return message, "inside { } a text that holds a comma needs quotes around it"
    if "\u3000" in key:
        return message, "there are full-width blanks before it; indent with half-width ones"
    homes = [s.name for s in (*RULE.walk(), *TAXONOMY.walk()) if key in s.by_name]
    if homes and not did_you_mean(key, shape.by_name, at_least=_SURELY).startswith("did"):
        return message, f"it belongs in a {' or a '.join(homes)}; check the indentation"
    return message, did_you_mean(key, shape.by_name) or "keys: " + ", ".join(shape.by_name)


def _missing(node: Node, field: Field, shape: Shape, found: Collector) -> None:
    if shape is BILINGUAL:
        language = {"en": "English", "ja": "Japanese"}[field.name]
        message, hint = f"the {language} is missing", f"add “{field.name}: …”"
    else:
        message = f"the {shape.name} has no “{field.name}”"
        hint = f"add “{field.name}: {field.example}”" if field.example != "…" else field.says
    found.add(node, Fault.MISSING_KEY, message, hint)


def _field(node: Node, field: Field, found: Collector) -> None:
    if isinstance(node, Text) and not node.value.strip():
        found.add(
            node,
            Fault.EMPTY_VALUE,
            f"“{field.name}” is empty",
            f"such as {field.example}" if field.required else "write it, or leave the key out",
        )
    elif field.many:
        _many(node, field, found)
    else:
        _one(node, field, found)


def _many(node: Node, field: Field, found: Collector) -> None:
    if not isinstance(node, Items):
        example = f"[{node.value}]" if isinstance(node, Text) else "- …"
        found.add(
            node,
            Fault.WRONG_KIND,
            f"“{field.name}” is a list, but {_a(node)} stands here",
            f"write {example}",
        )
        return
    if field.required and not node.items:
        found.add(node, Fault.EMPTY_VALUE, f"“{field.name}” needs at least one item")
    for item in node.items:
        if isinstance(item, Text) and not item.value.strip():
            found.add(item, Fault.EMPTY_VALUE, f"an item of “{field.name}” is empty")
        else:
            _one(item, field, found)


def _one(node: Node, field: Field, found: Collector) -> None:
    match field.kind:
        case Kind.BOTH:
            _both(node, field, found)
        case Kind.SECTION if field.of:
            validate(node, field.of, found)
        case Kind.NAMED if field.of:
            _named(node, field, field.of, found)
        case _ if isinstance(node, Text):
            if check := _CHECKS.get(field.kind):
                check(node, field, found)
        case _:
            found.add(
                node,
                Fault.WRONG_KIND,
                f"“{field.name}” is a {field.kind}, but {_a(node)} stands here",
                _UNQUOTED if field.kind in (Kind.TEXT, Kind.PHRASE) else "",
            )


def _both(node: Node, field: Field, found: Collector) -> None:
    if isinstance(node, Pairs):
        validate(node, BILINGUAL, found)
        return
    found.add(
        node,
        Fault.WRONG_KIND,
        f"“{field.name}” needs both languages, but {_a(node)} stands here",
        "write {en: …, ja: …}",
    )


def _named(node: Node, field: Field, shape: Shape, found: Collector) -> None:
    if not isinstance(node, Pairs):
        found.add(
            node,
            Fault.WRONG_KIND,
            f"“{field.name}” maps ids to sections, but {_a(node)} stands here",
            "write “an-id: {…}”",
        )
        return
    seen: set[str] = set()
    for key, value in node.pairs:
        _id(key, field, found)
        if key.value in seen:
            found.add(key, Fault.DUPLICATE_KEY, f"“{key.value}” stands here twice", "keep one")
        seen.add(key.value)
        validate(value, shape, found)


def _id(node: Text, _: Field, found: Collector) -> None:
    if not ID.fullmatch(node.value):
        better = re.sub(r"[^a-z0-9]+", "-", node.value.lower()).strip("-")
        found.add(
            node,
            Fault.BAD_ID,
            f"“{node.value}” cannot be an id",
            f"at most 100 lower-case letters, digits and hyphens{f': {better}' if better else ''}",
        )


def _word(node: Text, field: Field, found: Collector) -> None:
    if node.value not in field.allowed:
        found.add(
            node,
            Fault.UNKNOWN_WORD,
            f"“{field.name}” cannot be “{node.value}”",
            did_you_mean(node.value, field.allowed),
        )


def _flag(node: Text, field: Field, found: Collector) -> None:
    if node.value.lower() not in YES + NO:
        found.add(
            node,
            Fault.UNKNOWN_WORD,
            f"“{field.name}” cannot be “{node.value}”",
            "write yes or no",
        )


def _date(node: Text, field: Field, found: Collector) -> None:
    if iso_date(node.value) is None:
        found.add(
            node,
            Fault.BAD_DATE,
            f"“{field.name}” is not a date: “{node.value}”",
            "year-month-day, such as 2026-11-22",
        )


def iso_date(text: str) -> date | None:
    """The date written year-month-day, or None."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _link(node: Text, field: Field, found: Collector) -> None:
    if not _LINK.fullmatch(node.value):
        found.add(
            node,
            Fault.BAD_LINK,
            f"an item of “{field.name}” is not a web address: “{node.value}”",
            "write https://…",
        )


def _phrase(node: Text, field: Field, found: Collector) -> None:
    if len(node.value) > LONGEST_PHRASE:
        message = f"this phrase has {len(node.value):,} characters"
        hint = f"at most {LONGEST_PHRASE:,}: quote the part that tells"
        found.add(node, Fault.TOO_LARGE, message, hint)
    for name in _PLACEHOLDER.findall(node.value):
        if name not in PLACEHOLDERS:
            found.add(
                node,
                Fault.BAD_PLACEHOLDER,
                f"“{field.name}” has an unknown placeholder {{{name}}}",
                did_you_mean(name, PLACEHOLDERS),
            )


_CHECKS: dict[Kind, Callable[[Text, Field, Collector], None]] = {
    Kind.ID: _id,
    Kind.WORD: _word,
    Kind.FLAG: _flag,
    Kind.DATE: _date,
    Kind.LINK: _link,
    Kind.PHRASE: _phrase,
}


def _a(node: Node) -> str:
    match node:
        case Text():
            return "a text"
        case Items():
            return "a list"
    return "a mapping"
