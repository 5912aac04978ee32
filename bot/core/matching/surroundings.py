"""What the words around an error say about it: solved, announced, or happening now.

People also write about errors that are over, and teach others about them. There a public answer
would be noise, so such surroundings lower the band; they never change which rule it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ahocorasick_rs import AhoCorasick, MatchKind

from bot.core.matching.surroundings_words import DENIED, ERROR, WORDS, Says
from bot.core.text.fold import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.core.matching.surroundings_words import Word

_REACH: Final = 200
"""How many characters on either side of an error speak of it."""
_GENRES: Final = frozenset({Says.ANNOUNCED, Says.TAUGHT, Says.DISCUSSED, Says.RECALLED})
_OPEN: Final = frozenset({Says.REOPENED, Says.ASKED})
_STEMS: Final = tuple({word.stem: None for word in WORDS})
_FINDER: Final = AhoCorasick(_STEMS, matchkind=MatchKind.Standard)
_BY_STEM: Final = tuple(tuple(word for word in WORDS if word.stem == stem) for stem in _STEMS)
_NOT_SAID: Final = re.compile(
    r"\s*(?:>|-{5}|\[?\d{4}[-/]\d\d?[-/]\d\d?[t ]\d|at [\w.$]+\(|file \"|traceback"
    r"|(?:ok|キャンセル|cancel|はい|いいえ|yes|no|閉じる|close|再試行|retry|ヘルプ|help)"
    r"(?:\s+(?:ok|キャンセル|cancel|はい|いいえ|yes|no|閉じる|close|再試行|retry|ヘルプ|help))*\s*$"
    r"|(?:イベント id|ソース|説明|ユーザー|event id|source|description|user|log name)\s*:)"
)
"""A line of a log, a dialog or somebody else's message."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that show an error is not happening to the person who writes."""

    kind: str
    """`solved`, `announced`, `taught`, `discussed` or `recalled`."""
    words: str


@dataclass(frozen=True, slots=True)
class _Heard:
    says: Says
    words: str


def cue(text: str, spans: Iterable[tuple[int, int]]) -> Cue | None:
    """What the words around the errors at `spans` of `text` show, if they show anything.

    They are read in order and the last word wins: what was solved is open again once the person
    asks, or reports it anew. Announcing and teaching count only where nobody asks.
    """
    around = _around(text, list(spans))
    heard = _heard(around)
    solved = _solved(heard)
    if solved:
        return Cue("solved", solved.words)
    if any(one.says in _OPEN for one in heard):
        return None
    genres = [one for one in heard if one.says in _GENRES]
    reports = any(one.says is Says.REPORTED for one in heard)
    certain = any(one.says is not Says.RECALLED for one in genres)
    if len(genres) - reports < (1 if certain else 2):
        return None
    first = next((one for one in genres if one.says is not Says.RECALLED), genres[0])
    return Cue(first.says.value, first.words)


def _solved(heard: list[_Heard]) -> _Heard | None:
    """The word that says it is over, unless a later one says otherwise."""
    last = None
    for one in heard:
        if one.says is Says.SOLVED:
            last = one
        elif one.says not in _GENRES:
            last = None
    return last


def _heard(around: str) -> list[_Heard]:
    """The telling words of `around`, in order."""
    heard = []
    for number, start, end in _FINDER.find_matches_as_indexes(around, overlapping=True):
        for word in _BY_STEM[number]:
            rest = word.after.match(around, end)
            if rest is None or not _fits(word, around, start):
                continue
            if word.stem == ERROR or not _foreign(around, start):
                heard.append((start, _Heard(word.says, around[start : rest.end()].strip())))
    heard.sort(key=lambda pair: pair[0])
    return [one for _, one in heard]


def _fits(word: Word, around: str, start: int) -> bool:
    ahead = around[max(0, start - 60) : start]
    if word.before is not None and not word.before.search(ahead):
        return False
    deniable = word.says is Says.SOLVED and word.stem.isascii() and not word.stem.startswith("any")
    return not (deniable and DENIED.search(ahead))


def _foreign(around: str, index: int) -> bool:
    """Whether `index` is within a quotation, a log or a dialog: not the person's own words."""
    first = around.rfind("\n", 0, index) + 1
    last = around.find("\n", index)
    before = around[first:index]
    if before.rfind("「") > before.rfind("」") or before.count('"') % 2:
        return True
    return bool(_NOT_SAID.match(around[first : len(around) if last < 0 else last]))


def _around(text: str, spans: list[tuple[int, int]]) -> str:
    """`text` near the spans, each of them replaced by `ERROR`, in plain small letters."""
    parts: list[str] = []
    since = max(0, min(start for start, _ in spans) - _REACH)
    for start, end in sorted(spans):
        parts += (_between(text[since:start]), ERROR)
        since = max(since, end)
    parts.append(text[since : since + _REACH])
    return plain("".join(parts)).encode(errors="replace").decode()


def _between(words: str) -> str:
    """What stands between two errors, without what is far from both."""
    if len(words) <= 2 * _REACH:
        return words
    return f"{words[:_REACH]}\n{words[-_REACH:]}"


_TOLD: Final = re.compile(
    r"(?:エラー|メッセージ|と(?:いう|出|表示|なり|なっ|言われ)|って(?:出|表示|言われ|なり|いう)|が(?:出|表示)|になり(?:ました|ます)|と怒られ|でした"
    r"|←|→|\b(?:errors?|messages?|pop\s?up|dialog|says?|said|shows?|showing|reads|getting|gets?|got"
    r"|saying|displays?|seeing|i\s+see|fails?|failed|exception)\b)",
)


def told(text: str, start: int, end: int) -> bool:
    """Whether the words next to the part of `text` call it an error or say that it is shown."""
    near = text[max(0, start - 40) : start] + " … " + text[end : end + 25]
    return bool(_TOLD.search(plain(near)))


_CLOSING: Final = re.compile(r"[」』”’\]］)）]")
_LEADS_IN: Final = re.compile(
    r"(?:から|たら|ですが|ますが|ので|質問です|ところ|(?<=[A-Za-z])で|客先で|自宅で|在宅で|会社で"
    r"|\b(?:message|error|says|shows?|getting|reads|get|see|this|is|it))\s*$",
    re.IGNORECASE,
)
_LEADS_OUT: Final = re.compile(
    r"\s*(?:と(?:いう|出|表示|なり|言わ)|って|というエラ|どう|助けて|よろしく|何(?:度|でしょう|です|が)|上司|同僚|自分だけ|私だけ"
    r"|PC|OSは|スクショ|スクリーンショット|再起動|ちなみに|昨日|今朝|急ぎ|困って|お願い|すみません"
    r"|(?:any\s?(?:idea|one|body)|my|pls|please|thanks?|thx|it\s+worked|what|when\s+i|happens|restarted"
    r"|help|can\s+(?:you|some|any)|no\s+screenshot|and\s+(?:stops|then|i)|but\s+i|i['’]?m|i\s+(?:get|can))\b)",
    re.IGNORECASE,
)


_SPOKEN: Final = re.compile(
    r"(?:か(?![らけもっ])|ので|から(?!の)|けど|が、|ね|よ(?!ろ)|し、|かも|という(?:わけ|こと)|と(?:伝え|書|聞)"
    r"|、と(?:伝え|書))"
)
_GOES_ON: Final = re.compile(r"[ ,]+[a-z0-9]", re.IGNORECASE)


def spoken(text: str, end: int, *, as_error: bool) -> bool:
    """Whether a message that ends at `end` goes on as a sentence of the person's own.

    「アカウントが無効になっていますので…」 and "Your mailbox is full of my mails" say the words
    of a message without quoting one.
    """
    rest = text[end : end + 24]
    if _SPOKEN.match(rest):
        return True
    return not as_error and bool(_GOES_ON.match(rest)) and not _LEADS_OUT.match(rest)


_CLAUSE: Final = re.compile(
    r"""\s*[;；]\s*\w|[,.]?\s+(?:of|for|from|in|into|to|by|with|because|as|than|that|which|until|unless|during
    |skipping|ignoring|it\s+is|it\s+will|the)\s+(?!(?:i|my|me|we|our|us|this|that|it|today|now|both|all|some|two|three)\b)[\w“"']"""
    r"|。\S",
    re.IGNORECASE | re.VERBOSE,
)


def goes_on(text: str, end: int) -> bool:
    """Whether a message that could end at `end` goes on there as a message, not as a person."""
    rest = text[end : end + 40]
    return bool(_CLAUSE.match(rest)) and not _LEADS_OUT.match(rest)


def ends(text: str, index: int, *, before: bool) -> bool:
    """Whether a quotation could begin (`before`) or end at `index` of `text`."""
    beyond = text[max(0, index - 12) : index] if before else text[index : index + 20]
    if (_LEADS_IN.search if before else _LEADS_OUT.match)(beyond):
        return True
    if before:
        beyond = beyond[::-1]
    rest = beyond.lstrip(" ")
    if not before and rest[:1] in {":", "："} and rest[1:].strip():
        return False  # what a message says after a colon is part of it
    if not rest or (rest[0] in "\"'" and before and rest[1:2].isalnum()):
        return not rest
    if rest[0].isalnum():
        return rest != beyond and not rest[0].isascii()
    return not before or not _CLOSING.match(rest)
