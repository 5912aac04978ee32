"""What the matcher sees in the training data, as rows of features, each right or wrong."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from bot.core.matching.evidence import FEATURES
from bot.core.matching.matcher import Matcher
from bot.core.rulebook.model import Code, Phrase
from bot.core.text.normalise import read
from tests.bench.recognition.noise import Error, errors, everyday, pastes
from tests.core.matching.rules import book, rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

TRAINING: Final = Path(__file__).parent / "training"
SEED: Final = 20261123
SIZES: Final = (20, 100, 400, 2_000, 10_000)
PER_BASE: Final = 4_000
"""Pastes of errors of each rule base, and as many of errors that it does not know."""
UNKNOWN: Final = 0.5
"""What a finding that is not right counts: there are twice as many of them here as in a channel."""
SILENT: Final = ("chat", "documentation", "other_error", "near_miss", "foreign_code")
"""Kinds of messages that must get no answer whatever surrounds them."""

values = attrgetter(*FEATURES)


@dataclass(frozen=True, slots=True)
class Rows:
    """Features, and whether the rule was right."""

    features: npt.NDArray[np.float64]
    right: npt.NDArray[np.bool_]
    weights: npt.NDArray[np.float64]
    texts: int
    sizes: tuple[int, ...]


def training_rows() -> Rows:
    """All rows, in a fixed order."""
    chance = random.Random(SEED)  # noqa: S311  (the same rows in every run)
    known = errors(TRAINING / "errors.jsonl")
    chance.shuffle(known)
    silent = [text for kind, text in _negatives() if kind in SILENT]
    found: list[tuple[Sequence[float], bool]] = []
    texts = 0
    for size in SIZES:
        base, others = known[:size], known[size:]
        matcher = Matcher(_book(base, size, chance))
        said = [(p.text, p.expected) for p in _sample(base, size, chance)]
        said += [(p.text, ()) for p in _sample(others, size + 1, chance)]
        said += [(text, ()) for text in chance.sample(silent, min(len(silent), 2 * PER_BASE))]
        said += [(text, ()) for _, text in everyday(base, size + 2, PER_BASE // 2)]
        texts += len(said)
        for text, expected in said:
            found += _seen(matcher, text, expected)
    features = np.array([row for row, _ in found], np.float64)
    right = np.array([label for _, label in found], np.bool_)
    return Rows(features, right, np.where(right, 1.0, UNKNOWN), texts, SIZES)


def _sample(known: Sequence[Error], seed: int, chance: random.Random) -> list[Any]:
    if not known:
        return []
    each = -(-PER_BASE // len(known)) + 1
    made = pastes(known, seed, each, frames="training")
    return chance.sample(made, min(PER_BASE, len(made)))


def _seen(
    matcher: Matcher, text: str, expected: Iterable[str]
) -> Iterator[tuple[Sequence[float], bool]]:
    for finding in matcher.seen(read(text)):
        if finding.evidence:
            yield values(finding.evidence), finding.rule.id in expected


def _book(known: Sequence[Error], size: int, chance: random.Random) -> Any:
    rules = [rule(e.id, *map(Phrase, (*e.en, *e.ja)), *map(Code, e.codes)) for e in known]
    made_up = (rule(f"made-up-{i}", *_recombined(known, chance)) for i in range(size - len(known)))
    return book(*rules, *made_up)


def _recombined(known: Sequence[Error], chance: random.Random) -> Iterator[Phrase]:
    """A message that nobody knows, of two halves of messages that somebody does."""
    for texts in ([e.en[0] for e in known if e.en], [e.ja[0] for e in known if e.ja]):
        one, other = chance.choice(texts), chance.choice(texts)
        yield Phrase(one[: len(one) // 2] + other[len(other) // 2 :])


def _negatives() -> Iterator[tuple[str, str]]:
    for name in ("negatives.jsonl", "other_errors.jsonl"):
        for line in (TRAINING / name).read_text(encoding="utf-8").splitlines():
            entry = json.loads(line)
            yield entry["kind"], entry["text"]
