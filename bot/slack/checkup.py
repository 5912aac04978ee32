"""What Slack would refuse later: tokens, scopes, the clock, the triage channel. Writes nothing.

`firstcheck doctor` asks for all of it; `firstcheck run`, at its start, for what would otherwise end
in silence.
"""

from __future__ import annotations

from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Final

from slack_sdk.errors import SlackApiError

from bot.slack.scopes import BOT_SCOPES
from bot.slack.web import web_client

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.slack.settings import SlackSettings

BOT_TOKEN: Final = "SLACK_BOT_TOKEN"  # noqa: S105  (its name)
CLOCK_MAY_BE_OFF: Final = 300.0
"""Seconds after which a request signed by Slack counts as too old."""
_ADD_SCOPE: Final = (
    "add it under OAuth & Permissions (or update the manifest), then reinstall the app"
)
_REFUSED: Final = {
    "account_inactive", "invalid_auth", "not_allowed_token_type", "token_expired", "token_revoked"
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    about: str
    ok: bool
    message: str
    fix: str = ""


def bot_findings(settings: SlackSettings, clock: Callable[[], float]) -> Iterator[Finding]:
    """The bot's side. One about `BOT_TOKEN` that is not ok means that nothing can be posted."""
    client = web_client(settings)
    try:
        answer = client.auth_test()
    except (SlackApiError, OSError) as error:
        if (code := _code(error)) in _REFUSED:
            fix = "copy the Bot User OAuth Token from OAuth & Permissions again"
            yield Finding(BOT_TOKEN, ok=False, message=f"Slack refuses it: {code}", fix=fix)
        else:
            yield _unreachable(settings, code)
        return
    yield Finding(BOT_TOKEN, ok=True, message=f"is {answer['user']} in {answer['team']}")
    headers = {name.lower(): str(value) for name, value in answer.headers.items()}
    yield from _scopes(headers.get("x-oauth-scopes", ""))
    yield from _clock(clock(), headers.get("date", ""))
    yield from _triage_channel(settings, client)


def app_findings(settings: SlackSettings) -> Iterator[Finding]:
    """Socket Mode's own token."""
    client = web_client(settings)
    try:
        client.apps_connections_open(app_token=settings.app_token)
    except (SlackApiError, OSError) as error:
        if code := _code(error):
            fix = "make an app-level token with connections:write, and switch Socket Mode on"
            yield Finding("SLACK_APP_TOKEN", ok=False, message=f"Slack refuses it: {code}", fix=fix)
        else:
            yield _unreachable(settings)
    else:
        yield Finding("SLACK_APP_TOKEN", ok=True, message="a connection can be opened")


def _code(error: SlackApiError | OSError) -> str:
    """Slack's own word for it; empty where it was not Slack that answered, or nobody did."""
    if not isinstance(error, SlackApiError) or " " in (code := str(error.response["error"])):
        return ""
    return code


def _unreachable(settings: SlackSettings, code: str = "") -> Finding:
    said = f"answers {code}" if code else "cannot be reached, or something else answers there"
    fix = "check the network, the proxy and SLACK_API_URL"
    return Finding("Slack", ok=False, message=f"{settings.base_url} {said}", fix=fix)


def _scopes(granted: str) -> Iterator[Finding]:
    have = {scope.strip() for scope in granted.split(",") if scope.strip()}
    missing = [scope for scope in BOT_SCOPES if scope.name not in have]
    if not have:
        return
    for scope in missing:
        yield Finding(
            "scopes",
            ok=scope.optional,
            message=f"{scope.name} is missing: {scope.reason.en}",
            fix=_ADD_SCOPE,
        )
    if not missing:
        yield Finding("scopes", ok=True, message=f"all {len(BOT_SCOPES)} granted")


def _clock(ours: float, slacks: str) -> Iterator[Finding]:
    """Our clock beside Slack's, which is the Date of its answer."""
    try:
        off = ours - parsedate_to_datetime(slacks).timestamp()
    except ValueError:
        return
    if abs(off) < CLOCK_MAY_BE_OFF:
        yield Finding("clock", ok=True, message="agrees with Slack's")
        return
    way = "ahead of" if off > 0 else "behind"
    yield Finding(
        "clock",
        ok=False,
        message=f"this machine is {abs(off) / 60:.0f} min {way} Slack: requests count as too old",
        fix="set the clock, and keep it right: timedatectl set-ntp true",
    )


def _triage_channel(settings: SlackSettings, client: Any) -> Iterator[Finding]:
    name = "FIRSTCHECK_TRIAGE_CHANNEL"
    if not settings.triage_channel:
        yield Finding(
            name, ok=True, message="not set: people are told to contact the helpdesk themselves"
        )
        return
    try:
        client.conversations_history(channel=settings.triage_channel, limit=1)
    except (SlackApiError, OSError) as error:
        if code := _code(error):
            fix = (
                f"{_ADD_SCOPE}: groups:history where the channel is private, else channels:history"
                if code == "missing_scope"
                else "invite the bot there: /invite @Firstcheck; if it is there, copy the "
                "channel's id from its details again"
            )
            yield Finding(name, ok=False, message=f"Slack says {code}", fix=fix)
        else:
            yield _unreachable(settings)
    else:
        yield Finding(name, ok=True, message="the bot is there")
