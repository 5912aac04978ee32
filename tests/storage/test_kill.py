"""kill -9, again and again: nothing is lost, nothing doubled, nothing out of order."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import defaultdict
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from bot.storage.mailbox import open_mailbox

if TYPE_CHECKING:
    from collections.abc import Iterator

KILLS = int(os.environ.get("TEST_KILLS", "5"))
BOT = str(Path(__file__).with_name("killed.py"))


def test_killed_at_any_moment_every_event_is_answered_once_and_in_order(tmp_path: Path) -> None:
    for turn in range(KILLS):
        kill_after(tmp_path, events=20 + 7 * turn % 31, seconds=0.0037 * (turn % 10))
    subprocess.run([sys.executable, BOT, str(tmp_path), "drain"], check=True)

    acked = [int(n) for n in lines(tmp_path / "acks")]
    posted = defaultdict(list)
    for line in lines(tmp_path / "slack"):
        lane, n = line.split()
        posted[lane].append(int(n))
    everything = sorted(n for lane in posted.values() for n in lane)
    assert len(acked) >= 20 * KILLS
    assert set(acked) <= set(everything), "lost"
    assert everything == list(range(len(everything))), "doubled"
    assert all(ns == sorted(ns) for ns in posted.values()), "out of order"
    with closing(open_mailbox(f"sqlite:///{tmp_path}/db.sqlite3")) as mailbox:
        assert {lane: mailbox.peek(lane) for lane in posted} == {
            lane: {"seen": ns} for lane, ns in posted.items()
        }


def kill_after(folder: Path, events: int, seconds: float) -> None:
    before = len(list(lines(folder / "acks")))
    process = subprocess.Popen([sys.executable, BOT, str(folder)])
    try:
        while len(list(lines(folder / "acks"))) < before + events:
            assert process.poll() is None, "it must not end by itself"
            time.sleep(0.002)
        time.sleep(seconds)
    finally:
        process.kill()
        process.wait()


def lines(path: Path) -> Iterator[str]:
    if path.exists():
        yield from path.read_text().split("\n")[:-1]
