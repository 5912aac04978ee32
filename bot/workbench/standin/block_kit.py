"""Judges blocks and views as Slack does, and completes what it accepts with block and action ids.

Beyond the shapes of `block_kit_tables`: at most 50 blocks a message and 100 a view, no block id
twice, no action id twice within a block, and not too much text in all.
"""

from __future__ import annotations

import json
import re
import secrets
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from bot.workbench.standin.block_kit_shapes import listing, typed
from bot.workbench.standin.block_kit_tables import HOME, MESSAGE_BLOCKS, MODAL
from bot.workbench.standin.refusal import Refused

if TYPE_CHECKING:
    from bot.workbench.standin.model import Json

MESSAGE_TEXT_TOTAL: Final = 13_200
"""Undocumented, and less sharp at Slack: messages somewhere above it are refused there."""
VIEW_BYTES: Final = 250_000

_MESSAGE: Final = listing(typed(MESSAGE_BLOCKS), 50, least=0)
_VIEWS: Final = {"modal": MODAL, "home": HOME}
_BROADCAST: Final = re.compile(
    r"<(!(?:channel|here|everyone|subteam\^[A-Z0-9]+)|@[UW][A-Z0-9]+)(?:\|[^>]*)?>"
)


def accept_blocks(blocks: Any) -> tuple[Json, ...]:
    """The blocks of a message, ids filled in. Raises Refused, naming every problem."""
    if not isinstance(blocks, list):
        raise Refused("invalid_blocks_format")
    problems = [*_MESSAGE(blocks, "/blocks"), *_twice(blocks, "/blocks")]
    if problems:
        raise Refused("invalid_blocks", problems, errors=problems)
    if sum(len(text) for text in texts(blocks)) > MESSAGE_TEXT_TOTAL:
        raise Refused("msg_blocks_too_long")
    return tuple(_completed(blocks))


def accept_view(view: Any) -> Json:
    """A modal or Home tab, ids filled in. Raises Refused, naming every problem."""
    if not isinstance(view, Mapping):
        raise Refused(
            "invalid_arguments", ["failed to match all allowed schemas [json-pointer:/view]"]
        )
    if len(json.dumps(view, ensure_ascii=False).encode()) > VIEW_BYTES:
        raise Refused("view_too_large")
    problems = [*typed(_VIEWS)(view, "/view"), *_twice(view.get("blocks"), "/view/blocks")]
    if not problems and _lacks_submit(view):
        problems = ["must define `submit` to use an `input` block in modals [json-pointer:/view]"]
    if problems:
        raise Refused("invalid_arguments", problems)
    return {**view, "blocks": _completed(view["blocks"])}


def texts(value: Any) -> Iterator[str]:
    """Every `text` a person would read, anywhere in the blocks."""
    if isinstance(value, Mapping):
        for name, entry in value.items():
            if name == "text" and isinstance(entry, str):
                yield entry
            else:
                yield from texts(entry)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for entry in value:
            yield from texts(entry)


def pings(text: str, blocks: Sequence[Json]) -> list[str]:
    """Whom a message of an app notifies: user ids, and `!channel`, `!here`, `!everyone`.

    Slack reads mentions in `text` only where there are no blocks, and in mrkdwn objects and
    `rich_text` elements of blocks.
    """
    found = [] if blocks else _marked(text)
    for node in _nodes(list(blocks)):
        match node.get("type"):
            case "mrkdwn" | "markdown":
                found += _marked(str(node.get("text", "")))
            case "user":
                found.append(str(node["user_id"]))
            case "broadcast":
                found.append(f"!{node['range']}")
    return found


def elements(blocks: Sequence[Json]) -> Iterator[tuple[Json, Json]]:
    """(block, interactive element) for everything that can be pressed, chosen or filled in."""
    for block in blocks:
        inner = [*block.get("elements", []), block.get("accessory"), block.get("element")]
        if block["type"] in {"actions", "section", "input"}:
            yield from ((block, e) for e in inner if e and "action_id" in e)


def _marked(text: str) -> list[str]:
    return [found.removeprefix("@") for found in _BROADCAST.findall(text)]


def _nodes(value: Any) -> Iterator[Json]:
    if isinstance(value, Mapping):
        yield dict(value)
        for entry in value.values():
            yield from _nodes(entry)
    elif isinstance(value, list):
        for entry in value:
            yield from _nodes(entry)


def _twice(blocks: Any, at: str) -> Iterator[str]:
    if not isinstance(blocks, list):
        return
    usable = [b for b in blocks if isinstance(b, dict)]
    for block_id in _doubles(b.get("block_id") for b in usable):
        yield f"block_id `{block_id}` already exists [json-pointer:{at}]"
    for index, block in enumerate(usable):
        inner = block.get("elements")
        ids = (
            [e.get("action_id") for e in inner if isinstance(e, dict)]
            if isinstance(inner, list)
            else []
        )
        for action_id in _doubles(ids):
            yield f"`action_id` `{action_id}` already exists [json-pointer:{at}/{index}/elements]"


def _doubles(names: Any) -> list[str]:
    counted = Counter(name for name in names if isinstance(name, str))
    return [name for name, times in counted.items() if times > 1]


def _lacks_submit(view: Mapping[str, Any]) -> bool:
    has_input = any(block.get("type") == "input" for block in view["blocks"])
    return view["type"] == "modal" and has_input and "submit" not in view


def _completed(blocks: Sequence[Json]) -> list[Json]:
    completed: list[Json] = json.loads(json.dumps(blocks))  # a copy, made of nothing but JSON
    for block in completed:
        block.setdefault("block_id", secrets.token_hex(3))
        inner = [*block.get("elements", []), block.get("accessory"), block.get("element")]
        for element in inner:
            if (
                block["type"] in {"actions", "section", "input"}
                and element
                and element["type"] != "image"
            ):
                element.setdefault("action_id", secrets.token_hex(3))
    return completed
