"""Pastes of the evaluation errors, as `firstcheck eval` reads them.

    python tests/bench/recognition/make.py          twelve of each error
    python tests/bench/recognition/make.py 4        four of each

The sentences around them, the values in them and the errors are not those of the training data.
Prints JSON lines: {"text", "kind", "lang", "expected"}.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

ROOT = Path(__file__).parents[3]
sys.path.insert(0, str(ROOT))

from tests.bench.recognition.noise import errors, everyday, pastes  # noqa: E402  (path first)

if TYPE_CHECKING:
    from collections.abc import Iterator

EVALUATION: Final = Path(__file__).parent / "evaluation"
SEED: Final = 20261122
EVERYDAY: Final = 1_000


def lines(per_error: int) -> Iterator[dict[str, object]]:
    """Pastes that must be answered, and everyday sentences with their words that must not."""
    known = errors(EVALUATION / "errors.jsonl")
    yield from (asdict(paste) for paste in pastes(known, SEED, per_error, frames="evaluation"))
    for lang, text in everyday(known, SEED, EVERYDAY, frames="evaluation"):
        yield {"text": text, "kind": "everyday", "lang": lang}


if __name__ == "__main__":
    for line in lines(int(sys.argv[1]) if len(sys.argv) > 1 else 12):
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
