"""A phrase signature, prepared for comparing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from bot.core.rulebook.model import Phrase, Rule
from bot.core.text.normalise import read

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


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
    code: bool
    """Whether it is a number or has digits in it: then every character counts."""
    telling: bool
    """Whether it carries meaning of its own: no particle, no ending, no `of`."""


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
    telling: tuple[tuple[int, int], ...]
    """Stretches of `text` that an author calls telling."""
    main: int
    """Which part holds the anchor: the longest."""
    anchor: int
    """Where in that part the anchor begins."""


def fixed_parts(signature: Phrase) -> tuple[str, ...]:
    """What of a phrase is fixed, between its placeholders, read and without blanks."""
    parts = (read(part).bare for part in _HOLE.split(signature.text))
    return tuple(part for part in parts if part)


def prepare(rule: Rule, signature: Phrase, anchor: str) -> Pattern:
    """The pattern of `signature`, which must say something."""
    fixed = [read(part).text for part in _HOLE.split(signature.text)]
    bare = [part.replace(" ", "") for part in fixed]
    ends = list(accumulate(map(len, bare)))
    parts = tuple(part for part in bare if part)
    main = max(range(len(parts)), key=lambda i: len(parts[i]))
    return Pattern(
        rule=rule,
        signature=signature,
        parts=parts,
        text="".join(parts),
        holes=tuple(dict.fromkeys(ends[:-1])),
        words=tuple(_words(fixed)),
        telling=tuple(_stretches("".join(parts), signature.telling)),
        main=main,
        anchor=parts[main].index(anchor),
    )


def _stretches(text: str, telling: Sequence[str]) -> Iterator[tuple[int, int]]:
    for words in map(read, telling):
        start = text.find(words.bare)
        if start >= 0 and words.bare:
            yield start, start + len(words.bare)


def _words(fixed: list[str]) -> Iterator[Word]:
    start = 0
    for part in fixed:
        for word in part.split():
            for match in _WORD.finditer(word):
                yield _word(match.group(), start + match.start())
            start += len(word)


def _word(text: str, start: int) -> Word:
    latin = text[0].isascii()
    code = latin and any(map(str.isdigit, text))
    telling = (len(text) > 2 and text not in FILLERS) if latin else text[0] > "ゟ"
    return Word(start, start + len(text), text, code, telling)
