"""`firstcheck rules backtest`: what the rules would have said last year."""

from __future__ import annotations

import os
import sys
import time
from contextlib import nullcontext
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

import click

from bot.bootstrap.desk import desk_for_backtest, load_rules, rule_folders
from bot.cli.base import folder_of
from bot.helpdesk.backtest import Backtest, Heard, Tally
from bot.slack.export import SlackExport

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

_SHOWN: Final = 15
"""Rows of a table in the terminal."""
_SILENCE: Final = "silence"


def run(
    export: Path, folders: Sequence[str], *, base: str | None, without: Sequence[str]
) -> tuple[Tally, dict[str, Any]]:
    """Everything an export holds, through the rules: what came of it, and what it cost.

    Raises:
        ExportError: the file is no Slack export.
        RulesError: `base` is neither a folder nor a revision of git.
    """
    paths = rule_folders(folders, os.environ)
    with SlackExport(export) as opened, _base(base) as other:
        old = desk_for_backtest(load_rules([other]).rulebook) if other else None
        test = Backtest(desk_for_backtest(load_rules(paths).rulebook), old)
        start = time.perf_counter()
        days = opened.messages(without=frozenset(without))
        with click.progressbar(days, opened.days, "days of channels", file=sys.stderr) as shown:
            for day in shown:
                for said in day:
                    if said.user:  # what apps write is nobody's error
                        test.hear(
                            Heard(said.channel, said.user, said.ts, said.text, said.in_thread)
                        )
        seconds = time.perf_counter() - start
        a_message = 1e6 * seconds / max(1, test.tally.messages)
        cost = {"seconds": round(seconds, 2), "microseconds_a_message": round(a_message)}
        return test.tally, {**cost, "unreadable": opened.unreadable}


def _base(base: str | None) -> AbstractContextManager[Path | None]:
    return folder_of(base) if base else nullcontext()


def as_json(tally: Tally, cost: dict[str, Any]) -> dict[str, Any]:
    """Everything counted."""
    return {
        "messages": tally.messages,
        "answered": tally.answered,
        "repeated": tally.repeated,
        "rules": {rule_id: asdict(rule) for rule_id, rule in _busiest(tally)},
        "channels": {name: asdict(one) for name, one in tally.channels.items()},
        "collisions": [
            {"rules": list(k), "messages": n} for k, n in tally.collisions.most_common()
        ],
        "changed": [
            {"before": list(before), "after": list(after), "messages": count}
            for (before, after), count in tally.changed.most_common()
        ],
        "differences": [asdict(one) for one in tally.differences],
        **cost,
    }


def summary(tally: Tally, cost: dict[str, Any]) -> Iterator[str]:
    """A screenful."""
    rate = 1000 * tally.answered / max(1, tally.messages)
    yield (
        f"{tally.messages:,} messages, {tally.answered:,} answered ({rate:.1f} of 1,000), "
        f"{tally.repeated:,} repetitions passed over, {cost['seconds']:.1f} s "
        f"({cost['microseconds_a_message']} µs a message)"
    )
    yield from (f"passed over: {reason}" for reason in cost["unreadable"])
    yield from _table("answered  near  rule", _rule_rows(tally))
    yield from _table("answered  of  channel", _channel_rows(tally))
    yield from _table("messages  claimed by, none chosen", _collision_rows(tally))
    yield from _table("messages  now otherwise", _change_rows(tally))


def _busiest(tally: Tally) -> list[tuple[str, Any]]:
    return sorted(tally.rules.items(), key=lambda item: (-item[1].answered, -item[1].near, item[0]))


def _rule_rows(tally: Tally) -> Iterator[str]:
    for rule_id, rule in _busiest(tally):
        yield f"{rule.answered:8,}  {rule.near:4,}  {rule_id}"


def _channel_rows(tally: Tally) -> Iterator[str]:
    channels = sorted(tally.channels.items(), key=lambda item: (-item[1].answered, item[0]))
    for name, channel in channels:
        if channel.answered:
            yield f"{channel.answered:8,}  {channel.messages:,}  #{name}"


def _collision_rows(tally: Tally) -> Iterator[str]:
    for rules, count in tally.collisions.most_common():
        yield f"{count:8,}  {', '.join(rules)}"


def _change_rows(tally: Tally) -> Iterator[str]:
    for (before, after), count in tally.changed.most_common():
        yield f"{count:8,}  {', '.join(before) or _SILENCE} → {', '.join(after) or _SILENCE}"


def _table(head: str, rows: Iterator[str]) -> Iterator[str]:
    lines = list(rows)
    if lines:
        yield ""
        yield head
        yield from lines[:_SHOWN]
    if len(lines) > _SHOWN:
        yield f"  … {len(lines) - _SHOWN} more, see --html or --json"
