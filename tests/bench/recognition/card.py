"""The measured figures of recognition, for the documents: deterministic, so they can be checked.

make eval                    the same evaluation with times, in full
"""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bot.cli.calibration import calibration_svg
from bot.core.matching.matcher import Matcher
from bot.core.rulebook.model import Rulebook
from bot.core.text.normalise import read
from bot.helpdesk.evaluate import (
    Evaluation,
    Judged,
    Row,
    evaluate,
    judge,
    with_errors,
    with_quotes,
)
from tests.bench.recognition.make import lines

if TYPE_CHECKING:
    from collections.abc import Iterator

EVALUATION: Final = Path(__file__).parent / "evaluation"
FILES: Final = ("negatives", "other_errors", "open")
PER_ERROR: Final = 12


@cache
def _judged() -> tuple[int, tuple[Judged, ...]]:
    """The number of rules, and what came of every message."""
    entries: list[dict[str, Any]] = [*lines(PER_ERROR)]
    for name in FILES:
        entries += _lines(f"{name}.jsonl")
    rulebook, messages = with_quotes(with_errors(Rulebook(()), _lines("errors.jsonl")), entries)
    matcher = Matcher(rulebook)
    judged = tuple(judge(m, matcher.match(read(m.text))) for m in messages)
    return len(rulebook.rules), judged


def _lines(name: str) -> list[dict[str, Any]]:
    text = (EVALUATION / name).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def _by_kind() -> Evaluation:
    """Both languages together."""
    either = [replace(j, message=replace(j.message, lang="")) for j in _judged()[1]]
    return evaluate(either)


def table() -> str:
    """Every kind of message, in Markdown."""
    result = _by_kind()
    return "\n".join([*_answered(result), "", *_silent(result), "", *_after(result)])


def summary() -> str:
    """A few lines for the README."""
    result = _by_kind()
    rules, judged = _judged()
    right, wrong = result.errors[-1].right, result.errors[-1].wrong
    silent = {row.kind: row.wrong for row in result.silent}
    chat, manual = silent["chat"], silent["documentation"]
    other, near = silent["other_error"], silent["near_miss"]
    return (
        f"Measured on {len(judged):,} messages that it did not learn from, against {rules} rules: "
        f"{right.value:.1%} of {right.of:,} mangled pastes are answered with the right rule "
        f"(95 % interval {right.low:.1%} to {right.high:.1%}), {wrong.count} with a wrong one; of "
        f"{chat.of} lines of chat {chat.count} are answered, of {manual.of} sentences of "
        f"documentation {manual.count}, of {other.of:,} errors that no rule knows {other.count}, "
        f"of {near.of} that differ from a known one in little {near.count}."
    )


def calibration() -> str:
    """The picture of scores against what came true."""
    return calibration_svg(evaluate(_judged()[1]).calibration)


def _answered(result: Evaluation) -> Iterator[str]:
    yield "| must be answered | n | right first | 95 % | among the best three | wrong rule |"
    yield "|---|---:|---:|---|---:|---:|"
    for row in result.errors:
        share = row.right
        yield (
            f"| {_name(row)} | {share.of:,} | {share.value:.1%} | {share.low:.1%} to "
            f"{share.high:.1%} | {row.near.value:.1%} | {row.wrong.value:.2%} |"
        )


def _silent(result: Evaluation) -> Iterator[str]:
    yield "| must not be answered | n | answered of 1,000 | 95 % |"
    yield "|---|---:|---:|---|"
    for row in result.silent:
        share = row.wrong
        yield (
            f"| {_name(row)} | {share.of:,} | {1000 * share.value:.1f} | "
            f"{1000 * share.low:.1f} to {1000 * share.high:.1f} |"
        )


def _after(result: Evaluation) -> Iterator[str]:
    yield f"Calibration error: {result.calibration_error:.3f}."


def _name(row: Row) -> str:
    return row.kind.replace("_", " ")
