"""What a message says, with Slack's markup undone.

`blocks` of type rich_text hold what the person typed, raw; `text` is the same escaped and marked
up, and is read only where there are no such blocks. Mentions are addresses, not words: dropped.
Snippets (Slack turns long pastes into one) and forwarded messages belong to what is said; link
previews do not, they are somebody else's words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.slack.wire import map_at, maps_at, text_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.slack.wire import Payload

_TAG = re.compile(r"<(?:([@#!])|(?=[A-Za-z][A-Za-z0-9+.-]*:))([^<>|]*)(?:\|([^<>]*))?>")
_FENCE = re.compile(r"\n?```\n?")
_INLINE_CODE = re.compile(r"`([^`\n]+)`")
_QUOTED = re.compile(r"^&gt; ?", re.MULTILINE)


LONGEST: Final = 40_000
"""Characters of a message; whatever comes along with it, no more are looked at."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """What a message says."""

    text: str
    files: int = 0
    """How many files hang on it, readable or not."""


def extract(message: Payload) -> Extracted:
    """Read a message object, of whatever shape. Never raises."""
    files = maps_at(message, "files")
    said = [_own_words(message), *map(_snippet, files)]
    said += [_forwarded(a) for a in maps_at(message, "attachments") if a.get("is_share")]
    return Extracted(bounded(_lines(said).strip()), len(files))


def bounded(text: str) -> str:
    """`text` as far as Slack would have taken it in one message, cut between two words.

    Half a password could not be told from a word any more.
    """
    return text if len(text) <= LONGEST else text[: LONGEST + 1].rsplit(maxsplit=1)[0][:LONGEST]


def mentions(message: Payload, user: str) -> bool:
    """Whether the message addresses `user`."""
    return (
        bool(user) and re.search(rf"<@{re.escape(user)}[|>]", text_at(message, "text")) is not None
    )


def undo_markup(text: str) -> str:
    """`text` as it was typed: links, fences and entities undone, mentions dropped."""
    text = _TAG.sub(_untag, _QUOTED.sub("", text))
    text = _INLINE_CODE.sub(r"\1", _FENCE.sub("\n", text))
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip()


def _untag(tag: re.Match[str]) -> str:
    mark, target, label = tag.group(1), tag.group(2), tag.group(3) or ""
    if mark == "#":
        return f"#{label}" if label else ""
    if mark is not None:
        return label if target.startswith("date^") else ""
    return label or _bare(target)


def _bare(url: str) -> str:
    return re.sub(r"^(?:mailto|tel):", "", url)


def _own_words(message: Payload) -> str:
    return _rich(maps_at(message, "blocks")) or undo_markup(text_at(message, "text"))


def _snippet(file: Payload) -> str:
    plain = text_at(file, "mimetype").startswith("text/") or file.get("mode") == "snippet"
    if file.get("mode") == "email":
        return _lines([text_at(file, "subject"), text_at(file, "plain_text")])
    return text_at(file, "preview") if plain else ""


def _forwarded(attachment: Payload) -> str:
    inner = [map_at(m, "message") for m in maps_at(attachment, "message_blocks")]
    said = _lines(_rich(maps_at(m, "blocks")) for m in inner)
    files = [_snippet(f) for f in maps_at(attachment, "files")]
    return _lines([said or undo_markup(text_at(attachment, "text")), *files])


def _rich(blocks: Sequence[Payload]) -> str:
    return _lines(_block(block) for block in blocks)


def _block(block: Payload) -> str:
    if block.get("type") == "rich_text":
        return _lines(_part(part) for part in maps_at(block, "elements"))
    if block.get("type") == "table":
        return _table(block)
    return ""


def _part(part: Payload) -> str:
    if part.get("type") == "rich_text_list":
        return _lines(_inline(item) for item in maps_at(part, "elements"))
    return _inline(part)


def _inline(part: Payload) -> str:
    return "".join(_word(word) for word in maps_at(part, "elements")).removesuffix("\n")


def _word(word: Payload) -> str:
    match word.get("type"):
        case "text":
            return text_at(word, "text")
        case "link":
            return text_at(word, "text") or _bare(text_at(word, "url"))
        case "emoji":  # `:x:` inside a pasted log is turned into one
            return f":{text_at(word, 'name')}:"
        case "date":
            return text_at(word, "fallback")
        case "color":
            return text_at(word, "value")
    return ""


def _table(block: Payload) -> str:
    rows = block.get("rows")
    cells = [maps_at({"row": row}, "row") for row in rows] if isinstance(rows, list) else []
    return _lines("\t".join(map(_cell, row)) for row in cells)


def _cell(cell: Payload) -> str:
    return text_at(cell, "text") or _block(cell)


def _lines(parts: Iterable[str]) -> str:
    return "\n".join(part for part in parts if part.strip())
