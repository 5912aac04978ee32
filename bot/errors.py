"""Every exception Firstcheck raises on purpose.

::

    FirstcheckError            a sentence for a person; the CLI prints it and exits 2
    ├── ConfigError            a setting is missing or wrong; names the variable and the fix
    ├── RulesError             the rule base cannot be used; carries its problems
    ├── StorageError           the database cannot be used as it is; exits 3
    │   └── LostLease          another worker took the lane over: drop everything
    └── IllegalEvent           the conversation cannot take this event now; nothing changed

Problems in *data* (a bad rule, a bad line of JSON) are values, see `bot.core.rulebook.problems`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.core.rulebook.problems import Problem


class FirstcheckError(Exception):
    """Base of all: its text is a sentence a person can act on."""


class ConfigError(FirstcheckError):
    """A setting is missing or wrong."""


class RulesError(FirstcheckError):
    """The rule base cannot be used."""

    def __init__(self, message: str, problems: Sequence[Problem] = ()) -> None:
        super().__init__(message)
        self.problems = tuple(problems)


class StorageError(FirstcheckError):
    """The database cannot be used as it is."""


class LostLease(StorageError):  # noqa: N818  (the field's word; it is an outcome, not a fault)
    """Another worker leased the lane since; what this one computed must be dropped."""


class IllegalEvent(FirstcheckError):  # noqa: N818  (h11 calls it so)
    """The conversation cannot take this event in its phase. Nothing changed."""
