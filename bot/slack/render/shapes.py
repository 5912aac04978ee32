"""Block Kit's objects, as far as we draw them.

Plain dictionaries, because every answer is made of two dozen of them: slack_sdk's models look
themselves over by reflection each time, which costs more than all the rest of an answer. A test
holds what is drawn against those models, so their shapes and limits stay ours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

Shape = dict[str, Any]


def plain_text(text: str) -> Shape:
    """Shown as it is, `:emoji:` included."""
    return {"type": "plain_text", "text": text, "emoji": False}


def mrkdwn(text: str) -> Shape:
    """Slack's markup: whatever somebody wrote must be escaped in it.

    Verbatim, else Slack would also look for addresses, channels and people in plain words.
    """
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def words(text: str, *, bold: bool = False) -> Shape:
    """A piece of a section, raw."""
    return _styled({"type": "text", "text": text}, bold=bold)


def link(url: str, text: str, *, bold: bool = False) -> Shape:
    """A piece of a section that leads somewhere."""
    return _styled({"type": "link", "url": url, "text": text}, bold=bold)


def user(user_id: str) -> Shape:
    """A piece of a section: somebody's name."""
    return {"type": "user", "user_id": user_id}


def section(pieces: Sequence[Shape]) -> Shape:
    """A paragraph of a rich text."""
    return {"type": "rich_text_section", "elements": list(pieces)}


def quote(pieces: Sequence[Shape]) -> Shape:
    """A paragraph of a rich text, with a bar beside it."""
    return {"type": "rich_text_quote", "elements": list(pieces)}


def rich_text(paragraphs: Sequence[Shape]) -> Shape:
    """A block of sections and quotes."""
    return {"type": "rich_text", "elements": list(paragraphs)}


def context(*texts: Shape) -> Shape:
    """A block of small print, its texts beside each other."""
    return {"type": "context", "elements": list(texts)}


def button(label: str, action_id: str, value: str, style: str = "") -> Shape:
    """Something to press."""
    shape = {"type": "button", "text": plain_text(label), "action_id": action_id, "value": value}
    return shape | {"style": style} if style else shape


def actions(buttons: Sequence[Shape]) -> Shape:
    """A block of buttons."""
    return {"type": "actions", "elements": list(buttons)}


def _styled(shape: Shape, *, bold: bool) -> Shape:
    return shape | {"style": {"bold": True}} if bold else shape
