"""A workspace with people who write, bots that break, and what became of every message."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import defaultdict
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final

from bot.helpdesk.incoming import Place
from bot.storage.engine import make_engine
from bot.storage.mailbox import open_mailbox
from bot.storage.migrations import current
from bot.workbench.standin import Delivery, Message, Options, StandinThread, Timings
from bot.workbench.standin.cast import TEAM
from bot.workbench.standin.events_api import EventsApi
from bot.workbench.standin.faults import FaultKind
from bot.workbench.standin.on_loop import run_on

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Answers = dict[str, list[tuple[int, str, str]]]

ROOT: Final = Path(__file__).parents[2]
BOT: Final = str(Path(__file__).with_name("echo_bot.py"))
CHANNEL: Final = "help-it"
LEASE, TIMEOUT, QUIET = 6, 1, 2
"""Seconds: as short as the settings allow, so that a trial is."""
ENDS: Final = 30.0
"""Seconds until a process that was told to has ended: ten, on an idle machine."""
PATIENCE: Final = 90.0
"""Seconds without any progress after which what is missing is taken to be lost."""

BAD_NETWORK: Final = {
    FaultKind.LOST_REPLY: 0.03,
    FaultKind.RESET: 0.03,
    FaultKind.RATE_LIMITED: 0.02,
    FaultKind.SERVER_ERROR: 0.02,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What became of the messages."""

    kills: int
    acked: int
    """Messages that the bot said it had taken."""
    lost: int
    """Of these, how many were never answered."""
    doubled: int
    """Answers too many."""
    disordered: int
    """Threads whose answers are not numbered 1, 2, 3 …, or whose kept count is another."""

    @property
    def clean(self) -> bool:
        """Nothing lost, nothing doubled, order kept."""
        return not (self.lost or self.doubled or self.disordered)

    def __add__(self, other: Verdict) -> Verdict:
        pairs = {name: getattr(self, name) + getattr(other, name) for name in self.__slots__}
        return Verdict(**pairs)


@dataclass
class Trial:
    """One database, one workspace, any number of bots."""

    standin: StandinThread
    database: str
    log: Path
    dice: Random
    port: int = 0
    """Slack delivers over HTTP to this port; 0: by Socket Mode."""
    bots: list[subprocess.Popen[bytes]] = field(default_factory=list)
    kills: int = 0
    written: list[Message] = field(default_factory=list)
    pressed: dict[str, Delivery] = field(default_factory=dict)
    """By what its answer names (`press:` and the button's value): Slack sends a press only once."""
    _over: threading.Event = field(default_factory=threading.Event)

    # bots

    def start(self, **environ: str) -> subprocess.Popen[bytes]:
        """A bot, which need not be connected yet."""
        settings = {
            **self._way(),
            "SLACK_BOT_TOKEN": self.standin.bot_token,
            "SLACK_API_URL": self.standin.base_url,
            "FIRSTCHECK_DATABASE": self.database,
            "FIRSTCHECK_LEASE": f"{LEASE}s",
            "FIRSTCHECK_SLACK_TIMEOUT": f"{TIMEOUT}s",
            "FIRSTCHECK_QUIET": f"{QUIET}s",
            "FIRSTCHECK_SOCKETS": "1",
            "FIRSTCHECK_WORKERS": "4",
            "PYTHONPATH": str(ROOT),
        }
        clean = {k: v for k, v in os.environ.items() if "proxy" not in k.lower()}
        with self.log.open("ab") as log:
            bot = subprocess.Popen(
                [sys.executable, BOT, "all"], env={**clean, **settings, **environ},
                stdout=log, stderr=log,
            )  # fmt: skip
        self.bots.append(bot)
        return bot

    def connected(self, bots: int = 1, within: float = PATIENCE) -> None:
        """Wait until so many are; over HTTP, until the one there is answers Slack's challenge."""
        if self.port:
            until(self._answers, "it answers over HTTP")
            return
        sockets = self.standin.standin.sockets
        self.standin.wait_for(lambda: sockets.connections >= bots, within)

    def _way(self) -> dict[str, str]:
        """The settings of how Slack reaches the bot."""
        if not self.port:
            return {"SLACK_APP_TOKEN": self.standin.app_token}
        return {
            "SLACK_SIGNING_SECRET": self.standin.signing_secret,
            "FIRSTCHECK_HTTP_PORT": str(self.port),
        }

    def deliver_over_http(self) -> None:
        """Whether somebody is there yet or not."""
        slack = self.standin.standin
        url = f"http://127.0.0.1:{self.port}/slack/events"
        timings = slack._options.timings

        def use() -> None:
            way = EventsApi(url, slack.signing_secret, slack.workspace.clock, timings)
            slack._http = slack._courier.transport = way

        run_on(slack.loop, use)

    def _answers(self) -> bool:
        slack = self.standin.standin
        assert slack._http
        return asyncio.run_coroutine_threadsafe(slack._http.verify(), slack.loop).result(30)

    def kill(self, bot: subprocess.Popen[bytes]) -> None:
        """kill -9."""
        bot.kill()
        bot.wait()
        self.bots.remove(bot)
        self.kills += 1

    def end(self, bot: subprocess.Popen[bytes]) -> int:
        """SIGTERM, and until it is gone; the fewest connections there were meanwhile."""
        fewest = self.connections()
        bot.terminate()
        end = time.monotonic() + ENDS
        while bot.poll() is None:
            assert time.monotonic() < end, "it ends when told"
            fewest = min(fewest, self.connections())
            time.sleep(0.01)
        assert bot.returncode == 0, self.log.read_text()[-3000:]
        self.bots.remove(bot)
        self.kills += 1
        return fewest

    def connections(self) -> int:
        """How many Slack can send events to."""
        return run_on(self.standin.standin.loop, lambda: self.standin.standin.sockets.connections)

    def revision(self) -> str | None:
        """Of the database's tables."""
        engine = make_engine(self.database)
        try:
            return current(engine)
        finally:
            engine.dispose()

    def wait_exit(self, bot: subprocess.Popen[bytes]) -> None:
        """Wait until it has gone by itself, as it was told to by a sabotage."""
        bot.wait(PATIENCE)
        self.bots.remove(bot)
        self.kills += 1

    def wait_frozen(self, bot: subprocess.Popen[bytes]) -> None:
        """Wait until it has stopped itself."""
        until(lambda: _state(bot.pid) == "T", "it freezes")

    def stop(self) -> None:
        """End all of them, as an admin does; each must in time."""
        for bot in self.bots:
            bot.terminate()
        for bot in self.bots:
            assert bot.wait(ENDS) == 0, self.log.read_text()[-3000:]
        self.bots.clear()

    # people

    @contextmanager
    def busy(self, rate: float, again: float = 0.02, *, presses: bool = False) -> Iterator[None]:
        """People write `rate` messages a second meanwhile; some of them Slack delivers again.

        `presses`: they also press what buttons the answers have, each once.
        """
        self._over.clear()
        writer = threading.Thread(target=self._write, args=(rate, again, presses), daemon=True)
        writer.start()
        try:
            yield
        finally:
            self._over.set()
            writer.join()

    def write(self, thread: str = "") -> Message:
        """One message."""
        text = f"Error {len(self.written)}"
        message = self.standin.people.post("sakura", CHANNEL, text, thread)
        self.written.append(message)
        return message

    def press(self) -> None:
        """The button of an answer, if there is one that nobody pressed yet."""
        for message in self._posts():
            name = f"press:{message.text.partition(' ')[2]}"
            buttons = [e for b in message.blocks for e in b.get("elements", []) if "value" in e]
            if buttons and name not in self.pressed:
                [drawn] = buttons
                which = drawn["action_id"], drawn["value"]
                sent = self.standin.people.press("sakura", message.ts, CHANNEL, *which)
                self.pressed[name] = sent
                return

    def _write(self, rate: float, again: float, presses: bool) -> None:  # noqa: FBT001  (a thread's)
        roots: list[str] = []
        due = time.monotonic()
        while not self._over.wait(max(0.0, due - time.monotonic())):
            due += self.dice.expovariate(rate)
            thread = self.dice.choice(roots[-8:]) if roots and self.dice.random() > 0.15 else ""
            message = self.write(thread)
            roots += [] if thread else [message.ts]
            if self.dice.random() < again:
                self.standin.people.redeliver(self.dice.choice(self.written[-50:]))
            if presses:
                self.press()

    # the end

    def judge(self, *, state: bool = True, patience: float = PATIENCE) -> Verdict:
        """Let the bots finish, end them, and count. `state`: they keep one, and end when told."""
        self._settle(patience)
        for delivery in self.standin.deliveries:
            once = delivery in self.pressed.values()
            assert delivery.acked or once, "the stand-in delivers until it is"
        if state:
            self.stop()
        answers = self.answers()
        replies = [numbers for thread in answers.values() for numbers in thread]
        heard = [ts for _, ts, _ in replies]
        wanted = self._wanted()
        return Verdict(
            kills=self.kills,
            acked=len(wanted),
            lost=len(wanted - set(heard)),
            doubled=len(heard) - len(set(heard)),
            disordered=self._disordered(answers) if state else 0,
        )

    def _settle(self, patience: float) -> None:
        """Until all is answered, or nothing happens any more; and until a late double shows."""
        count, since = -1, time.monotonic()
        while (now := self.answered()) < len(self._wanted()):
            if now != count:
                count, since = now, time.monotonic()
            if time.monotonic() - since > patience:
                return
            time.sleep(0.2)
        time.sleep(4 * QUIET + 1)

    def _wanted(self) -> set[str]:
        """What there must be an answer to."""
        taken = {name for name, sent in self.pressed.items() if sent.acked}
        return {message.ts for message in self.written} | taken

    def unacknowledged(self) -> int:
        """How often Slack handed something over and heard nothing."""
        return sum(not one.acked for sent in self.standin.deliveries for one in sent.outcomes)

    def taken(self) -> int:
        """How many deliveries of what people wrote were acknowledged."""
        return sum(d.acked and not d.event.get("bot_id") for d in self.standin.deliveries)

    def posted(self) -> int:
        """How many answers there are."""
        return sum(len(thread) for thread in self.answers().values())

    def answered(self) -> int:
        """How many messages have one."""
        return len({ts for thread in self.answers().values() for _, ts, _ in thread})

    def answers(self) -> Answers:
        """By thread, in the order they stand there: number, ts of what is answered, own ts."""
        found: Answers = defaultdict(list)
        for message in self._posts():
            number, _, ts = message.text.partition(" ")
            found[message.thread_ts].append((int(number), ts, message.ts))
        return found

    def _posts(self) -> list[Message]:
        """What the bots posted, oldest first."""
        workspace = self.standin.standin.workspace
        channel = workspace.channel(CHANNEL).id
        said = run_on(self.standin.standin.loop, lambda: workspace.messages(channel))
        return [message for message in said if message.bot_id]

    def _disordered(self, answers: Answers) -> int:
        channel = self.standin.standin.workspace.channel(CHANNEL).id
        wrong = 0
        with closing(open_mailbox(self.database)) as mailbox:
            for thread, numbers in answers.items():
                state = mailbox.peek(Place(TEAM.id, channel, thread).key) or {}
                right = list(range(1, len(numbers) + 1))
                wrong += [n for n, _, _ in numbers] != right or state.get("count") != len(numbers)
        return wrong


def until(true: Callable[[], bool], what: str) -> None:
    """Wait until something is so. Fails after a while, saying what."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, f"in vain: {what}"
        time.sleep(0.02)


def _state(pid: int) -> str:
    """The kernel's letter for what a process does."""
    return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]


def _free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port: int = taken.getsockname()[1]
    return port


@contextmanager
def trial(database: str, folder: Path, seed: int = 0, *, http: bool = False) -> Iterator[Trial]:
    """A trial whose processes end with it. Slack delivers what is not acknowledged for minutes."""
    port = _free_port() if http else 0
    timings = Timings(ack=2.0, retry_after=(0.0, *[0.5] * 1000), close_after_refresh=0.2)
    with StandinThread(Options(timings=timings)) as standin:
        dice = Random(seed)  # noqa: S311  (no secret)
        made = Trial(standin, database, folder / "bots.log", dice, port)
        if http:
            made.deliver_over_http()
        try:
            yield made
        finally:
            for bot in made.bots:
                with suppress(ProcessLookupError):
                    bot.send_signal(signal.SIGCONT)
                bot.kill()
                bot.wait()
