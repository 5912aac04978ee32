"""What an author hands over to begin a rule from: a message, a file, a thread, standard input."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from bot.errors import RulesError
from bot.slack.extract import extract

if TYPE_CHECKING:
    from collections.abc import Iterator

_LARGEST: Final = 4_000_000
"""Bytes: a thread is far smaller, and a whole log is no message."""
_ENDINGS: Final = (".json", ".txt", ".log", ".md", ".eml")
_ENCODINGS: Final = ("utf-8-sig", "cp932")
"""Files of a Japanese Windows are often in the latter."""


def messages(source: str | None) -> list[str]:
    """The messages that `source` is, or that lie in the file it names, as people wrote them.

    Raises:
        RulesError: there is no such file, it cannot be read, or there is no text in it.
    """
    text = _text(source)
    found = list(_said(text))
    if not found:
        raise RulesError("There is no text to begin a rule from.")
    return found


def _text(source: str | None) -> str:
    if source is None or source == "-":
        if sys.stdin.isatty():
            click.echo("Paste the message, then press Ctrl-D on a line of its own:", err=True)
        return sys.stdin.read()
    path = Path(source)
    if _is_file(path):
        return _content(path)
    if path.suffix in _ENDINGS and not any(c.isspace() for c in source):
        raise RulesError(f"There is no file {source}.")
    return source


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # too long for a name
        return False


def _content(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST:
            raise RulesError(
                f"{path} is larger than {_LARGEST // 1_000_000} MB: cut the message out."
            )
        content = path.read_bytes()
    except OSError as error:
        raise RulesError(f"{path} cannot be read: {error.strerror}.") from None
    for encoding in _ENCODINGS if b"\0" not in content else ():
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise RulesError(f"{path} is no text: save it as UTF-8.")


def _said(text: str) -> Iterator[str]:
    """The messages of a Slack thread, or the text as it is: errors may be JSON themselves."""
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        told = None
    listed = _listed(told)
    if listed is None:
        if text.strip():
            yield text
        return
    found = [extract(one).text for one in listed if isinstance(one, dict)]
    if not any(found):
        raise RulesError(
            'This is JSON, but no Slack thread: wanted is {"messages": [{"text": …}, …]}, or the '
            "list alone, as conversations.replies and exports give it."
        )
    yield from (said for said in found if said)


def _listed(told: Any) -> list[Any] | None:
    """The messages of what Slack gives; None for what is no JSON of Slack's."""
    if isinstance(told, list):
        return told
    if not isinstance(told, dict):
        return None
    if "messages" in told:
        return told["messages"] if isinstance(told["messages"], list) else []
    if isinstance(told.get("message"), dict):
        return [told["message"]]
    return [told] if "text" in told and "ts" in told else None
