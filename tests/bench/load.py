"""`make load`: a steady stream of pasted errors, what it costs, what many workspaces would need.

Every bot gets the same stream, one after the other, and so does a bare Bolt echo bot: ratios can be
compared between machines, milliseconds cannot. The people, Slack's stand-in, PostgreSQL and the
bots share this machine's cores; the stand-in goes first, where it may, as Slack is elsewhere. Every
message is an error that gets an answer, which is the dearest there is; what chatter costs is
measured beside, and the long run on three replicas is a mixture.

Below a row it says when acknowledgements were slow, and what the machine did then.

NAMES: the rows to measure; all, unless some are named.
"""

from __future__ import annotations

import asyncio
import gc
import os
import resource
import sys
from contextlib import AsyncExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import monotonic, perf_counter
from typing import TYPE_CHECKING, Final

import click

from bot.workbench.standin import Options, Standin, Timings
from bot.workbench.standin.deliveries import Transport
from tests import postgres
from tests.bench.crowd import Bot, Cpu, People
from tests.bench.timeline import TICK, Timeline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.workbench.standin.deliveries import Attempt, Delivery, Outcome

PAGE: Final = resource.getpagesize()
SLACKS_PATIENCE: Final = 3.0
"""Seconds to the acknowledgement."""
BESIDE: Final = 60.0
"""Seconds of load for what is only measured for comparison."""
DRAINS_WITHIN: Final = 120.0
PEOPLE, CHANNELS = 400, 277
"""No two messages of one person in one channel in 110,800."""
BUSIEST_HOUR: Final = 0.15
"""Share of a day's messages, and"""
SHARE_OF_ERRORS: Final = 0.05
"""share of these that are errors: assumptions, for the reckoning at the end only."""
FULL: Final = 0.6
"""A core is planned to be this busy."""


@dataclass
class Timed:
    """The way to the app, with a clock."""

    inner: Transport
    acks: list[float] = field(default_factory=list)
    timeline: Timeline = field(default_factory=Timeline)

    async def carry(self, delivery: Delivery, attempt: Attempt) -> Outcome:
        """Carry it, and note how long the acknowledgement took."""
        start = perf_counter()
        outcome = await self.inner.carry(delivery, attempt)
        if not delivery.event.get("bot_id"):
            self.acks.append(perf_counter() - start)
            self.timeline.ack(self.acks[-1])
        return outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """Who writes what to whom."""

    kind: str = "database"
    """Of the bots."""
    bots: int = 1
    rate: float
    """Messages a second, for all of them together."""
    seconds: float
    errors: float = 1.0
    """Share of them that are errors; the others are chatter, which gets no answer."""
    database: str = ""
    """Of all of them; empty for a file of its own."""
    server: int = 0
    """PostgreSQL's process, where one is used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Bots under load. Seconds, unless it says otherwise."""

    seconds: float
    offered: int
    pasted: int
    """How many of them were errors, and"""
    answered: int
    """how many of these have an answer."""
    ack: list[float]
    visible: list[float]
    """From a message to its answer, by Slack's clock."""
    drained: float
    cpu: Cpu
    """Of all bots together."""
    database: float
    """CPU of PostgreSQL's processes."""
    memory: tuple[float, float, float]
    """MB of the largest bot after a tenth of the time, after half of it, and at the end."""
    slow: list[str]
    """When acknowledgements were slow, a line each."""

    def each(self, seconds: float) -> float:
        """Milliseconds for each message."""
        return 1000 * seconds / max(1, self.offered)

    @property
    def late(self) -> int:
        """How many acknowledgements Slack would not have waited for."""
        return sum(seconds > SLACKS_PATIENCE for seconds in self.ack)

    def row(self, name: str) -> str:
        """A row of the table."""
        cpu, visible = self.cpu, median(self.visible) if self.visible else 0.0
        known = cpu.ingress + cpu.match + cpu.store + cpu.post
        parts = (cpu.total, cpu.ingress, cpu.match, cpu.store, cpu.post, cpu.total - known)
        return (
            f"{name:24}{self.offered / self.seconds:5.0f}{self.offered:8}{self.pasted:8}"
            f"{self.answered:9}"
            f"{_quantile(self.ack, 0.5):8.1f}{_quantile(self.ack, 0.99):8.1f}{self.late:6}"
            f"{1000 * visible:8.0f}{self.drained:7.1f}  "
            + "".join(f"{self.each(part):7.2f}" for part in (*parts, self.database))
            + "  "
            + "".join(f"{mb:5.0f}" for mb in self.memory)
        )


HEAD: Final = (
    f"{'':24}{'':5}{'':8}{'':8}{'':9}{'ack, ms':>16}{'':6}{'reply':>8}{'':7}  "
    f"{'CPU, ms for each message':>49}  {'MB at':>15}\n"
    f"{'bot':24}{'a s':>5}{'offered':>8}{'errors':>8}{'answered':>9}{'p50':>8}{'p99':>8}{'>3 s':>6}"
    f"{'p50 ms':>8}{'drain':>7}  "
    + "".join(f"{word:>7}" for word in ("all", "ingr.", "match", "store", "post", "rest", "PgSQL"))
    + f"  {'10 %':>5}{'50 %':>5}{'end':>5}"
)


ROWS: Final = {
    "echo": "bare Bolt echo bot",
    "sqlite": "Firstcheck, SQLite",
    "talk": "PostgreSQL, only talk",
    "one": "PostgreSQL, 1 replica",
    "two": "PostgreSQL, 2 replicas",
    "three": "PostgreSQL, 3 replicas",
    "mixed": "… 3, with chatter",
}


@click.command(help=__doc__)
@click.option("--seconds", default=60.0, show_default=True, help="Of load for sqlite and mixed.")
@click.option("--rate", default=60.0, show_default=True, help="Messages a second for a process.")
@click.option("--share", default=0.25, show_default=True, help="Of errors among the chatter.")
@click.option(
    "--reckon",
    type=(int, int),
    default=(10_000, 500),
    show_default=True,
    help="Workspaces; messages a day in each.",
)
@click.argument("names", nargs=-1, type=click.Choice(list(ROWS)))
def main(
    seconds: float, rate: float, share: float, reckon: tuple[int, int], names: tuple[str, ...]
) -> None:
    """See the module's docstring."""
    click.echo(HEAD)
    short = min(seconds, BESIDE)
    runs = dict[str, Measured]()
    with collector_off(), postgres.running(durable=True) as server:

        def shared(bots: int, seconds: float, errors: float = 1.0) -> Stream:
            return Stream(
                bots=bots,
                rate=bots * rate,
                seconds=seconds,
                errors=errors,
                database=server.database(),
                server=server.pid,
            )

        streams = {
            "echo": Stream(kind="echo", rate=rate, seconds=short),
            "sqlite": Stream(rate=rate, seconds=seconds),
            "talk": shared(1, short, errors=0.0),
            "one": shared(1, short),
            "two": shared(2, short),
            "three": shared(3, short),
            "mixed": shared(3, seconds, errors=share),
        }
        for name in names or ROWS:
            runs[name] = measured = asyncio.run(under_load(streams[name]))
            click.echo("\n".join([measured.row(ROWS[name]), *measured.slow]))
    if "echo" in runs:
        click.echo(_ratios(runs))
    if {"three", "talk"} <= runs.keys():
        click.echo(reckoning(runs["three"], runs["talk"], *reckon))
    sys.exit(any(m.answered < m.pasted or m.late for m in runs.values()))


def _ratios(runs: dict[str, Measured]) -> str:
    base = runs["echo"].each(runs["echo"].cpu.total)
    return "\nTimes the CPU of the echo bot: " + ", ".join(
        f"{name} {m.each(m.cpu.total) / base:.1f}"
        + (f" (+ {m.each(m.database) / base:.1f} in PostgreSQL)" if m.database else "")
        for name, m in runs.items()
    )


def reckoning(errors: Measured, talk: Measured, workspaces: int, messages: int) -> str:
    """What so many workspaces need, from what a message cost here."""
    rate = workspaces * messages * BUSIEST_HOUR / 3600
    share = SHARE_OF_ERRORS

    def cores(answered: float, silent: float) -> float:
        return rate * (share * answered + (1 - share) * silent) / 1000 / FULL

    bots = cores(errors.each(errors.cpu.total), talk.each(talk.cpu.total))
    database = cores(errors.each(errors.database), talk.each(talk.database))
    return (
        f"{workspaces:,} workspaces with {messages:,} messages a day, {BUSIEST_HOUR:.0%} of them "
        f"in the busiest hour, {share:.0%} of them errors: {rate:,.0f} messages a second, "
        f"{bots:.1f} cores of this kind for the bots and {database:.1f} for PostgreSQL, "
        f"{FULL:.0%} busy."
    )


@contextmanager
def collector_off() -> Iterator[None]:
    """Millions of messages that stay are no garbage; to walk through them would hold up all."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@contextmanager
def first_in_line() -> Iterator[None]:
    """This process before all others, if the system lets it; for the time of a measurement."""
    usual = os.getpriority(os.PRIO_PROCESS, 0)
    with suppress(PermissionError):
        os.setpriority(os.PRIO_PROCESS, 0, -10)
    try:
        yield
    finally:
        os.setpriority(os.PRIO_PROCESS, 0, usual)


async def under_load(stream: Stream) -> Measured:
    """The bots at work on it, together."""
    rate, seconds = stream.rate, stream.seconds
    options = Options(timings=Timings(ack=30.0))  # late ones are counted, not sent again
    async with await Standin.start(options=options) as standin, AsyncExitStack() as opened:
        people = People(standin, PEOPLE, CHANNELS)
        bots = [
            await opened.enter_async_context(Bot.at_work(stream.kind, standin, stream.database))
            for _ in range(stream.bots)
        ]
        opened.enter_context(first_in_line())  # after the bots, who would inherit it
        standin._courier.transport = timed = Timed(standin._courier.transport)
        watching = [asyncio.create_task(w) for w in (people.watch(), timed.timeline.watch())]
        before, at_first = await _cpu(bots), _server_cpu(stream.server)
        writing = asyncio.create_task(people.write_steadily(rate, seconds, stream.errors))
        await asyncio.sleep(seconds / 10)
        memory = [_memory(bots)]
        await asyncio.sleep(seconds * 4 / 10)
        memory.append(_memory(bots))
        pasted, said = await writing
        ended, offered = monotonic(), len(pasted) + len(said)
        while monotonic() < ended + DRAINS_WITHIN:
            if len(timed.acks) >= offered and len(people.visible) >= len(pasted):
                break
            await asyncio.sleep(0.05)
        drained = monotonic() - ended
        if not pasted:
            await asyncio.sleep(2.0)  # what is silent shows in no other way that it is done
        for watch in watching:
            watch.cancel()
        visible = [people.visible[ts] for ts in pasted if ts in people.visible]
        return Measured(
            seconds=seconds,
            offered=offered,
            pasted=len(pasted),
            answered=len(visible),
            ack=timed.acks,
            visible=visible,
            drained=drained,
            cpu=await _cpu(bots) - before,
            database=_server_cpu(stream.server) - at_first,
            memory=(memory[0], memory[1], _memory(bots)),
            slow=timed.timeline.slow(),
        )


async def _cpu(bots: Sequence[Bot]) -> Cpu:
    first, *others = [await bot.cpu() for bot in bots]
    return sum(others, start=first)


def _memory(bots: Sequence[Bot]) -> float:
    pages = [int(Path(f"/proc/{b.process.pid}/statm").read_text().split()[1]) for b in bots]
    return max(pages) * PAGE / 1e6


def _server_cpu(daemon: int) -> float:
    """Seconds of the server's processes: those alive, and those that ended, which it counts."""
    if not daemon:
        return 0.0
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:  # it ended meanwhile
            continue
        if int(stat.parent.name) == daemon:
            ticks += sum(int(fields[n]) for n in (11, 12, 13, 14))
        elif int(fields[1]) == daemon:
            ticks += sum(int(fields[n]) for n in (11, 12))
    return ticks / TICK


def _quantile(times: list[float], share: float) -> float:
    """In milliseconds."""
    ordered = sorted(times)
    return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


if __name__ == "__main__":
    main()
