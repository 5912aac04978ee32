"""Learn what `bot.core.matching.decide` weighs, from the data in this folder.

    make learn                                         writes the three modules again
    python tests/bench/recognition/train.py --check    fails if they are of other data
    python tests/bench/recognition/train.py --again    fails if learning again gives others

Everything is drawn from fixed seeds, so the same data gives the same trees to the last digit.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import textwrap
from collections import Counter, defaultdict
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

ROOT = Path(__file__).parents[3]
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402  (the path comes first)
from sklearn.ensemble import HistGradientBoostingClassifier  # noqa: E402  (the path comes first)

from bot.core.matching.grams import width  # noqa: E402  (the path comes first)
from bot.core.text.normalise import read  # noqa: E402  (the path comes first)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tests.bench.recognition.rows import Rows

TRAINING: Final = Path(__file__).parent / "training"
MATCHING: Final = ROOT / "bot" / "core" / "matching"
LEARNED: Final = MATCHING / "learned.py"
VOCABULARY: Final = MATCHING / "vocabulary.py"
_MADE_OF: Final = {
    *("train", "rows", "noise", "slips", "dumps", "frames", "values"),
    *("errors", "other_errors", "negatives"),
}
"""The files, without their endings, that the trees are made from."""
COMMON: Final = MATCHING / "common.py"
LEAST_COMMON: Final = 8
"""The least number of messages that makes an n-gram common."""
RISES: Final = ("coverage", "purity", "bulk", "run", "alone", "told", "cut", "rarity", "company")
"""More of these never lowers the probability; more of all others never raises it."""
CONFIDENT, NEAR = 0.6, 0.15
_WORD: Final = re.compile(r"[a-z]{3,}|[ァ-ヺ]{3,}|(?<![㐀-鿿])[㐀-鿿]{2,4}(?![㐀-鿿])")
PLACEHOLDER: Final = re.compile(r"\{[a-z]+\}")

HEADER: Final = '''"""The trees that `decide` adds up. Written by tests/bench/recognition/train.py.

Learned from {rows:,} phrases found in {texts:,} messages ({right:.1%} of them right), all made from
tests/bench/recognition/training: pastes of known errors, mangled by a seeded generator, and
messages that must get no answer, against rule bases of {sizes} rules.
{trees} trees, {leaves} leaves; scikit-learn's histogram gradient boosting with monotonic
constraints. How good they are on other errors and messages: tests/bench/recognition/README.md.

Data: {data}
"""

from __future__ import annotations

from typing import Final

CONFIDENT: Final = {confident}
"""From this probability on we answer, unasked."""
NEAR: Final = {near}
"""From this on it is worth showing to people who can judge."""


def log_odds(
    {names}
) -> float:
    """The log odds that a phrase found is right: the trees, added up."""
    return (
        {prior}
{body}
    )
'''


WORDS: Final = '''"""Words of real errors, as read. Written by tests/bench/recognition/train.py.

A slip makes a word that is not here; another message has one that is.
"""

from __future__ import annotations

from typing import Final

WORDS: Final = frozenset(
    """
{words}
""".split()
)
'''


GRAMS: Final = '''"""N-grams of many real errors. Written by tests/bench/recognition/train.py.

What many messages say (`できません`, `could not`) tells little, also where few rules are known.
"""

from __future__ import annotations

from typing import Final

MESSAGES: Final = {messages}
"""How many messages were counted."""
COMMON: Final = {{
{grams}
}}
"""For each number of messages, a power of 2: the n-grams so many have, and not twice as many."""
'''


def vocabulary() -> str:
    """The module of words that messages of the training data have."""
    counts: Counter[str] = Counter()
    for text in _messages():
        counts.update({*_WORD.findall(read(text).text)})
    words = " ".join(sorted(counts))
    return WORDS.format(words=textwrap.fill(words, 96))


def common() -> str:
    """The module of n-grams that many messages of the training data have."""
    messages = _messages()
    counts: Counter[str] = Counter()
    for text in messages:
        parts = [read(part).bare for part in PLACEHOLDER.split(text)]
        counts.update({gram for part in parts for gram in _grams(part)})
    levels: defaultdict[int, list[str]] = defaultdict(list)
    for gram, count in counts.items():
        if count >= LEAST_COMMON:
            levels[1 << count.bit_length() - 1].append(gram)
    lines = [
        f'    {level}: """\n{textwrap.fill(" ".join(sorted(found)), 90)}\n""",'
        for level, found in sorted(levels.items())
    ]
    return GRAMS.format(messages=len(messages), grams="\n".join(lines))


def _grams(text: str) -> Iterator[str]:
    for start, letter in enumerate(text):
        gram = text[start : start + width(letter)]
        if len(gram) == width(letter):
            yield gram


def _messages() -> list[str]:
    """Every real error message of the training data."""
    lines = (TRAINING / "errors.jsonl").read_text(encoding="utf-8").splitlines()
    messages = [text for entry in map(json.loads, lines) for text in entry["en"] + entry["ja"]]
    lines = (TRAINING / "other_errors.jsonl").read_text(encoding="utf-8").splitlines()
    others = map(json.loads, lines)
    return messages + [entry["text"] for entry in others if entry["kind"] == "other_error"]


def learn(rows: Rows) -> HistGradientBoostingClassifier:
    """Trees over the features of `rows`."""
    from bot.core.matching.evidence import FEATURES

    model = HistGradientBoostingClassifier(
        max_iter=80,
        learning_rate=0.15,
        max_leaf_nodes=10,
        min_samples_leaf=30,
        l2_regularization=5.0,
        monotonic_cst=[1 if feature in RISES else -1 for feature in FEATURES],
        early_stopping=False,
        random_state=0,
    )
    model.fit(rows.features, rows.right, sample_weight=rows.weights)
    return model


def source(model: Any, rows: Rows) -> str:
    """The module that holds the trees."""
    from bot.core.matching.evidence import FEATURES

    trees = [_tree(predictors[0].nodes, 0) for predictors in model._predictors]
    written = [_written(tree) for tree in trees]
    return HEADER.format(
        data=_digest(),
        rows=len(rows.right),
        texts=rows.texts,
        right=float(np.mean(rows.right)),
        sizes=", ".join(f"{size:,}" for size in rows.sizes),
        trees=len(trees),
        leaves=sum(map(_leaves, trees)),
        confident=CONFIDENT,
        near=NEAR,
        prior=round(float(model._baseline_prediction.ravel()[0]), 3),
        names=", ".join(f"{feature}: float" for feature in FEATURES),
        body="\n".join(f"        + {line}" for line in written),
    )


def _tree(nodes: Any, at: int) -> Any:
    node = nodes[at]
    if node["is_leaf"]:
        return round(float(node["value"]), 3) + 0.0
    low, high = _tree(nodes, node["left"]), _tree(nodes, node["right"])
    limit = round(float(node["num_threshold"]), 4)
    return low if low == high else (int(node["feature_idx"]), limit, low, high)


def _written(tree: Any) -> str:
    if not isinstance(tree, tuple):
        return repr(tree)
    from bot.core.matching.evidence import FEATURES

    feature, limit, low, high = tree
    return f"({_written(low)} if {FEATURES[feature]} <= {limit!r} else {_written(high)})"


def _leaves(tree: Any) -> int:
    return _leaves(tree[2]) + _leaves(tree[3]) if isinstance(tree, tuple) else 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Learn and write, or compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare with the data only")
    parser.add_argument("--again", action="store_true", help="learn again and compare")
    options = parser.parse_args(arguments)
    made = {VOCABULARY: vocabulary(), COMMON: common()}
    if options.check:
        current = _digest() in LEARNED.read_text(encoding="utf-8")
        return _report([*_stale(made), *([] if current else [LEARNED.name])])
    if not options.again:
        _write(made)  # what the matcher sees depends on these
    from tests.bench.recognition.rows import training_rows

    rows = training_rows()
    made[LEARNED] = source(learn(rows), rows)
    if options.again:
        return _report(_stale(made))
    _write(made)
    return 0


def _digest() -> str:
    """Of all that the trees are made from, but for the matcher itself."""
    here = Path(__file__).parent
    files = sorted([*here.glob("*.py"), *here.glob("*.yaml"), *TRAINING.glob("*.jsonl")])
    parts = (
        path.name.encode() + b"\0" + path.read_bytes() for path in files if path.stem in _MADE_OF
    )
    return sha256(b"\0".join(parts)).hexdigest()


def _write(made: Mapping[Path, str]) -> None:
    for path, text in made.items():
        path.write_text(text, encoding="utf-8")


def _stale(made: Mapping[Path, str]) -> list[str]:
    return [path.name for path, text in made.items() if path.read_text("utf-8") != text]


def _report(stale: Sequence[str]) -> int:
    if stale:
        sys.stderr.write(f"{', '.join(stale)}: not what the data gives. Run `make learn`.\n")
    return int(bool(stale))


if __name__ == "__main__":
    sys.exit(main())
