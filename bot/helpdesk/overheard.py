"""Chatter on which no rule may speak: whatever is answered is a problem of the rule that speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.core.rulebook.problems import Problem
from bot.core.text.normalise import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.helpdesk.desk import Desk

ANSWERED: Final = "chatter-answered"
_SHOWN: Final = 80


def chatter(text: str) -> Iterator[tuple[int, str]]:
    """The messages of a file, one a line, with the number of the line; `#` begins a remark."""
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            yield number, line


def answered(desk: Desk, path: str, text: str) -> Iterator[Problem]:
    """The lines of the file at `path` that would be answered."""
    for number, line in chatter(text):
        if found := desk.matcher.match(read(line)).found:
            said = line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"
            message = f"{', '.join(match.rule.id for match in found)} would answer “{said}”"
            yield Problem(path, number, 1, ANSWERED, message)
