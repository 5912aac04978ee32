"""How a message is cut, mistyped, wrapped, widened and misread."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import random

_KEYS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_JAPANESE: Final = re.compile(r"[\u3041-\u9fff]")
_OCR_EN: Final = (
    ("rn", "m"), ("m", "rn"), ("l", "1"), ("I", "l"), ("o", "0"), ("O", "0"), ("S", "5"), ("cl", "d"),
    ("e", "c"), ("t", "f"), ("h", "b"), ("vv", "w"), ("i", "l"), ("g", "q"), ("B", "8"), (" ", ""),
)  # fmt: skip
_OCR_JA: Final = (
    ("ー", "一"), ("ロ", "口"), ("カ", "力"), ("ニ", "二"), ("エ", "工"), ("タ", "夕"), ("ト", "卜"),
    ("プ", "ブ"), ("バ", "パ"), ("ポ", "ボ"), ("が", "か"), ("で", "て"), ("ば", "は"), ("ル", "レ"),
    ("ン", "ソ"), ("シ", "ツ"), ("ッ", "ツ"), ("ま", "ま "), ("、", "."), ("ん", "ん "), ("日", "曰"),
    ("設", "没"), ("定", "走"), ("未", "末"), ("間", "問"), ("ア", "ァ"),
)  # fmt: skip
_HOMOPHONES: Final = (
    ("開け", "空け"), ("開く", "空く"),
    ("見つかり", "みつかり"), ("確認", "かくにん"), ("場合", "ばあい"), ("失敗", "しっぱい"), ("読み", "よみ"),
    ("出来", "でき"), ("でき", "出来"), ("ください", "下さい"), ("または", "又は"), ("サーバー", "サーバ"),
    ("フォルダー", "フォルダ"), ("エラー", "エラ-"), ("起動", "稼動"), ("以外", "意外"),
    ("作成", "作製"), ("使用", "仕様"), ("無効", "向こう"),
    ("指定", "してい"), ("更新", "行進"), ("ことが", "事が"), ("ありません", "有りません"),
)  # fmt: skip
_HALF: Final = {
    unicodedata.normalize("NFKC", chr(c)): chr(c) for c in range(0xFF61, 0xFF9E) if c != 0xFF70
}

_FEWEST: Final = 12
"""Letters of a cut message: of fewer nobody could say what they are."""


def cut(chance: random.Random, text: str, _lang: str) -> str:
    """40 to 90 % of it, a dozen letters at least: the start, the end or the middle."""
    share = chance.uniform(0.4, 0.9)
    size = max(min(len(text), _FEWEST), round(share * len(text)))
    where = chance.choice(("start", "start", "end", "middle"))
    first = {"start": 0, "end": len(text) - size, "middle": chance.randint(0, len(text) - size)}
    begin, end = first[where], first[where] + size
    if " " in text[begin:end].strip() and chance.random() < 0.5:  # between words
        begin = text.rfind(" ", 0, begin + 1) + 1
        end = text.find(" ", end) if " " in text[end:] else len(text)
    part = text[begin:end].strip()
    dots = chance.choice(("…", "...", "", "", ""))
    return f"{dots if where == 'end' else ''}{part}{'' if where == 'end' else dots}"


def mistyped(chance: random.Random, text: str, _lang: str) -> str:
    """One or two slips of the fingers or of the input method."""
    for _ in range(chance.randint(1, 2)):
        known = [(a, b) for a, b in _HOMOPHONES if a in text and a != b]
        if known and chance.random() < 0.5:
            text = text.replace(*chance.choice(known), 1)
        else:
            text = _slip(chance, text)
    return text


def _slip(chance: random.Random, text: str) -> str:
    at = chance.randrange(len(text))
    letter = text[at]
    kind = chance.randrange(4)
    if kind == 0:
        return text[:at] + text[at + 1 :]
    if kind == 1:
        return text[:at] + letter + text[at:]
    if kind == 2:
        return text[:at] + text[at + 1 : at + 2] + letter + text[at + 2 :]
    return text[:at] + _neighbour(chance, letter) + text[at + 1 :]


def _neighbour(chance: random.Random, letter: str) -> str:
    for row in _KEYS:
        if letter.lower() in row:
            at = row.index(letter.lower())
            return row[max(0, at - 1)] if chance.random() < 0.5 else row[min(len(row) - 1, at + 1)]
    if "ぁ" <= letter <= "ゖ" or "ァ" <= letter <= "ヶ":
        return chr(ord(letter) + chance.choice((-1, 1)))
    return letter


def wrapped(chance: random.Random, text: str, _lang: str) -> str:
    """Wrapped wherever a window or a mail program wraps, perhaps quoted."""
    width = chance.randint(8, 34)
    mark = chance.choice(("\n", "\n", "\n  ", "\n> ", "\r\n"))
    lines, rest = [], text
    while rest:
        at = width + chance.randint(-3, 3)
        if not _JAPANESE.search(rest[: at + 1]) and chance.random() < 0.7:
            at = rest.rfind(" ", 0, at) + 1 or at
        lines.append(rest[:at].rstrip(" "))
        rest = rest[at:]
    return mark.join(lines)


def wide(text: str) -> str:
    """ASCII in full width."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def other_width(chance: random.Random, text: str, _lang: str) -> str:
    """Full width, half-width kana, or wide blanks; some or all of it."""
    kind = chance.randrange(4)
    if kind == 0:
        return wide(text).replace(" ", "\u3000")
    if kind == 1:
        return "".join(_half(c) for c in text)
    if kind == 2:
        return text.replace(" ", "\u3000")
    return " ".join(wide(w) if chance.random() < 0.5 else w for w in text.split(" "))


def _half(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter)
    marks = {"\u3099": "ﾞ", "\u309a": "ﾟ"}
    if letter == "ー":
        return "ｰ"
    if not parts or parts[0] not in _HALF:
        return letter
    return _HALF[parts[0]] + "".join(marks.get(mark, "") for mark in parts[1:])


def misread(chance: random.Random, text: str, lang: str) -> str:
    """As a camera or a screenshot reader sees it: 2 to 8 % of its letters are others."""
    pairs = [*(_OCR_JA if lang == "ja" else ()), *_OCR_EN]
    for _ in range(max(1, round(len(text) * chance.uniform(0.02, 0.08)))):
        possible = [(a, b) for a, b in pairs if a in text]
        if not possible:
            break
        old, new = chance.choice(possible)
        places = [m.start() for m in re.finditer(re.escape(old), text)]
        at = chance.choice(places)
        text = text[:at] + new + text[at + len(old) :]
    return text
