"""`firstcheck eval`: how good recognition is, in numbers."""

from __future__ import annotations

import json
import os
import time
from dataclasses import asdict
from pathlib import Path
from statistics import quantiles
from typing import TYPE_CHECKING, Any, TextIO

import click

from bot.bootstrap.desk import load_rules, make_matcher, rule_folders
from bot.cli.calibration import calibration_svg
from bot.core.rulebook.model import Rulebook
from bot.core.text.normalise import read
from bot.helpdesk.evaluate import (
    Evaluation,
    Judged,
    Message,
    evaluate,
    judge,
    promised,
    with_errors,
    with_quotes,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.helpdesk.evaluate import Row, Share


@click.command("eval")
@click.argument("files", nargs=-1, type=click.File(encoding="utf-8"))
@click.option(
    "--rules", "folders", multiple=True, help="Rule folder, or `shipped`; repeat to stack them."
)
@click.option(
    "--errors",
    "known",
    multiple=True,
    type=click.File(encoding="utf-8"),
    help="Errors to know instead of rules: JSON lines with id, en, ja, codes. Repeat for more.",
)
@click.option("--json", "as_json", is_flag=True, help="Everything as one JSON object.")
@click.option(
    "--svg", type=click.Path(dir_okay=False, path_type=Path), help="Draw the calibration to a file."
)
@click.option("--misses", is_flag=True, help="List every message that came out otherwise.")
def command(
    files: tuple[TextIO, ...], folders: tuple[str, ...], known: tuple[TextIO, ...], **shown: Any
) -> None:
    """Measure recognition: right and wrong answers, by kind of message and language.

    FILES hold JSON lines: {"text", "kind", "lang", "expected": [rule ids]}; without "expected" the
    message must get no answer. "quote" is the part of a text that is an error, known by a rule made
    for it: answered if the kind is "open", else not. "-" reads standard input. Without files, the
    examples and counterexamples of the rules are measured.
    """
    rulebook = _rulebook(folders, known)
    if files:
        rulebook, messages = with_quotes(rulebook, [e for file in files for e in _lines(file)])
    else:
        messages = list(promised(rulebook))
    judged, seconds = _measured(rulebook, messages)
    result = evaluate(judged)
    if svg := shown["svg"]:
        svg.write_text(calibration_svg(result.calibration), encoding="utf-8")
    if shown["as_json"]:
        click.echo(json.dumps(_as_json(result, seconds), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_tables(result, seconds, len(rulebook.rules))))
    if shown["misses"]:
        click.echo("\n".join(_misses(judged)), err=shown["as_json"])


def _rulebook(folders: Sequence[str], known: Sequence[TextIO]) -> Rulebook:
    if known and not folders:
        return with_errors(Rulebook(()), [e for file in known for e in _lines(file)])
    loaded = load_rules(rule_folders(folders, os.environ))
    for problem in loaded.problems:
        click.echo(str(problem), err=True)
    return with_errors(loaded.rulebook, [e for file in known for e in _lines(file)])


def _lines(file: TextIO) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(file, start=1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
        except ValueError as error:
            raise click.UsageError(f"{file.name}:{number} is not JSON: {error}") from None
        if not isinstance(entry, dict) or not ("text" in entry or "id" in entry):
            raise click.UsageError(f'{file.name}:{number} needs a "text" (an error: an "id")')
        yield entry


def _measured(rulebook: Rulebook, messages: Sequence[Message]) -> tuple[list[Judged], list[float]]:
    matcher = make_matcher(rulebook)
    judged, seconds = [], []
    for message in messages:
        start = time.perf_counter()
        matches = matcher.match(read(message.text))
        seconds.append(time.perf_counter() - start)
        judged.append(judge(message, matches))
    return judged, seconds


def _tables(result: Evaluation, seconds: Sequence[float], rules: int) -> Iterator[str]:
    count = sum(rows[-1].right.of for rows in (result.errors, result.silent) if rows)
    yield f"{count:,} messages, {rules:,} rules"
    if result.errors:
        yield ""
        yield f"{'must be answered':34} {'n':>6}  right first  (95 %)         top 3    wrong"
        yield from map(_error_row, result.errors)
    if result.silent:
        yield ""
        yield f"{'must not be answered':34} {'n':>6}  answered of 1,000 (95 %)"
        yield from map(_silent_row, result.silent)
    yield ""
    yield f"calibration error {result.calibration_error:.3f}"
    if len(seconds) > 1:
        half, most = (1e6 * quantiles(seconds, n=100)[at] for at in (49, 98))
        yield f"time a message: median {half:,.0f} µs, 99 % below {most:,.0f} µs"


def _error_row(row: Row) -> str:
    shares = f"{_percent(row.right)}  {row.near.value:7.1%}  {row.wrong.value:7.2%}"
    return f"{_name(row):34} {row.right.of:6,}  {shares}"


def _silent_row(row: Row) -> str:
    return f"{_name(row):34} {row.wrong.of:6,}  {_permille(row.wrong)}"


def _name(row: Row) -> str:
    return f"{row.kind} {row.lang}".strip()


def _percent(share: Share) -> str:
    return f"{share.value:7.1%}  ({share.low:6.1%}-{share.high:6.1%})"


def _permille(share: Share) -> str:
    return f"{1000 * share.value:7.1f}  ({1000 * share.low:.1f}-{1000 * share.high:.1f})"


def _misses(judged: Sequence[Judged]) -> Iterator[str]:
    for one in judged:
        message = one.message
        if not one.right if message.expected else one.answered:
            found = {"kind": message.kind, "expected": message.expected, "found": one.found}
            best = {"best": one.considered, "score": round(one.score, 3), "text": message.text}
            yield json.dumps({**found, **best}, ensure_ascii=False)


def _as_json(result: Evaluation, seconds: Sequence[float]) -> dict[str, Any]:
    cuts = quantiles(seconds, n=100) if len(seconds) > 1 else [0.0] * 99
    return {
        **asdict(result),
        "calibration_error": result.calibration_error,
        "seconds": {"median": cuts[49], "p99": cuts[98]},
    }
