"""`firstcheck rules backtest`: what the rules would have said last year."""

from __future__ import annotations

import time
from contextlib import nullcontext
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from bot.bootstrap.desk import desk_for_backtest, load_rules
from bot.cli.base import folder_of
from bot.cli.exported import days_of
from bot.cli.in_force import rules_of
from bot.helpdesk.backtest import Backtest, Heard, Pile, Rules, Tally
from bot.slack.export import SlackExport

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

_SHOWN: Final = 15
"""Rows of a table in the terminal."""
_QUOTED: Final = 2
"""Messages quoted there for each difference."""


def run(
    export: Path, folders: Sequence[str], *, base: str | None, without: Sequence[str]
) -> tuple[Tally, dict[str, Any]]:
    """Everything an export holds, through the rules: what came of it, and what it cost.

    Raises:
        ExportError: the file is no Slack export, or has no such channel.
        RulesError: `base` is neither a folder nor a revision of git.
    """
    book = rules_of(folders).rulebook
    with SlackExport(export) as opened, _base(base) as other:
        old = desk_for_backtest(load_rules([other]).rulebook) if other else None
        test = Backtest(desk_for_backtest(book), old)
        start = time.perf_counter()
        for day in days_of(opened, without):
            for said in day:
                test.hear(Heard(said.channel, said.user, said.ts, said.text, said.in_thread))
        seconds = time.perf_counter() - start
        a_message = 1e6 * seconds / max(1, test.tally.all.messages)
        cost = {"seconds": round(seconds, 2), "microseconds_a_message": round(a_message)}
        return test.tally, {**cost, "passed_over": opened.unreadable}


def _base(base: str | None) -> AbstractContextManager[Path | None]:
    return folder_of(base) if base else nullcontext()


def as_json(tally: Tally, cost: dict[str, Any]) -> dict[str, Any]:
    """Everything counted; against a base, only what differs."""
    told: dict[str, Any] = {"messages": tally.all.messages, **cost}
    if tally.compared:
        changed = [
            {"before": list(before), "after": list(after), **asdict(pile)}
            for (before, after), pile in largest(tally.changed)
        ]
        return {**told, "changed": changed}
    rules = {rule_id: _rule(tally, rule_id) for rule_id in busiest(tally)}
    channels = {
        name: {**asdict(one), "per_thousand": round(one.per_thousand, 2)}
        for name, one in tally.channels.items()
    }
    collisions = [{"rules": list(key), **asdict(pile)} for key, pile in largest(tally.collisions)]
    return {
        **told,
        "answered": tally.all.answered,
        "per_thousand": round(tally.all.per_thousand, 2),
        "repeated": tally.repeated,
        "rules": rules,
        "channels": channels,
        "collisions": collisions,
    }


def _rule(tally: Tally, rule_id: str) -> dict[str, Any]:
    answered, near = (piles.get(rule_id, Pile()) for piles in (tally.answered, tally.near))
    return {
        "answered": answered.messages,
        "near": near.messages,
        "excerpts": [asdict(one) for one in answered.excerpts],
        "near_excerpts": [asdict(one) for one in near.excerpts],
    }


def busiest(tally: Tally) -> list[str]:
    """The rules that did or nearly did something, the busiest first."""

    def work(rule_id: str) -> tuple[int, int, str]:
        answered, near = tally.answered.get(rule_id, Pile()), tally.near.get(rule_id, Pile())
        return -answered.messages, -near.messages, rule_id

    return sorted({*tally.answered, *tally.near}, key=work)


def largest(piles: dict[Any, Pile]) -> list[tuple[Any, Pile]]:
    """Keys and piles, those with most messages first."""
    return sorted(piles.items(), key=lambda item: (-item[1].messages, str(item[0])))


def named(rules: Rules) -> str:
    """Rules in a row; `silence` for none."""
    return ", ".join(rules) or "silence"


def summary(tally: Tally, cost: dict[str, Any]) -> Iterator[str]:
    """A screenful."""
    took = f"{cost['seconds']:.1f} s ({cost['microseconds_a_message']} µs a message)"
    if tally.compared:
        otherwise = sum(pile.messages for pile in tally.changed.values())
        yield f"{tally.all.messages:,} messages, {otherwise:,} treated otherwise, {took}"
    else:
        yield (
            f"{tally.all.messages:,} messages, {tally.all.answered:,} answered "
            f"({tally.all.per_thousand:.1f} of 1,000), {tally.repeated:,} repetitions passed over, "
            f"{took}"
        )
    yield from (f"passed over: {reason}" for reason in cost["passed_over"])
    yield from _differences(tally) if tally.compared else _tables(tally)


def _tables(tally: Tally) -> Iterator[str]:
    yield from _table("answered  near  rule", _rule_rows(tally))
    yield from _table("answered  of 1,000   messages  channel", _channel_rows(tally))
    yield from _table("messages  claimed by, none chosen", _collision_rows(tally))


def _rule_rows(tally: Tally) -> Iterator[str]:
    for rule_id in busiest(tally):
        one = _rule(tally, rule_id)
        yield f"{one['answered']:8,}  {one['near']:4,}  {rule_id}"


def _channel_rows(tally: Tally) -> Iterator[str]:
    channels = sorted(tally.channels.items(), key=lambda item: (-item[1].answered, item[0]))
    for name, one in channels:
        if one.answered:
            yield f"{one.answered:8,}  {one.per_thousand:8.1f}  {one.messages:9,}  #{name}"


def _collision_rows(tally: Tally) -> Iterator[str]:
    for rules, pile in largest(tally.collisions):
        why = "" if len(rules) > 1 else "  (it does not say which app shows the code)"
        yield f"{pile.messages:8,}  {', '.join(rules)}{why}"


def _differences(tally: Tally) -> Iterator[str]:
    yield ""
    yield "messages  before → now" if tally.changed else "no message is treated otherwise"
    for (before, after), pile in largest(tally.changed)[:_SHOWN]:
        yield f"{pile.messages:8,}  {named(before)} → {named(after)}"
        for one in pile.excerpts[:_QUOTED]:
            yield f"{'':10}#{one.channel}: {one.text}"
    yield from _rest(len(tally.changed) - _SHOWN)


def _table(head: str, rows: Iterable[str]) -> Iterator[str]:
    lines = list(rows)
    if lines:
        yield ""
        yield head
        yield from lines[:_SHOWN]
        yield from _rest(len(lines) - _SHOWN)


def _rest(more: int) -> Iterator[str]:
    if more > 0:
        yield f"  … {more} more, see --html or --json"
