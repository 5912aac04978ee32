"""What is known about one setting."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bot.config.readers import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One thing that can be set."""

    name: str
    """The environment variable."""
    read: Reader
    default: str
    """As it would be written; empty leaves the setting out (`unset` is then the value)."""
    about: str
    """One or two sentences, Markdown."""
    example: str
    unset: object
    secret: bool

    @property
    def file(self) -> str:
        """The variable that names a file with the value; only for secrets."""
        return f"{self.name}_FILE"

    @property
    def table(self) -> str:
        """The TOML table that holds it."""
        return "slack" if self.name.startswith("SLACK_") else "firstcheck"

    @property
    def key(self) -> str:
        """Its name in that table."""
        return self.name.partition("_")[2].lower()


def setting(  # noqa: PLR0913  (the columns of the table, by keyword)
    name: str,
    read: Reader,
    *,
    about: str,
    default: str = "",
    example: str = "",
    unset: object = "",
    secret: bool = False,
) -> Any:
    """A field of Config that is read from a setting."""
    entry = Setting(
        name=name,
        read=read,
        default=default,
        about=about,
        example=example or default,
        unset=unset,
        secret=secret,
    )
    return field(metadata={"setting": entry}, repr=not secret)
