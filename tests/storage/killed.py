"""A small bot for `test_kill`: accepts, answers, and is killed at any moment.

`killed.py FOLDER` runs until it is killed; `killed.py FOLDER drain` only works off what is left.
Slack is a file that is appended to: what is written was posted, whatever happens to us next.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bot.helpdesk.ports import Done, NewTask
from bot.storage.mailbox import open_mailbox
from bot.storage.writer import GroupCommit

if TYPE_CHECKING:
    from bot.helpdesk.ports import Lease, Mailbox

LANES = 4


def event(n: int) -> NewTask:
    return NewTask(id=f"e{n}", lane=f"L{n % LANES}", kind="event", body={"n": n})


def handle(lease: Lease, slack: Path) -> Done:
    """An event is remembered and answered with a post; a post is looked up when in doubt."""
    n = lease.task.body["n"]
    if lease.task.kind == "event":
        post = NewTask(id=f"p{n}", lane=lease.lane, kind="post", body={"n": n})
        return Done(state={"seen": [*lease.state.get("seen", []), n]}, new=[post])
    line = f"{lease.lane} {n}\n"
    if not (lease.task.maybe_sent and line in slack.read_text()):
        append(slack, line)
    return Done(result={"ts": str(n)})


def append(path: Path, line: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(handle, line.encode())
    os.close(handle)


def work(mailbox: Mailbox, slack: Path, *, until_empty: bool) -> None:
    while True:
        lease = mailbox.claim("w", time.monotonic())
        while lease:
            lease = mailbox.finish(lease, handle(lease, slack), time.monotonic())
        if until_empty and mailbox.next_wake() is None:
            return
        time.sleep(0.001)


def accept_forever(mailbox: Mailbox, acks: Path) -> None:
    """As Slack does: what was not acknowledged comes again, and some of the rest as well."""
    commit = GroupCommit(mailbox)
    n = len(acks.read_text().split())
    while True:
        again = [event(n - 5)] if n % 10 == 5 else []
        commit.accept([event(n), *again], time.monotonic()).result()
        append(acks, f"{n}\n")
        n += 1


def main(folder: Path, *, drain: bool) -> None:
    slack, acks = folder / "slack", folder / "acks"
    mailbox = open_mailbox(f"sqlite:///{folder}/db.sqlite3")
    slack.touch()
    acks.touch()
    workers = [
        threading.Thread(
            target=work, args=(mailbox, slack), kwargs={"until_empty": drain}, daemon=True
        )
        for _ in range(3)
    ]
    for worker in workers:
        worker.start()
    if not drain:
        accept_forever(mailbox, acks)
    for worker in workers:
        worker.join()
    mailbox.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), drain="drain" in sys.argv)
