"""`make load`: a steady stream of messages, and what it costs beside a bare Bolt echo bot.

Every bot gets the same stream in the same run, so ratios can be compared between machines and
milliseconds cannot: the people, Slack's stand-in and the bots share this machine's cores.
"""

from __future__ import annotations

import os
import resource
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from bot.workbench.standin.deliveries import Transport
from tests import postgres
from tests.faults.trial import Trial, trial

if TYPE_CHECKING:
    from bot.workbench.standin.deliveries import Attempt, Delivery, Outcome

TICK: Final = os.sysconf("SC_CLK_TCK")
PAGE: Final = resource.getpagesize()
SLACKS_PATIENCE: Final = 3.0
"""Seconds to the acknowledgement."""


@dataclass
class Timed:
    """The way to the app, with a clock."""

    inner: Transport
    acks: list[float] = field(default_factory=list)

    async def carry(self, delivery: Delivery, attempt: Attempt) -> Outcome:
        """Carry it, and note how long the acknowledgement took."""
        start = time.perf_counter()
        outcome = await self.inner.carry(delivery, attempt)
        if not delivery.event.get("bot_id"):
            self.acks.append(time.perf_counter() - start)
        return outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One bot under load. Seconds, unless it says otherwise."""

    offered: int
    answered: int
    ack: list[float]
    visible: list[float]
    """From a message to its answer, by Slack's clock."""
    drained: float
    cpu_ms: float
    """Of all its processes, for each message."""
    memory: tuple[float, float]
    """MB of the largest, after a tenth of the time and at the end."""

    def quantile(self, times: list[float], q: float) -> float:
        """In milliseconds."""
        return 1000 * sorted(times)[min(len(times) - 1, int(q * len(times)))]

    def row(self, name: str) -> str:
        """A row of the table."""
        late = sum(seconds > SLACKS_PATIENCE for seconds in self.ack)
        return (
            f"{name:22}{self.offered:8}{self.answered:9}"
            f"{self.quantile(self.ack, 0.5):9.1f}{self.quantile(self.ack, 0.99):9.1f}{late:7}"
            f"{1000 * statistics.median(self.visible):9.0f}{self.drained:8.1f}"
            f"{self.cpu_ms:8.2f}{self.memory[0]:8.0f}{self.memory[1]:6.0f}"
        )


HEAD: Final = (
    f"{'bot':22}{'offered':>8}{'answered':>9}{'ack p50':>9}{'p99 ms':>9}{'>3 s':>7}"
    f"{'reply ms':>9}{'drain s':>8}{'CPU ms':>8}{'MB at':>8}{'end':>6}"
)


@click.command()
@click.option("--seconds", default=60.0, show_default=True, help="Of load for each bot.")
@click.option("--rate", default=60.0, show_default=True, help="Messages a second for one process.")
@click.option("--shared-rate", default=180.0, show_default=True, help="The same for 3 replicas.")
def main(seconds: float, rate: float, shared_rate: float) -> None:
    """Load the echo bot, Firstcheck on a file, and three replicas on PostgreSQL."""
    click.echo(HEAD)
    with tempfile.TemporaryDirectory(prefix="firstcheck-load-") as scratch:
        file = f"sqlite:///{scratch}/db.sqlite3"
        echo = _load("bare Bolt echo bot", file, 1, rate, seconds, FAULTS_CONTROL="listener")
        alone = _load("Firstcheck, SQLite", file, 1, rate, seconds)
        with postgres.running(durable=True) as server:
            one = _load("PostgreSQL, 1 replica", server.database(), 1, rate, seconds)
            three = _load("PostgreSQL, 3 replicas", server.database(), 3, shared_rate, seconds)
    click.echo("CPU for each message, as a ratio to the echo bot: ", nl=False)
    named = {"SQLite": alone, "PostgreSQL": one, "3 replicas": three}
    click.echo(", ".join(f"{n} {m.cpu_ms / echo.cpu_ms:.1f}" for n, m in named.items()))
    sys.exit(any(m.answered < m.offered for m in named.values()))


def _load(
    name: str, database: str, bots: int, rate: float, seconds: float, **environ: str
) -> Measured:
    with (
        tempfile.TemporaryDirectory(prefix="firstcheck-load-") as scratch,
        trial(database, Path(scratch)) as made,
    ):
        usual = {
            "FIRSTCHECK_SLACK_TIMEOUT": "10s",
            "FIRSTCHECK_LEASE": "30s",
            "FIRSTCHECK_WORKERS": "8",
        }
        for _ in range(bots):
            made.start(**usual, **environ)
        made.connected(bots)
        measured = _measure(made, rate, seconds)
    click.echo(measured.row(name))
    return measured


def _measure(made: Trial, rate: float, seconds: float) -> Measured:
    courier = made.standin.standin._courier
    courier.transport = timed = Timed(courier.transport)
    time.sleep(1.0)
    cpu = _cpu(made)
    with made.busy(rate, again=0.0):
        time.sleep(seconds / 10)
        early = _memory(made)
        time.sleep(seconds * 9 / 10)
    ended = time.monotonic()
    while made.answered() < len(made.written) and time.monotonic() < ended + 60:
        time.sleep(0.05)
    answers = [ts for thread in made.answers().values() for ts in thread]
    return Measured(
        offered=len(made.written),
        answered=made.answered(),
        ack=timed.acks,
        visible=[float(own) - float(ts) for _, ts, own in answers],
        drained=time.monotonic() - ended,
        cpu_ms=1000 * (_cpu(made) - cpu) / max(1, len(made.written)),
        memory=(early, _memory(made)),
    )


def _cpu(made: Trial) -> float:
    """Seconds of processor the bots have used."""
    fields = [
        Path(f"/proc/{bot.pid}/stat").read_text().rsplit(")", 1)[1].split() for bot in made.bots
    ]
    return sum(int(f[11]) + int(f[12]) for f in fields) / TICK


def _memory(made: Trial) -> float:
    """MB of the largest bot."""
    pages = [int(Path(f"/proc/{b.pid}/statm").read_text().split()[1]) for b in made.bots]
    return max(pages) * PAGE / 1e6


if __name__ == "__main__":
    main()
