"""A text fit to be shown beside other texts: nothing in it changes how those look.

What people paste and what rules say may hold characters that nobody sees but every screen obeys:
overrides of the writing direction that turn around what follows, escapes that colour or clear a
terminal, marks of no width that hide in a word, tags that spell an invisible text.
"""

from __future__ import annotations

import re
from typing import Final

_ENDS: Final = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
"""All that ends a line, beside the line feed."""
_UNSEEN: Final = re.compile(
    "["
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # control characters but for tab and line feed
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u3164\uffa0"  # no width, or a blank in disguise
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"  # not U+200C, U+200D: emoji, scripts
    "\ufff9-\ufffb\U000e0000-\U000e007f"
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"  # half a character, or none: nobody takes them
    "]"
)


def visible(text: str) -> str:
    """`text` without what cannot be seen; lines end with a line feed."""
    return _UNSEEN.sub("", _ENDS.sub("\n", text))


def one_line(text: str) -> str:
    """The same on one line."""
    return " ".join(visible(text).split())


def cut(text: str, limit: int) -> str:
    """`text` in at most `limit` characters, with an ellipsis where it was longer."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def first_unseen(text: str) -> str:
    """The first character of `text` that `visible` would take out; empty if there is none."""
    found = _UNSEEN.search(text)
    return found.group() if found else ""
