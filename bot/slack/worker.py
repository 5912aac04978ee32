"""The threads behind the mailbox: each leases a conversation, does what is due in it, and rests.

`notify` wakes one of them when something was accepted here. What other processes accepted, and
timers, are found by looking at `next_wake` at least every `poll_s`; whoever finds something in that
way wakes the next to look too, as there may be more. Where more comes in than can be done, they
give way to what is being accepted: Slack waits three seconds for that, and the work is safe. A
database that is down, or a bug, makes them wait and try again; a thread ends only when it is told
to.
"""

from __future__ import annotations

import logging
import os
import platform
from threading import Condition, Thread
from time import monotonic, sleep
from typing import TYPE_CHECKING

from bot.errors import LostLease, StorageError
from bot.slack.logs import where

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.helpdesk.ports import Lease, Mailbox
    from bot.slack.handler import Handler
    from bot.slack.settings import SlackSettings

SPIN_S = 0.05
"""Shortest rest: a lane somebody else holds may look due."""
STUCK_S = 300.0
"""A task takes seconds at most; a thread that is at one for so long will not come back."""
BEHIND_S = 0.1
"""Accepting is behind when somebody has waited for so long; it takes some milliseconds."""
GIVE_WAY_S = 0.5
"""Longest pause before a task: in the end there is work too."""
TROUBLE_S = 2.0
"""Rest after the database failed, or we did."""

log = logging.getLogger("bot.slack")


class Worker:
    """A pool of threads.

    `waiting` says for how many seconds the first has waited who wants something accepted here.
    """

    def __init__(
        self,
        mailbox: Mailbox,
        handler: Handler,
        settings: SlackSettings,
        clock: Callable[[], float],
        waiting: Callable[[], float] = lambda: 0.0,
    ) -> None:
        self._mailbox = mailbox
        self._handler = handler
        self._settings = settings
        self._clock = clock
        self._name = f"{platform.node()}:{os.getpid()}"
        """Tells this process's leases from another's."""
        self._waiting = waiting
        self._bell = Condition()
        self._rung = 0
        self._more = False
        """There may be work that nobody rang for."""
        self._stopping = False
        self._threads: list[Thread] = []
        self._busy: dict[str, float] = {}
        """Since when each thread has been at its task."""

    def start(self) -> None:
        """Start the threads."""
        for number in range(self._settings.workers):
            name = f"{self._name}-{number}"
            self._threads.append(Thread(target=self._run, args=(name,), name=name, daemon=True))
        for thread in self._threads:
            thread.start()

    def notify(self) -> None:
        """Something new is in the mailbox: one thread looks."""
        with self._bell:
            self._rung += 1
            self._bell.notify()

    def stop(self, within: float = 10.0) -> bool:
        """Finish what is being done, hand back the rest; whether all ended `within` seconds."""
        with self._bell:
            self._stopping = True
            self._bell.notify_all()
        deadline = monotonic() + within
        for thread in self._threads:
            thread.join(max(0.0, deadline - monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def alive(self) -> bool:
        """Whether every thread is there and gets on with its work."""
        longest = monotonic() - STUCK_S
        stuck = any(since < longest for since in list(self._busy.values()))
        return not stuck and all(thread.is_alive() for thread in self._threads)

    def drain(self) -> int:
        """Do everything that is due now, in the calling thread; how many tasks were handed out."""
        count = 0
        while lease := self._mailbox.claim(self._name, self._clock()):
            count += self._lane(lease)
        return count

    def _run(self, name: str) -> None:
        unasked = True
        while not self._stopping:
            rung = self._rung
            self._give_way()
            try:
                if lease := self._mailbox.claim(name, self._clock()):
                    if unasked:
                        self._look_on()
                    self._lane(lease)
                wait = self._until_next()
                if wait > 0 or not lease:
                    unasked = self._rest(rung, max(wait, SPIN_S))
            except StorageError as error:
                log.error("the database failed; trying again: %s", type(error).__name__)  # noqa: TRY400  (its text may hold a row)
                self._handler.meter.database_failed()
                unasked = self._rest(rung, TROUBLE_S)
            except Exception as error:  # noqa: BLE001  (a bug must cost one task, not the thread)
                log.error("left to be tried again: %s", where(error))  # noqa: TRY400  (no text)
                unasked = self._rest(rung, TROUBLE_S)

    def _lane(self, first: Lease) -> int:
        """Do the lane's tasks as long as they are due."""
        lease: Lease | None = first
        count = 0
        try:
            while lease:
                if self._stopping:
                    self._hand_back(lease)
                    break
                self._busy[first.worker] = monotonic()
                self._give_way()
                lease = self._handler.handle(lease)
                count += 1
        finally:
            self._busy.pop(first.worker, None)
        return count

    def _give_way(self) -> None:
        until = monotonic() + GIVE_WAY_S
        while self._waiting() > BEHIND_S and monotonic() < until and not self._stopping:
            sleep(SPIN_S / 5)

    def _hand_back(self, lease: Lease) -> None:
        task, now = lease.task, self._clock()
        doubt = {"maybe_sent": task.maybe_sent, "looked": task.looked}
        try:
            self._mailbox.retry(lease, now, "stopping", counts=False, **doubt)
        except LostLease:
            log.info("lease lost while stopping: lane=%s", lease.lane)

    def _until_next(self) -> float:
        wake = self._mailbox.next_wake()
        most = self._settings.poll_s
        return most if wake is None else min(wake - self._clock(), most)

    def _look_on(self) -> None:
        """Another thread looks whether there is more."""
        with self._bell:
            self._more = True
            self._bell.notify()

    def _rest(self, rung: int, seconds: float) -> bool:
        """Until there is something to do; whether nobody rang for it."""
        with self._bell:
            if self._rung == rung and not self._more and not self._stopping:
                self._bell.wait(seconds)
            unasked = self._more or self._rung == rung
            self._more = False
            return unasked
