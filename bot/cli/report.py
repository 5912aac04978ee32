"""`firstcheck report`: what became of the cases."""

from __future__ import annotations

import json
import os
from collections import Counter, defaultdict
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

import click

from bot.bootstrap.clock import clock
from bot.config import load
from bot.helpdesk.outcomes import Ended
from bot.storage.tallies import kept_tallies

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.helpdesk.ports import Tally

_NO_RULE: Final = "(no rule)"


@click.command("report")
@click.option("--days", type=click.IntRange(1), default=30, show_default=True, help="So many days.")
@click.option("--json", "as_json", is_flag=True, help="By day and step, one JSON array.")
def command(days: int, *, as_json: bool) -> None:
    """What became of the cases, by rule: solved, handed over, unanswered or no error.

    Counted without persons, channels and texts, so that it outlives them. The last column is the
    step that solved most. The bot may be running.
    """
    first = datetime.fromtimestamp(clock(), UTC).date() - timedelta(days=days - 1)
    found = [t for t in kept_tallies(load(os.environ).database) if t.day >= first.isoformat()]
    if as_json:
        click.echo(json.dumps([asdict(tally) for tally in found], ensure_ascii=False))
    elif found:
        click.echo("\n".join(_table(found)))
    else:
        click.echo(f"No case since {first.isoformat()}.")


def _table(tallies: Sequence[Tally]) -> Iterator[str]:
    by_rule: defaultdict[str, list[Tally]] = defaultdict(list)
    for tally in tallies:
        by_rule[tally.rule or _NO_RULE].append(tally)
    wide = max(len("rule"), *map(len, by_rule))
    ends = " ".join(f"{ended.value.replace('_', ' '):>11}" for ended in Ended)
    yield f"{'rule':<{wide}} {'cases':>6} {ends}  solved by"
    for rule, those in sorted(by_rule.items(), key=lambda item: (-_cases(item[1]), item[0])):
        counts: Counter[str] = Counter()
        steps: Counter[str] = Counter()
        for tally in those:
            counts[tally.ended] += tally.cases
            steps[tally.step] += tally.cases if tally.ended == Ended.SOLVED else 0
        numbers = " ".join(f"{counts[ended]:>11}" for ended in Ended)
        ((step, most),) = steps.most_common(1)
        yield f"{rule:<{wide}} {_cases(those):>6} {numbers}  {step if most else ''}".rstrip()


def _cases(tallies: Sequence[Tally]) -> int:
    return sum(tally.cases for tally in tallies)
