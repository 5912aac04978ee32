"""What Slack writes that no person said."""

from __future__ import annotations

import re
from typing import Final

_MARKUP: Final = re.compile(
    r"<(?:[@#!][^<>\s]*|(?:https?://|mailto:)[^<>|\s]*\|)|&(?:amp|lt|gt|quot|nbsp|#39);",
)


def unmarked(text: str) -> str:
    """`text`, with blanks for mentions, the address half of a labelled link, and entities.

    Every other character stays in its place.
    """
    return _MARKUP.sub(_blanks, text) if "<" in text or "&" in text else text


def _blanks(match: re.Match[str]) -> str:
    return " " * len(match.group())
