"""Whether a phrase found says something else: another number, another word, the opposite.

「カメラを使用できません」 and 「マイクを使用できません」 share most of their characters and
nothing of their cause. A typo changes letters within a word; a different message changes a word,
puts one in (`reload` for `load`), or turns it around.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property, lru_cache, partial
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from rapidfuzz.distance import OSA

from bot.core.matching.align import NEAR_HOLE, Alignment
from bot.core.matching.pattern import FILLERS, Pattern
from bot.core.matching.vocabulary import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.core.matching.pattern import Word
    from bot.core.matching.view import View

_DENIALS: Final = frozenset({"not", "no", "cannot", "cant", "never", "without"})
_PREFIXES: Final = ("un", "re", "dis", "de", "non", "auto", "再", "不", "未", "無", "非")
"""What makes another word of a word when put before it."""
_LONGEST: Final = max(map(len, _PREFIXES))
_ENDINGS: Final = ("s", "d", "ed", "es", "ing")
_PAIRS: Final = (
    "minimum maximum,incoming outgoing,inbound outbound,send receive,sent received,input output,"
    "import export,upload download,enable disable,enabled disabled,online offline,read write,"
    "public private,internal external,source target,start stop,open close"
)
_OPPOSITES: Final = {
    a: b
    for pair in _PAIRS.split(",")
    for a, b in (tuple(pair.split()), tuple(reversed(pair.split())))
}
_SAME_WORD: Final = 0.6
"""The share of a Japanese word's letters that makes it the same word, misspelt."""
_SLIPS: Final = 2
"""Slips in a word that people make, and machines that read…"""
_LONG: Final = 8
"""…in one of so many letters…"""
_PER_SLIP: Final = 6
"""Letters of a long word for each slip in it."""
_SHORT: Final = 5
"""Letters of a word in which two slips would make another word."""
_READ_AS: Final = str.maketrans("1|!i058b69qcf", "lllloshhhgget")
"""What OCR takes for a letter."""
_KANJI: Final = re.compile(r"[\u3400-\u9fff]")
_CONTENT: Final = re.compile(r"[a-z]{3,}|[\u3400-\u9fff]{2,}|[ァ-ヺ]{3,}")
_LETTER: Final = re.compile(r"[a-z\u3041-\u9fff]")
_DIGITS: Final = "0123456789."
_CODE_HERE: Final = re.compile(r" ?(-?[0-9a-z.%]*[0-9][0-9a-z.%]*)")
_CODE_BEFORE: Final = re.compile(r"(-?[0-9a-z.%]*[0-9][0-9a-z.%]*) ?$")
_HEX: Final = "0123456789abcdef"
_NEGATION: Final = re.compile(
    r"ません|ない|なかつた|\b(?:not|no|cannot|cant|never|without"
    r"|(?:ca|do|does|did|is|are|was|were|wo|could|would|should|has|have|had)nt)\b",
)
_LATIN: Final = re.compile(r"[!-~]+")
_FILLED: Final = re.compile(r"[!-~]*[a-zA-Z0-9][!-~]*|[\u3400-\u9fff々]+|[ァ-ヺー]+")
_WRAP: Final = re.compile(r"\s*\n[>\s]*")
_POSITIVE: Final = re.compile(r"ました|ます(?!ん)|(?<=でき)た|(?<=でき)る")
_TAIL: Final = 3
"""A verb's ending may stand this far behind the part found."""
_LOOKALIKES: Final = (
    "号弓 未末 土士 日曰目白 人入 待持侍 録緑縁 侯候 微徴 撤徹 網綱 密蜜 績積 復複 除徐 険検験 "
    "輸輪 設没 態熊能 刺剌 千干于 己已巳 申甲 束東 見貝 太大犬 玉王 水氷永 石右 名各 図団 因困 "
    "失矢 析折 住往 使便 役投 体休 作昨 記紀 続読 週過 間問聞 開閧 関閔 理埋 期朋 情惰 更吏"
)
"""Kanji that OCR and tired eyes mix up, and that are not each other's opposite."""
_ALIKE: Final = tuple(map(frozenset, _LOOKALIKES.split()))


class _Comparison:
    """A phrase beside what was found of it."""

    def __init__(self, pattern: Pattern, alignment: Alignment, view: View) -> None:
        self.pattern = pattern
        self.alignment = alignment
        self.view = view

    @cached_property
    def where(self) -> Mapping[int, int]:
        """For each character of the phrase found, its place in the view."""
        blocks = self.alignment.blocks
        return {b.phrase + i: b.text + i for b in blocks for i in range(b.size)}

    def between(self, word: Word) -> str:
        """What the text has in place of `word`, matched characters included."""
        before = (self.where[i] + 1 for i in range(word.start - 1, -1, -1) if i in self.where)
        after = (self.where[i] for i in range(word.end, self.alignment.last) if i in self.where)
        start = next(before, self.alignment.start)
        return self.view.text[start : next(after, self.alignment.end)]

    def words(self) -> Iterator[Word]:
        """The words of the phrase within what was found."""
        first, last = self.alignment.first, self.alignment.last
        return (w for w in self.pattern.words if first <= w.start and w.end <= last)

    def torn_words(self) -> Iterator[Word]:
        """Those that are not, with what is before and after them, found letter by letter."""
        blocks = iter(self.alignment.blocks)
        block = next(blocks)
        for word in self.words():
            while word.start >= block.phrase + block.size:
                block = next(blocks)
            if not block.phrase + _LONGEST < word.start < word.end < block.phrase + block.size:
                yield word


def differences(pattern: Pattern, alignment: Alignment, view: View) -> list[str]:
    """The words the text has replaced, added or denied within what was found of the phrase."""
    comparison = _Comparison(pattern, alignment, view)
    lost = [pattern.text[a:b] for a, b in pattern.telling if not alignment.holds(a, b)]
    if lost:
        return lost
    replaced = [word.text for word in comparison.torn_words() if _differs(word, comparison)]
    replaced += _edges(comparison)
    return replaced or _other_ends(comparison) or _added(comparison) or _opposite(comparison)


def _differs(word: Word, comparison: _Comparison) -> bool:
    if comparison.alignment.holds(word.start, word.end):
        return _other_code(word, comparison) if word.code else _prefixed(word, comparison)
    if word.code:
        return _other_code(word, comparison)
    if word.text in FILLERS or "ぁ" <= word.text[0] <= "ゟ":
        return False
    kept = sum(i in comparison.where for i in range(word.start, word.end))
    if any(word.start <= hole <= word.end for hole in comparison.pattern.holes):
        return word.telling and (kept < len(word.text) / 2 or _swapped(word, comparison))
    return _other_word(word, kept, comparison.between(word))


def _edges(comparison: _Comparison) -> list[str]:
    """The words in which what was found begins or ends, if the text has another word there."""
    alignment, view = comparison.alignment, comparison.view
    found = []
    for word in comparison.pattern.words:
        if word.code or not word.telling:
            continue
        if word.start < alignment.first < word.end:
            heard = view.run_at(alignment.start)
        elif word.start < alignment.last < word.end:
            heard = view.run_at(alignment.end - 1)
        else:
            continue
        if _unlike(word.text, heard):
            found.append(word.text)
    return found


def _unlike(word: str, heard: str) -> bool:
    """Whether `heard` is surely no `word`: a real word, or one with more slips than people make."""
    if abs(len(heard) - len(word)) > _LONGEST or heard in word or _inflected(word, heard):
        return False
    if heard in WORDS:
        return True
    if "_" in word:
        return not _slip(word, heard)
    slips = OSA.distance(_seen(word), _seen(heard))
    if word[0].isascii():
        return len(word) >= _LONG and slips > _SLIPS
    return len(heard) >= len(word) > slips + 1 > 2


def _swapped(word: Word, comparison: _Comparison) -> bool:
    """Whether the Latin word in its place, next to what varies, is another real one."""
    if not word.text[0].isascii():
        return False
    place = next(i for i in range(word.start, word.end) if i in comparison.where)
    heard = comparison.view.word_at(comparison.where[place])
    return heard in WORDS and heard != word.text and not _inflected(heard, word.text)


def _other_word(word: Word, kept: int, instead: str) -> bool:
    if word.text in _DENIALS and not kept:
        return True
    if _KANJI.match(word.text):
        return _other_kanji(word.text, instead)
    if _OPPOSITES.get(word.text, "\n") in instead or _real_word(word.text, instead):
        return True
    if word.text[0].isascii():
        return not _slip(word.text, instead)
    lost = len(word.text) - kept
    misspelt = lost < 2 or kept >= _SAME_WORD * len(word.text)
    return not misspelt and len(_LETTER.findall(instead)) - kept > 1


def _slip(word: str, instead: str) -> bool:
    """Whether `instead` is `word` with a slip of the fingers or of OCR, or in another form.

    A slip or two in a word (optimal string alignment, so that letters changed about are one), but
    no more than one in a short word or a name such as `max_wal_size`.
    """
    if _inflected(word, instead):
        return True
    named = len(word) <= _SHORT or "_" in word
    word, instead = _seen(word), _seen(instead)
    if len(instead) > len(word) + _LONGEST:  # it holds what fills a placeholder, too
        instead = min(instead[: len(word)], instead[-len(word) :], key=partial(OSA.distance, word))
    return OSA.distance(word, instead) <= (1 if named else max(_SLIPS, len(word) // _PER_SLIP))


def _seen(word: str) -> str:
    """What OCR makes of the word: letters it mixes up made one."""
    return word.replace("rn", "m").replace("cl", "d").replace("vv", "w").translate(_READ_AS)


def _real_word(word: str, instead: str) -> bool:
    """Whether `instead` is a word of its own: a slip makes none, another message has one."""
    if instead in WORDS and not _inflected(word, instead):
        return True
    return any(prefix in word and word.replace(prefix, "", 1) == instead for prefix in _PREFIXES)


def _inflected(word: str, instead: str) -> bool:
    shorter, longer = sorted((word, instead), key=len)
    return longer.startswith(shorter) and longer[len(shorter) :] in _ENDINGS


def _other_code(word: Word, comparison: _Comparison) -> bool:
    kept = [i for i in range(word.start, word.end) if i in comparison.where]
    if any(word.start <= hole <= word.end for hole in comparison.pattern.holes):
        return False
    if not kept:
        return any(map(str.isdigit, comparison.between(word)))
    text = comparison.view.symptom.text
    rim = _DIGITS if word.text.strip("-.%")[0].isdigit() else _HEX
    start = comparison.view.back(comparison.where[kept[0]])
    end = comparison.view.back(comparison.where[kept[-1]]) + 1
    while start > 0 and text[start - 1] in rim:
        start -= 1
    while end < len(text) and text[end] in rim:
        end += 1
    heard = text[start:end].replace(" ", "").strip("-.%")
    return heard != word.text.strip("-.%")


def _other_ends(comparison: _Comparison) -> list[str]:
    """A code of the phrase just outside of what was found, if the text has another one there."""
    alignment, view = comparison.alignment, comparison.view
    found: list[str] = []
    for word in comparison.pattern.words:
        if word.code and word.start <= alignment.last < word.end:
            at = view.back(max(0, alignment.end - alignment.last + word.start - 1)) + 1
            heard = _CODE_HERE.match(view.symptom.text, at)
        elif word.code and word.start < alignment.first <= word.end:
            at = view.back(alignment.start + word.end - alignment.first)
            heard = _CODE_BEFORE.search(view.symptom.text, max(0, at - 40), at)
        else:
            continue
        if heard and heard[1] != word.text:
            found.append(word.text)
    return found


def _prefixed(word: Word, comparison: _Comparison) -> bool:
    """Whether the text has a prefix on the word that the phrase has not."""
    if word.start in comparison.pattern.holes or not word.telling:
        return False
    text = comparison.view.symptom.text
    at = comparison.view.back(comparison.where[word.start])
    prefix = next((p for p in _PREFIXES if text.endswith(p, 0, at)), None)
    known = (word.text, comparison.pattern.text[: word.start])
    if not prefix or known[0].startswith(prefix) or known[1].endswith(prefix):
        return False
    return not prefix.isascii() or not text[: at - len(prefix)][-1:].isalpha()


def _other_kanji(word: str, instead: str) -> bool:
    if instead in WORDS:
        return True
    if not set(word).isdisjoint(instead):
        return False  # 認章 for 認証: no word, so nobody meant it
    others = _KANJI.findall(instead)
    if len(others) < len(word):
        return False
    strange = [c for c in others if c not in word and not _misread(c, word)]
    return bool(strange)


def _misread(character: str, word: str) -> bool:
    """Whether OCR may have read `character` for one of `word`: alike, or too rare to be meant."""
    if any(character in group and not group.isdisjoint(word) for group in _ALIKE):
        return True
    return character.encode("shift_jis", "ignore")[:1] >= b"\x98"  # JIS level 2


def _added(comparison: _Comparison) -> list[str]:
    """Words of content the text has between the phrase's own, but not in a placeholder."""
    added: list[str] = []
    for before, after in pairwise(comparison.alignment.blocks):
        since, until = before.phrase + before.size, after.phrase
        near = (
            hole
            for hole in comparison.pattern.holes
            if since - NEAR_HOLE <= hole <= until + NEAR_HOLE
        )
        if next(near, None) is not None:
            added += _beside_filling(comparison.view, before.text + before.size, after.text)
        elif until - since <= 1:
            words = _CONTENT.findall(comparison.view.text[before.text + before.size : after.text])
            added += [word for word in words if word not in FILLERS]
    return added


def _beside_filling(view: View, start: int, end: int) -> list[str]:
    """A word of messages next to what fills a placeholder: `feature count {name}`."""
    if start >= end:
        return []
    first, last = view.span(start, end)
    filling = _FILLED.findall(
        unicodedata.normalize("NFKC", _WRAP.sub("", view.symptom.original[first:last]))
    )
    known = {word for word in filling if word in WORDS and word not in FILLERS}
    if known.issuperset(filling):  # words alone are what fills it
        return []
    return [word for word in (filling[0], filling[-1]) if word in known]


def _opposite(comparison: _Comparison) -> list[str]:
    view, alignment = comparison.view, comparison.alignment
    said = comparison.pattern.text[alignment.first : alignment.last + _TAIL]
    start, end = view.back(alignment.start), view.back(alignment.end - 1) + 1
    tail = 0 if said[-1:].isascii() else _TAIL
    heard = view.symptom.text[start : end + tail]
    words = " ".join(word.text for word in comparison.words() if word.text.isascii())
    before = _denials(words) + _denials(_LATIN.sub("", said))
    after = len(_NEGATION.findall(heard))
    if after < before and len(_POSITIVE.findall(heard)) > len(_POSITIVE.findall(said)):
        return ["not"]
    return ["not"] if after > before and alignment.strays else []


@lru_cache(maxsize=1 << 12)
def _denials(words: str) -> int:
    """How often something is denied. Most phrases are asked about often."""
    return len(_NEGATION.findall(words))
