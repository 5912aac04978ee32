"""One character, made comparable.

Compatibility forms (full width, half width, ligatures, ㍻) become plain, case goes away, and what
screens, keyboards and OCR mix up becomes one: dashes, apostrophes, small kana, and the kanji that
look like katakana (力 and カ). The last is done to both sides of every comparison, so nothing is
lost but a little sharpness. Results are for comparing, never for showing.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

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
_SPELLINGS: Final = {
    "出来ま": "できま",
    "出来な": "できな",
    "出来る": "できる",
    "出来て": "できて",
    "下さい": "ください",
    "見つか": "みつか",
    "又は": "または",
    "及び": "および",
    "既に": "すでに",
    "全て": "すべて",
    "有リま": "あリま",
}
"""Words people spell either way, folded (which takes り for リ): both read as the second."""
_SPELLING: Final = re.compile("|".join(_SPELLINGS))
_MAY_JOIN: Final = re.compile(
    "[ﾞﾟ\u0300-\u1fff\u20d0-\u20ff\u2c00-\u2fff\u302a-\u302f\u3099\u309a\ua000-\uabff\ufb00-\ufeff\U00010000-\U0010ffff]"
)
"""Any combining mark, and more; but no ordinary Japanese, Latin or punctuation."""
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


def spelt(text: str) -> str:
    """Folded `text` with one spelling for words that have two: 出来ません is できません."""
    return text if text.isascii() else _SPELLING.sub(lambda word: _SPELLINGS[word[0]], text)


def joins_previous(character: str) -> bool:
    """Whether it belongs to the character before it: a combining mark, or ﾞ after half-width ｶ."""
    return character in "ﾞﾟ" or unicodedata.combining(character) > 0


def fold_traced(text: str) -> tuple[str, list[int]]:
    """`text` folded, and for each character of the result the index it came from."""
    if text.isascii():
        return text.lower().translate(SAME), list(range(len(text)))
    folded: list[str] = []
    origins: list[int] = []
    for start, cluster in _clusters(text):
        piece = _FOLDED[cluster]
        folded.append(piece)
        origins.extend([start] * len(piece))
    return _respelt("".join(folded), origins)


def _clusters(text: str) -> Iterable[tuple[int, str]]:
    """Each character with the marks that belong to it, and where it stands."""
    if not _MAY_JOIN.search(text):
        return enumerate(text)
    starts = [i for i, character in enumerate(text) if i == 0 or not joins_previous(character)]
    return ((a, text[a:b]) for a, b in pairwise([*starts, len(text)]))


class _Folded(dict[str, str]):
    """What each character with its marks folds to, looked up once, then remembered."""

    def __missing__(self, cluster: str) -> str:
        folded = composed(cluster).translate(SAME)
        if len(cluster) == 1:  # there are only so many of these
            self[cluster] = folded
        return folded


_FOLDED: Final = _Folded()


def _respelt(folded: str, origins: list[int]) -> tuple[str, list[int]]:
    """As `spelt`, with the origins moved along; a new letter comes from where the word begins."""
    for word in reversed([*_SPELLING.finditer(folded)]):
        size = len(_SPELLINGS[word[0]])
        origins[word.start() : word.end()] = _spread(origins[word.start() : word.end()], size)
    return spelt(folded), origins


def _spread(origins: list[int], size: int) -> list[int]:
    return [origins[i * len(origins) // size] for i in range(size)]
