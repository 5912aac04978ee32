"""The code lane: error codes as whole tokens, however they are written.

`0x` may be missing, AADSTS may be followed by a colon or a blank, digits may be full width, mail
servers may or may not put `550` before `5.1.1`, Windows may print 0x80070005 as -2147024891, and
OCR may read 0 as O. A longer code never holds a shorter one: 0x800700051 is not 0x80070005.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.core.rulebook.model import Code, Rule
from bot.core.text.fold import plain
from bot.core.text.normalise import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.core.text.symptom import Symptom

_TOKEN: Final = re.compile(r"[!-~]+")
_HEX: Final = re.compile(r"[0o]x([0-9a-fol]{2,})")
_BARE_HEX: Final = re.compile(r"(?=[a-f]*[0-9])[0-9a-f]{8}")
_SIGNED: Final = re.compile(r"-2147[0-9]{6}")
_REPLY: Final = re.compile(r"[245][0-9]{2}")
_ENHANCED: Final = re.compile(r"[245]\.[0-9]{1,3}\.[0-9x]{1,3}")
_NUMBER: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+)*%?")
_CUE_BEFORE: Final = re.compile(
    r"(?:err(?:or)?s?|codes?|status|event|id|no|number|番号?|エラー|コード|ステータス)"
    r"[\s:#.=は(が「\[\"-]*(?:is|was|code|no)?[\s:#.=(「\[\"-]*$",
)
_CUE_AFTER: Final = re.compile(
    r"[\s」\])\"]*(?:(?:が|と|って|で)?(?:出|表示|エラー|失敗|止)|err(?:or)?\b|again\b)",
)
_VERSION: Final = re.compile(
    r"(?:\bv|ver|version|バージョン|os|build|release|ビルド|(?:up[a-z]+|moved|went) to)[\s.:]*$",
)
_VERSION_AFTER: Final = re.compile(
    r"\s*(?:[へに]\s*(?:アップ|更新|バージョン|上げ)|release|update|version|にし)",
)


@dataclass(frozen=True, slots=True)
class Sighting:
    """A code of a rule, seen in a symptom."""

    rule: Rule
    signature: Code
    start: int
    """In `symptom.text`."""
    end: int
    cued: bool
    """Whether the text calls it an error. A bare number says nothing by itself."""


def canonical(token: str) -> str:
    """One spelling for all spellings of a code; `token` is read and without blanks."""
    if token.isalpha():
        return token
    at = token.find("0x")
    hexadecimal = _HEX.fullmatch(token[max(at, 0) :])
    if hexadecimal:
        return "0x" + hexadecimal[1].replace("o", "0").replace("l", "1").lstrip("0")
    if _BARE_HEX.fullmatch(token):
        return "0x" + token.lstrip("0")
    if _SIGNED.fullmatch(token):
        return f"0x{(1 << 32) + int(token):x}"
    return token


class Codes:
    """All codes of a rule base, looked up at once."""

    def __init__(self, codes: Iterable[tuple[Rule, Code]]) -> None:
        self._known: defaultdict[str, list[tuple[Rule, Code, int]]] = defaultdict(list)
        self._longest: defaultdict[str, int] = defaultdict(lambda: 1)
        """By its first token, how many tokens the longest code has."""
        for rule, code in codes:
            tokens = _own_tokens(code.code)
            if tokens:
                self._known[canonical("".join(tokens))].append((rule, code, len(tokens)))
                self._longest[tokens[0]] = max(self._longest[tokens[0]], len(tokens))
        self._first = self._longest.keys() | self._known.keys()

    def sightings(self, symptom: Symptom) -> list[Sighting]:
        """Every code of a rule in `symptom`: where it is called an error, else its first place."""
        tokens = set(_TOKEN.findall(symptom.text))
        if self._first.isdisjoint(tokens) and not any(map(_spells, tokens)):
            return []
        best: dict[tuple[str, str], Sighting] = {}
        for run in _runs(symptom.text):
            for sighting in self._in_run(symptom, run):
                key = (sighting.rule.id, sighting.signature.code)
                if key not in best or (sighting.cued and not best[key].cued):
                    best[key] = sighting
        return list(best.values())

    def _in_run(self, symptom: Symptom, run: Sequence[re.Match[str]]) -> Iterator[Sighting]:
        tokens = [match.group() for match in run]
        for i, first in enumerate(tokens):
            longest = self._longest.get(first, 1)
            if i + 1 < len(tokens) and _goes_on(first, tokens[i + 1]):
                longest = max(longest, 2)
            for end in range(i + 1, min(i + longest, len(tokens)) + 1):
                for rule, code, size in self._known.get(canonical("".join(tokens[i:end])), ()):
                    if end - i == size or _goes_on(first, tokens[end - 1]):
                        span = (run[i].start(), run[end - 1].end())
                        yield _sighting(rule, code, symptom, *span)


def _spells(token: str) -> bool:
    """Whether it may be another spelling of a code, or a part of one."""
    return "0x" in token or token.isdigit() or canonical(token) != token


def _sighting(rule: Rule, code: Code, symptom: Symptom, start: int, end: int) -> Sighting:
    return Sighting(rule, code, start, end, _cued(symptom, start, end))


def _own_tokens(code: str) -> list[str]:
    tokens = _TOKEN.findall(read(code).text)
    if len(tokens) == 2 and _REPLY.fullmatch(tokens[0]) and _ENHANCED.fullmatch(tokens[1]):
        return tokens[1:]
    return tokens


def _runs(text: str) -> Iterator[list[re.Match[str]]]:
    """The tokens of `text`, those divided by nothing but a blank together."""
    run: list[re.Match[str]] = []
    for token in _TOKEN.finditer(text):
        if run and token.start() != run[-1].end() + 1:
            yield run
            run = []
        run.append(token)
    if run:
        yield run


def _goes_on(first: str, last: str) -> bool:
    """Whether tokens may be one code with a blank in it: AADSTS 50011, or a wrapped 0x8007 0005."""
    return first.startswith("0x") or (last.isdigit() and first.isalpha())


def _cued(symptom: Symptom, start: int, end: int) -> bool:
    """Whether what is found is surely a code; digits alone need words that say so."""
    code = symptom.text[start:end]
    if code == symptom.text or not _NUMBER.fullmatch(code) or canonical(code) != code:
        return True
    first, last = symptom.span(start, end)
    before = plain(symptom.original[max(0, first - 20) : first])
    after = plain(symptom.original[last : last + 12])
    if _VERSION.search(before) or _VERSION_AFTER.match(after):
        return False
    if _ENHANCED.fullmatch(code):
        return True
    return bool(_CUE_BEFORE.search(before) or _CUE_AFTER.match(after))
