"""Wording that many rules share: `use: NAME` stands for what `fragments.yaml` says under that name.

One way to say the same question means that a wording is corrected once. A mapping in a rule that
holds `use:` gets the keys of the fragment; keys of its own win. What comes from a fragment bears
the position of the `use`, so that a problem is told where the rule can do something about it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import is_
from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.core.rulebook.faults import Fault
from bot.core.rulebook.shared_fields import FRAGMENTS
from bot.core.rulebook.source import Items, Node, Pairs, Place, Text
from bot.core.rulebook.suggest import did_you_mean

if TYPE_CHECKING:
    from bot.core.rulebook.validate import Collector

USE = "use"
MAX_LENT = 10_000
"""Keys and texts that fragments may add to one file: ten times as many as any rule has."""


@dataclass(frozen=True, slots=True)
class Fragments:
    """What `use:` can name, by name."""

    by_name: Mapping[str, Pairs] = field(default_factory=lambda: MappingProxyType({}))

    def stacked(self, later: Fragments) -> Fragments:
        """These and `later` ones, which win."""
        return Fragments(MappingProxyType({**self.by_name, **later.by_name}))


def fragments_of(root: Node, found: Collector) -> Fragments:
    """The fragments a validated `fragments.yaml` holds; a name stands for one thing only."""
    by_name: dict[str, Pairs] = {}
    for section in FRAGMENTS.fields:
        named = root.get(section.name) if isinstance(root, Pairs) else None
        for name, node in named.pairs if isinstance(named, Pairs) else ():
            if name.value in by_name:
                message = f"another fragment is called “{name.value}”"
                found.add(name, Fault.DUPLICATE_ID, message, "keep one, or rename it")
            elif isinstance(node, Pairs):
                by_name[name.value] = node
    return Fragments(MappingProxyType(by_name))


def expand(node: Node, fragments: Fragments, found: Collector) -> Node:
    """`node` with every `use:` replaced by what it stands for; unknown names go to `found`."""
    return _Lender(fragments, found).expanded(node)


class _Lender:
    """Puts fragments into one file, and stops where a small file would become a huge one."""

    def __init__(self, fragments: Fragments, found: Collector) -> None:
        self._fragments = fragments
        self._found = found
        self._left = MAX_LENT

    def expanded(self, node: Node) -> Node:
        match node:
            case Text():
                return node
            case Items(items=items):
                made = tuple([self.expanded(i) for i in items])
                same = all(map(is_, made, items))
                return node if same else replace(node, items=made)
        own = tuple([(key, self.expanded(value)) for key, value in node.pairs if key.value != USE])
        names = [value for key, value in node.pairs if key.value == USE]
        if not names:
            same = all(new is old for (_, new), (_, old) in zip(own, node.pairs, strict=True))
            return node if same else replace(node, pairs=own)
        if len(names) > 1:
            self._found.add(names[1], Fault.DUPLICATE_KEY, "“use” stands here twice", "keep one")
        lent = self._lent(names[0])
        written = {key.value for key, _ in own}
        return replace(
            node, pairs=own + tuple(pair for pair in lent if pair[0].value not in written)
        )

    def _lent(self, name: Node) -> Sequence[tuple[Text, Node]]:
        """The keys and values of the fragment, as if they stood where it is named."""
        if not isinstance(name, Text):
            hint = "write use: its-name"
            self._found.add(name, Fault.WRONG_KIND, "“use” names one fragment", hint)
            return ()
        shared = self._fragments.by_name.get(name.value)
        if shared is None:
            known = self._fragments.by_name
            hint = did_you_mean(name.value, known) or "fragments are in fragments.yaml"
            message = f"there is no fragment “{name.value}”"
            self._found.add(name, Fault.UNKNOWN_REFERENCE, message, hint)
            return ()
        if self._left <= 0:
            return ()
        self._left -= _size(shared)
        if self._left <= 0:
            message = f"from here on, fragments lend more than {MAX_LENT:,} keys and texts"
            self._found.add(name, Fault.TOO_LARGE, message, "write several smaller rules")
            return ()
        return [(_text_at(name, key), _at(name, value)) for key, value in shared.pairs]


def _size(node: Node) -> int:
    """How many keys and texts it holds."""
    match node:
        case Text():
            return 1
        case Items(items=items):
            return 1 + sum(map(_size, items))
    return 1 + sum(1 + _size(value) for _, value in node.pairs)


def _at(place: Place, node: Node) -> Node:
    """A copy of `node` that claims to stand at `place`."""
    match node:
        case Text():
            return _text_at(place, node)
        case Items(items=items):
            return Items(tuple(_at(place, i) for i in items), place.line, place.column)
    pairs = tuple((_text_at(place, key), _at(place, value)) for key, value in node.pairs)
    return Pairs(pairs, place.line, place.column)


def _text_at(place: Place, text: Text) -> Text:
    return Text(text.value, place.line, place.column)
