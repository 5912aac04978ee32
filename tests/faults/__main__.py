"""The long form: `make faults ARGS="--kills 200"`.

Prints what became of every message; exit 1 if any was lost, answered twice or out of order.
"""

from __future__ import annotations

import logging
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from tests import postgres
from tests.faults import sequences, stories, unnoticed
from tests.faults.indoors import empty, in_memory, indoors, sqlite_url
from tests.faults.trial import LEASE, Trial, Verdict, trial

if TYPE_CHECKING:
    from bot.helpdesk.ports import Mailbox

Story = Callable[[Trial, int], object]

SQLITE: Final[dict[str, Story]] = {
    "killed": stories.killed,
    "exits": lambda t, kills: stories.exits(t, times=max(1, kills // 10)),
    "reminders": lambda t, kills: stories.reminders(t, times=max(1, kills // 10)),
    "disk-full": lambda t, kills: stories.disk_full(t, times=max(1, kills // 50)),
}
HTTP: Final[dict[str, Story]] = {
    "http-killed": stories.killed,
    "http-exits": lambda t, kills: stories.exits_over_http(t, times=max(1, kills // 10)),
}
POSTGRESQL: Final[dict[str, Story]] = {
    "replicas": lambda t, kills: stories.replicas_killed(t, kills, freezes=kills // 12),
    "frozen": lambda t, kills: stories.frozen_before_the_write(t, max(1, kills // 10)),
    "rolled": lambda t, kills: stories.rolled(t, max(3, kills // 4)),
    "one": stories.killed,
}
_MOST: Final = 50
"""Kills in one trial; after them it is judged, and another begins with an empty workspace."""


@click.command()
@click.option("--kills", default=200, show_default=True, help="For each story.")
@click.option(
    "--sequences",
    "tries",
    default=5000,
    show_default=True,
    help="Orders of events tried in one process: half in memory, the rest on the databases.",
)
@click.option("--seed", default=int(time.monotonic()), help="Of chance; a run prints it.")
@click.argument("names", nargs=-1)
def main(kills: int, tries: int, seed: int, names: tuple[str, ...]) -> None:
    """Kill, freeze, cut off and exchange real bots.

    NAMES: sqlite, postgresql, sequences, or single stories: killed, exits, reminders, disk-full,
    http-killed, http-exits; replicas, frozen, rolled, one.
    """
    click.echo(f"seed {seed}")
    click.echo(f"{'story':24}{'kills':>8}{'acked':>8}{'lost':>8}{'doubled':>9}{'disordered':>12}")
    with tempfile.TemporaryDirectory(prefix="firstcheck-faults-") as scratch:
        wanted = Wanted(kills, seed, set(names), Path(scratch))
        clean = wanted.run("sqlite", SQLITE, wanted.file)
        clean &= wanted.run("sqlite", HTTP, wanted.file, http=True)
        if wanted.any_of("postgresql", POSTGRESQL):
            with postgres.running(durable=True) as server:
                clean &= wanted.run("postgresql", POSTGRESQL, server.database)
                wanted.take_over(server)
        if wanted.any_of("sequences", {}):
            _sequences(tries, seed)
    sys.exit(0 if clean else 1)


@dataclass(frozen=True)
class Wanted:
    """What is to be run, and where."""

    kills: int
    seed: int
    names: set[str]
    folder: Path

    def any_of(self, database: str, stories_: Mapping[str, Story]) -> bool:
        """Whether a story on this database is wanted."""
        return not self.names or bool({database, *stories_} & self.names)

    def file(self) -> str:
        """A new database on a file."""
        return f"sqlite:///{self.folder}/{time.monotonic_ns()}.sqlite3"

    def run(
        self,
        database: str,
        stories_: Mapping[str, Story],
        make: Callable[[], str],
        *,
        http: bool = False,
    ) -> bool:
        """All wanted stories on this database; whether all ended well."""
        verdicts = [
            self._story(f"{database} {name}", story, make, http=http)
            for name, story in stories_.items()
            if self.any_of(database, {name: story})
        ]
        return all(verdict.clean for verdict in verdicts)

    def _story(self, title: str, story: Story, make: Callable[[], str], *, http: bool) -> Verdict:
        total = Verdict(kills=0, acked=0, lost=0, doubled=0, disordered=0)
        for number, start in enumerate(range(0, self.kills, _MOST)):
            with trial(make(), self.folder, self.seed + number, http=http) as made:
                seen = story(made, min(_MOST, self.kills - start))
                total += made.judge()
            if seen:
                click.echo(f"… {title}: {seen}")
            click.echo(_row(f"… {title}", total), err=True)
        click.echo(_row(title, total))
        return total

    def take_over(self, server: postgres.Postgres) -> None:
        """Measure how long a dead replica's work waits."""
        times = []
        for number in range(5):
            with trial(server.database(), self.folder, number) as made:
                times.append(stories.taken_over(made))
        shown = ", ".join(f"{seconds:.1f}" for seconds in sorted(times))
        click.echo(f"a dead replica's work was taken over after {shown} s (lease {LEASE} s)")


def _sequences(tries: int, seed: int) -> None:
    """Twins, double clicks, late and repeated deliveries in any order. Raises AssertionError."""
    logging.disable(logging.CRITICAL)  # requests fail on purpose
    with (
        indoors() as home,
        sqlite_url() as file,
        postgres.running() as server,
        empty(file) as sqlite,
        empty(server.database()) as postgresql,
    ):
        kinds: dict[str, tuple[Callable[[], Mailbox], int]] = {
            "memory": (in_memory, 5),
            "sqlite": (sqlite, 4),
            "postgresql": (postgresql, 1),
        }
        for name, (mailbox, tenths) in kinds.items():
            count = tries * tenths // 20
            sequences.once(home, mailbox, count, seed)
            unnoticed.unnoticed(home, mailbox, count, seed)
            click.echo(f"{name} sequences: {2 * count}, all answered once and in order")


def _row(title: str, v: Verdict) -> str:
    return f"{title:24}{v.kills:8}{v.acked:8}{v.lost:8}{v.doubled:9}{v.disordered:12}"


if __name__ == "__main__":
    main()
