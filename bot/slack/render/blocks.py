"""How a reply is drawn.

Sentences and quotes are one rich_text block, small print is a context, buttons are actions.
rich_text and plain_text are raw: pasted words and rules cannot ping, link or turn bold by
accident; a name or a link is drawn only where the line says so. Slack's limits are kept here.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, TypeVar

from bot.core.text.visible import cut, one_line, visible
from bot.core.wording.reply import LineKind
from bot.slack.ids import ButtonValue, action_id
from bot.slack.render import shapes
from bot.slack.render.plain import escape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.core.wording.reply import Button, Line, Reply
    from bot.slack.render.shapes import Shape

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

_USER = re.compile(r"[UW][A-Z0-9]{1,20}")
_URL = re.compile(r"https?://[!-~]{1,2000}")
T = TypeVar("T")


def blocks(reply: Reply, lane: str, turn: int) -> list[Shape]:
    """The message as Block Kit; its buttons belong to this turn of this lane."""
    drawn: list[Shape] = []
    for small, run in groupby(_fitting(reply.lines), lambda line: line.kind is LineKind.SMALL):
        lines = list(run)
        drawn += [_small(line) for line in lines] if small else [_sentences(lines)]
    rows = _chunks(_buttons(reply.buttons[:BUTTONS], lane, turn), ROW)
    return [*drawn[:TEXT_BLOCKS], *(shapes.actions(row) for row in rows)]


def _fitting(lines: Sequence[Line]) -> Iterator[Line]:
    """Lines cut to what one message may hold; blank ones are left out."""
    left = TOTAL_LIMIT
    for line in lines:
        text = visible(line.text)
        if text.strip() and left > 0:
            yield replace(line, text=cut(text, min(LINE_LIMIT, left)))
            left -= len(text)


def _sentences(lines: list[Line]) -> Shape:
    parts: list[Shape] = []
    for quote, run in groupby(lines, lambda line: line.kind is LineKind.QUOTE):
        if quote:
            parts += [shapes.quote(_words(line)) for line in run]
        else:
            parts.append(shapes.section(_joined(list(run))))
    return shapes.rich_text(parts)


def _joined(lines: list[Line]) -> list[Shape]:
    """Lines under each other: Slack draws neighbouring sections without a break."""
    words: list[Shape] = []
    for line in lines:
        words += [shapes.words("\n")] if words else []
        words += _words(line)
    return words


def _words(line: Line) -> list[Shape]:
    bold = line.kind is LineKind.LEAD
    name = [shapes.user(line.who)] if _is_user(line.who) else []
    if _is_link(line.url):
        return [*name, shapes.link(line.url, line.text, bold=bold)]
    return [*name, shapes.words(line.text, bold=bold)]


def _small(line: Line) -> Shape:
    """A block each: Slack draws the elements of one context beside each other."""
    if _is_user(line.who):  # the words apart: in mrkdwn their asterisks would turn them bold
        return shapes.context(shapes.mrkdwn(f"<@{line.who}>"), shapes.plain_text(line.text.strip()))
    if _is_link(line.url):
        address = escape(line.url).replace("|", "%7C")
        text = escape(cut(one_line(line.text), LINK))
        return shapes.context(shapes.mrkdwn(f"<{address}|{text}>"))
    return shapes.context(shapes.plain_text(line.text))


def _is_link(url: str) -> bool:
    return _URL.fullmatch(url) is not None


def _is_user(who: str) -> bool:
    return _USER.fullmatch(who) is not None


def _buttons(buttons: Sequence[Button], lane: str, turn: int) -> list[Shape]:
    used: Counter[str] = Counter()
    drawn: list[Shape] = []
    for button in buttons:
        used[button.action] += 1
        name = action_id(button.action, used[button.action])
        value = ButtonValue(lane, turn, button.value).encode()
        label = cut(one_line(button.label), LABEL) or "…"
        drawn.append(shapes.button(label, name, value, button.style))
    return drawn


def _chunks(items: Sequence[T], size: int) -> list[Sequence[T]]:
    return [items[i : i + size] for i in range(0, len(items), size)]
