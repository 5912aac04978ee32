"""YAML text → nodes that know where they stand.

Every scalar stays text: PyYAML's usual loaders turn `0x80070005` into a number, `12:30` into 750,
`NO` into False and `2026-11-22` into a date. So we read libyaml's events and build our own nodes,
and refuse what a rule never needs and what could hurt: anchors and aliases ("billion laughs"),
tags, several documents, deep nesting, huge files.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn, Protocol

import yaml
from yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    MappingEndEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamStartEvent,
)

from bot.core.rulebook.faults import Fault
from bot.core.rulebook.problems import Problem
from bot.core.rulebook.syntax import explain
from bot.core.text.visible import first_unseen

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_BYTES = 256 * 1024
MAX_TEXT = 4000
"""Characters of one text. Some lints take time by its square."""
MAX_DEPTH = 20

# libyaml, which every wheel of PyYAML has: ten times faster, and unlike PyYAML's own scanner it
# takes a “?” inside { } as YAML 1.2 does. The base loaders resolve no types.
_LOADER: type[yaml.CBaseLoader | yaml.BaseLoader] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

# What YAML 1.2 calls printable; anything else makes libyaml stop with a byte offset only.
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Text:
    """A scalar, exactly as written."""

    value: str
    line: int
    """1-based, as `column`."""
    column: int


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Node, ...]
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Pairs:
    """A mapping, in the order written; keys may repeat."""

    pairs: tuple[tuple[Text, Node], ...]
    line: int
    column: int

    def get(self, key: str) -> Node | None:
        """The first value under `key`."""
        return next((value for name, value in self.pairs if name.value == key), None)


Node = Text | Items | Pairs


class Place(Protocol):
    """Anything with a position: a node or a problem."""

    @property
    def line(self) -> int:
        """1-based."""

    @property
    def column(self) -> int:
        """1-based."""


def read(path: str, source: str) -> tuple[Node | None, list[Problem]]:
    """The root node of one YAML document, or None and why not.

    `path` is only quoted in problems. Never raises, whatever the text.
    """
    source = source.removeprefix("\ufeff")
    if problem := _unreadable(path, source):
        return None, [problem]
    try:
        return _Reader(path, source).document(), []
    except _Refused as refused:
        return None, [refused.problem]
    except yaml.YAMLError as error:
        return None, [explain(path, source, error)]


def locate(root: Node | None, *steps: str | int) -> Place:
    """Where `steps` lead ("causes", 0, "fix", "ja"), or as far towards it as the text goes.

    For a list or mapping that is its key, for a text the text itself.
    """
    node: Node = root if root is not None else Text("", 1, 1)
    place: Place = node
    for step in steps:
        match node, step:
            case Pairs(pairs=pairs), str():
                pair = next((p for p in pairs if p[0].value == step), None)
                if pair is None:
                    break
                node = pair[1]
                place = node if isinstance(node, Text) else pair[0]
            case Items(items=items), int() if step < len(items):
                place = node = items[step]
            case _:
                break
    return place


def _unreadable(path: str, source: str) -> Problem | None:
    if (size := len(source.encode("utf-8", "surrogatepass"))) > MAX_BYTES:
        return Problem(
            path, 1, 1, Fault.TOO_LARGE, f"the file has {size // 1024} KB", "at most 256 KB"
        )
    if found := _UNPRINTABLE.search(source):
        line = source.count("\n", 0, found.start()) + 1
        column = found.start() - (source.rfind("\n", 0, found.start()) + 1) + 1
        return Problem(
            path,
            line,
            column,
            Fault.CONTROL_CHARACTER,
            f"the character U+{ord(found[0]):04X} cannot be shown and is not allowed",
            "delete it; it may have come along with pasted text",
        )
    return None


class _Refused(Exception):  # noqa: N818  (it is an outcome of reading, caught in `read`)
    """Reading stops here."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem


class _Reader:
    """Builds nodes from libyaml's events, refusing on the way."""

    def __init__(self, path: str, source: str) -> None:
        self._path = path
        self._events: Iterator[yaml.Event] = yaml.parse(source, Loader=_LOADER)

    def document(self) -> Node | None:
        """The one document of the stream; None for an empty one."""
        event = next(self._events)
        if isinstance(event, StreamStartEvent):
            event = next(self._events)
        if not isinstance(event, DocumentStartEvent):
            return None
        root = self._node(next(self._events), 0)
        next(self._events)  # the end of the document
        after = next(self._events)
        if isinstance(after, DocumentStartEvent):
            self._refuse(after, Fault.SEVERAL_DOCUMENTS, "“---” begins a second document")
        return root

    def _node(self, event: yaml.Event, depth: int) -> Node:
        self._admit(event, depth)
        line, column = _position(event)
        match event:
            case ScalarEvent():
                return Text(event.value, line, column)
            case SequenceStartEvent():
                return Items(tuple(self._items(depth + 1)), line, column)
        return Pairs(tuple(self._pairs(depth + 1)), line, column)

    def _admit(self, event: yaml.Event, depth: int) -> None:
        if isinstance(event, AliasEvent):
            self._refuse(event, Fault.ALIAS, f"“*{event.anchor}” refers to an anchor")
        if isinstance(event, NodeEvent) and event.anchor is not None:
            self._refuse(event, Fault.ALIAS, f"“&{event.anchor}” makes an anchor")
        if isinstance(event, ScalarEvent | CollectionStartEvent) and event.tag not in (None, "!"):
            self._refuse(event, Fault.TAG, f"“{event.tag}” is a tag")
        if isinstance(event, ScalarEvent) and len(event.value) > MAX_TEXT:
            self._refuse(event, Fault.TOO_LARGE, f"this text has {len(event.value)} characters")
        if isinstance(event, ScalarEvent) and (unseen := first_unseen(event.value)):
            said = f"the character U+{ord(unseen):04X} cannot be seen and is not allowed"
            self._refuse(event, Fault.CONTROL_CHARACTER, said)  # it may be written as an escape
        if depth > MAX_DEPTH:
            self._refuse(event, Fault.TOO_DEEP, f"nested more than {MAX_DEPTH} deep")

    def _items(self, depth: int) -> Iterator[Node]:
        while not isinstance(event := next(self._events), SequenceEndEvent):
            yield self._node(event, depth)

    def _pairs(self, depth: int) -> Iterator[tuple[Text, Node]]:
        while not isinstance(event := next(self._events), MappingEndEvent):
            key = self._node(event, depth)
            if not isinstance(key, Text):
                self._refuse(event, Fault.SYNTAX, "a key must be a single word")
            yield key, self._node(next(self._events), depth)

    def _refuse(self, event: yaml.Event, fault: Fault, message: str) -> NoReturn:
        raise _Refused(Problem(self._path, *_position(event), fault, message, _HINTS[fault]))


_HINTS = {
    Fault.ALIAS: "write the text out; a text that begins with & or * needs quotes",
    Fault.CONTROL_CHARACTER: "delete it; it may have come along with pasted text",
    Fault.SEVERAL_DOCUMENTS: "one rule a file",
    Fault.SYNTAX: "a text that begins with { or [ needs quotes around it",
    Fault.TAG: "write the plain text; a text that begins with ! needs quotes around it",
    Fault.TOO_DEEP: "a rule never needs that",
    Fault.TOO_LARGE: f"at most {MAX_TEXT:,}; the ten lines that matter",
}


def _position(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
