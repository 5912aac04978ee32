"""From what people paste to a draft rule, and from many pastes to the rules that are missing."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import yaml
from rapidfuzz import fuzz

from bot.core.matching.grams import width
from bot.core.text.mask import mask
from bot.core.text.normalise import read
from bot.core.text.redact import redact

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bot.core.matching.matcher import Matcher
    from bot.core.rulebook.model import Product

_QUOTED: Final = re.compile(r"[「『“\"'`]([^「」『』“”\"`\n]{6,300})[」』”\"'`]")
_CODE: Final = re.compile(
    r"\b0x[0-9A-Fa-f]{4,8}\b|\b[A-Z]{2,}[A-Z0-9_]*[-_]?[0-9]{3,}\b|\b[A-Z]{2,}(?:_[A-Z0-9]+){2,}\b"
    r"|(?<=\b[45]\d\d )[45]\.\d{1,3}\.\d{1,3}\b"
)
_WRONG: Final = re.compile(
    r"(?:でき|開け|使え|入れ|送れ|見つかり|つながり|繋がり|読み込め|認識され|許可されてい)ません|失敗し|エラー|無効で|無効な|拒否"
    r"|タイムアウト|切断され|期限が?切れ|不正な|問題が発生|\b(?:cannot|can't|could\s?n[o']t|unable|fail(?:ed|ure)"
    r"|error|invalid|denied|refused|timed?\s?out|expired|not\s+(?:found|available|supported|allowed)"
    r"|went\s+wrong|unexpected|exception)\b",
    re.IGNORECASE,
)
"""What an error message says went wrong."""
_SHOWN: Final = re.compile(
    r"\s*[」』”\"'`]?\s*(?:と|って)(?:いう(?:エラー|メッセージ|表示)|出|表示|言われ|なり)"
)
_LOG: Final = re.compile(
    r"^(?:\S+\s+){0,3}(?:ERROR|FATAL|WARN(?:ING)?)\b|^[\w.]*(?:Error|Exception):"
)
UNSORTED: Final = "unsorted"
"""The product of a draft that names none: an author has to choose."""
_SHORTEST: Final = 8
_LONGEST: Final = 240
_ALIKE: Final = 86.0
"""Messages alike by this much (`fuzz.ratio`) are one message."""
_EXAMPLES: Final = 3
_COMMON: Final = 2_000
"""An n-gram of more groups than this leads to none of them."""


def error_in(text: str) -> str | None:
    """The part of `text` that looks like an error message a program showed, or None."""
    quoted = [m[1] for m in _QUOTED.finditer(text) if _WRONG.search(m[1]) or _CODE.search(m[1])]
    if quoted:
        return _tidy(max(quoted, key=len))
    for whole in map(str.strip, text.splitlines()):
        line = whole
        if shown := _SHOWN.search(whole):
            line = whole[: shown.start()]
        elif not (_LOG.search(line) or _CODE.search(line)):
            continue
        if len(line) >= _SHORTEST and (_WRONG.search(line) or _CODE.search(line)):
            return _tidy(line)
    return None


def _tidy(words: str) -> str:
    words = " ".join(words.split())
    return words[:_LONGEST].strip(' 「『“"`')


@dataclass(frozen=True, slots=True)
class Draft:
    """A rule to be, as far as a message tells."""

    id: str
    product: str
    phrase: str
    """With placeholders for what varies; empty if only codes are known."""
    codes: tuple[str, ...]
    examples: tuple[str, ...]
    """Redacted."""

    def source(self) -> str:
        """The file: a draft that lints clean once its titles are written."""
        title = self.phrase or " ".join(self.codes)
        signatures = [{"phrase": self.phrase}] if self.phrase else []
        rule = {
            "id": self.id,
            "status": "draft",
            "product": self.product,
            "title": {"en": title[:80], "ja": title[:80]},
            "signatures": [*signatures, *({"code": code} for code in self.codes)],
            "examples": [{"text": example} for example in self.examples],
        }
        text: str = yaml.safe_dump(rule, allow_unicode=True, sort_keys=False, width=100)
        return text


@dataclass(frozen=True, slots=True)
class Known:
    """A rule that is near already."""

    rule_id: str
    score: float
    words: str


def nearest(text: str, matcher: Matcher) -> list[Known]:
    """The rules that may already be about `text`, the likeliest first."""
    return [Known(m.rule.id, m.score, m.quote) for m in matcher.match(read(text)).ranked[:3]]


def draft(
    texts: Sequence[str], products: Mapping[str, Product], *, product: str = "", rule_id: str = ""
) -> Draft:
    """A draft from pastes of one message, the first of which tells what it says."""
    message = error_in(texts[0]) or _tidy(texts[0])
    codes = tuple(dict.fromkeys(_CODE.findall(message)))
    bare = read(_CODE.sub("", message)).bare
    found = product or product_of(" ".join(texts), products)
    return Draft(
        rule_id or slug(message, found),
        found,
        phrase_of(message) if len(bare) >= _SHORTEST else "",
        codes,
        tuple(dict.fromkeys(redact(text).strip() for text in texts))[:_EXAMPLES],
    )


def phrase_of(message: str) -> str:
    """`message` with placeholders for what varies and for what nobody should read."""
    return redact(mask(_CODE.sub("{code}", message)).text)


def product_of(text: str, products: Mapping[str, Product]) -> str:
    """The product whose words `text` names most; `UNSORTED` if it names none."""
    heard = unicodedata.normalize("NFKC", text).casefold()
    named = {p.id: sum(word.casefold() in heard for word in p.words) for p in products.values()}
    best = max(named, key=lambda product: named[product], default=UNSORTED)
    return best if named.get(best) else UNSORTED


def slug(message: str, product: str) -> str:
    """An id such as `outlook-cannot-open-the-file`; Japanese gives the code, or nothing better."""
    words = re.findall(r"[a-z0-9]+", mask(message).text.casefold())
    kept = [w for w in words if not _PLAIN.fullmatch(w)][:5]
    return "-".join([product, *kept]) if kept else f"{product}-new-error"


_PLAIN: Final = re.compile(
    r"(?:a|an|the|is|are|was|of|to|in|on|at|for|and|or|your|this|that|any|file)"
)


@dataclass(slots=True)
class Group:
    """Pastes of one message that no rule knows."""

    message: str
    """As first seen, with placeholders."""
    messages: int = 0
    people: set[str] = field(default_factory=set)
    texts: list[str] = field(default_factory=list)
    """A few whole messages, redacted."""


class Unknown:
    """Groups messages that look like errors and match nothing."""

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher
        self._groups: dict[str, Group] = {}
        self._by_gram: defaultdict[str, list[str]] = defaultdict(list)

    def hear(self, user: str, text: str) -> None:
        """One message more."""
        message = error_in(text)
        if message is None:
            return
        text = redact(text)
        if self._matcher.match(read(text)).found:
            return
        group = self._group(message)
        group.messages += 1
        group.people.add(user)
        if len(group.texts) < _EXAMPLES and text not in group.texts:
            group.texts.append(text)

    def groups(self, *, least: int = 1) -> list[Group]:
        """The messages of at least so many people, those of most first."""
        found = [group for group in self._groups.values() if len(group.people) >= least]
        return sorted(found, key=lambda g: (-len(g.people), -g.messages, g.message))

    def _group(self, message: str) -> Group:
        key = read(mask(message).text).bare
        group = self._groups.get(key) or self._alike(key)
        if group is None:
            group = self._groups[key] = Group(phrase_of(message))
            for gram in set(_grams(key)):
                self._by_gram[gram].append(key)
        return group

    def _alike(self, key: str) -> Group | None:
        votes: Counter[str] = Counter()
        for gram in set(_grams(key)):
            others = self._by_gram.get(gram, ())
            if len(others) <= _COMMON:
                votes.update(others)
        for other, _ in votes.most_common(5):
            if fuzz.ratio(key, other) >= _ALIKE:
                return self._groups[other]
        return None


def _grams(text: str) -> Iterator[str]:
    for start in range(max(1, len(text) - 2)):
        yield text[start : start + width(text[start : start + 1] or "a")]
