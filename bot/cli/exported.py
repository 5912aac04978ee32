"""The messages of an export for a command: with a progress bar on standard error."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click
from rapidfuzz import process

from bot.slack.export import ExportError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.slack.export import Said, SlackExport


def days_of(opened: SlackExport, without: Sequence[str]) -> Iterator[list[Said]]:
    """What people wrote, a day of a channel at a time; what apps write is nobody's error.

    Raises:
        ExportError: a channel to be left out is not there.
    """
    left_out = frozenset(name.removeprefix("#") for name in without)
    for name in sorted(left_out - set(opened.channels)):
        like = process.extractOne(name, opened.channels, score_cutoff=60)
        meant = f" Did you mean {like[0]}?" if like else ""
        raise ExportError(f"The export has no channel {name} to leave out.{meant}")
    days = opened.messages(without=left_out)
    hidden = not sys.stderr.isatty()
    with click.progressbar(
        days, opened.days, "days of channels", show_pos=True, file=sys.stderr, hidden=hidden
    ) as shown:
        for day in shown:
            yield [said for said in day if said.user]
