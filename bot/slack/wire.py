"""Reading payloads that may be odd: whatever is not of the expected shape is empty.

Payloads are read, never trusted: Slack adds fields and shapes without notice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from bot.helpdesk.incoming import Report
from bot.helpdesk.ports import NewTask

Payload = Mapping[str, Any]
EMPTY: Payload = MappingProxyType({})


def text_at(payload: Payload, key: str) -> str:
    """The string at `key`, or an empty one."""
    value = payload.get(key)
    return value if isinstance(value, str) else ""


def map_at(payload: Payload, key: str) -> Payload:
    """The object at `key`, or an empty one."""
    value = payload.get(key)
    return value if isinstance(value, Mapping) else EMPTY


def maps_at(payload: Payload, key: str) -> Sequence[Payload]:
    """The objects in the array at `key`; what else it holds is left out."""
    value = payload.get(key)
    return [v for v in value if isinstance(v, Mapping)] if isinstance(value, list) else []


@dataclass(frozen=True, slots=True)
class Accepted:
    """A payload that matters."""

    tasks: tuple[NewTask, ...] = ()
    say: str = ""
    """Answered at once, to the person alone (a command's acknowledgement)."""
    report: Report | None = None
    """What somebody wrote, where it may be mere chatter."""


@dataclass(frozen=True, slots=True)
class Ignored:
    """A payload that can change nothing; acknowledged and forgotten."""

    reason: str
    """A short stable name, fit to be counted."""


Decoded = Accepted | Ignored


def texts_at(payload: Payload, key: str) -> Sequence[str]:
    """The strings in the array at `key`; what else it holds is left out."""
    value = payload.get(key)
    return [v for v in value if isinstance(v, str)] if isinstance(value, list) else []


def team_key(enterprise: str, team: str) -> str:
    """One name for a workspace: ids of users and channels are unique only with their grid."""
    return f"{enterprise}.{team}" if enterprise else team


def event_team(body: Payload) -> str:
    """The workspace an event was delivered for: the one that installed us, not the sender's."""
    first = next(iter(maps_at(body, "authorizations")), EMPTY)
    enterprise = text_at(first, "enterprise_id") or text_at(body, "context_enterprise_id")
    if not first:  # an app that was removed is authorized by nobody
        enterprise = enterprise or text_at(body, "enterprise_id")
    team = text_at(first, "team_id") or text_at(body, "context_team_id")
    return team_key(enterprise, team or text_at(body, "team_id"))


def interaction_team(body: Payload) -> str:
    """The workspace somebody pressed or chose something in; `team` is null on an org install."""
    enterprise = text_at(map_at(body, "enterprise"), "id")
    team = text_at(map_at(body, "team"), "id") or text_at(map_at(body, "user"), "team_id")
    return team_key(enterprise, team)


def is_org_wide(body: Payload) -> bool:
    """Whether an event is about the installation of a whole organisation."""
    told = [*maps_at(body, "authorizations"), body]
    return any(one.get("is_enterprise_install") is True for one in told)


def own_user(body: Payload) -> str:
    """Our bot's user id, as the event says it."""
    bots = [a for a in maps_at(body, "authorizations") if a.get("is_bot")]
    return text_at(bots[0], "user_id") if bots else ""
