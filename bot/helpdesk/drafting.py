"""From what people paste to a draft rule."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import yaml

from bot.core.rulebook.model import Bilingual
from bot.core.text.language import Language, language_of
from bot.core.text.mask import mask
from bot.core.text.normalise import read
from bot.core.text.redact import redact
from bot.core.text.visible import cut, visible

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
_ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
UNSORTED: Final = "unsorted"
"""The product of a draft that names none: an author has to choose."""
_GAP: Final = re.compile(r"\{[a-z]+\}")
_NO_QUOTES: Final = str.maketrans(dict.fromkeys('「」『』“”"[]［］（）()【】', " "))
"""A title is quoted itself, and what was cut in the middle of a bracket would stay open."""
_SHORTEST: Final = 8
_LONGEST: Final = 240
_EXAMPLES: Final = 3
_TITLE: Final = 70
_NOTE: Final = 300
_ID_LONGEST: Final = 80
_PASTE: Final = 1_500
"""Letters of an example; a whole log is none."""


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
    """A rule to be, as far as messages tell."""

    id: str
    product: str
    title: Bilingual
    phrase: str
    """With placeholders for what varies; empty if only codes are known."""
    codes: tuple[str, ...]
    examples: tuple[str, ...]
    """Redacted."""
    notes: tuple[str, ...] = ()
    """What else was said, redacted: the fix may be in it."""

    def source(self) -> str:
        """The file: a draft that lints without problems, and what it still lacks as comments."""
        signatures = [{"phrase": self.phrase}] if self.phrase else []
        rule = {
            "id": self.id,
            "status": "draft",
            "product": self.product,
            "title": {"en": self.title.en, "ja": self.title.ja},
            "signatures": [*signatures, *({"code": code} for code in self.codes)],
            "examples": [{"text": example} for example in self.examples],
        }
        text: str = yaml.safe_dump(rule, allow_unicode=True, sort_keys=False, width=100)
        return text + _TO_DO + "".join(f"#   {note}\n" for note in self._said())

    def _said(self) -> Iterator[str]:
        if self.notes:
            yield "What was said after it (the fix may be in it):"
            yield from (f"  {note}" for note in self.notes)


_TO_DO: Final = """\
# Before it answers people (status: tested):
#   misdirection: {en: …, ja: …}      what it makes people think, and what it usually is
#   causes:
#     - id: …
#       title: {en: …, ja: …}
#       fix: {en: …, ja: …}           one action; without it only people can help
#   escalate:
#     to: …
#     bring:
#       - {en: …, ja: …}
#   sources: [https://…]
#   counterexamples:
#     - {text: …, because: …}
# Three examples or more, in both languages. `firstcheck rules lint` says what is missing.
"""


def is_id(words: str) -> bool:
    """Whether `words` can be the id of a rule, and so the name of its file."""
    return _ID.fullmatch(words) is not None


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
    texts: Sequence[str],
    products: Mapping[str, Product],
    *,
    product: str = "",
    notes: Sequence[str] = (),
) -> Draft:
    """A draft from pastes of one message, the first of which tells what it says."""
    message = error_in(texts[0]) or _tidy(texts[0])
    codes = tuple(dict.fromkeys(_CODE.findall(message)))
    phrase = phrase_of(message)
    found = product or product_of(" ".join(texts), products)
    return Draft(
        slug(message, found),
        found,
        title_of(message),
        phrase if len(_letters(phrase)) >= _SHORTEST else "",
        codes,
        tuple(dict.fromkeys(_example(text, message) for text in texts))[:_EXAMPLES],
        tuple(cut(_clean(redact(note)), _NOTE) for note in notes),
    )


def phrase_of(message: str) -> str:
    """`message` with placeholders for what varies and for what nobody should read."""
    return _clean(redact(mask(_CODE.sub("{code}", message)).text))


def title_of(message: str) -> Bilingual:
    """The message as a title in both languages, to be put into better words by the author."""
    words = redact(mask(message).text).translate(_NO_QUOTES)
    words = cut(_clean(_GAP.sub("…", words)), _TITLE).rstrip(".。 ")
    if language_of(words) is Language.JA:
        return Bilingual(f"“{words}” is shown", f"「{words}」と表示される")
    return Bilingual(words, f"「{words}」と表示される")


def _letters(phrase: str) -> str:
    """What of a phrase can be compared: neither placeholders nor blanks."""
    return read(_GAP.sub("\n", phrase)).text.replace(" ", "").replace("\n", "")


def _example(text: str, message: str) -> str:
    """The whole paste; of a long one only the message."""
    return visible(redact(text if len(text) <= _PASTE else message)).strip()


def _clean(words: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())


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
    return "-".join([product, *kept])[:_ID_LONGEST].strip("-") if kept else f"{product}-new-error"


_PLAIN: Final = re.compile(
    r"(?:a|an|the|is|are|was|of|to|in|on|at|for|and|or|your|this|that|any|file)"
)
