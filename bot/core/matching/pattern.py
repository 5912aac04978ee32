"""A phrase signature, prepared for comparing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from bot.core.rulebook.model import Phrase, Rule
from bot.core.text.normalise import read

if TYPE_CHECKING:
    from collections.abc import Iterator


HOLE_SIZE: Final = 80
"""The most characters (without blanks) a placeholder stands for."""

_FILLERS: Final = (
    "a an and are as at be been by can for from has have if is it its of on or that the their "
    "this to was were will with you your"
)
FILLERS: Final = frozenset(_FILLERS.split())
"""English words that may differ between two tellings of one message."""

_HOLE: Final = re.compile(r"\{[a-z_]+\}|…|(?<!\.)\.{3}(?!\.)|[○〇]{2,}")
_WORD: Final = re.compile(r"[!-~]+|[\u3400-\u9fff々]+|[ァ-ヺ]+|[ぁ-ゟ]+")


@dataclass(frozen=True, slots=True)
class Word:
    """A run of one script, or a number, in `Pattern.text`."""

    start: int
    end: int
    text: str

    @property
    def code(self) -> bool:
        """Whether it is a number or has digits in it: then every character counts."""
        return self.text[0].isascii() and any(map(str.isdigit, self.text))

    @property
    def telling(self) -> bool:
        """Whether it carries meaning of its own: no particle, no ending, no `of`."""
        if self.text[0].isascii():
            return len(self.text) > 2 and self.text not in FILLERS
        return self.text[0] > "ゟ"


@dataclass(frozen=True, slots=True)
class Pattern:
    """What of a phrase is fixed, read and without blanks, and where its placeholders stand."""

    rule: Rule
    signature: Phrase
    parts: tuple[str, ...]
    """The fixed parts between placeholders, in order; none is empty."""
    text: str
    """The fixed parts, joined."""
    holes: tuple[int, ...]
    """Before which characters of `text` a placeholder stands; may hold 0 and its length."""
    words: tuple[Word, ...]


def prepare(rule: Rule, signature: Phrase) -> Pattern:
    """The pattern of `signature`; its text is empty if the phrase says nothing."""
    fixed = [read(part).text for part in _HOLE.split(signature.text)]
    bare = [part.replace(" ", "") for part in fixed]
    ends = list(accumulate(map(len, bare)))
    return Pattern(
        rule=rule,
        signature=signature,
        parts=tuple(part for part in bare if part),
        text="".join(bare),
        holes=tuple(dict.fromkeys(ends[:-1])),
        words=tuple(_words(fixed)),
    )


def _words(fixed: list[str]) -> Iterator[Word]:
    start = 0
    for part in fixed:
        for word in part.split():
            for match in _WORD.finditer(word):
                yield Word(start + match.start(), start + match.end(), match.group())
            start += len(word)
