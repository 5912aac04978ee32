"""Ids and timestamps in Slack's shapes, unique also across restarts.

A bot keeps event ids on disk for a week: a stand-in that counted from one after each start would
look like a redelivery, and be ignored.
"""

from __future__ import annotations

import secrets
import string
import uuid
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_ALPHABET = string.ascii_uppercase + string.digits


class Clock:
    """Slack's clock: Unix seconds, and message timestamps that never repeat."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._last = 0

    def now(self) -> float:
        """Unix seconds."""
        return self._now()

    def ts(self) -> str:
        """The next message timestamp, e.g. `1719211888.680799`; later than every earlier one."""
        self._last = max(int(self._now() * 1_000_000), self._last + 1)
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"


def slack_id(prefix: str, length: int = 10) -> str:
    """A fresh id such as `Ev07A31RB0EL` or `V08QWERTY12`."""
    random = secrets.token_bytes(length - 1)  # of one piece: ids are drawn for every event
    return prefix + "0" + "".join(_ALPHABET[byte % len(_ALPHABET)] for byte in random)


def client_msg_id() -> str:
    """What Slack's own apps attach to a message a person typed."""
    return str(uuid.uuid4())


def envelope_id() -> str:
    """The id of one Socket Mode envelope."""
    return str(uuid.uuid4())


def trigger_id(now: float) -> str:
    """In Slack's shape: three parts joined by dots."""
    return f"{int(now * 1000)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"


def token(prefix: str) -> str:
    """A fresh secret; `prefix` is `xoxb`, `xapp` or empty for a signing secret."""
    return f"{prefix}-standin-{secrets.token_hex(16)}" if prefix else secrets.token_hex(16)
