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

from bot.core.text.fold import fold
from bot.core.text.symptom import Symptom

_JA: Final = (
    r"\u3005-\u3007\u3041-\u309e\u30a1-\u30fa\u30fd-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff"
)
_JAPANESE: Final = re.compile(rf"[{_JA}]")

_PIECE: Final = re.compile(
    rf"[{_JA}]+"
    rf"|(?:(?<![0-9a-z])-(?=[0-9]))?"  # a minus, not a hyphen
    rf"(?:[^\W{_JA}ー]|(?<=[0-9])\.(?=[0-9]))+"
    rf"(?:(?<=[0-9])%|(?<=_)\s*\n\s*(?=[^\W{_JA}ー]))?",  # a code wrapped after its `_` goes on
)
_LONG_VOWEL: Final = re.compile(r"(?<=[\u30a1-\u30fa\u30fc])(?:-(?![0-9])|一(?![\u4e00-\u9fff]))")
"""After katakana a dash is a long vowel (サ－バ－), and so is what OCR made of it (サ一バ一)."""

_MARKUP: Final = re.compile(
    r"<(?:[@#!][^<>\s]*|(?:https?://|mailto:)[^<>|\s]*\|)|&(?:amp|lt|gt|quot|nbsp|#39);",
)
"""Slack mentions, the address half of a labelled link, entities: not the person's words."""


def read(text: str) -> Symptom:
    """`text` as a symptom. Takes time in proportion to its length."""
    folded, origins = fold(_MARKUP.sub(_blanks, text) if "<" in text or "&" in text else text)
    folded = _LONG_VOWEL.sub("ー", folded)
    written: list[str] = []
    offsets: list[int] = []
    end = 0
    for match in _PIECE.finditer(folded):
        piece, start = _trimmed(match)
        if not piece:
            continue
        if written and _parted(written[-1][-1], folded[end:start], piece[0]):
            written.append(" ")
            offsets.append(origins[end])
        written.append(piece)
        offsets.extend(origins[start : start + len(piece)])
        end = match.end() if piece[-1] == "_" else start + len(piece)
    return Symptom(text, "".join(written), (*offsets, len(text)))


@lru_cache(maxsize=1 << 14)
def plain_words(words: str) -> str:
    """The text of `read(words)`, remembered: every report is searched for the words of rules."""
    return read(words).text


def _blanks(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _trimmed(match: re.Match[str]) -> tuple[str, int]:
    """The piece without the `_` of markup around it (`_so_`), and where it starts."""
    piece = match.group()
    if "_" not in piece:
        return piece, match.start()
    kept = piece.lstrip("_")
    start = match.end() - len(kept)
    whole = kept.rstrip()
    return (whole if whole != kept else kept.rstrip("_")), start


def _parted(before: str, gap: str, after: str) -> bool:
    """Whether a blank must stand between two pieces."""
    if not gap or before == "_" or _JAPANESE.match(before) or _JAPANESE.match(after):
        return False
    return not (gap in ("'", "-") and before.isalpha() and after.isalpha())
