"""How a reply is drawn.

Sentences and quotes are one rich_text block, small print is a context, buttons are actions.
rich_text and plain_text are raw: pasted words and rules cannot ping, link or turn bold by
accident; a name or a link is drawn only where the line says so. The length limits are Slack's and
are checked by slack_sdk while drawing; the counts it does not check are kept here.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Any, TypeVar

from slack_sdk.models.blocks import (
    ActionsBlock,
    ButtonElement,
    ContextBlock,
    MarkdownTextObject,
    PlainTextObject,
    RichTextBlock,
    RichTextElementParts,
    RichTextQuoteElement,
    RichTextSectionElement,
)

from bot.core.wording.reply import LineKind
from bot.slack.ids import ButtonValue, action_id
from bot.slack.render.plain import cut, escape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from slack_sdk.models.blocks import Block, InteractiveElement, RichTextElement, TextObject

    from bot.core.wording.reply import Button, Line, Reply

LINE_LIMIT = 1500
TOTAL_LIMIT = 9000
"""Characters of all lines: Slack refuses a message whose blocks hold much over 12,000."""
TEXT_BLOCKS = 40
BUTTONS = 25
"""The rest of Slack's 50 blocks is for them."""
ROW = 5
"""Buttons in one actions block; more of them would wrap anyhow."""
LABEL = 75
LINK = 200

_Part = RichTextElementParts
_USER = re.compile(r"[UW][A-Z0-9]{1,20}")
T = TypeVar("T")


def blocks(reply: Reply, lane: str, turn: int) -> list[dict[str, Any]]:
    """The message as Block Kit; its buttons belong to this turn of this lane."""
    drawn: list[Block] = []
    for small, run in groupby(_fitting(reply.lines), lambda line: line.kind is LineKind.SMALL):
        lines = list(run)
        drawn += [_small(line) for line in lines] if small else [_sentences(lines)]
    rows = _chunks(_buttons(reply.buttons[:BUTTONS], lane, turn), ROW)
    return [b.to_dict() for b in [*drawn[:TEXT_BLOCKS], *(ActionsBlock(elements=r) for r in rows)]]


def _fitting(lines: Sequence[Line]) -> Iterator[Line]:
    """Lines cut to what one message may hold; blank ones are left out."""
    left = TOTAL_LIMIT
    for line in lines:
        if line.text.strip() and left > 0:
            yield replace(line, text=cut(line.text, min(LINE_LIMIT, left)))
            left -= len(line.text)


def _sentences(lines: list[Line]) -> RichTextBlock:
    parts: list[RichTextElement] = []
    for quote, run in groupby(lines, lambda line: line.kind is LineKind.QUOTE):
        if quote:
            parts += [RichTextQuoteElement(elements=_words(line)) for line in run]
        else:
            parts.append(RichTextSectionElement(elements=_joined(list(run))))
    return RichTextBlock(elements=parts)


def _joined(lines: list[Line]) -> list[RichTextElement]:
    """Lines under each other: Slack draws neighbouring sections without a break."""
    words: list[RichTextElement] = []
    for line in lines:
        words += [_Part.Text(text="\n")] if words else []
        words += _words(line)
    return words


def _words(line: Line) -> list[RichTextElement]:
    style = _Part.TextStyle(bold=True) if line.kind is LineKind.LEAD else None
    name = [_Part.User(user_id=line.who)] if _is_user(line.who) else []
    if _is_link(line.url):
        return [*name, _Part.Link(url=line.url, text=line.text, style=style)]
    return [*name, _Part.Text(text=line.text, style=style)]


def _small(line: Line) -> ContextBlock:
    """A block each: Slack draws the elements of one context beside each other."""
    words: TextObject = PlainTextObject(text=line.text, emoji=False)
    if _is_user(line.who):
        words = MarkdownTextObject(text=f"<@{line.who}>{escape(line.text)}")
    elif _is_link(line.url):
        address = escape(line.url).replace("|", "%7C")
        words = MarkdownTextObject(text=f"<{address}|{escape(cut(line.text, LINK))}>")
    return ContextBlock(elements=[words])


def _is_link(url: str) -> bool:
    return url.startswith(("https://", "http://"))


def _is_user(who: str) -> bool:
    return _USER.fullmatch(who) is not None


def _buttons(buttons: Sequence[Button], lane: str, turn: int) -> list[InteractiveElement]:
    used: Counter[str] = Counter()
    drawn: list[InteractiveElement] = []
    for button in buttons:
        used[button.action] += 1
        drawn.append(
            ButtonElement(
                text=PlainTextObject(text=cut(button.label, LABEL) or "…", emoji=False),
                action_id=action_id(button.action, used[button.action]),
                value=ButtonValue(lane, turn, button.value).encode(),
                style=button.style or None,
            )
        )
    return drawn


def _chunks(items: Sequence[T], size: int) -> list[Sequence[T]]:
    return [items[i : i + size] for i in range(0, len(items), size)]
