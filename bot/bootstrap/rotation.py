"""Tokens that rotate: exchanged before they lapse, by one at a time in the whole installation.

A refresh token is good once. Whoever comes second, in this process or another, finds the new pair
in the database. What Slack gave is kept in memory until the database has it, so only a process that
dies in between loses it. Slack revokes a used refresh token "after a short grace period", without
saying how short: within it a lost answer is asked for again, by this process at once.
(https://docs.slack.dev/authentication/using-token-rotation)
"""

from __future__ import annotations

import logging
import time
from dataclasses import replace
from http.client import HTTPException
from threading import Lock
from typing import TYPE_CHECKING, Final

from slack_sdk.errors import SlackTokenRotationError
from slack_sdk.oauth.token_rotation import TokenRotator

from bot.errors import StorageError
from bot.slack.directory import NotInstalled, TokenStale
from bot.slack.outcome import RetryAt, broken, refused
from bot.storage.installations import as_bot

if TYPE_CHECKING:
    from collections.abc import Callable

    from slack_sdk import WebClient
    from slack_sdk.oauth.installation_store import Bot

    from bot.config import Config
    from bot.storage.installations import InstallationStore, Installed

ROTATE_S: Final = 2 * 3600.0
"""A token is exchanged when it lapses within this; Slack's live for twelve hours."""
_AGAIN_S: Final = 60.0
"""A failed exchange is not repeated before, while the old token lasts."""
_FAILED: Final = (SlackTokenRotationError, OSError, HTTPException)
_SPENT: Final = {"invalid_refresh_token", "invalid_grant", "token_revoked"}
"""Slack will exchange it no more: only a new installation helps."""

log = logging.getLogger("bot")


class Rotation:
    """Exchanges tokens; used from many threads."""

    def __init__(
        self,
        config: Config,
        store: InstallationStore,
        web: WebClient,
        clock: Callable[[], float],
        spent: Callable[[str, Installed], None],
    ) -> None:
        """`spent` is told of a workspace that must install the app again, perhaps repeatedly."""
        self._store = store
        self._clock = clock
        self._spent = spent
        self._turn = Lock()
        self._failed: dict[int, float] = {}
        self._unkept: dict[int, Installed] = {}
        """Exchanged, but not in the database yet; by row."""
        self._rotator = TokenRotator(
            client_id=config.client_id, client_secret=config.client_secret, client=web
        )

    def is_due(self, found: Installed) -> bool:
        """Whether its token lapses soon."""
        soon = found.expires_at is not None and found.expires_at < self._clock() + ROTATE_S
        return soon and bool(found.refresh_token)

    def exchanged(self, team: str, old: Installed) -> Installed:
        """The installation that answers for `team`, with a token that lasts.

        Raises:
            NotInstalled: it is gone meanwhile.
            TokenStale: the token lapsed, and Slack gives no new one now.
            StorageError: the token lapsed, and the database failed.
        """
        if self._lasts(old) and self._failed_lately(old):
            return old
        try:
            with self._turn, self._store.only_one(old.key):
                return self._in_turn(team)
        except StorageError:
            if fresh := self._unkept.get(old.row):
                return fresh
            if self._lasts(old):  # another has its turn for long, or the database is away
                return old
            raise

    def _in_turn(self, team: str) -> Installed:
        found = self._store.find(team)
        if found is None:
            raise NotInstalled(f"{team} has not installed the app.")
        if not self.is_due(found):
            return found
        fresh = self._unkept.get(found.row) or self._asked(team, found)
        if fresh is not None:
            return self._kept(fresh)
        if not self._lasts(found):
            raise TokenStale(f"The token of {team} lapsed and could not be exchanged.")
        return found

    def _kept(self, fresh: Installed) -> Installed:
        self._unkept[fresh.row] = fresh
        self._store.rotated(fresh)
        del self._unkept[fresh.row]
        return fresh

    def _asked(self, team: str, found: Installed) -> Installed | None:
        if self._failed_lately(found):
            return None
        fresh, why = self._exchange(found)
        if fresh is None:
            self._failed[found.row] = time.monotonic()
            log.error("no new token for %s: %s", found.key, why)
        if why in _SPENT:
            self._spent(team, found)
        return fresh

    def _exchange(self, found: Installed) -> tuple[Installed | None, str]:
        """With the new pair; or None and why not."""
        try:
            bot = self._answer(found)
        except _FAILED as error:
            return None, _why(error)
        if bot is None or not bot.bot_token or bot.bot_token_expires_at is None:
            return None, "Slack sent none"
        fresh = replace(
            found,
            token=bot.bot_token,
            refresh_token=bot.bot_refresh_token or found.refresh_token,
            expires_at=float(bot.bot_token_expires_at),
        )
        return fresh, ""

    def _answer(self, found: Installed) -> Bot | None:
        try:
            return self._ask(found)
        except _FAILED as error:
            if not _may_be_done(error):
                raise
            log.info("no answer for %s: %s; asked for again", found.key, _why(error))
            return self._ask(found)

    def _ask(self, found: Installed) -> Bot | None:
        return self._rotator.perform_bot_token_rotation(
            bot=as_bot(found), minutes_before_expiration=round(ROTATE_S / 60) + 1
        )

    def _lasts(self, found: Installed) -> bool:
        return (found.expires_at or 0.0) > self._clock()

    def _failed_lately(self, found: Installed) -> bool:
        return time.monotonic() - self._failed.get(found.row, -_AGAIN_S) < _AGAIN_S


def _may_be_done(error: Exception) -> bool:
    """Whether Slack may have exchanged it, and we were not told."""
    cause = getattr(error, "api_error", None)
    outcome = refused(cause) if cause else broken(error)
    return isinstance(outcome, RetryAt) and outcome.maybe_sent


def _why(error: Exception) -> str:
    cause = getattr(error, "api_error", None)
    return str(cause.response.get("error")) if cause else type(error).__name__
