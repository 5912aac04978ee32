"""What is asked all the time costs no more when tens of thousands of conversations are open."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from bot.helpdesk.ports import NewTask
from bot.storage.mailbox import open_mailbox

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.storage.mailbox import SqlMailbox


def test_what_a_worker_asks_takes_no_longer_when_many_wait(url: str) -> None:
    with closing(open_mailbox(url)) as mailbox:
        _open(mailbox, 0, 300)
        few = _round(mailbox, "few")
        _open(mailbox, 300, 6000)
        many = _round(mailbox, "many")
    for step, count in few.items():
        assert many[step] < 2 * count, step


def _open(mailbox: SqlMailbox, start: int, end: int) -> None:
    """Conversations with a reminder each."""
    reminders = [_task(f"nudge:{n}", f"T:C:{n}", 5000.0 + n) for n in range(start, end)]
    mailbox.accept(reminders, 1000.0)


def _task(id_: str, lane: str, due_at: float) -> NewTask:
    return NewTask(id=id_, lane=lane, kind="event", body={"text": "x"}, due_at=due_at)


def _round(mailbox: SqlMailbox, name: str) -> dict[str, int]:
    """Steps of SQLite's machine for each thing that is asked for each message."""

    def steps(work: Callable[[], object]) -> int:
        counted = 0

        def count() -> int:
            nonlocal counted
            counted += 1
            return 0

        raw = mailbox.engine.raw_connection()
        raw.driver_connection.set_progress_handler(count, 10)  # type: ignore[union-attr]
        raw.close()
        work()
        return counted

    found = {
        "accept": steps(lambda: mailbox.accept([_task(name, f"L:{name}", 0.0)], 1000.0)),
        "claim": steps(lambda: mailbox.claim("w", 1000.0)),
        "next_wake": steps(mailbox.next_wake),
        "backlog": steps(lambda: mailbox.backlog(1000.0)),
        "recent_case": steps(lambda: mailbox.recent_case("T", "C", "U", 0.0)),
    }
    assert sum(found.values())
    return found
