"""What Slack makes of a text a person typed or pasted: escaped text plus `rich_text` blocks.

`text` is escaped (`&amp; &lt; &gt;`) and links are marked up (`<https://h/x>`, `<http://h|h>`);
the elements of `rich_text` hold the raw text. Only `<@U…>` of somebody known is a mention: any
other angle bracket was pasted. Fences become `rich_text_preformatted`. Bold, lists and emoji are
left as typed: Slack's composer turns them only while typing, not in what was pasted.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.workbench.standin.model import Json

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator


_FENCE: Final = re.compile(r"```\n?(.+?)\n?```", re.DOTALL)

# Country domains that are file endings too: Slack links `README.md` and `main.py`.
_TLD: Final = "com|net|org|edu|gov|info|biz|io|dev|app|jp|uk|de|fr|us|co|me|md|py|sh|rs|so"
_TOKENS: Final = re.compile(
    r"(?P<mention><@[UW][A-Z0-9]+>)"
    r"|(?P<url>https?://[!#-;=?-_a-z~]+)"
    r"|(?P<code>`[^`\n]+`)"
    r"|(?P<email>(?<![\w.+-])[\w.+-]+@(?:[a-z0-9-]+\.)+[a-z]{2,}(?![\w-]))"
    rf"|(?P<domain>(?<![\w@./\\:+-])(?:[a-z0-9-]+\.)+(?:{_TLD})(?![\w@\\-]|\.\w))",
    re.ASCII | re.IGNORECASE,
)
_URL: Final = re.compile(r"(?P<url>https?://[!#-;=?-_a-z~]+)", re.ASCII | re.IGNORECASE)
_TRAILING: Final = ".,;:!?)]}'"


@dataclass(frozen=True, slots=True)
class Composed:
    """A message's body as events carry it."""

    text: str
    blocks: tuple[Json, ...]


def escape(text: str) -> str:
    """Slack's three entities, and no others."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def compose(typed: str, *, known: Collection[str] = (), rich: bool = True) -> Composed:
    """The body of a message for what a person typed.

    Args:
        typed: the text, fences and mentions (`<@U…>`) included.
        known: user ids that exist; a mention of anybody else stays text.
        rich: False for clients that send no `rich_text` (other apps' API posts).
    """
    text, elements = "", list[dict[str, object]]()
    for code, raw in _pieces(typed):
        parts = list(_parts(raw, _URL if code else _TOKENS, known))
        marked = "".join(markup for markup, _ in parts)
        text += f"```{marked}```" if code else marked
        inline = [element for _, element in parts]
        if code:
            elements.append({"type": "rich_text_preformatted", "border": 0, "elements": inline})
        elif inline:
            elements.append({"type": "rich_text_section", "elements": inline})
    if not rich or not elements:
        return Composed(text, ())
    block = {"type": "rich_text", "block_id": secrets.token_hex(3), "elements": elements}
    return Composed(text, (block,))


def _pieces(typed: str) -> Iterator[tuple[bool, str]]:
    """(is code, raw text), in order."""
    position = 0
    for fence in _FENCE.finditer(typed):
        if fence.start() > position:
            yield False, typed[position : fence.start()]
        yield True, fence.group(1)
        position = fence.end()
    if position < len(typed):
        yield False, typed[position:]


def _parts(raw: str, tokens: re.Pattern[str], known: Collection[str]) -> Iterator[tuple[str, Json]]:
    """(markup for `text`, element for `rich_text`), in order."""
    position = 0
    for found in tokens.finditer(raw):
        token = found.group()
        if found.lastgroup == "url":
            token = token.rstrip(_TRAILING)
        if found.lastgroup == "mention" and token[2:-1] not in known:
            continue
        if found.start() > position:
            yield _plain(raw[position : found.start()])
        yield _special(found.lastgroup or "", token)
        position = found.start() + len(token)
    if position < len(raw):
        yield _plain(raw[position:])


def _plain(text: str) -> tuple[str, Json]:
    return escape(text), {"type": "text", "text": text}


def _special(kind: str, token: str) -> tuple[str, Json]:
    match kind:
        case "mention":
            return token, {"type": "user", "user_id": token[2:-1]}
        case "url":
            return f"<{escape(token)}>", {"type": "link", "url": token}
        case "code":
            style = {"code": True}
            return escape(token), {"type": "text", "text": token[1:-1], "style": style}
    url = f"mailto:{token}" if kind == "email" else f"http://{token}"
    return f"<{url}|{token}>", {"type": "link", "url": url, "text": token}
