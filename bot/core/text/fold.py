"""One character, made comparable.

Compatibility forms (full width, half width, ligatures, ㍻) become plain, case goes away, and what
screens, keyboards and OCR mix up becomes one: dashes, apostrophes, small kana, and the kanji that
look like katakana (力 and カ). The last is done to both sides of every comparison, so nothing is
lost but a little sharpness. Results are for comparing, never for showing.
"""

from __future__ import annotations

import unicodedata
from typing import Final

_SAME: Final = {
    **dict.fromkeys("‐‑‒–—―−─﹣⁻", "-"),
    **dict.fromkeys("’‘´`′ʼ‛", "'"),
    **dict(
        zip(
            "ァィゥェォッャュョヮヵヶぁぃぅぇぉっゃゅょゎ",
            "アイウエオツヤユヨワカケあいうえおつやゆよわ",
            strict=True,
        ),
    ),
    # Look-alikes, kanji or hiragana to katakana; ソ/ン and シ/ツ as OCR sees them.
    **dict(
        zip("力夕工口二卜八千才へべぺりソッツ", "カタエロニトハチオヘベペリンシシ", strict=True)
    ),
    "\N{KATAKANA MIDDLE DOT}": " ",
}
_UNSEEN: Final = frozenset("\u00ad\u034f\u061c\u180e\ufeff")
"""Invisible characters that are not in category Cf, and the soft hyphen."""


class _Folds(dict[str, str]):
    """Each character folded once, then remembered; at most one entry a code point."""

    def __missing__(self, character: str) -> str:
        folded = _fold(character)
        self[character] = folded
        return folded


def _fold(group: str) -> str:
    plain = unicodedata.normalize("NFKC", group).casefold()
    return "".join(_SAME.get(c, c) for c in unicodedata.normalize("NFC", plain) if not _unseen(c))


def _unseen(character: str) -> bool:
    return character in _UNSEEN or unicodedata.category(character) in {"Cf", "Mn", "Me"}


_FOLDS: Final = _Folds()


def plain(text: str) -> str:
    """`text` in plain small letters, still fit to be read: full width, half width and case gone."""
    return text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()


def joins_previous(character: str) -> bool:
    """Whether it belongs to the character before it: a combining mark, or ﾞ after half-width ｶ."""
    return character in "ﾞﾟ" or unicodedata.combining(character) > 0


def fold(text: str) -> tuple[str, list[int]]:
    """`text` folded, and for each character of the result the index it came from."""
    if text.isascii():
        return text.lower().replace("`", "'"), list(range(len(text)))
    pieces = [_FOLDS[c] for c in text]
    folded = "".join(pieces)
    if len(folded) == len(text) and all(pieces):  # marks fold to nothing when alone
        return folded, list(range(len(text)))
    return _fold_groups(text)


def _fold_groups(text: str) -> tuple[str, list[int]]:
    folded: list[str] = []
    origins: list[int] = []
    start = 0
    while start < len(text):
        end = start + 1
        while end < len(text) and joins_previous(text[end]):
            end += 1
        piece = _FOLDS[text[start]] if end == start + 1 else _fold(text[start:end])
        folded.append(piece)
        origins.extend([start] * len(piece))
        start = end
    return "".join(folded), origins
