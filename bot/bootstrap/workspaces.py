"""The directory of many workspaces: installations and settings, from the database, a minute old.

For an event the database is looked at once a minute, and Slack never. Slack is asked only by those
who post, for a new token in place of one that lapses soon.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPException
from typing import TYPE_CHECKING, Final

from slack_sdk.errors import SlackApiError

from bot.bootstrap.bot import slack_settings
from bot.bootstrap.clock import clock
from bot.bootstrap.desk import policy_of
from bot.bootstrap.rotation import Rotation
from bot.config import Config
from bot.config.workspace import for_workspace
from bot.errors import ConfigError, StorageError
from bot.helpdesk.moment import Policy
from bot.slack.directory import NotInstalled, TokenStale
from bot.slack.oauth import INSTALL_PATH, make_flow
from bot.slack.operators import Operators
from bot.slack.outcome import UNAUTHORISED
from bot.slack.settings import SlackSettings
from bot.slack.web import web_client
from bot.storage.install_states import StateStore
from bot.storage.installations import (
    InstallationStore,
    Installed,
    WorkspaceSettings,
    parts,
)
from bot.storage.vault import Vault

if TYPE_CHECKING:
    from collections.abc import Callable

    from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow

    from bot.core.text.language import Language
    from bot.helpdesk.ports import Mailbox
    from bot.storage.mailbox import SqlMailbox

KNOWN_S: Final = 60.0
"""How old what we know of a workspace may be: another process may have changed it."""
UNKNOWN_S: Final = 5.0
"""The same for one that is not there: it may be installing the app now."""

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
        self._operators = Operators(directory=self)
        self._web = web_client(slack_settings(config))
        self._rotation = Rotation(config, store, self._web, now, self._spent)

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
        if found is None:  # another process may have installed it in these seconds
            self.doubt(team)
            found = self._look(team).installed
        if found is None:
            raise NotInstalled(f"{team} has not installed the app.")
        if self._rotation.is_due(found):
            found = self._rotation.exchanged(team, found)
            self.doubt(team)
        return found.token

    def doubt(self, team: str) -> None:
        """Forget what is known of it."""
        self._known.pop(team, None)

    def installed(self) -> None:
        """Somebody installed the app just now: forget who was unknown or had an older token."""
        self._known.clear()

    def left(self, team: str, at: float, *, org: bool) -> bool:
        """Forget what was installed until then, unless its token is good; a later one stays.

        `at` is in whole seconds, so what was installed in the same second counts as before.
        """
        enterprise, _ = parts(team)
        key, before = (enterprise if org else team), at + 1.0
        if self._is_good(key, before):
            log.info("the token of %s is good after all; looked at again later", key)
            return False
        self.store.forget(team, before, org=org)
        self._known.clear()
        if org:
            own = [one.key for one in self.store.all() if one.enterprise == enterprise and one.team]
            self._end(f"{enterprise}.", spare=[f"{key}:" for key in own])
        elif self.store.find(team) is None:
            self._end(f"{team}:")
        log.info("the app was removed from %s", key)
        return True

    def taken(self, team: str) -> bool:
        """End its conversations, unless it installed the app itself; the organisation's stays."""
        found = self.store.find(team)
        if found and found.key == team:
            return False
        self._end(f"{team}:")
        log.info("the organisation took the app from %s", team)
        return True

    def _is_good(self, key: str, before: float) -> bool:
        """Whether Slack takes its token, which was installed until then.

        Slack names users, not tokens: the one revoked may be an older one.
        """
        found = self.store.find(key)
        if found is None or found.key != key or found.installed_at > before:
            return False
        try:
            self._web.auth_test(token=found.token)
        except SlackApiError as error:
            if str(error.response.get("error")) in UNAUTHORISED:
                return False
            raise TokenStale(f"Slack does not say whether the token of {key} is good.") from error
        except (OSError, HTTPException) as error:
            raise TokenStale(f"Slack does not say whether the token of {key} is good.") from error
        return True

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

    def _spent(self, team: str, found: Installed) -> None:
        """Slack renews its token no more: say so while the old one can still post."""
        url = self._config.public_url + INSTALL_PATH
        log.error("%s must install the app again, at %s", found.key, url)
        zone = self._look(team).config.timezone
        until = datetime.fromtimestamp(found.expires_at or 0.0, zone)
        told = self._operators.install_again(team, str(found.row), f"{until:%H:%M}", url)
        self._mailbox.accept(told, self._clock())


def open_workspaces(config: Config, mailbox: SqlMailbox) -> Workspaces:
    """The directory over the mailbox's database.

    Where a token cannot be read it is said at once. What is to be posted there waits, and the page
    to install the app again is to be served.
    """
    store = InstallationStore(config.client_id, mailbox.engine, Vault(config.token_keys))
    try:
        store.all()
    except StorageError as error:
        log.error("%s", error)  # noqa: TRY400  (a sentence for the admin)
    return Workspaces(config, store, WorkspaceSettings(mailbox.engine), mailbox, clock)


def make_flow_of(config: Config, mailbox: SqlMailbox, workspaces: Workspaces) -> AsyncOAuthFlow:
    """How workspaces install the app."""
    states = StateStore(mailbox.engine, config.client_secret, clock)
    return make_flow(config, states, workspaces.store, workspaces.installed)
