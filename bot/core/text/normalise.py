"""A report read for comparing: what varies between two pastes of one message is taken out.

Left are words and codes. Latin words are separated by one blank; Japanese is written without
any, so that メール サーバー (as Microsoft writes) and メールサーバ (as people type) read the
same. Long vowel marks go. Punctuation goes, but for what codes need: the points in `5.1.1`, the
minus in `(-14)`, the `_` inside `ERR_TIMED_OUT`, the `%` after a number. Compare the result only
with another result of `read`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from bot.core.text.fold import SAME, composed, spelt
from bot.core.text.markup import unmarked
from bot.core.text.symptom import Symptom

_JA: Final = (
    r"\u3005-\u3007\u3041-\u309e\u30a1-\u30fa\u30fd-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff"
)
_LETTER: Final = r"[^\W\d_]"

_LONG_VOWEL: Final = re.compile(
    r"[-一](?<=[\u30a1-\u30fa].)(?:(?<=-)(?![0-9])|(?<=一)(?![\u4e00-\u9fff]))"
)
"""After katakana a dash is a long vowel (サ－バ－), and so is what OCR made of it (サ一バ一)."""
_MARKS: Final = frozenset("-'._%")
"""Punctuation that may be part of a code or a word."""
_WRAPPED: Final = re.compile(rf"_\s*\n\s*(?=[^\W_{_JA}])")
"""A code wrapped after its `_` goes on. (Patterns begin with a character: so they are fast.)"""
_JOINING: Final = re.compile(rf"['-](?<={_LETTER}.)(?={_LETTER})")
_PARTING: Final = re.compile(
    r"'|\.(?:(?<![0-9].)|(?![0-9]))|%(?<![0-9].)|-(?:(?![0-9])|(?<=[0-9a-z].))"
    r"|_(?:(?<!\w.)_*|_*(?!\w))"
)
"""All others: a point that is not between digits, a hyphen that is no minus, `_` of markup."""
_BLANK_BY_JAPANESE: Final = re.compile(rf" (?:(?<=[{_JA}].)|(?=[{_JA}]))")


class _Kept(dict[int, str]):
    """What of each folded character is kept, looked up once, then remembered."""

    def __missing__(self, code: int) -> str:
        character = SAME[code]
        if character == "ー":
            character = ""
        elif character and not (character.isalnum() or character in "-'._%\n"):
            character = " "
        self[code] = character
        return character


_KEPT: Final = _Kept()


def read(text: str) -> Symptom:
    """`text` as a symptom. Takes time in proportion to its length."""
    return Symptom(text, _words(unmarked(text)))


def _words(text: str) -> str:
    kept = spelt(composed(text).translate(_KEPT))
    if "一" in kept or "-" in kept:
        kept = _LONG_VOWEL.sub("", kept)
    if "_" in kept:
        kept = _WRAPPED.sub("_", kept)
    if not _MARKS.isdisjoint(kept):
        kept = _PARTING.sub(" ", _JOINING.sub("", kept))
    words = " ".join(kept.split())
    return words if words.isascii() else _BLANK_BY_JAPANESE.sub("", words)


@lru_cache(maxsize=1 << 14)
def plain_words(words: str) -> str:
    """The text of `read(words)`, remembered: every report is searched for the words of rules."""
    return read(words).text
