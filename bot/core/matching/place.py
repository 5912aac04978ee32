"""Where in a report something stands: the line around it, or the quotation, if it is quoted."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_CLOSING: Final = {
    "「": "」", "『": "』", "“": "”", "‘": "’", '"': '"', "'": "'", "`": "`", "（": "）", "(": ")",
    "【": "】", "[": "]", "《": "》", "<": ">",
}  # fmt: skip
_REACH: Final = 120
"""A quotation does not begin or end farther away than this."""


_STOPS_BEFORE: Final = re.compile(r".*[。！？!?→⇒:：]", re.DOTALL)
_STOPS_AFTER: Final = re.compile(r"[？?←⇐]|\s[-–—]\s")
_JAPANESE: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


class Place(NamedTuple):
    """What else its line or quotation holds, as far as it may belong to the same message."""

    before: str
    after: str


def place_of(text: str, start: int, end: int) -> Place:
    """The place of `text[start:end]`."""
    before = text[max(text.rfind("\n", 0, start) + 1, start - _REACH) : start]
    last = text.find("\n", end)
    after = text[end : min(len(text) if last < 0 else last, end + _REACH)]
    for i in range(len(before) - 1, -1, -1):
        closing = _CLOSING.get(before[i])
        if closing and (at := after.find(closing)) >= 0 and closing not in before[i + 1 :]:
            return Place(before[i + 1 :], after[:at])
    before = _STOPS_BEFORE.sub("", before)
    after = _STOPS_AFTER.split(after, maxsplit=1)[0]
    if _JAPANESE.search(text, start, end):
        return Place(before, after)
    return Place(_JAPANESE.split(before)[-1], _JAPANESE.split(after, maxsplit=1)[0])


def letters(text: str) -> int:
    """How many letters and digits there are."""
    return sum(map(str.isalnum, text))
