"""Files a command writes; what cannot be written is said, where possible before the work."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bot.errors import FirstcheckError

if TYPE_CHECKING:
    from pathlib import Path


def writable(path: Path) -> None:
    """Raises UsageError where `path` can surely not be written: better now than in an hour."""
    if not path.absolute().parent.is_dir():
        raise click.UsageError(f"There is no folder {path.absolute().parent} to write into.")


def written(path: Path, text: str) -> None:
    """Write `text`, with the folders it needs.

    Raises:
        FirstcheckError: it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise FirstcheckError(f"{path} cannot be written: {error.strerror}.") from None
