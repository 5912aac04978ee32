"""What goes wrong in a trial: one function a fault, for the short form and for the long one."""

from __future__ import annotations

import resource
import signal
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from typing_extensions import override

from bot.storage.migrations import newest
from tests.faults.sabotage import PLACES
from tests.faults.trial import BAD_NETWORK, LEASE, QUIET, Trial, until

if TYPE_CHECKING:
    from collections.abc import Callable

OLDER = "0012"
"""The revision before the last one."""
RATE = 20.0
"""Messages a second: more than twice what Slack lets one workspace send."""


@dataclass(frozen=True, slots=True)
class Rolled:
    """What Slack saw of a rolling upgrade."""

    connections: int
    """The fewest there were at any time."""
    trial: Trial

    @property
    def unacknowledged(self) -> int:
        """How often it has had to hand something over again, or gave up."""
        return self.trial.unacknowledged()

    @override
    def __str__(self) -> str:
        return f"{self.unacknowledged} unacknowledged, never under {self.connections} connections"


def killed(trial: Trial, kills: int, rate: float = RATE, **environ: str) -> None:
    """One bot, killed at any moment and started again at once; requests to Slack go wrong too."""
    _bad_network(trial)
    with trial.busy(rate):
        for _ in range(kills):
            bot = trial.start(**environ)
            trial.connected()
            time.sleep(trial.dice.uniform(0.0, 1.2))
            trial.kill(bot)
    _recover(trial, **environ)


def replicas_killed(trial: Trial, kills: int, rate: float = RATE, freezes: int = 0) -> None:
    """Three replicas; any is killed at any moment, or frozen for longer than its lease."""
    _bad_network(trial)
    for _ in range(3):
        trial.start()
    trial.connected(3)
    frozen_at = set(trial.dice.sample(range(kills), freezes))
    with trial.busy(rate):
        for turn in range(kills):
            if turn in frozen_at:
                freeze(trial)
            time.sleep(trial.dice.uniform(0.0, 1.0))
            trial.kill(trial.dice.choice(trial.bots))
            trial.start()
            trial.connected(2)
    trial.standin.faults.clear()
    trial.connected(3)


def rolled(trial: Trial, times: int, rate: float = RATE) -> Rolled:
    """Three replicas are exchanged one by one, so many times in all; each new one is up first.

    The first three are of a version whose tables the first new one brings up to date.
    """
    for _ in range(3):
        trial.start(FAULTS_BUTTONS="1", FAULTS_TABLES=OLDER)
    trial.connected(3)
    assert trial.revision() == OLDER
    fewest = 3
    with trial.busy(rate, presses=True):
        for _ in range(times):
            trial.start(FAULTS_BUTTONS="1")
            trial.connected(4)
            fewest = min(fewest, trial.end(trial.bots[0]))
    assert fewest, "one is always connected"
    assert trial.revision() == newest(), "the tables are those of the new version"
    return Rolled(fewest, trial)


def freeze(trial: Trial) -> None:
    """A replica stops for longer than its lease, at any moment, and goes on as if nothing was."""
    bot = trial.dice.choice(trial.bots)
    bot.send_signal(signal.SIGSTOP)
    time.sleep(LEASE + 1.5)
    bot.send_signal(signal.SIGCONT)


def listener_killed(trial: Trial, kills: int) -> None:
    """The bot that most people would write, under the same faults."""
    killed(trial, kills, FAULTS_CONTROL="listener")


def blind_look_ups(trial: Trial, messages: int) -> None:
    """Answers get lost, and Slack shows what it took later than two look-ups."""
    trial.start()
    trial.connected()
    root = trial.write().ts
    until(lambda: trial.answered() == 1, "the first is answered")
    faults, lag = trial.standin.faults, 5.0 * QUIET
    time.sleep(lag)
    faults.read_lag = lag
    for _ in range(messages):
        faults.lose_reply("chat.postMessage")
        trial.write(root)
        answered = trial.posted()
        until(lambda before=answered: trial.posted() >= before + 2, "it is posted again")  # type: ignore[misc]


def exits(trial: Trial, places: tuple[str, ...] = PLACES, times: int = 1, **environ: str) -> None:
    """The bot is gone at each of these places, in turn."""
    with trial.busy(RATE / 2):
        for turn in range(times):
            for place in places:
                at = f"{place}:{2 + turn % 3}"
                trial.wait_exit(trial.start(FAULTS_EXIT=at, **environ))
    _recover(trial, **environ)


def exits_over_http(trial: Trial, times: int = 1) -> None:
    """The bot is gone before and after it kept what a request of Slack's brought."""
    exits(trial, ("accept:before", "accept:after", "write:after"), times)


def frozen_before_the_write(trial: Trial, times: int = 1, **environ: str) -> None:
    """A replica stops with a request ready to be sent; another takes over; then it goes on."""
    for turn in range(times):
        bot = trial.start(FAULTS_FREEZE=str(1 + turn % 3), **environ)
        trial.connected(1)
        thread = trial.write().ts
        for _ in range(3):
            trial.write(thread)
        trial.wait_frozen(bot)
        other = trial.start(**environ)
        answered = trial.answered()
        until(lambda before=answered: trial.answered() > before, "the other takes over")  # type: ignore[misc]
        bot.send_signal(signal.SIGCONT)
        _while_it_might_double(trial)
        trial.kill(other)
        trial.kill(bot)
    _recover(trial, **environ)


def taken_over(trial: Trial) -> float:
    """A replica dies for good with work in its hands; seconds until another has done it."""
    other = trial.start()
    trial.connected(1)
    doomed = trial.start(FAULTS_EXIT="claim:after:1")
    trial.connected(2)
    other.send_signal(signal.SIGSTOP)
    trial.write()
    trial.wait_exit(doomed)
    died = time.monotonic()
    other.send_signal(signal.SIGCONT)
    until(lambda: trial.answered() == 1, "the other takes over")
    return time.monotonic() - died


def database_away(trial: Trial, stop: Callable[[], None], start: Callable[[], None]) -> None:
    """The database restarts under load."""
    trial.start()
    trial.connected(1)
    with trial.busy(RATE):
        time.sleep(1.0)
        stop()
        time.sleep(1.5)
        start()
        time.sleep(1.0)


def disk_full(trial: Trial, times: int = 1) -> None:
    """Nothing can be written for some seconds, the log included; then there is room again."""
    bot = trial.start()
    trial.connected(1)
    with trial.busy(RATE):
        until(lambda: trial.answered() > 10, "it is at work")
        for _ in range(times):
            resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
            time.sleep(1.0)  # what was being acknowledged is
            taken = trial.taken()
            time.sleep(2.0)
            assert trial.taken() == taken, "what is not kept is not acknowledged"
            room = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
            resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, room)
            until(lambda before=taken: trial.taken() > before + 20, "it goes on by itself")  # type: ignore[misc]
    assert bot.poll() is None, "it is still the same"


def reminders(trial: Trial, times: int = 1) -> None:
    """Each answer is a reminder that fires a second later; the bot dies around that moment."""
    places = ("claim:after", "commit:before", "finish:after")
    exits(trial, places, times, FAULTS_REMINDERS="1")


def _while_it_might_double(trial: Trial, within: float = 4.0) -> None:
    """Give what goes on as if nothing was the time to send what it had ready."""
    end = time.monotonic() + within
    while trial.posted() == trial.answered() and time.monotonic() < end:
        time.sleep(0.1)


def _bad_network(trial: Trial) -> None:
    faults = trial.standin.faults
    faults.sometimes("chat.postMessage", BAD_NETWORK, trial.dice)
    faults.read_lag = 1.0


def _recover(trial: Trial, **environ: str) -> None:
    """One good bot, and a network that is well again."""
    trial.standin.faults.clear()
    trial.start(**environ)
    trial.connected(1)
