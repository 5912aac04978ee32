"""Answers a second, of the whole bot and of the least a Slack bot can do, and their ratio.

Three bots answer the same pasted errors over Socket Mode, each in a process of its own:

echo    a bare slack-bolt `AsyncApp`: `say()` in the listener, one shared HTTP session
sqlite  all of Firstcheck, its mailbox in SQLite as it is by default (synced to disk)
memory  the same with the mailbox in memory

This process is the Slack they talk to, and the people who paste. Every message is a thread of its
own, spread over many people and channels: Slack itself takes one post a second in each channel.
The bots take turns (echo, sqlite, memory, echo, …), so that a busy moment of the machine hits all
of them; medians count. The wait is that of people who paste one after the other, not in a crowd.
`busy` is the share of one processor the stand-in used: near 100 % it is the limit, not the bot.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
import time
from asyncio.subprocess import PIPE, Process
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import cycle, product
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any, Final

from bot.bootstrap.desk import load_rules
from bot.core.matching.matcher import Matcher
from bot.core.text.normalise import read
from bot.helpdesk.diagnose import speaks
from bot.workbench.standin import Channel, Standin, User
from bot.workbench.standin.cast import BOT, TEAM

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

BOTS: Final = ("echo", "sqlite", "memory")
PROGRAM: Final = str(Path(__file__).with_name("bots.py"))
PATIENCE: Final = 20.0
"""Seconds a bot is given to connect, to answer, to end."""
PEOPLE: Final = 20
CHANNELS: Final = 41
"""Nobody pastes the same error twice in one channel: that would be the same case."""


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


class People:
    """Many people in many channels, who paste errors and watch for the answers."""

    def __init__(self, standin: Standin) -> None:
        self._standin = standin
        people = [_person(n) for n in range(PEOPLE)]
        standin.workspace.users.update({person.id: person for person in people})
        members = (*(person.id for person in people), BOT.id)
        ids = [f"C0BENCH{n:03}" for n in range(CHANNELS)]
        for id_ in ids:
            standin.people.add_channel(Channel(id=id_, name=id_.lower(), members=members))
        self._places = cycle(product(people, ids))
        self._errors = cycle(_errors())
        self._waiting: dict[str, asyncio.Future[None]] = {}

    async def watch(self) -> None:
        """See every reply as it appears; never ends."""
        async for entry in self._standin.subscribe():
            root = entry.get("message", {}).get("thread_ts", "")
            waiting = self._waiting.pop(root, None) if entry["kind"] == "message_posted" else None
            if waiting:
                waiting.set_result(None)

    async def paste(self) -> float:
        """Somebody pastes the error; seconds until the reply stands in the thread."""
        person, channel = next(self._places)
        start = time.perf_counter()
        message = self._standin.people.post(person, channel, next(self._errors))
        self._waiting[message.ts] = asyncio.get_running_loop().create_future()
        await asyncio.wait_for(self._waiting[message.ts], PATIENCE)
        return time.perf_counter() - start

    async def paste_calmly(self, count: int) -> tuple[float, ...]:
        """One after the other; how long each waited."""
        return tuple([await self.paste() for _ in range(count)])

    async def paste_in_a_crowd(self, count: int, crowd: int) -> None:
        """So many at a time, until `count` were answered."""
        left = iter(range(count))

        async def one_of_them() -> None:
            for _ in left:
                await self.paste()

        async with asyncio.TaskGroup() as group:
            for _ in range(crowd):
                group.create_task(one_of_them())


def _errors() -> list[str]:
    """The examples of the shipped rules that get an answer at once."""
    rulebook = load_rules().rulebook
    matcher = Matcher(rulebook)
    texts = [example.text for rule in rulebook.rules for example in rule.examples]
    return [text for text in texts if speaks(matcher.match(read(text)))]


def _person(number: int) -> User:
    name = f"bench-{number}"
    return User(
        id=f"U0BENCH{number:03}", handle=name, real_name=name, display_name=name, team=TEAM.id
    )


@dataclass(frozen=True, slots=True)
class Bot:
    """A bot at work in its own process."""

    process: Process

    async def cpu(self) -> tuple[float, float]:
        """CPU seconds it has used so far, outside and in the kernel."""
        user, system = await self._ask("cpu")
        return user, system

    async def _ask(self, line: str) -> Any:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{line}\n".encode())
        answer = await asyncio.wait_for(self.process.stdout.readline(), PATIENCE)
        if not answer:
            raise RuntimeError("the bot under test ended by itself")
        return json.loads(answer)

    @classmethod
    @asynccontextmanager
    async def at_work(cls, name: str, standin: Standin) -> AsyncIterator[Bot]:
        """Start it, with a mailbox of its own, and end it whatever happens."""
        with tempfile.TemporaryDirectory() as folder:
            process = await asyncio.create_subprocess_exec(
                sys.executable, PROGRAM, name, stdin=PIPE, stdout=PIPE
            )
            try:
                bot = cls(process)
                await bot._ask(json.dumps(_settings(standin, folder)))
                await standin.wait_for(lambda: standin.sockets.connections, PATIENCE)
                yield bot
            finally:
                await _end(process)


async def _end(process: Process) -> None:
    assert process.stdin
    process.stdin.close()
    try:
        await asyncio.wait_for(process.wait(), PATIENCE)
    except TimeoutError:
        process.kill()
        await process.wait()


def _settings(standin: Standin, folder: str) -> dict[str, str]:
    return {
        "SLACK_BOT_TOKEN": standin.bot_token,
        "SLACK_APP_TOKEN": standin.app_token,
        "SLACK_API_URL": standin.base_url,
        "FIRSTCHECK_DATABASE": f"sqlite:///{folder}/bench.sqlite3",
    }


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
    user, system = (b - a for a, b in zip(before, await bot.cpu(), strict=True))
    count = plan.crowded
    return Measured(count / seconds, waits, user / count, system / count, spent / seconds)


def table(results: dict[str, list[Measured]]) -> str:
    rows = ["bot     answers/s  ratio  wait p50    p99   CPU/answer   user + system   busy"]
    least = median(m.rate for m in results["echo"])
    for name, rounds in results.items():
        rate, busy = median(m.rate for m in rounds), median(m.busy for m in rounds)
        user, system = (
            1000 * median(m.user for m in rounds),
            1000 * median(m.system for m in rounds),
        )
        p50, p99 = _percentiles([1000 * wait for m in rounds for wait in m.waits])
        rows.append(
            f"{name:<7} {rate:9.1f}  {rate / least:5.2f}  {p50:5.1f} ms {p99:5.1f} ms"
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
