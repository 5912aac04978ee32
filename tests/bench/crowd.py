"""The people who paste, and the bots they write to, each in a process of its own.

This process is the Slack in between. Every message is a thread of its own, spread over many people
and channels: Slack itself takes one post a second in each channel, and a person's next message in
the same channel may belong to the case before.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import time
from asyncio.subprocess import PIPE, Process
from contextlib import asynccontextmanager
from dataclasses import dataclass, fields
from itertools import cycle, product
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, Final

from bot.bootstrap.desk import load_rules
from bot.core.matching.matcher import Matcher
from bot.core.text.normalise import read
from bot.helpdesk.diagnose import speaks
from bot.workbench.standin import Channel, Standin, User
from bot.workbench.standin.cast import BOT, TEAM

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

PROGRAM: Final = str(Path(__file__).with_name("bots.py"))
CHATTER: Final = Path(__file__).parents[1] / "rules" / "chatter"
PATIENCE: Final = 20.0
"""Seconds a bot is given to connect, to answer, to end."""


class People:
    """Many people in many channels, who paste errors and watch for the answers."""

    def __init__(self, standin: Standin, people: int = 20, channels: int = 41) -> None:
        self._standin = standin
        staff = [_person(n) for n in range(people)]
        standin.workspace.users.update({person.id: person for person in staff})
        members = (BOT.id, *(person.id for person in staff))
        ids = [f"C0BENCH{n:03}" for n in range(channels)]
        for id_ in ids:
            standin.people.add_channel(Channel(id=id_, name=id_.lower(), members=members))
        self._places = cycle(product(staff, ids))
        self._errors = cycle(errors())
        self._talk = cycle(chatter())
        self._waiting: dict[str, asyncio.Future[None]] = {}
        self.visible: dict[str, float] = {}
        """By the ts of what was pasted: seconds to its answer, by Slack's clock."""

    async def watch(self) -> None:
        """See every reply as it appears; never ends."""
        async for entry in self._standin.subscribe():
            message = entry.get("message", {})
            root = message.get("thread_ts", "")
            if entry["kind"] != "message_posted" or not root:
                continue
            self.visible.setdefault(root, float(message["ts"]) - float(root))
            if waiting := self._waiting.pop(root, None):
                waiting.set_result(None)

    async def paste(self) -> float:
        """Somebody pastes the error; seconds until the reply stands in the thread."""
        start = time.perf_counter()
        ts = self._write(next(self._errors))
        self._waiting[ts] = asyncio.get_running_loop().create_future()
        await asyncio.wait_for(self._waiting[ts], PATIENCE)
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

    async def write_steadily(
        self, rate: float, seconds: float, errors: float
    ) -> tuple[list[str], list[str]]:
        """`rate` messages a second come in by chance, answered or not.

        `errors` is the share of them that are errors. Gives the ts of these, and of the chatter.
        """
        dice = Random(0)  # noqa: S311  (no secret)
        pasted, said = list[str](), list[str]()
        due = start = time.monotonic()
        while (due := due + dice.expovariate(rate)) < start + seconds:
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            if dice.random() < errors:
                pasted.append(self._write(next(self._errors)))
            else:
                said.append(self._write(next(self._talk)))
        return pasted, said

    def _write(self, text: str) -> str:
        person, channel = next(self._places)
        return self._standin.people.post(person, channel, text).ts


def errors() -> list[str]:
    """The examples of the shipped rules that get an answer at once."""
    rulebook = load_rules().rulebook
    matcher = Matcher(rulebook)
    texts = [example.text for rule in rulebook.rules for example in rule.examples]
    return [text for text in texts if speaks(matcher.match(read(text)))]


def chatter() -> list[str]:
    """What people say to each other."""
    return [line for path in sorted(CHATTER.glob("*.txt")) for line in _lines(path)]


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _person(number: int) -> User:
    name = f"bench-{number}"
    return User(
        id=f"U0BENCH{number:03}", handle=name, real_name=name, display_name=name, team=TEAM.id
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Cpu:
    """CPU seconds a bot has used, by what it did; see `bots.py`."""

    user: float
    system: float
    """In the kernel."""
    ingress: float
    """The event loop: sockets, Bolt, decoding and acknowledging."""
    match: float
    """Deciding: recognition and the conversation; also whether it is chatter."""
    store: float
    post: float

    @property
    def total(self) -> float:
        return self.user + self.system

    def __add__(self, other: Cpu) -> Cpu:
        return self._with(other, 1)

    def __sub__(self, other: Cpu) -> Cpu:
        return self._with(other, -1)

    def _with(self, other: Cpu, sign: int) -> Cpu:
        return Cpu(
            **{f.name: getattr(self, f.name) + sign * getattr(other, f.name) for f in fields(self)}
        )


@dataclass(frozen=True, slots=True)
class Bot:
    """A bot at work in its own process."""

    process: Process

    async def cpu(self) -> Cpu:
        """What it has used so far."""
        return Cpu(**await self._ask("cpu"))

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
    async def at_work(cls, name: str, standin: Standin, database: str = "") -> AsyncIterator[Bot]:
        """Start it, without a `database` with one of its own, and end it whatever happens."""
        with tempfile.TemporaryDirectory() as folder:
            database = database or f"sqlite:///{folder}/bench.sqlite3"
            process = await asyncio.create_subprocess_exec(
                sys.executable, PROGRAM, name, stdin=PIPE, stdout=PIPE
            )
            before = standin.sockets.connections
            try:
                bot = cls(process)
                await bot._ask(json.dumps(_settings(standin, database)))
                await standin.wait_for(lambda: standin.sockets.connections > before, PATIENCE)
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


def _settings(standin: Standin, database: str) -> dict[str, str]:
    return {
        "SLACK_BOT_TOKEN": standin.bot_token,
        "SLACK_APP_TOKEN": standin.app_token,
        "SLACK_API_URL": standin.base_url,
        "FIRSTCHECK_DATABASE": database,
    }
