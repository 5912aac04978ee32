"""The directory of many workspaces: installations and settings, from the database, a minute old.

For an event the database is looked at once a minute, and Slack never. Slack is asked only by those
who post, for a new token in place of one that lapses soon.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Final

from slack_sdk.errors import SlackTokenRotationError
from slack_sdk.oauth.token_rotation import TokenRotator

from bot.bootstrap.bot import slack_settings
from bot.bootstrap.clock import clock
from bot.bootstrap.desk import policy_of
from bot.config import Config
from bot.config.workspace import for_workspace
from bot.errors import ConfigError
from bot.helpdesk.moment import Policy
from bot.slack.directory import NotInstalled, TokenStale
from bot.slack.oauth import make_flow
from bot.slack.settings import SlackSettings
from bot.slack.web import web_client
from bot.storage.installations import (
    InstallationStore,
    Installed,
    StateStore,
    WorkspaceSettings,
    as_bot,
    parts,
)
from bot.storage.vault import Vault

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow

    from bot.core.text.language import Language
    from bot.helpdesk.ports import Mailbox
    from bot.storage.mailbox import SqlMailbox

KNOWN_S: Final = 60.0
"""How old what we know of a workspace may be: another process may have changed it."""
UNKNOWN_S: Final = 5.0
"""The same for one that is not there: it may be installing the app now."""
ROTATE_S: Final = 2 * 3600.0
"""A token is exchanged when it lapses within this; Slack's live for twelve hours."""
_AGAIN_S: Final = 60.0
"""A failed exchange is not repeated before, while the old token lasts."""

log = logging.getLogger("bot")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """A workspace, as it was at a time of the monotonic clock."""

    at: float
    installed: Installed | None
    config: Config
    settings: SlackSettings
    policy: Policy


class Workspaces:
    """A `bot.slack.directory.Directory`."""

    def __init__(
        self,
        config: Config,
        store: InstallationStore,
        settings: WorkspaceSettings,
        mailbox: Mailbox,
        now: Callable[[], float],
    ) -> None:
        self.store = store
        self._config = config
        self._settings = settings
        self._mailbox = mailbox
        self._clock = now
        self._known: dict[str, _Known] = {}
        self._rotating = Lock()
        self._failed: dict[str, float] = {}
        self._rotator = TokenRotator(
            client_id=config.client_id,
            client_secret=config.client_secret,
            client=web_client(slack_settings(config)),
        )

    def is_at_hand(self, team: str) -> bool:
        """Whether it was looked at a short while ago."""
        return self._fresh(team) is not None

    def settings(self, team: str) -> SlackSettings | None:
        """The environment's, with its own over them."""
        known = self._look(team)
        return known.settings if known.installed else None

    def policy(self, team: str) -> Policy:
        """What its admin decided, or ours did. Raises StorageError."""
        return self._look(team).policy

    def language(self, team: str) -> Language:
        """The helpdesk's there."""
        return self._look(team).config.language

    def token(self, team: str) -> str:
        """The stored one, exchanged in time where tokens rotate."""
        found = self._look(team).installed
        if found is None:
            raise NotInstalled(f"{team} has not installed the app.")
        if self._lapses(found):
            found = self._exchanged(team, found)
        return found.token

    def doubt(self, team: str) -> None:
        """Forget what is known of it."""
        self._known.pop(team, None)

    def installed(self) -> None:
        """Somebody installed the app just now: forget who was unknown or had an older token."""
        self._known.clear()

    def left(self, team: str, at: float, *, org: bool) -> None:
        """Forget what was installed until then; a later installation stays.

        `at` is in whole seconds, so what was installed in the same second counts as before.
        """
        self.store.forget(team, at + 1.0, org=org)
        self._known.clear()
        enterprise, _ = parts(team)
        if org:
            own = [one.key for one in self.store.all() if one.enterprise == enterprise and one.team]
            self._end(f"{enterprise}.", spare=[f"{key}:" for key in own])
        elif self.store.find(team) is None:
            self._end(f"{team}:")
        log.info("the app was removed from %s", enterprise if org else team)

    def _end(self, prefix: str, spare: list[str] | None = None) -> None:
        self._mailbox.end(prefix, self._clock(), spare or ())

    def _fresh(self, team: str) -> _Known | None:
        known = self._known.get(team)
        if known is None:
            return None
        lasts = KNOWN_S if known.installed else UNKNOWN_S
        return known if time.monotonic() - known.at < lasts else None

    def _look(self, team: str) -> _Known:
        if fresh := self._fresh(team):
            return fresh
        at = time.monotonic()
        config = self._config_of(team)
        known = _Known(
            at=at,
            installed=self.store.find(team),
            config=config,
            settings=slack_settings(config),
            policy=policy_of(config),
        )
        self._known[team] = known
        return known

    def _config_of(self, team: str) -> Config:
        try:
            return for_workspace(self._config, self._settings.of(team))
        except ConfigError as error:
            log.error("settings of workspace %s not used: %s", team, error)  # noqa: TRY400  (a sentence for the admin)
            return self._config

    def _lapses(self, found: Installed) -> bool:
        soon = found.expires_at is not None and found.expires_at < self._clock() + ROTATE_S
        return soon and bool(found.refresh_token)

    def _exchanged(self, team: str, old: Installed) -> Installed:
        """A fresh one. Whoever comes second finds it exchanged: a refresh token is good once."""
        lasts = (old.expires_at or 0.0) > self._clock()
        if lasts and time.monotonic() - self._failed.get(team, -_AGAIN_S) < _AGAIN_S:
            return old
        with self._rotating, self._across(old):
            found = self.store.find(team)
            if found is None:
                raise NotInstalled(f"{team} has not installed the app.")
            if self._lapses(found) and not self._exchange(found):
                self._failed[team] = time.monotonic()
                if not lasts:
                    raise TokenStale(f"The token of {team} lapsed and could not be exchanged.")
                return found
        self.doubt(team)
        return self._look(team).installed or old

    def _across(self, found: Installed) -> AbstractContextManager[None]:
        return self.store.only_one(found.key)

    def _exchange(self, found: Installed) -> bool:
        try:
            bot = self._rotator.perform_bot_token_rotation(
                bot=as_bot(found), minutes_before_expiration=round(ROTATE_S / 60) + 1
            )
        except (SlackTokenRotationError, OSError) as error:
            log.error("no new token for %s: %s", found.key, _why(error))  # noqa: TRY400  (it would quote the answer)
            return False
        if bot is None or not bot.bot_token or bot.bot_token_expires_at is None:
            log.error("no new token for %s: Slack sent none", found.key)
            return False
        refresh = bot.bot_refresh_token or found.refresh_token
        self.store.rotated(found, bot.bot_token, refresh, bot.bot_token_expires_at)
        return True


def _why(error: Exception) -> str:
    cause = getattr(error, "api_error", None)
    return str(cause.response.get("error")) if cause else type(error).__name__


def open_workspaces(config: Config, mailbox: SqlMailbox) -> Workspaces:
    """The directory over the mailbox's database."""
    store = InstallationStore(config.client_id, mailbox.engine, Vault(config.token_keys))
    return Workspaces(config, store, WorkspaceSettings(mailbox.engine), mailbox, clock)


def make_flow_of(config: Config, mailbox: SqlMailbox, workspaces: Workspaces) -> AsyncOAuthFlow:
    """How workspaces install the app."""
    states = StateStore(mailbox.engine)
    return make_flow(config, states, workspaces.store, workspaces.installed)
