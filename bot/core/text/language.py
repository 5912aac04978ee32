"""Which of our two languages a text is in."""

from __future__ import annotations

import re
from enum import StrEnum


class Language(StrEnum):
    """A language we answer in."""

    JA = "ja"
    EN = "en"


_JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uff66-\uff9f]")
_LETTER = re.compile(r"[^\W\d_]")


def language_of(text: str) -> Language | None:
    """The language of `text`: Japanese if it holds kana or kanji; None without any letter."""
    if _JAPANESE.search(text):
        return Language.JA
    return Language.EN if _LETTER.search(text) else None
