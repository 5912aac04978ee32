"""What a lint is given, and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from bot.core.rulebook.fields import RULE
from bot.core.rulebook.model import Rule
from bot.core.rulebook.shape import Field, Kind, Shape
from bot.core.rulebook.source import Items, Node, Pairs, Place, Text, locate

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a lint objects to."""

    place: Place
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a rule, in one language."""

    role: tuple[str, str]
    """Section and key: ("cause", "fix")."""
    field: Field
    language: str
    """`en` or `ja`."""
    text: str
    place: Text


@dataclass(frozen=True, slots=True)
class Case:
    """A rule under scrutiny."""

    rule: Rule
    root: Node
    today: date
    sentences: tuple[Sentence, ...]
    """Everything the rule says to people."""

    @classmethod
    def of(cls, rule: Rule, root: Node, today: date) -> Case:
        """The case of `rule`, whose file is `root`."""
        return cls(rule, root, today, tuple(_sentences(root, RULE)))

    def at(self, *steps: str | int) -> Place:
        """Where `steps` lead in the file."""
        return locate(self.root, *steps)


def _sentences(node: Node, shape: Shape) -> Iterator[Sentence]:
    """Walk the file by its shape and collect whatever is written in both languages."""
    if not isinstance(node, Pairs):
        return
    for key, value in node.pairs:
        field = shape.by_name.get(key.value)
        if field and field.kind is Kind.BOTH:
            for both in _each(value):
                yield from _languages(both, (shape.name, field.name), field)
        elif field and field.of:
            for below in _each(value, named=field.kind is Kind.NAMED):
                yield from _sentences(below, field.of)


def _each(node: Node, *, named: bool = False) -> tuple[Node, ...]:
    match node:
        case Items(items=items):
            return items
        case Pairs(pairs=pairs) if named:
            return tuple(value for _, value in pairs)
    return (node,)


def _languages(node: Node, role: tuple[str, str], field: Field) -> Iterator[Sentence]:
    for key, value in node.pairs if isinstance(node, Pairs) else ():
        if key.value in ("en", "ja") and isinstance(value, Text) and value.value.strip():
            yield Sentence(role, field, key.value, value.value.strip(), value)
