"""Do the parts of a rule fit each other? Ids that are named must exist, and once only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.rulebook.build import Section
from bot.core.rulebook.faults import Fault
from bot.core.rulebook.fields import BUTTONS, OUTCOMES, RULE
from bot.core.rulebook.model import AnswerKind
from bot.core.rulebook.shape import Field, Kind, Refers, Shape
from bot.core.rulebook.source import Items, Node, Pairs, Text, locate
from bot.core.rulebook.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bot.core.rulebook.model import Rule, Taxonomy
    from bot.core.rulebook.validate import Collector

_ANSWER_KEYS = {
    AnswerKind.YES_NO: ("yes", "no"),
    AnswerKind.CHOICE: ("choices",),
    AnswerKind.TEXT: (),
}


def check_references(root: Node, rule: Rule, taxonomy: Taxonomy, found: Collector) -> None:
    """Add to `found` every id that is named but not there, there twice, or already taken."""
    top = Section(root)
    _references(top.node, RULE, _targets(rule, taxonomy), found)
    _unique([*top.items("causes"), *top.items("checks")], "causes and checks", found)
    _classes(top, found)
    _pins(top, found)
    _checks(top, found)
    _buttons(top, rule, found)


def check_place(root: Node, rule: Rule, taxonomy: Taxonomy, found: Collector) -> None:
    """The file's name is the rule's id and its folder's name the product."""
    parts = found.path.replace("\\", "/").split("/")
    stem, _, ending = parts[-1].rpartition(".")
    if ending not in ("yaml", "yml"):
        return
    top = Section(root)
    node = top.node.get("id")
    if isinstance(node, Text) and rule.id != stem:
        hint = f"write “id: {stem}” or rename the file"
        found.add(node, Fault.NOT_THE_FILE_NAME, f"“{rule.id}” is not the file's name", hint)
    node = top.node.get("product")
    known = rule.product in taxonomy.products  # if not, that is problem enough
    if isinstance(node, Text) and known and len(parts) > 1 and rule.product != parts[-2]:
        hint = f"move the file to {rule.product}/ or write “product: {parts[-2]}”"
        message = f"the product is “{rule.product}”, the folder “{parts[-2]}”"
        found.add(node, Fault.NOT_THE_FOLDER, message, hint)


def _targets(rule: Rule, taxonomy: Taxonomy) -> Mapping[Refers, Sequence[str]]:
    causes = [c.id for c in rule.causes]
    classes = [c.id for c in rule.escalate.classes]
    return {
        Refers.PRODUCT: list(taxonomy.products),
        Refers.TEAM: list(taxonomy.teams),
        Refers.CAUSE: causes,
        Refers.CLASS: classes,
        Refers.STEP: causes + [c.id for c in rule.checks],
        Refers.OUTCOME: [*OUTCOMES, *classes],
    }


def _references(
    node: Node, shape: Shape, targets: Mapping[Refers, Sequence[str]], found: Collector
) -> None:
    """Follow the shape down to every field that refers to something."""
    if not isinstance(node, Pairs):
        return
    for key, value in node.pairs:
        field = shape.by_name.get(key.value)
        if field and field.of:
            for child in _children(value, field):
                _references(child, field.of, targets, found)
        elif field and field.refers:
            for text in _texts(value):
                _reference(text, field.refers, targets[field.refers], found)


def _children(node: Node, field: Field) -> tuple[Node, ...]:
    match node:
        case Items(items=items) if field.many:
            return items
        case Pairs(pairs=pairs) if field.kind is Kind.NAMED:
            return tuple(value for _, value in pairs)
    return (node,)


def _texts(node: Node) -> Iterator[Text]:
    for item in node.items if isinstance(node, Items) else (node,):
        if isinstance(item, Text) and item.value.strip():
            yield item


def _reference(node: Text, refers: Refers, known: Sequence[str], found: Collector) -> None:
    if node.value not in known:
        where = " in taxonomy.yaml" if refers in (Refers.PRODUCT, Refers.TEAM) else ""
        found.add(
            node,
            Fault.UNKNOWN_REFERENCE,
            f"there is no {refers} “{node.value}”{where}",
            did_you_mean(node.value, known),
        )


def _unique(nodes: Sequence[Node], what: str, found: Collector) -> None:
    seen: dict[str, int] = {}
    for node in nodes:
        name = node.get("id") if isinstance(node, Pairs) else None
        if not isinstance(name, Text):
            continue
        if name.value in seen:
            message = f"“{name.value}” is taken: ids are unique among {what}"
            hint = f"the first is in line {seen[name.value]}"
            found.add(name, Fault.DUPLICATE_ID, message, hint)
        seen.setdefault(name.value, name.line)


def _classes(top: Section, found: Collector) -> None:
    for name, _ in top.section("escalate").section("classes").node.pairs:
        if name.value in OUTCOMES:
            message = f"“{name.value}” already means how a dialogue ends"
            found.add(name, Fault.RESERVED_ID, message, "give the class another id")


def _pins(top: Section, found: Collector) -> None:
    pins = [p for c in top.sections("causes") if (p := c.node.get("pin"))]
    for pin in pins[1:]:
        hint = f"the other is in line {pins[0].line}"
        found.add(pin, Fault.TWO_PINS, "another cause is already offered first", hint)


def _checks(top: Section, found: Collector) -> None:
    for check in top.sections("checks"):
        answer = check.text("answer")
        if answer not in tuple(AnswerKind):
            continue
        kind = AnswerKind(answer)
        for key, _ in check.node.pairs:
            if key.value in ("yes", "no", "choices") and key.value not in _ANSWER_KEYS[kind]:
                message = f"“{key.value}” does not go with “answer: {kind}”"
                hint = _MISMATCH_HINTS[kind]
                found.add(key, Fault.ANSWERS_MISMATCH, message, hint)
        if kind is AnswerKind.CHOICE:
            _choices(check, found)


_MISMATCH_HINTS = {
    AnswerKind.YES_NO: "write “answer: choice”, or the keys yes and no",
    AnswerKind.CHOICE: "write “answer: yes_no”, or a list of choices",
    AnswerKind.TEXT: "a text is only kept for the handover; nothing follows from it",
}

MOST_CHOICES = 20
"""Slack takes 25 buttons, and the way to a person is one of them."""


def _choices(check: Section, found: Collector) -> None:
    choices = check.items("choices")
    if len(choices) < 2:
        place = locate(check.node, "choices")
        message = "a choice has two answers or more"
        found.add(place, Fault.ANSWERS_MISMATCH, message, "add them under “choices”")
    if len(choices) > MOST_CHOICES:
        message = f"a message has room for {MOST_CHOICES} choices"
        found.add(locate(check.node, "choices"), Fault.ANSWERS_MISMATCH, message, "join some")
    _unique(choices, "choices", found)
    for choice in choices:
        name = choice.get("id") if isinstance(choice, Pairs) else None
        if isinstance(name, Text) and name.value in BUTTONS:
            message = f"“{name.value}” is a button every message has"
            found.add(name, Fault.RESERVED_ID, message, f"write “{name.value}-one” or the like")


def _buttons(top: Section, rule: Rule, found: Collector) -> None:
    choices = [a.id for c in rule.checks if c.kind is AnswerKind.CHOICE for a in c.answers]
    known = [*BUTTONS, *choices]
    for example in top.sections("examples"):
        for turn in example.sections("dialogue"):
            node, text = turn.node.get("user"), turn.text("user")
            pressed = text[1:-1] if text[:1] == "[" and text[-1:] == "]" else ""
            if node and pressed and pressed not in known:
                hint = did_you_mean(pressed, known)
                found.add(node, Fault.BAD_BUTTON, f"there is no button “[{pressed}]”", hint)
