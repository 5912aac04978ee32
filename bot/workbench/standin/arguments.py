"""The arguments of a Web API call: one dictionary, whatever the body's encoding.

The SDK sends some calls as JSON (with real types) and others as a form or query (all strings, with
structures as JSON text); the readers here take both.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from bot.workbench.standin.refusal import Refused, unsupported

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeVar

    from bot.workbench.standin.model import Json

    T = TypeVar("T")

_TS: Final = re.compile(r"\d{1,16}(\.\d{1,6})?")
_TRUE: Final = frozenset({"1", "true", "True"})
_FALSE: Final = frozenset({"0", "false", "False", ""})


@dataclass(frozen=True, slots=True)
class Arguments:
    """Readers that refuse what Slack would refuse."""

    given: Mapping[str, Any]

    def __contains__(self, name: str) -> bool:
        return self.given.get(name) is not None

    def text(self, name: str, default: str = "") -> str:
        """A string; numbers are taken as written."""
        value = self.given.get(name)
        if value is None:
            return default
        if isinstance(value, bool | dict | list):
            raise unsupported([f"must be a string [json-pointer:/{name}]"])
        return str(value)

    def flag(self, name: str, *, default: bool = False) -> bool:
        """A boolean, in any of the spellings the SDK uses."""
        value = self.given.get(name)
        if value is None:
            return default
        if str(value) in _TRUE:
            return True
        if str(value) in _FALSE:
            return False
        raise unsupported([f"must be a boolean [json-pointer:/{name}]"])

    def number(self, name: str, default: int) -> int:
        """A whole number."""
        value = self.text(name, str(default))
        if not value.isascii() or not value.isdigit():
            raise unsupported([f"must be an integer [json-pointer:/{name}]"])
        return int(value)

    def ts(self, name: str, error: str) -> str:
        """A timestamp or empty; `error` is Slack's name for a malformed one."""
        value = self.text(name)
        if value and not _TS.fullmatch(value):
            raise Refused(error)
        return value

    def structure(self, name: str, error: str) -> Any:
        """An object or array, as such or as JSON text; None when absent."""
        value = self.given.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise Refused(error) from None


def page(items: Sequence[T], args: Arguments, default: int = 100) -> tuple[list[T], Json]:
    """One page of a listing and the `response_metadata` that leads to the next."""
    limit = args.number("limit", default)
    if not 1 <= limit <= 1000:
        raise Refused("invalid_limit")
    start = _position(args.text("cursor"))
    more = start + limit < len(items)
    return list(items[start : start + limit]), {
        "next_cursor": _cursor(start + limit) if more else ""
    }


def _cursor(position: int) -> str:
    return base64.b64encode(f"offset:{position}".encode()).decode()


def _position(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        word, _, number = base64.b64decode(cursor, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        raise Refused("invalid_cursor") from None
    if word != "offset" or not number.isdigit():
        raise Refused("invalid_cursor")
    return int(number)
