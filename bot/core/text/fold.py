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


class _Same(dict[int, str]):
    """What each character folds to once it is plain, looked up once, then remembered."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        folded = "" if _unseen(character) else _SAME.get(character, character)
        self[code] = folded
        return folded


SAME: Final = _Same()
"""For `str.translate`: what screens, keyboards and OCR mix up, made one; at most an entry a code
point."""


def _unseen(character: str) -> bool:
    return character in _UNSEEN or unicodedata.category(character) in {"Cf", "Cs", "Mn", "Me"}


def plain(text: str) -> str:
    """`text` in plain small letters, still fit to be read: full width, half width and case gone."""
    return text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()


def composed(text: str) -> str:
    """`text` plain, and each letter one character with its marks; `SAME` folds the result."""
    return text.lower() if text.isascii() else unicodedata.normalize("NFC", plain(text))


def joins_previous(character: str) -> bool:
    """Whether it belongs to the character before it: a combining mark, or ﾞ after half-width ｶ."""
    return character in "ﾞﾟ" or unicodedata.combining(character) > 0


def fold_traced(text: str) -> tuple[str, list[int]]:
    """`text` folded, and for each character of the result the index it came from."""
    if text.isascii():
        return text.lower().translate(SAME), list(range(len(text)))
    folded: list[str] = []
    origins: list[int] = []
    start = 0
    while start < len(text):
        end = start + 1
        while end < len(text) and joins_previous(text[end]):
            end += 1
        piece = composed(text[start:end]).translate(SAME)
        folded.append(piece)
        origins.extend([start] * len(piece))
        start = end
    return "".join(folded), origins
