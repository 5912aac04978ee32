"""What staff ask of one process, all do: they watch a number in the database they share."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from bot.errors import StorageError
from bot.storage.generation import Generation

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable

    from sqlalchemy import Engine

LOOK_S: Final = 2.0
"""Seconds between looks."""

log = logging.getLogger("bot")


class SharedReload:
    """The rules are read again here when staff asked another process to."""

    def __init__(self, engine: Engine, reload: Callable[[], object]) -> None:
        """Raises StorageError."""
        self._generation = Generation(engine, "rules")
        self._reload = reload
        self._seen = self._generation.now()

    def asked(self) -> None:
        """Staff asked here, and it is done: now the others. Raises StorageError."""
        number = self._generation.advance()
        if number == self._seen + 1:  # else somebody asked elsewhere meanwhile: that is to come
            self._seen = number

    def watch(self, stop: threading.Event) -> None:
        """Follow the others until told to stop. Blocks."""
        while not stop.wait(LOOK_S):
            try:
                number = self._generation.now()
            except StorageError:
                continue  # whoever needs the database says so
            if number != self._seen:
                self._seen = number
                log.info("another process was asked to read the rules again")
                self._reload()
