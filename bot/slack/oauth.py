"""How a workspace installs the app: Bolt's OAuth flow, with our stores and pages.

    /slack/install         → Slack's consent page, with a state that is good once and in one browser
    /slack/oauth_redirect  → the code is exchanged for a token, the token kept, a page shown

Nothing of the query is ever shown or logged: it may hold a code.
"""

from __future__ import annotations

import asyncio
import html
import logging
from typing import TYPE_CHECKING, Final, Protocol
from urllib.parse import urljoin

import aiohttp
from slack_bolt.error import BoltError
from slack_bolt.oauth.async_callback_options import AsyncCallbackOptions
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from slack_sdk.oauth.state_utils import OAuthStateUtils
from slack_sdk.web.async_client import AsyncWebClient
from typing_extensions import override

from bot.core.text.language import Language
from bot.core.wording.sentences import sentence
from bot.errors import StorageError
from bot.slack.logs import sdk_logger
from bot.slack.scopes import BOT_SCOPES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from slack_bolt.oauth.async_callback_options import AsyncFailureArgs, AsyncSuccessArgs
    from slack_bolt.request.async_request import AsyncBoltRequest
    from slack_sdk.oauth.installation_store import Installation

INSTALL_PATH: Final = "/slack/install"
REDIRECT_PATH: Final = "/slack/oauth_redirect"

log = logging.getLogger("bot.slack")


class States(Protocol):
    """See `bot.storage.install_states.StateStore`."""

    def issue(self) -> str:
        """A new state."""

    def consume(self, state: str) -> bool:
        """Whether it is good, this once."""


class Keeps(Protocol):
    """See `bot.storage.installations.InstallationStore`."""

    def save(self, installation: Installation) -> None:
        """Keep it."""


class Credentials(Protocol):
    """What the flow is told; `bot.config.Config` has it."""

    @property
    def client_id(self) -> str:
        """Of the app."""

    @property
    def client_secret(self) -> str:
        """Of the app."""

    @property
    def public_url(self) -> str:
        """Where browsers reach us."""

    @property
    def api_url(self) -> str:
        """Where Slack is."""


def make_flow(
    told: Credentials, states: States, store: Keeps, installed: Callable[[], None]
) -> AsyncOAuthFlow:
    """The flow; `installed` is called after each installation."""
    settings = AsyncOAuthSettings(
        client_id=told.client_id,
        client_secret=told.client_secret,
        scopes=[scope.name for scope in BOT_SCOPES],
        user_scopes=[],
        redirect_uri=told.public_url + REDIRECT_PATH,
        install_path=INSTALL_PATH,
        redirect_uri_path=REDIRECT_PATH,
        install_page_rendering_enabled=False,  # straight to Slack's own page
        authorization_url=urljoin(told.api_url, "../oauth/v2/authorize"),
        callback_options=AsyncCallbackOptions(success=_welcome, failure=_sorry),
        installation_store=_Store(store, installed),
        installation_store_bot_only=True,
        state_store=_States(states),
        logger=sdk_logger("oauth"),
    )
    settings.state_utils = _Cookie()
    client = AsyncWebClient(base_url=told.api_url, retry_handlers=[], logger=sdk_logger("web"))
    return _Flow(client=client, logger=sdk_logger("oauth"), settings=settings)


class _Cookie(OAuthStateUtils):
    """The SDK's, which leaves it to the browser whether other sites' requests carry it."""

    @override
    def build_set_cookie_for_new_state(self, state: str) -> str:
        return f"{super().build_set_cookie_for_new_state(state)}; SameSite=Lax"


class _Flow(AsyncOAuthFlow):
    """Bolt's, which would log the code, and lets a lost connection or database through."""

    @override
    async def handle_callback(self, request: AsyncBoltRequest) -> BoltResponse:
        try:
            return await super().handle_callback(request)
        except StorageError as error:
            log.error("not installed: %s", error)  # noqa: TRY400  (it names no state)
            return _page(self.settings, "install_failed", 500)

    @override
    async def run_installation(self, code: str) -> Installation | None:
        try:
            return await super().run_installation(code)
        except (aiohttp.ClientError, TimeoutError, SlackApiError) as error:
            log.warning("not installed: %s", type(error).__name__)
            return None


class _States(AsyncOAuthStateStore):
    """A sync store; what writes is done in a thread."""

    def __init__(self, states: States) -> None:
        self._states = states

    @override
    async def async_issue(self, *args: object, **kwargs: object) -> str:
        return self._states.issue()

    @override
    async def async_consume(self, state: str) -> bool:
        return await asyncio.to_thread(self._states.consume, state)


class _Store(AsyncInstallationStore):
    """A sync store, asked in a thread."""

    def __init__(self, store: Keeps, installed: Callable[[], None]) -> None:
        self._store = store
        self._installed = installed

    @override
    async def async_save(self, installation: Installation) -> None:
        try:
            await asyncio.to_thread(self._store.save, installation)
        except StorageError as error:
            log.error("not installed: %s", error)  # noqa: TRY400  (it names no token)
            raise BoltError("not kept") from error
        self._installed()
        log.info("installed in %s", installation.team_id or installation.enterprise_id)


async def _welcome(args: AsyncSuccessArgs) -> BoltResponse:
    return _page(args.settings, "install_done", 200)


async def _sorry(args: AsyncFailureArgs) -> BoltResponse:
    log.warning("installation ended: %s", args.reason if args.reason in _REASONS else "declined")
    return _page(args.settings, "install_failed", args.suggested_status_code)


_REASONS: Final = {
    "invalid_browser", "invalid_state", "missing_code", "invalid_code", "storage_error",
}  # fmt: skip


def _page(settings: AsyncOAuthSettings, key: str, status: int) -> BoltResponse:
    """A page of one sentence in both languages; the state's cookie goes."""
    said = "".join(
        f'<p lang="{language.value}">{html.escape(sentence(key, language))}</p>'
        for language in Language
    )
    headers: dict[str, str | Sequence[str]] = {
        "Content-Type": ["text/html; charset=utf-8"],
        "Content-Security-Policy": ["default-src 'none'"],
        "Cache-Control": ["no-store"],
        "Referrer-Policy": ["no-referrer"],
        "Set-Cookie": [settings.state_utils.build_set_cookie_for_deletion()],
    }
    body = f"<!doctype html><title>Firstcheck</title>{said}"
    return BoltResponse(status=status, body=body, headers=headers)
