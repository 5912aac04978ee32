"""Nodes → the words of `model`, forgivingly.

What is missing or of the wrong kind becomes empty: `validate` has already said so, and a rule that
is half right can still be linted for the rest. Only a rule without problems is ever put in force.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from bot.core.rulebook.model import (
    Answer,
    AnswerKind,
    Audience,
    Bilingual,
    Cause,
    Check,
    Code,
    Counterexample,
    Effort,
    Escalation,
    EscalationClass,
    Example,
    Likelihood,
    Phrase,
    Product,
    Rule,
    Signature,
    Status,
    Taxonomy,
    Team,
    Turn,
)
from bot.core.rulebook.source import Items, Node, Pairs, Text
from bot.core.rulebook.validate import NO, YES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from enum import StrEnum

    Word = TypeVar("Word", bound=StrEnum)

_NOTHING = Pairs((), 1, 1)
_SILENT = Bilingual("", "")


class Section:
    """A mapping node, read by key."""

    def __init__(self, node: Node | None) -> None:
        self.node = node if isinstance(node, Pairs) else _NOTHING

    def text(self, key: str) -> str:
        """The text under `key`, without blanks around it; empty if there is none."""
        return _text(self.node.get(key))

    def texts(self, key: str) -> tuple[str, ...]:
        """The texts of a list."""
        return tuple(text for item in self.items(key) if (text := _text(item)))

    def items(self, key: str) -> tuple[Node, ...]:
        """The nodes of a list."""
        node = self.node.get(key)
        return node.items if isinstance(node, Items) else ()

    def section(self, key: str) -> Section:
        """The mapping under `key`."""
        return Section(self.node.get(key))

    def sections(self, key: str) -> Iterator[Section]:
        """The mappings of a list."""
        return (Section(item) for item in self.items(key))

    def named(self, key: str) -> Iterator[tuple[str, Section]]:
        """The mappings by id under `key`."""
        node = self.section(key).node
        return ((name.value, Section(value)) for name, value in node.pairs)

    def both(self, key: str) -> Bilingual | None:
        """The sentence in both languages, if any is there."""
        return _both(self.node.get(key))

    def word(self, key: str, default: Word) -> Word:
        """One of the words of an enum."""
        try:
            return type(default)(self.text(key))
        except ValueError:
            return default

    def flag(self, key: str, *, default: bool = False) -> bool:
        """Yes or no."""
        text = self.text(key).lower()
        return text in YES or (default and text not in NO)


def rule(node: Node, path: str) -> Rule:
    """The rule `node` describes."""
    top = Section(node)
    return Rule(
        id=top.text("id"),
        status=top.word("status", Status.DRAFT),
        product=top.text("product"),
        audience=top.word("audience", Audience.EMPLOYEE),
        title=top.both("title") or _SILENT,
        signatures=tuple(_signature(s) for s in top.sections("signatures")),
        causes=tuple(_cause(s) for s in top.sections("causes")),
        escalate=_escalation(top.section("escalate")),
        sources=top.texts("sources"),
        unless=top.texts("unless"),
        misdirection=top.both("misdirection"),
        applies_to=top.both("applies_to"),
        caution=top.both("caution"),
        checks=tuple(_check(s) for s in top.sections("checks")),
        examples=tuple(_example(s) for s in top.sections("examples")),
        counterexamples=tuple(_counterexample(s) for s in top.sections("counterexamples")),
        owner=top.text("owner"),
        reviewed=top.text("reviewed"),
        replaces=top.texts("replaces"),
        path=path,
    )


def taxonomy(node: Node) -> Taxonomy:
    """The taxonomy `node` describes."""
    top = Section(node)
    products = {
        name: Product(name, s.both("title") or _SILENT, s.texts("words"))
        for name, s in top.named("products")
    }
    teams = {name: Team(name, s.both("title") or _SILENT) for name, s in top.named("teams")}
    return Taxonomy(MappingProxyType(products), MappingProxyType(teams))


def _text(node: Node | None) -> str:
    return node.value.strip() if isinstance(node, Text) else ""


def _both(node: Node | None) -> Bilingual | None:
    section = Section(node)
    both = Bilingual(section.text("en"), section.text("ja"))
    return None if both == _SILENT else both


def _signature(section: Section) -> Signature:
    weak = section.flag("weak")
    if code := section.text("code"):
        return Code(code, section.texts("near"), weak)
    return Phrase(section.text("phrase"), weak, section.texts("telling"), section.texts("near"))


def _cause(section: Section) -> Cause:
    return Cause(
        id=section.text("id"),
        title=section.both("title") or _SILENT,
        likelihood=section.word("likelihood", Likelihood.OCCASIONAL),
        effort=section.word("effort", Effort.QUICK),
        fix=section.both("fix"),
        where=section.both("where"),
        pinned=section.text("pin") == "first",
        reversible=section.flag("reversible", default=True),
        escalate=section.text("escalate") or None,
    )


def _check(section: Section) -> Check:
    kind = section.word("answer", AnswerKind.YES_NO)
    return Check(
        id=section.text("id"),
        ask=section.both("ask") or _SILENT,
        kind=kind,
        answers=tuple(_answers(section, kind)),
        title=section.both("title") or _SILENT,
        effort=section.word("effort", Effort.QUICK),
    )


def _answers(section: Section, kind: AnswerKind) -> Iterator[Answer]:
    match kind:
        case AnswerKind.YES_NO:
            for name in ("yes", "no"):
                yield _answer(name, section.section(name))
        case AnswerKind.CHOICE:
            for choice in section.sections("choices"):
                yield _answer(choice.text("id"), choice)
        case AnswerKind.TEXT:
            return


def _answer(answer_id: str, section: Section) -> Answer:
    return Answer(
        id=answer_id,
        label=section.both("label"),
        points_to=section.texts("points_to"),
        rules_out=section.texts("rules_out"),
        shown_by=section.texts("shown_by"),
    )


def _escalation(section: Section) -> Escalation:
    default = EscalationClass("", None, section.text("to"), _bring(section))
    classes = tuple(
        EscalationClass(
            name, s.both("title"), s.text("to") or default.to, _bring(s) or default.bring
        )
        for name, s in section.named("classes")
    )
    return Escalation(default, classes, section.both("meanwhile"))


def _bring(section: Section) -> tuple[Bilingual, ...]:
    return tuple(both for item in section.items("bring") if (both := _both(item)))


def _example(section: Section) -> Example:
    turns = tuple(
        Turn(t.text("user") or None, t.text("asks") or None, t.text("concludes") or None)
        for t in section.sections("dialogue")
    )
    return Example(section.text("text"), turns, section.node.line)


def _counterexample(section: Section) -> Counterexample:
    return Counterexample(section.text("text"), section.text("because"), section.node.line)
