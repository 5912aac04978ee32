"""The socket's side of the face: keep what came in, then acknowledge it.

One global middleware does it all, before Bolt would ask Slack anything: a payload that matters is
in the mailbox before Slack hears 200, and chatter never is; an error there answers 500 (or nothing,
on a socket), and Slack delivers again. Nothing is left to listeners, so nothing can stay
unacknowledged.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING

from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.response import BoltResponse

from bot.helpdesk.ports import Unmeasured
from bot.slack.decode import decode, team_of
from bot.slack.directory import Directory
from bot.slack.logs import sdk_logger, where
from bot.slack.settings import SlackSettings
from bot.slack.wire import Accepted, Ignored

if TYPE_CHECKING:
    from concurrent.futures import Future

    from bot.helpdesk.incoming import Report
    from bot.helpdesk.ports import Meter, NewTask
    from bot.slack.wire import Decoded, Payload

Accept = Callable[["Sequence[NewTask]"], "Future[None]"]
"""Puts tasks into the mailbox; done when they are on disk. May gather many into one commit."""

Matters = Callable[["Report"], bool]
"""Whether anything may follow from what somebody wrote; see `bot.helpdesk.overheard`."""

log = logging.getLogger("bot.slack")


@dataclass(frozen=True, slots=True)
class ManyWorkspaces:
    """What the app needs where workspaces install it."""

    directory: Directory
    flow: AsyncOAuthFlow


def make_app(
    settings: SlackSettings,
    accept: Accept,
    meter: Meter | None = None,
    many: ManyWorkspaces | None = None,
    matters: Matters = lambda _: True,
) -> AsyncApp:
    """The Bolt app: verifies, decodes, keeps, acknowledges. For an event it asks Slack nothing."""
    app = AsyncApp(
        name="firstcheck",
        logger=sdk_logger("bolt"),
        token=None if many else settings.bot_token,
        signing_secret=settings.signing_secret,
        before_authorize=_keeper(
            _Asked(settings, many.directory if many else None, matters),
            accept,
            meter or Unmeasured(),
        ),
        oauth_flow=many.flow if many else None,
    )
    app.error(_failed)
    return app


@dataclass(frozen=True, slots=True)
class _Asked:
    """Reads payloads as their workspace wants them read.

    This is the `authorize` of many workspaces: the row of the installation, at most a minute old.
    Bolt's own would ask Slack (`auth.test`) for every event.
    """

    settings: SlackSettings
    directory: Directory | None
    matters: Matters

    async def decode(self, body: Payload) -> Decoded:
        """What it asks for; chatter asks for nothing. Raises StorageError."""
        decoded = await self._decode(body)
        chatter = (
            isinstance(decoded, Accepted) and decoded.report and not self._matters(decoded.report)
        )
        return Ignored("chatter") if chatter else decoded

    def _matters(self, report: Report) -> bool:
        try:
            return self.matters(report)
        except Exception as error:  # noqa: BLE001  (a bug must not keep Slack waiting: the work will show it)
            log.warning("not judged, so kept: %s", where(error))
            return True

    async def _decode(self, body: Payload) -> Decoded:
        if self.directory is None:
            return decode(body, self.settings)
        team = team_of(body)
        if self.directory.is_at_hand(team):
            theirs = self.directory.settings(team)
        else:
            theirs = await asyncio.to_thread(self.directory.settings, team)
        return decode(body, theirs) if theirs else Ignored("not installed")


def _keeper(
    asked: _Asked, accept: Accept, meter: Meter
) -> Callable[..., Awaitable[BoltResponse | None]]:
    async def keep(
        req: AsyncBoltRequest,
        next: Callable[[], Awaitable[BoltResponse]],  # noqa: A002  (Bolt passes it by this name)
    ) -> BoltResponse | None:
        if req.body.get("type") == "url_verification":
            return await next()
        start, outcome = perf_counter(), "refused"
        try:
            decoded = await asked.decode(req.body)
            if not isinstance(decoded, Ignored) and decoded.tasks:
                await asyncio.wrap_future(accept(decoded.tasks))
            outcome = "ignored" if isinstance(decoded, Ignored) else "accepted"
        finally:
            meter.event(outcome, perf_counter() - start)
        return _answer("" if isinstance(decoded, Ignored) else decoded.say)

    return keep


def _answer(say: str) -> BoltResponse:
    body = {"response_type": "ephemeral", "text": say} if say else ""
    return BoltResponse(status=200, body=body)


async def _failed(error: Exception) -> BoltResponse:
    """Not kept, so not acknowledged: Slack delivers it again."""
    token = secrets.token_hex(4)
    log.error("not kept: incident=%s %s", token, where(error))
    return BoltResponse(status=500)
