"""The reports in the database that the settings name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.config import load
from bot.storage.reports import kept_reports

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.helpdesk.incoming import Report


def kept_here(environ: Mapping[str, str]) -> Iterator[Report]:
    """What people wrote to the bot of these settings, redacted, as far as it is kept.

    Raises:
        ConfigError: a setting is wrong.
        StorageError: see `bot.storage.reports.kept_reports`.
    """
    return kept_reports(load(environ, slack=False).database)
