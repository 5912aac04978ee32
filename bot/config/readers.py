"""Text → value, one reader for each kind of setting.

A reader gets a stripped, non-empty text and gives the value, or raises `Unreadable` with the rest
of a sentence that starts "NAME is …": what is wrong, and the fix. It never repeats a secret.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

if TYPE_CHECKING:
    from datetime import tzinfo

Reader = Callable[[str], object]
Choice = TypeVar("Choice", bound=StrEnum)

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_DURATION = re.compile(r"(?:[0-9]{1,9}[smhdw])+")
_TEN_YEARS = 3650 * 86400.0
_CLOCK = re.compile(
    r"(\d{1,2}):(\d{2})\s*[-–〜~]\s*(\d{1,2}):(\d{2})"
)  # whichever dash people type
_TOKEN_KINDS = ("xoxb-", "xoxp-", "xoxe-", "xoxe.", "xoxa-", "xoxs-", "xoxc-", "xapp-")
_SERVER = re.compile(r"(?:[^:/]*(?::[^@]*)?@)?(?:\[[^/?]+\]|[^/:?]*)(?::(?P<port>[^/?]*))?")
"""What follows `postgresql://`, up to the name of the database, as SQLAlchemy reads it."""
_AT_IN_PASSWORD = re.compile(r"[^:/]*:[^@]*@[^?]*@")
_QUOTED = "in quotes, which became part of it. Remove the quotes."
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Unreadable(ValueError):  # noqa: N818  (an outcome of reading; never leaves bot.config)
    """The text is no such value."""


@dataclass(frozen=True, slots=True)
class Hours:
    """When the helpdesk works on a working day, in seconds after local midnight."""

    start: float
    end: float


def nearest(word: str, known: tuple[str, ...]) -> str:
    """` Did you mean "…"?` for the most alike of `known`, or nothing when none is alike."""
    from rapidfuzz import fuzz, process, utils

    found = process.extractOne(
        word, known, scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=70
    )
    return f' Did you mean "{found[0]}"?' if found else ""


def text(value: str) -> str:
    """The text itself, on one line."""
    if "\n" in value or len(value) > 300:
        raise Unreadable("too long: one line of at most 300 characters.")
    return value


def secret(starts: str, where: str) -> Callable[[str], str]:
    """A Slack token that starts with `starts`; `where` says where Slack shows it."""

    def read(value: str) -> str:
        if value[0] in "'\"":
            raise Unreadable(_QUOTED)
        if re.fullmatch(re.escape(starts) + r"[A-Za-z0-9.-]+", value):
            return value
        if value.startswith(starts):
            raise Unreadable(
                f"incomplete, or has characters that no token has ({len(value)} characters). Copy "
                f"it again: {where}."
            )
        kind = next((k for k in _TOKEN_KINDS if value.startswith(k)), "something else")
        raise Unreadable(
            f"no token of the right kind: it should start with {starts} but starts with {kind} "
            f"({len(value)} characters). Slack shows it under {where}."
        )

    return read


def signing_secret(value: str) -> str:
    """Slack's signing secret: 32 hexadecimal digits."""
    if not re.fullmatch(r"[0-9a-f]{32}", value):
        raise Unreadable(
            f"no signing secret: it should be 32 characters of 0-9 and a-f, not {len(value)} "
            "characters. Slack shows it under Basic Information > App Credentials."
        )
    return value


def token_keys(value: str) -> tuple[str, ...]:
    """Keys tokens are encrypted with, the newest first: 32 bytes each, as `firstcheck keys new`."""
    keys = tuple(part for part in re.split(r"[,\s]+", value) if part)
    for number, key in enumerate(keys, 1):
        if not re.fullmatch(r"[A-Za-z0-9_-]{43}=", key):
            raise Unreadable(
                f"no list of keys: number {number} is not 43 characters and an =. Make one with "
                "`firstcheck keys new`; put commas between several, the newest first."
            )
    return keys


def plain_secret(value: str) -> str:
    """A secret of one word."""
    if re.search(r"\s|['\"]", value):
        raise Unreadable("in quotes or has blanks. Copy it again, without them.")
    return value


def client_id(value: str) -> str:
    """The app's client id."""
    if not re.fullmatch(r"\d+\.\d+", value):
        raise Unreadable(
            f'"{value}", no client id. It is two numbers with a dot; Slack shows it under '
            "Basic Information > App Credentials."
        )
    return value


def origin(value: str) -> str:
    """Where people reach us: scheme and host, perhaps a path; no slash at the end."""
    return url(value).rstrip("/")


def url(value: str) -> str:
    """An address to call, ending in a slash; plain http only to this machine."""
    try:
        parts = urlsplit(value)
    except ValueError:  # half a bracket
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise Unreadable(f'"{value}", no address. Write it as https://slack.com/api/')
    if parts.scheme == "http" and parts.hostname not in _LOOPBACK:
        raise Unreadable(f'"{value}": tokens would travel in clear. Use https://')
    return value if value.endswith("/") else value + "/"


def database(value: str) -> str:
    """An SQLAlchemy URL of a database that outlives the process."""
    if value[0] in "'\"":
        raise Unreadable(_QUOTED)
    scheme, sep, rest = value.partition("://")
    if scheme in {"postgresql", "postgresql+psycopg"} and rest:
        _check_server(rest)
        return value
    if not sep or scheme != "sqlite":
        shown = f"{scheme}://…" if sep else f'"{value}"'
        raise Unreadable(
            f"{shown}, which is not supported. Use sqlite:///firstcheck.sqlite3 or "
            "postgresql://user@host/database"
        )
    if not rest.startswith("/"):
        raise Unreadable(f'"{value}": three slashes before a file name, four before a full path.')
    if rest == "/" or rest.startswith("/:memory:"):
        raise Unreadable(f'"{value}", which forgets everything. Name a file after sqlite:///')
    return value


def _check_server(rest: str) -> None:
    """Refuse what would be read as another server, or none; the driver would quote the password."""
    if _AT_IN_PASSWORD.match(rest):
        raise Unreadable("not to be read: in the password, write @ as %40, / as %2F and % as %25.")
    found = _SERVER.match(rest)
    port = found["port"] if found else None
    if port is not None and not (re.fullmatch(r"[0-9]{1,5}", port) and 0 < int(port) < 65536):
        raise Unreadable(
            "not to be read: its port is no number. Write it as "
            "postgresql://user:password@host:5432/database"
        )


def choice(kind: type[Choice]) -> Callable[[str], Choice]:
    """One of the words of an enum."""

    def read(value: str) -> Choice:
        try:
            return kind(value.lower())
        except ValueError:
            words = tuple(member.value for member in kind)
            listed = ", ".join(words[:-1]) + f" or {words[-1]}"
            raise Unreadable(f'"{value}". Use {listed}.{nearest(value, words)}') from None

    return read


def log_level(value: str) -> str:
    """A level of the standard library, in capitals."""
    levels = ("DEBUG", "INFO", "WARNING", "ERROR")
    if value.upper() not in levels:
        raise Unreadable(f'"{value}". Use one of {", ".join(levels)}.{nearest(value, levels)}')
    return value.upper()


def flag(value: str) -> bool:
    """A switch."""
    if value.lower() in {"1", "on", "true", "yes"}:
        return True
    if value.lower() in {"0", "off", "false", "no"}:
        return False
    raise Unreadable(f'"{value}". Use true or false.')


def whole(low: int, high: int) -> Callable[[str], int]:
    """A whole number from `low` to `high`."""

    def read(value: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", value) or not low <= int(value) <= high:
            raise Unreadable(f'"{value}". Use a whole number from {low} to {high}.')
        return int(value)

    return read


def duration(
    units: str, example: str, *, least: float = 0.0, most: float = _TEN_YEARS
) -> Callable[[str], float]:
    """A length of time such as 90m or 1h30m, in seconds, from `least` to `most`.

    0 means never, where that is allowed.
    """

    def read(value: str) -> float:
        compact = value.lower().replace(" ", "")
        compact = "0s" if compact == "0" else compact
        if not _DURATION.fullmatch(compact) or not set(re.findall("[a-z]", compact)) <= set(units):
            raise Unreadable(
                f'"{value}". Use a number and a unit ({", ".join(units)}), for example {example}.'
            )
        length = float(sum(int(n) * _UNITS[u] for n, u in re.findall(r"(\d+)([a-z])", compact)))
        if not least <= length <= most:
            unit, size = ("days", 86400) if most > 86400 else ("seconds", 1)
            raise Unreadable(f'"{value}". Use {least / size:g} to {most / size:g} {unit}.')
        return length

    return read


def timezone(value: str) -> tzinfo:
    """A time zone by its IANA name."""
    try:
        return ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        # only now: listing all zones reads many files
        hint = nearest(value, tuple(sorted(available_timezones())))
        raise Unreadable(f'"{value}", no IANA time zone.{hint} Example: Asia/Tokyo') from None


def hours(value: str) -> Hours:
    """Opening hours such as 09:00-18:00, within one day."""
    found = _CLOCK.fullmatch(value)
    if not found:
        raise Unreadable(f'"{value}". Write opening hours as 09:00-18:00.')
    h1, m1, h2, m2 = map(int, found.groups())
    opens, closes = h1 * 60 + m1, h2 * 60 + m2
    if max(m1, m2) > 59 or closes > 24 * 60:
        raise Unreadable(f'"{value}", no time of day. Hours go from 00:00 to 24:00.')
    if opens >= closes:
        raise Unreadable(f'"{value}": it closes before it opens. Hours past midnight do not work.')
    return Hours(opens * 60.0, closes * 60.0)


def days(value: str) -> frozenset[int]:
    """Days of the week such as mon-fri or mon,wed,fri; Monday is 0."""
    return frozenset(day for part in value.lower().split(",") for day in _day_range(part, value))


def _day_range(part: str, value: str) -> list[int]:
    ends = [end.strip()[:3] for end in part.split("-")]
    if len(ends) > 2 or not set(ends) <= set(DAYS):
        raise Unreadable(f'"{value}". Write days as mon-fri or mon,wed,fri.')
    first, last = DAYS.index(ends[0]), DAYS.index(ends[-1])
    return [(first + n) % 7 for n in range((last - first) % 7 + 1)]


def country(value: str) -> str:
    """A country whose public holidays are known, as its ISO code."""
    import holidays

    known = holidays.list_supported_countries()
    if value.upper() not in known:
        raise Unreadable(f'"{value}", no country code known here. Use two letters such as JP.')
    return value.upper()


def user_ids(value: str) -> frozenset[str]:
    """Slack users by id."""
    ids = frozenset(part for part in re.split(r"[,\s]+", value) if part)
    if wrong := sorted(i for i in ids if not re.fullmatch(r"[UW][A-Z0-9]{2,}", i)):
        raise Unreadable(
            f'"{wrong[0]}", no user id. Ids start with U or W: open the profile, "⋮", '
            '"Copy member ID".'
        )
    return ids


def channel_id(value: str) -> str:
    """A Slack channel by id."""
    if not re.fullmatch(r"[CG][A-Z0-9]{2,}", value):
        raise Unreadable(
            f'"{value}", no channel id. Ids start with C: click the channel\'s name; the id is '
            "at the bottom of the window."
        )
    return value


def folders(value: str) -> tuple[Path, ...]:
    """Folders joined as in PATH; the word `shipped` stands for the rules that came along."""
    parts = [part.strip() for part in value.split(os.pathsep) if part.strip()]
    return tuple(shipped_rules() if part == "shipped" else at_home(part) for part in parts)


def at_home(path: str) -> Path:
    """`path`, its `~` read as a shell does: of a user who is not there, it stays as it is."""
    try:
        return Path(path).expanduser()
    except RuntimeError:
        return Path(path)


def shipped_rules() -> Path:
    """The rules that came with the program: inside the wheel, or beside it in the source tree."""
    package = Path(sys.modules["bot"].__file__ or "").resolve().parent
    inside = package / "_rules"
    return inside if inside.is_dir() else package.parent / "rules"
