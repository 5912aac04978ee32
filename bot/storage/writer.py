"""Many accepts, one commit.

A commit waits for the disk. Events that arrive while it waits are gathered and committed together,
so the wait does not add up; an event that comes alone is committed at once.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from queue import SimpleQueue
from threading import Thread
from time import monotonic
from typing import TYPE_CHECKING

from bot.errors import StorageError
from bot.helpdesk.ports import NewTask

if TYPE_CHECKING:
    from bot.helpdesk.ports import Mailbox

_MOST = 200
"""Requests in one commit: enough for any burst, short enough not to keep a worker waiting."""


@dataclass(frozen=True, slots=True)
class _Request:
    tasks: Sequence[NewTask]
    now: float
    kept: Future[None] = field(default_factory=Future)


class GroupCommit:
    """Accepts for a mailbox through one thread of its own; usable from any thread."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox
        self._queue: SimpleQueue[_Request | None] = SimpleQueue()
        self._since: deque[float] = deque()
        """When each request came that is not done, in the order of the queue."""
        self._thread = Thread(target=self._run, name="accept", daemon=True)
        self._thread.start()

    def accept(self, tasks: Sequence[NewTask], now: float) -> Future[None]:
        """Done when the tasks are on disk; fails with what `Mailbox.accept` raises.

        From asyncio: `await asyncio.wrap_future(commit.accept(tasks, now))`.
        Raises StorageError once closed.
        """
        if not self._thread.is_alive():
            raise StorageError("The mailbox is closed; nothing more is accepted.")
        request = _Request(tasks, now)
        self._since.append(monotonic())
        self._queue.put(request)
        return request.kept

    def waiting(self) -> float:
        """For how many seconds the first that is not done has waited; 0 if none does."""
        try:
            return monotonic() - self._since[0]
        except IndexError:
            return 0.0

    def close(self, within: float | None = None) -> None:
        """Commit what was accepted before, then stop. Nothing is accepted afterwards.

        `within`: seconds to wait for a database that does not answer; what it did not take was not
        acknowledged.
        """
        self._queue.put(None)
        self._thread.join(within)

    def alive(self) -> bool:
        """Whether it accepts."""
        return self._thread.is_alive()

    def _run(self) -> None:
        while batch := self._gather():
            self._commit(batch)

    def _gather(self) -> list[_Request]:
        """What is waiting, one at least; nothing once closed."""
        batch: list[_Request] = []
        while request := self._queue.get():
            batch.append(request)
            if self._queue.empty() or len(batch) == _MOST:
                return batch
        if batch:
            self._queue.put(None)  # these first, then stop
        return batch

    def _commit(self, batch: list[_Request]) -> None:
        waiting = [r.kept for r in batch if r.kept.set_running_or_notify_cancel()]
        tasks = [task for request in batch for task in request.tasks]
        try:
            self._mailbox.accept(tasks, max(request.now for request in batch))
        except Exception as error:  # noqa: BLE001  (whatever it is, those who wait must hear of it)
            for kept in waiting:
                kept.set_exception(error)
        else:
            for kept in waiting:
                kept.set_result(None)
        finally:
            for _ in batch:
                self._since.popleft()
