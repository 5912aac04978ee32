"""A problem in data is a value: where it is, what is wrong, and what to do."""

from __future__ import annotations

from dataclasses import dataclass

from typing_extensions import override


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong in a rule file."""

    path: str
    """The file, as the author named it."""

    line: int
    """1-based."""

    column: int
    """1-based."""

    code: str
    """A short stable name, such as `unknown-key`; `rules/README.md` explains each."""

    message: str
    """What is wrong, in a sentence."""

    hint: str = ""
    """What to do about it."""

    @override
    def __str__(self) -> str:
        hint = f" ({self.hint})" if self.hint else ""
        return f"{self.path}:{self.line}:{self.column} {self.code} {self.message}{hint}"
