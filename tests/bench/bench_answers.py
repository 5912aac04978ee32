"""Answers a second, of the whole bot and of the least a Slack bot can do, and their ratio.

Three bots answer the same pasted errors over Socket Mode, each in a process of its own:

echo      a bare slack-bolt `AsyncApp`: `say()` in the listener, one shared HTTP session
database  all of Firstcheck, its mailbox in SQLite as it is by default (synced to disk)
memory    the same with the mailbox in memory

This process is the Slack they talk to, and the people who paste.
The bots take turns (echo, database, memory, echo, …), so that a busy moment of the machine hits all
of them; medians count. The wait is that of people who paste one after the other, not in a crowd.
`busy` is the share of one processor the stand-in used: near 100 % it is the limit, not the bot.
"""

from __future__ import annotations

import argparse
import asyncio
import time
from dataclasses import dataclass
from itertools import product
from statistics import median, quantiles
from typing import TYPE_CHECKING, Final

from bot.workbench.standin import Standin
from tests.bench.crowd import PATIENCE, Bot, People

if TYPE_CHECKING:
    from collections.abc import Sequence

BOTS: Final = ("echo", "database", "memory")


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured."""

    rounds: int
    crowded: int
    """Messages pasted in a round as fast as they are answered, for answers a second."""
    crowd: int
    """So many of them wait for their answer at any time."""
    calm: int
    """Messages pasted one after the other, for the time one person waits."""
    warm_up: int


FULL: Final = Plan(rounds=3, crowded=240, crowd=32, calm=40, warm_up=40)
QUICK: Final = Plan(rounds=1, crowded=16, crowd=8, calm=3, warm_up=2)


@dataclass(frozen=True, slots=True)
class Measured:
    """One bot, one round."""

    rate: float
    """Answers a second."""
    waits: tuple[float, ...]
    """Seconds from paste to visible reply, for those pasted calmly."""
    user: float
    """CPU seconds of the bot for an answer, outside the kernel."""
    system: float
    """The same, in the kernel."""
    busy: float
    """CPU seconds of the stand-in in a second."""


async def measure(plan: Plan) -> dict[str, list[Measured]]:
    """Each bot's rounds."""
    results: dict[str, list[Measured]] = {name: [] for name in BOTS}
    async with await Standin.start() as standin:
        people = People(standin)
        watching = asyncio.create_task(people.watch())
        for _, name in product(range(plan.rounds), BOTS):
            async with Bot.at_work(name, standin) as bot:
                results[name].append(await _round(plan, people, bot))
            await standin.wait_for(lambda: not standin.sockets.connections, PATIENCE)
        watching.cancel()
    return results


async def _round(plan: Plan, people: People, bot: Bot) -> Measured:
    await people.paste_in_a_crowd(plan.warm_up, plan.crowd)
    waits = await people.paste_calmly(plan.calm)
    before, spent, start = await bot.cpu(), time.process_time(), time.perf_counter()
    await people.paste_in_a_crowd(plan.crowded, plan.crowd)
    seconds, spent = time.perf_counter() - start, time.process_time() - spent
    used, count = await bot.cpu() - before, plan.crowded
    rate = count / seconds
    return Measured(rate, waits, used.user / count, used.system / count, spent / seconds)


def table(results: dict[str, list[Measured]]) -> str:
    rows = ["bot       answers/s  ratio  wait p50    p99   CPU/answer   user + system   busy"]
    least = median(m.rate for m in results["echo"])
    for name, rounds in results.items():
        rate, busy = median(m.rate for m in rounds), median(m.busy for m in rounds)
        user, system = (
            1000 * median(m.user for m in rounds),
            1000 * median(m.system for m in rounds),
        )
        p50, p99 = _percentiles([1000 * wait for m in rounds for wait in m.waits])
        rows.append(
            f"{name:<9} {rate:9.1f}  {rate / least:5.2f}  {p50:5.1f} ms {p99:5.1f} ms"
            f"  {user + system:6.2f} ms   {user:5.2f} + {system:.2f} ms   {busy:4.0%}"
        )
    return "\n".join(rows)


def _percentiles(values: Sequence[float]) -> tuple[float, float]:
    cut = quantiles(values, n=100, method="inclusive")
    return cut[49], cut[98]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a few only, to see that it works")
    plan = QUICK if parser.parse_args().quick else FULL
    print(table(asyncio.run(measure(plan))))  # noqa: T201  (its purpose)


if __name__ == "__main__":
    main()
