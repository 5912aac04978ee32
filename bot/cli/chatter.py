"""Files of chatter, for `firstcheck rules test --chatter`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.errors import RulesError
from bot.helpdesk.overheard import answered, chatter

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from bot.core.rulebook.problems import Problem
    from bot.helpdesk.desk import Desk


def spoken(desk: Desk, paths: Sequence[Path]) -> Iterator[Problem]:
    """What would be answered of these files.

    Raises:
        RulesError: a file cannot be read, or a folder holds none.
    """
    for path, text in _texts(paths):
        yield from answered(desk, str(path), text)


def lines_of(paths: Sequence[Path]) -> int:
    """How many messages there are in them."""
    return sum(1 for _, text in _texts(paths) for _ in chatter(text))


def _texts(paths: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    for path in paths:
        files = sorted(path.glob("*.txt")) if path.is_dir() else [path]
        if not files:
            raise RulesError(f"There is no *.txt in {path}.")
        for file in files:
            try:
                yield file, file.read_text("utf-8-sig")
            except UnicodeDecodeError:
                raise RulesError(f"{file} is not UTF-8.") from None
            except OSError as error:
                raise RulesError(f"{file} cannot be read: {error.strerror}.") from None
