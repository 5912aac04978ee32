"""How recognition grows with the number of rules, beside what else one could take.

    python tests/bench/bench_recognition.py

For 100 to 50,000 rules (the 440 errors of the evaluation, the rest made of halves of others): how
long a message takes, how many pastes are right first, how many messages are answered that must not
be, and what the matcher needs. Beside it, in the same run and on the same messages: rapidfuzz's
`partial_ratio` over all phrases, bm25s and tantivy over character n-grams. Those three find the
nearest phrase and decide nothing. Times are of this machine; compare within a run.
"""

from __future__ import annotations

import json
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final, TypeAlias

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

import bm25s  # noqa: E402  (the path comes first)
import tantivy  # noqa: E402  (the path comes first)
from rapidfuzz import fuzz, process  # noqa: E402  (the path comes first)

from bot.core.matching.matcher import Matcher, compile_rulebook, phrases_of  # noqa: E402
from bot.core.rulebook.model import Rulebook  # noqa: E402
from bot.core.text.normalise import read  # noqa: E402
from bot.helpdesk.evaluate import Message, evaluate, judge, with_errors  # noqa: E402
from bot.storage.compiled_cache import CompiledCache  # noqa: E402
from tests.bench.recognition.noise import errors, pastes  # noqa: E402

Find: TypeAlias = Callable[[str], object]

DATA: Final = Path(__file__).parent / "recognition"
EVALUATION: Final = DATA / "evaluation"
QUICK: Final = "--quick" in sys.argv
SIZES: Final = (100, 1_000) if QUICK else (100, 1_000, 10_000, 50_000)
MESSAGES: Final = 60 if QUICK else 1_000
ARRAYS: Final = ("heads", "records", "rarity", "filed")
SLOW: Final = 40
"""Messages given to what takes long."""
SILENT: Final = ("chat", "documentation")


def rulebook_of(size: int) -> Rulebook:
    """The errors of the evaluation, and as many made of halves of others as are wanting."""
    chance = random.Random(size)  # noqa: S311  (the same rules in every run)
    known = [asdict(error) for error in errors(EVALUATION / "errors.jsonl")][:size]
    others = [asdict(error) for error in errors(DATA / "training" / "errors.jsonl")]
    texts = {lang: [e[lang][0] for e in others if e[lang]] for lang in ("en", "ja")}
    made: list[dict[str, Any]] = []
    for number in range(size - len(known)):
        halves = {lang: _halves(*chance.choices(said, k=2)) for lang, said in texts.items()}
        made.append({"id": f"made-up-{number}", **{k: [v] for k, v in halves.items()}})
    return with_errors(Rulebook(()), [*known, *made])


def _halves(one: str, other: str) -> str:
    return one[: len(one) // 2] + other[len(other) // 2 :]


def messages(rulebook: Rulebook) -> list[Message]:
    """Pastes of what it knows, and messages that must get no answer."""
    ids = {rule.id for rule in rulebook.rules}
    known = [error for error in errors(EVALUATION / "errors.jsonl") if error.id in ids]
    chance = random.Random(0)  # noqa: S311  (the same messages in every run)
    each = -(-MESSAGES // len(known))
    said = chance.sample(pastes(known, 1, each, frames="evaluation"), MESSAGES)
    lines = (EVALUATION / "negatives.jsonl").read_text(encoding="utf-8").splitlines()
    quiet = [e for e in map(json.loads, lines) if e["kind"] in SILENT][:MESSAGES]
    return [
        *(Message(p.text, "paste", p.lang, p.expected) for p in said),
        *(Message(e["text"], e["kind"], e["lang"]) for e in quiet),
    ]


def times(find: Find, said: Sequence[Message]) -> tuple[float, float]:
    """Median and 99th percentile of the time a message takes, in seconds."""
    taken = []
    for message in said:
        start = time.perf_counter()
        find(message.text)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken), statistics.quantiles(taken, n=100)[98]


def alternatives(texts: Sequence[str]) -> Iterator[tuple[str, Find, int]]:
    """Name, what finds the nearest phrase, and how many messages it is worth timing with."""
    slow = SLOW if len(texts) > 5_000 else MESSAGES
    yield (
        "partial_ratio over all",
        lambda text: process.extractOne(read(text).bare, texts, scorer=fuzz.partial_ratio),
        slow,
    )
    yield "bm25s", _bm25s(texts), slow
    yield "tantivy", _tantivy(texts), MESSAGES


def _grams(text: str) -> list[str]:
    return [text[i : i + 3] for i in range(max(1, len(text) - 2))]


def _bm25s(texts: Sequence[str]) -> Find:
    index = bm25s.BM25()
    index.index([_grams(text) for text in texts], show_progress=False)

    def find(text: str) -> object:
        return index.retrieve([_grams(read(text).bare)], k=1, show_progress=False)

    return find


def _tantivy(texts: Sequence[str]) -> Find:
    schema = tantivy.SchemaBuilder()
    schema.add_text_field("text", tokenizer_name="whitespace", index_option="freq")
    schema.add_unsigned_field("number", stored=True)
    index = tantivy.Index(schema.build())
    writer = index.writer(heap_size=100_000_000, num_threads=1)
    for number, text in enumerate(texts):
        words = " ".join(gram.encode().hex() for gram in _grams(text))
        writer.add_document(tantivy.Document(text=words, number=number))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def find(text: str) -> object:
        words = " ".join(gram.encode().hex() for gram in _grams(read(text).bare))
        return searcher.search(index.parse_query(words or "0", ["text"]), 1)

    return find


def start_from_cache(rulebook: Rulebook) -> float:
    """Seconds from the rules in memory to a matcher, what was compiled being on disk."""
    with tempfile.TemporaryDirectory() as folder:
        cache = CompiledCache(Path(folder))
        signatures = [phrase for _, phrase in phrases_of(rulebook)]
        cache.compiled(signatures)
        start = time.perf_counter()
        Matcher(rulebook, compiled=cache.compiled(signatures))
        return time.perf_counter() - start


def memory() -> int:
    """Bytes this process holds; 0 where the system does not say."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
    except OSError:
        return 0


def measure(size: int) -> None:
    """Print the lines for one size."""
    rulebook = rulebook_of(size)
    said = messages(rulebook)
    start = time.perf_counter()
    compiled = compile_rulebook(rulebook)
    built = time.perf_counter() - start
    before = memory()
    matcher = Matcher(rulebook, compiled=compiled)
    half, most = ours = times(lambda text: matcher.match(read(text)), said)
    more = memory() - before + sum(getattr(compiled, name).nbytes for name in ARRAYS)
    result = evaluate([judge(message, matcher.match(read(message.text))) for message in said])
    pastes_, quiet = result.errors[-1], result.silent[-1]
    cached = start_from_cache(rulebook)
    sys.stdout.write(
        f"\n{size:,} rules, {len(said):,} messages: right first {pastes_.right.value:.1%}, "
        f"wrong {pastes_.wrong.value:.2%}, chat and documentation answered "
        f"{1000 * quiet.wrong.value:.1f} of 1,000\n"
        f"  compiled in {built:.2f} s, start from the cache {cached * 1e3:.0f} ms, "
        f"{more / 1e6:.0f} MB\n"
        f"  {'firstcheck':24} {half * 1e6:10,.0f} µs median {most * 1e6:12,.0f} µs 99 %\n"
    )
    texts = ["".join(read(phrase.text).bare) for _, phrase in phrases_of(rulebook)]
    for name, find, count in alternatives(texts):
        half, most = times(find, random.Random(1).sample(said, min(count, len(said))))  # noqa: S311
        sys.stdout.write(
            f"  {name:24} {half * 1e6:10,.0f} µs median {most * 1e6:12,.0f} µs 99 %  "
            f"({half / ours[0]:,.1f} times ours)\n"
        )
        sys.stdout.flush()


if __name__ == "__main__":
    for size in SIZES:
        measure(size)
