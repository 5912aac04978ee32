"""How an attempt to reach Slack ended, and what Slack's errors mean for the next one."""

from __future__ import annotations

import re
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.error import URLError

from bot.helpdesk.ports import NewTask

if TYPE_CHECKING:
    from slack_sdk.errors import SlackApiError


@dataclass(frozen=True, slots=True)
class Sent:
    """It is done, now or by an earlier attempt."""

    result: Mapping[str, Any] = field(default_factory=dict)
    new: tuple[NewTask, ...] = ()
    moved: str = ""
    """The direct-message channel the conversation had to go on in."""


@dataclass(frozen=True, slots=True)
class RetryAt:
    """Not done, or not known to be."""

    seconds: float | None
    """From now; None leaves it to the worker's back-off."""
    maybe_sent: bool
    """Whether Slack may have it all the same: then it is looked up before the next try."""
    error: str
    counts: bool = True
    """Whether this was a failed try; waiting one's turn is not."""
    looked: bool = False
    """An earlier try was looked for in vain; so it must be once more."""


@dataclass(frozen=True, slots=True)
class GiveUp:
    """Slack will never take it as it is."""

    reason: str
    """Slack's error code."""


Outcome = Sent | RetryAt | GiveUp

RATE_LIMITED = "ratelimited"
NOT_INSTALLED = "not_installed"
"""There is no workspace (any more) to reach; of our own, not Slack's."""

NOT_THERE = {"not_in_channel", "channel_not_found", "is_archived"}
"""The bot cannot speak in that channel."""

_UNSURE = {"internal_error", "fatal_error", "service_unavailable", "request_timeout"}
"""Slack stumbled, perhaps after it had taken the message."""

UNAUTHORISED = {
    "account_inactive", "invalid_auth", "not_authed", "token_expired", "token_revoked",
}  # fmt: skip
"""The token is no good (any more)."""

NOT_GRANTED = "team_access_not_granted"
"""An organisation's token, in a workspace that the app is not (or no more) in."""

_LATER = UNAUTHORISED | {
    "access_denied", "org_login_required", NOT_GRANTED, "team_added_to_org",
}  # fmt: skip
"""Refusals an operator or Slack itself may lift while the message waits."""

UNSAID_S = 30.0
"""The wait where a 429 does not tell one."""

_CODE = re.compile(r"[a-z0-9_]{1,60}")
_NEVER_LEFT = (ConnectionRefusedError, socket.gaierror, ssl.SSLCertVerificationError)


def how(outcome: Outcome) -> str:
    """A short word for an outcome, to be counted."""
    match outcome:
        case Sent(result=result):
            return next((word for word in ("found", "skipped") if word in result), "sent")
        case GiveUp():
            return "refused"
        case RetryAt(error=error, counts=False):
            return "rate_limited" if error == RATE_LIMITED else "deferred"
        case RetryAt(maybe_sent=maybe_sent):
            return "unknown" if maybe_sent else "failed"


def refused(error: SlackApiError) -> RetryAt | GiveUp:
    """What an answer other than `ok` means."""
    status, code = _status(error), _code(error)
    if status == 429 or code in {"ratelimited", "rate_limited"}:
        return RetryAt(_retry_after(error), maybe_sent=False, error=RATE_LIMITED, counts=False)
    if status >= 500 or code in _UNSURE or not _CODE.fullmatch(code):
        return RetryAt(None, maybe_sent=True, error=f"http {status}")
    if code in _LATER:
        return RetryAt(None, maybe_sent=False, error=code)
    return GiveUp(code)


def broken(error: Exception) -> RetryAt:
    """What a lost connection means: only some certainly happened before anything was sent."""
    cause = error.reason if isinstance(error, URLError) else error
    never_left = isinstance(cause, _NEVER_LEFT)
    return RetryAt(None, maybe_sent=not never_left, error=type(cause).__name__)


def _status(error: SlackApiError) -> int:
    return int(error.response.status_code or 0)


def _code(error: SlackApiError) -> str:
    return str(error.response.get("error") or "")


def _retry_after(error: SlackApiError) -> float:
    headers = {k.lower(): v for k, v in error.response.headers.items()}
    try:
        return max(0.0, float(headers.get("retry-after", "")))
    except ValueError:
        return UNSAID_S
