"""Rule folders are watched by name, whatever happens to what bears it."""

from __future__ import annotations

import shutil
import threading
from queue import Queue
from typing import TYPE_CHECKING

import pytest

from bot.bootstrap.watch import saved

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATIENCE = 20.0


class Watch:
    """What the rule file held each time that something was said to have changed."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "rule.yaml"
        self._read: Queue[str] = Queue()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        for _ in saved([self.file.parent], self._stop):
            self._read.put(self.file.read_text("utf-8") if self.file.exists() else "gone")

    def until(self, text: str) -> None:
        while self._read.get(timeout=PATIENCE) != text:
            pass

    def close(self) -> None:
        self._stop.set()
        self._thread.join()


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules/rule.yaml").write_text("first", "utf-8")
    watch = Watch(tmp_path / "rules")
    yield watch
    watch.close()


def test_what_was_saved_before_the_watch_stood_is_read(watch: Watch) -> None:
    watch.until("first")


def test_a_folder_deleted_and_made_anew_at_once_is_watched_again(watch: Watch) -> None:
    """Its number is often the old one's, so nothing but the deletion tells."""
    watch.until("first")
    shutil.rmtree(watch.file.parent)
    watch.file.parent.mkdir()
    watch.file.write_text("second", "utf-8")
    watch.until("second")
    watch.file.write_text("third", "utf-8")
    watch.until("third")


def test_a_folder_that_takes_the_place_of_another_is_watched(watch: Watch, tmp_path: Path) -> None:
    watch.until("first")
    (tmp_path / "new").mkdir()
    (tmp_path / "new/rule.yaml").write_text("second", "utf-8")
    watch.file.parent.rename(tmp_path / "old")
    (tmp_path / "new").rename(watch.file.parent)
    watch.until("second")
    watch.file.write_text("third", "utf-8")
    watch.until("third")


def test_a_folder_that_is_missing_is_waited_for(watch: Watch) -> None:
    watch.until("first")
    shutil.rmtree(watch.file.parent)
    watch.until("gone")
    watch.file.parent.mkdir()
    watch.file.write_text("second", "utf-8")
    watch.until("second")
