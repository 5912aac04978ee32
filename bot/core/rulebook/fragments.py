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
    match node:
        case Text():
            return node
        case Items(items=items):
            made = tuple([expand(i, fragments, found) for i in items])
            same = all(map(is_, made, items))
            return node if same else replace(node, items=made)
    own = tuple(
        [(key, expand(value, fragments, found)) for key, value in node.pairs if key.value != USE]
    )
    names = [value for key, value in node.pairs if key.value == USE]
    if not names:
        same = all(new is old for (_, new), (_, old) in zip(own, node.pairs, strict=True))
        return node if same else replace(node, pairs=own)
    if len(names) > 1:
        found.add(names[1], Fault.DUPLICATE_KEY, "“use” stands here twice", "keep one")
    lent = _lent(names[0], fragments, found)
    written = {key.value for key, _ in own}
    return replace(node, pairs=own + tuple(pair for pair in lent if pair[0].value not in written))


def _lent(name: Node, fragments: Fragments, found: Collector) -> Sequence[tuple[Text, Node]]:
    """The keys and values of the fragment, as if they stood where it is named."""
    if not isinstance(name, Text):
        found.add(name, Fault.WRONG_KIND, "“use” names one fragment", "write use: its-name")
        return ()
    shared = fragments.by_name.get(name.value)
    if shared is None:
        hint = did_you_mean(name.value, fragments.by_name) or "fragments are in fragments.yaml"
        found.add(name, Fault.UNKNOWN_REFERENCE, f"there is no fragment “{name.value}”", hint)
        return ()
    return [(_text_at(name, key), _at(name, value)) for key, value in shared.pairs]


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
