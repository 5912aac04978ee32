"""What happens to an error message on its way into a chat, made again from a seed.

People cut it, mistype it, photograph it, wrap it, quote it in a sentence or dump a whole log. The
sentences are in `frames.yaml`, the values of placeholders in `values.yaml`.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

import yaml

from tests.bench.recognition import slips
from tests.bench.recognition.dumps import dump

HERE: Final = Path(__file__).parent
FRAMES: Final[dict[str, Any]] = yaml.safe_load((HERE / "frames.yaml").read_text(encoding="utf-8"))
VALUES: Final[dict[str, list[str]]] = yaml.safe_load(
    (HERE / "values.yaml").read_text(encoding="utf-8")
)
PLACEHOLDER: Final = re.compile(r"\{([a-z]+)\}")

Whose: TypeAlias = Literal["training", "evaluation"]


class Kind(StrEnum):
    """What happened to it."""

    VERBATIM = "verbatim"
    EMBEDDED_IN_SENTENCE = "embedded_in_sentence"
    TRUNCATED = "truncated"
    TYPO = "typo"
    WRAPPED_LINES = "wrapped_lines"
    WIDTH_VARIANTS = "width_variants"
    OCR_NOISE = "ocr_noise"
    VARIABLE_FILLED = "variable_filled"
    CODE_ONLY = "code_only"
    TWO_ERRORS = "two_errors"
    QUOTED_ENGLISH = "quoted_english_in_japanese_post"
    STACK_DIALOG_DUMP = "stack_dialog_dump"


@dataclass(frozen=True, slots=True)
class Error:
    """A known error."""

    id: str
    product: str
    en: tuple[str, ...]
    ja: tuple[str, ...]
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paste:
    """A message that shows errors."""

    text: str
    kind: Kind
    lang: str
    expected: tuple[str, ...]


def errors(path: Path) -> list[Error]:
    """The errors of a file of JSON lines."""
    entries = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [
        Error(e["id"], e["product"], tuple(e["en"]), tuple(e["ja"]), tuple(e["codes"]))
        for e in entries
    ]


def pastes(
    known: Sequence[Error], seed: int, per_error: int, *, frames: Whose = "training"
) -> list[Paste]:
    """So many pastes of each error, their kinds in turn; the same for the same arguments."""
    chance = random.Random(seed)  # noqa: S311  (the same pastes in every run)
    kinds: list[Kind] = [kind for kind in Kind if kind is not Kind.CODE_ONLY]
    start = chance.randrange(len(kinds))
    made: list[Paste] = []
    for number, error in enumerate(known):
        for turn in range(per_error):
            kind = kinds[(start + number * per_error + turn) % len(kinds)]
            if error.codes and (turn == 0 or not (error.en or error.ja)):
                kind = Kind.CODE_ONLY
            other = chance.choice(known)
            made.append(_Maker(chance, frames).paste(error, other, kind))
    return made


def everyday(
    known: Sequence[Error], seed: int, count: int, *, frames: Whose = "training"
) -> list[tuple[str, str]]:
    """At most so many everyday sentences (language, text) with half the words of an error."""
    chance = random.Random(seed)  # noqa: S311  (the same sentences in every run)
    said = FRAMES["everyday"][frames]
    made: list[tuple[str, str]] = []
    for _ in range(count):
        error = chance.choice(known)
        lang = "ja" if error.ja and (not error.en or chance.random() < _JAPANESE) else "en"
        message = chance.choice((error.ja if lang == "ja" else error.en) or ("",))
        cuts = [m for m in _CUTS[lang].finditer(message) if _FEWEST <= m.start() <= _MOST[lang]]
        if not cuts:
            continue
        cut = chance.choice(cuts)
        if chance.random() < _MENTIONED and not _WRONG.search(message[: cut.start()]):
            text = chance.choice(said["mentions"][lang]).replace("{e}", message[: cut.start()])
        else:
            text = chance.choice(said["subjects"][lang]) + message[cut.start() :]
        made.append((lang, PLACEHOLDER.sub(lambda m: chance.choice(VALUES[m[1]]), text)))
    return made


class _Maker:
    def __init__(self, chance: random.Random, frames: Whose) -> None:
        self.chance = chance
        self.frames = FRAMES[frames]

    def paste(self, error: Error, other: Error, kind: Kind) -> Paste:
        if kind is Kind.CODE_ONLY:
            return self._code(error)
        if kind is Kind.QUOTED_ENGLISH and error.en:
            text = self._framed(self._filled(self.chance.choice(error.en)), "ja")
            return Paste(text, kind, "ja", (error.id,))
        lang = self._language(error)
        message = self._filled(self.chance.choice(error.ja if lang == "ja" else error.en))
        if kind is Kind.TWO_ERRORS:
            return self._two(error, other, message, lang)
        text = _CHANGES[kind](self.chance, message, lang)
        if kind not in _BARE and self.chance.random() < _FRAMED:
            text = self._framed(text, lang)
        return Paste(text, kind, lang, (error.id,))

    def _language(self, error: Error) -> str:
        return self.chance.choice(["en"] * bool(error.en) + ["ja"] * bool(error.ja))

    def _filled(self, message: str) -> str:
        return PLACEHOLDER.sub(lambda m: self.chance.choice(VALUES[m[1]]), message)

    def _framed(self, text: str, lang: str) -> str:
        frames: list[str] = self.frames[lang]
        return self.chance.choice(frames).replace("{e}", text)

    def _code(self, error: Error) -> Paste:
        lang = self.chance.choice(("en", "ja"))
        code = self.chance.choice(error.codes)
        code = self.chance.choice((code, code.lower(), slips.wide(code)))
        return Paste(self._framed(code, lang), Kind.CODE_ONLY, lang, (error.id,))

    def _two(self, error: Error, other: Error, message: str, lang: str) -> Paste:
        texts = other.ja if lang == "ja" else other.en
        if other is error or not texts:
            return Paste(self._framed(message, lang), Kind.EMBEDDED_IN_SENTENCE, lang, (error.id,))
        between = self.chance.choice(_BETWEEN[lang])
        text = f"{message}{between}{self._filled(self.chance.choice(texts))}"
        return Paste(self._framed(text, lang), Kind.TWO_ERRORS, lang, (error.id, other.id))


_FRAMED: Final = 0.6
_MENTIONED: Final = 0.6
_JAPANESE: Final = 0.6
_FEWEST: Final = 4
_MOST: Final = {"en": 40, "ja": 20}
"""Letters of a subject that people talk about: longer ones are quoted."""
_CUTS: Final = {
    "en": re.compile(r" (?=(?:is|are|was|were|has|have|could|can|cannot|can't|failed|does|did)\b)"),
    "ja": re.compile(r"(?<=[\u30a1-\u9fff])(?=[はがをに])"),
}
"""Where a message goes on to say what happened to its subject."""
_WRONG: Final = re.compile(
    r"できま|ません|失敗|エラー|無効|切れ|不正|\b(?:not|cannot|can't|unable|fail|failed|error|invalid"
    r"|denied|expired|lost|wrong|refused|timed)\b",
    re.IGNORECASE,
)
"""What says that something went wrong."""
_BARE: Final = (Kind.VERBATIM, Kind.STACK_DIALOG_DUMP)
_BETWEEN: Final = {
    "en": ["\n", "\n\n", " and then ", " / ", ". After that: ", " followed by "],
    "ja": ["\n", "\n\n", " のあと ", "」と「", "、その次に", " → "],
}
_Change: TypeAlias = Callable[[random.Random, str, str], str]
_CHANGES: Final[dict[Kind, _Change]] = {
    Kind.VERBATIM: lambda _chance, text, _lang: text,
    Kind.EMBEDDED_IN_SENTENCE: lambda _chance, text, _lang: text,
    Kind.QUOTED_ENGLISH: lambda _chance, text, _lang: text,
    Kind.VARIABLE_FILLED: lambda _chance, text, _lang: text,
    Kind.TRUNCATED: slips.cut,
    Kind.TYPO: slips.mistyped,
    Kind.WRAPPED_LINES: slips.wrapped,
    Kind.WIDTH_VARIANTS: slips.other_width,
    Kind.OCR_NOISE: slips.misread,
    Kind.STACK_DIALOG_DUMP: dump,
}
