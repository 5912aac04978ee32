"""Logging, set up once: text or JSON lines on stderr.

Three rules keep what people paste out of it, whoever writes the line:

- an exception is shown by its type and where it happened, never by its text: database errors quote
  their parameters, decoding errors quote their input;
- `DEBUG` is for our own code; libraries, which print whole payloads there, stay at `INFO` or above,
  and what they print in braces (a payload) is dropped;
- credentials are taken out of every finished line.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import threading
import traceback
from datetime import UTC, datetime
from typing import IO, TYPE_CHECKING

from typing_extensions import override

from bot.telemetry.redact import redact

if TYPE_CHECKING:
    from types import TracebackType

_OURS = "bot"
_LOUD = ("aiohttp.access", "sqlalchemy", "uvicorn.access")
"""Libraries that write a line for each request or statement at INFO."""
_PAYLOAD = re.compile(r"[{\[].*[}\]]", re.DOTALL)


def configure(level: str = "INFO", form: str = "text", stream: IO[str] | None = None) -> None:
    """Send all logs to `stream` (stderr), from `level` up, as `text` or `json` lines.

    May be called again: the last call counts.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_Json() if form == "json" else _Text())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    wanted = logging.getLevelNamesMapping()[level.upper()]
    root.setLevel(max(wanted, logging.INFO))
    logging.getLogger(_OURS).setLevel(wanted)
    for name in _LOUD:
        logging.getLogger(name).setLevel(max(wanted, logging.WARNING))
    logging.captureWarnings(capture=True)
    threading.excepthook = _thread_ended


def _thread_ended(args: threading.ExceptHookArgs) -> None:
    """Python's own way would print the exception's text, past all logging."""
    name = args.thread.name if args.thread else "?"
    logging.getLogger(_OURS).critical("thread %s ended", name, exc_info=args.exc_value)


def outline(exc: BaseException) -> str:
    """The traceback of `exc` and its causes: types and places, no texts and no values."""
    lines: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = exc
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        lines = [*_frames(current.__traceback__), _kind(current), *lines]
        current = current.__cause__ or (
            None if current.__suppress_context__ else current.__context__
        )
    return "\n".join(lines)


def _frames(trace: TracebackType | None) -> list[str]:
    frames = traceback.StackSummary.extract(traceback.walk_tb(trace), lookup_lines=False)
    return [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames]


def _kind(exc: BaseException) -> str:
    name = f"{type(exc).__module__}.{type(exc).__qualname__}".removeprefix("builtins.")
    if isinstance(exc, BaseExceptionGroup):
        return f"{name} of " + ", ".join(_kind(each) for each in exc.exceptions)
    # an errno is a number of the system's, not a text of anybody's
    return f"{name} (errno {exc.errno})" if isinstance(exc, OSError) and exc.errno else name


def _message(record: logging.LogRecord) -> str:
    """The line itself; a library's payloads and exception texts are dropped."""
    text = record.getMessage()
    if record.name == _OURS or record.name.startswith(f"{_OURS}."):
        return text
    if record.exc_info and record.exc_info[1] and (said := str(record.exc_info[1])):
        text = text.replace(said, "…")
    return _PAYLOAD.sub("{…}", text)


def _when(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


def _trace(record: logging.LogRecord) -> str:
    return outline(record.exc_info[1]) if record.exc_info and record.exc_info[1] else ""


class _Text(logging.Formatter):
    """`2026-11-22T09:30:00.123+00:00 INFO bot.slack.worker: …`."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        line = f"{_when(record)} {record.levelname} {record.name}: {_message(record)}"
        return redact("\n".join(filter(None, [line, _trace(record)])))


class _Json(logging.Formatter):
    """One JSON object a line: `at`, `level`, `logger`, `message`, and where there is one, more."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "at": _when(record),
            "level": record.levelname,
            "logger": record.name,
            "message": redact(_message(record)),
            "trace": redact(_trace(record)),
        }
        return json.dumps({k: v for k, v in entry.items() if v}, ensure_ascii=False)
