"""A Slack export: a zip of channel folders with a JSON file a day. Read as a stream.

An export of a million messages does not fit into memory, a day of a channel does; what claims to be
larger than any day is refused, so that a crafted file cannot fill it either.
"""

from __future__ import annotations

import json
import lzma
import struct
import zipfile
import zlib
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Self

from bot.errors import FirstcheckError
from bot.slack.extract import extract
from bot.slack.wire import text_at

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_LARGEST: Final = 64_000_000
"""Bytes of a day of a channel."""
_BROKEN: Final = (
    *(OSError, EOFError, ValueError, RuntimeError, OverflowError),
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error),
)
"""What `zipfile` and `json` raise for a file that is none, is cut off or was tampered with."""
_NOT_SAID: Final = frozenset(
    {
        *("channel_join", "channel_leave", "channel_topic", "channel_purpose", "channel_name"),
        *("channel_archive", "group_join", "group_leave", "pinned_item", "reminder_add"),
        *("bot_add", "bot_remove", "tombstone"),
    }
)
"""Subtypes that no person wrote."""


class ExportError(FirstcheckError):
    """The file is no Slack export."""


@dataclass(frozen=True, slots=True)
class Said:
    """A message of an export."""

    channel: str
    """Its name, as the folder is called."""
    user: str
    """The id of who wrote it; empty for apps."""
    ts: str
    text: str
    in_thread: bool
    """Whether it answers another message."""


class SlackExport:
    """An export, opened. Close it, or use it with `with`."""

    def __init__(self, path: Path) -> None:
        """Open it.

        Raises:
            ExportError: it cannot be read, or holds no day of any channel.
        """
        try:
            self._zip = zipfile.ZipFile(path)
        except _BROKEN as error:
            raise ExportError(f"{path} cannot be read as a zip file: {_why(error)}") from None
        self._days = sorted(_days(self._zip))
        if not self._days:
            self._zip.close()
            raise ExportError(
                f"{path} is no Slack export: it has no folder with a file such as 2026-01-31.json."
            )
        self.unreadable: list[str] = []
        """Days that were passed over, each with the reason."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    @property
    def channels(self) -> tuple[str, ...]:
        """The names of its channels."""
        return tuple(sorted({channel for channel, _ in self._days}))

    @property
    def days(self) -> int:
        """How many days of channels there are: what `messages` counts its progress in."""
        return len(self._days)

    def messages(self, *, without: frozenset[str] = frozenset()) -> Iterator[list[Said]]:
        """What people wrote, a day of a channel at a time, without these channels."""
        for channel, name in self._days:
            yield [] if channel in without else self._read(channel, name)

    def _read(self, channel: str, name: str) -> list[Said]:
        entry = self._zip.getinfo(name)
        if entry.file_size > _LARGEST:
            self.unreadable.append(f"{name}: larger than {_LARGEST // 1_000_000} MB")
            return []
        try:
            day = json.loads(self._zip.read(entry))
        except _BROKEN as error:
            self.unreadable.append(f"{name}: {_why(error)}")
            return []
        return [said for one in _listed(day) if (said := _said(channel, one))]


def _days(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Channel and entry of each day. An export may lie in a folder of its own."""
    depths: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    for name in archive.namelist():
        parts = name.split("/")
        day = parts[-1].removesuffix(".json")
        if len(parts) > 1 and parts[-1].endswith(".json") and _is_date(day):
            depths[len(parts)].append((parts[-2], name))
    if depths:
        yield from depths[min(depths)]


def _is_date(text: str) -> bool:
    return len(text) == 10 and text[4] == text[7] == "-" and text.replace("-", "").isdigit()


def _listed(day: Any) -> list[dict[str, Any]]:
    return [one for one in day if isinstance(one, dict)] if isinstance(day, list) else []


def _said(channel: str, one: dict[str, Any]) -> Said | None:
    if one.get("type", "message") != "message" or text_at(one, "subtype") in _NOT_SAID:
        return None
    text, ts = extract(one).text, text_at(one, "ts")
    if not text or not ts:
        return None
    app = one.get("bot_id") or one.get("subtype") == "bot_message"
    thread = text_at(one, "thread_ts")
    return Said(channel, "" if app else text_at(one, "user"), ts, text, thread not in ("", ts))


def _why(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error).partition("\n")[0] or "unreadable"
