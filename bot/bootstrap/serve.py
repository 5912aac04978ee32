"""The bot in Slack: by Socket Mode with an app token, else by HTTP; whole, or one half of it."""

from __future__ import annotations

import asyncio
import logging
import signal
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Final

from bot.bootstrap.bot import Bot, Wiring, make_bot, open_mailbox, running, slack_settings
from bot.bootstrap.clock import clock
from bot.bootstrap.desk import LiveDesk, policy_of
from bot.bootstrap.follow import SharedReload
from bot.bootstrap.listen import listening
from bot.bootstrap.role import Role
from bot.errors import ConfigError, StorageError
from bot.slack.app import ManyWorkspaces, make_app
from bot.slack.checkup import BOT_TOKEN, Finding, bot_findings
from bot.slack.http_mode import asgi
from bot.slack.socket_mode import Sockets
from bot.telemetry.health import Health, in_thread, observed, observed_in_public
from bot.telemetry.metrics import Metrics

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from slack_bolt.async_app import AsyncApp

    from bot.bootstrap.bot import Desks
    from bot.config import Config
    from bot.storage.mailbox import SqlMailbox
    from bot.telemetry.health import Asgi

_LINGER_S: Final = 1.0
"""How long it listens on after it was told to stop."""

log = logging.getLogger("bot")


def serve(config: Config, role: Role = Role.ALL, live: Desks | None = None) -> None:
    """Run in Slack until SIGTERM or Ctrl-C: by Socket Mode with an app token, else by HTTP.

    Raises:
        ConfigError: Slack refuses a token, or a port is taken.
        RulesError: the rules cannot be used.
        StorageError: the database cannot be used.
    """
    if role is not Role.ALL and config.alone:
        raise ConfigError(
            f"--role {role.value} needs a database that several processes can share: set "
            "FIRSTCHECK_DATABASE to postgresql://…, or leave --role out."
        )
    desks = live or LiveDesk(config.rules, policy_of(config))
    metrics, mailbox = Metrics(), open_mailbox(config)
    many = _many(config, mailbox, desks) if config.many else None
    shared = None if config.alone else _shared_reload(mailbox, desks)
    wiring = Wiring(
        retention=config.retention,
        role=role,
        meter=metrics,
        language=config.language,
        directory=many.directory if many else None,
        beside=shared.watch if shared else None,
    )
    bot = make_bot(slack_settings(config), desks, mailbox, wiring)
    desks.listeners.append(lambda news: metrics.rules_read(refused=bool(news.fault)))
    asyncio.run(_Service(config, role, bot, metrics, many).run())


def _shared_reload(mailbox: SqlMailbox, desks: Desks) -> SharedReload:
    """What staff ask of this process, the others do too, and the other way round."""
    shared = SharedReload(mailbox.engine, desks.reload)
    if isinstance(desks, LiveDesk):
        desks.asked = shared.asked
    return shared


def _many(config: Config, mailbox: SqlMailbox, desks: Desks) -> ManyWorkspaces:
    """What many workspaces need; one does not even import it."""
    from bot.bootstrap.workspaces import make_flow_of, open_workspaces

    workspaces = open_workspaces(config, mailbox)
    if isinstance(desks, LiveDesk):
        desks.policy_of = workspaces.policy
    return ManyWorkspaces(workspaces, make_flow_of(config, mailbox, workspaces))


class _Service:
    """One process at work, and what it shows of itself."""

    def __init__(
        self,
        config: Config,
        role: Role,
        bot: Bot,
        metrics: Metrics,
        many: ManyWorkspaces | None,
    ) -> None:
        self._config = config
        self._settings = slack_settings(config)
        self._many = many
        self._role = role
        self._bot = bot
        self._sockets = Sockets()
        self._stop = asyncio.Event()
        self._metrics = metrics
        wanted = self._settings.sockets if role.listens and self._settings.app_token else 0
        metrics.watch(lambda: bot.mailbox.backlog(bot.clock()), self._sockets.connected, wanted)

    async def run(self) -> None:
        """Until a signal, or an error. Ends within ten seconds of the signal."""
        loop = asyncio.get_running_loop()
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(name, self._stop.set)
        with running(self._bot):
            await _until(self._stop, self._listen())
        log.info("stopped")

    async def _listen(self) -> None:
        async with AsyncExitStack() as opened:
            bot, many = self._bot, self._many
            app = make_app(self._settings, bot.accept, self._metrics, many, bot.live.matters)
            for page, port in self._pages(app):
                await opened.enter_async_context(listening(page, self._config.http_host, *port))
            if self._role.listens and self._settings.app_token:
                await opened.enter_async_context(self._sockets.opened(app, self._settings))
            await self._check_up()
            log.info("at work: role %s", self._role.value)
            await asyncio.Event().wait()  # until it is cancelled

    async def _check_up(self) -> None:
        """Say now what would otherwise end in silence. Raises ConfigError for the bot's token."""
        if self._many:
            return
        nothing: list[Finding] = []
        found = await in_thread(lambda: list(bot_findings(self._settings, clock)), nothing)
        for finding in (one for one in found if not one.ok):
            said = f"{finding.about}: {finding.message}; {finding.fix}"
            if finding.about == BOT_TOKEN:
                raise ConfigError(said)
            log.warning(said)

    def _pages(self, app: AsyncApp) -> list[tuple[Asgi, tuple[int, str]]]:
        """What is served over HTTP, and where: port, and the setting that says so."""
        config, health = self._config, self._health()
        pages: list[tuple[Asgi, tuple[int, str]]] = []
        if config.health_port:
            shown = observed(health, self._metrics)
            pages.append((shown, (config.health_port, "FIRSTCHECK_HEALTH_PORT")))
        if self._role.listens and (self._many or not self._settings.app_token):
            events: Asgi = asgi(app, self._settings)
            if not config.health_port:
                events = observed_in_public(health, events)
            pages.append((events, (config.http_port, "FIRSTCHECK_HTTP_PORT")))
        return pages

    def _health(self) -> Health:
        ready = {
            "database": self._database_answers,
            "not_stopping": lambda: not self._stop.is_set(),
        }
        if self._role.listens and self._settings.app_token:
            ready["slack_connected"] = lambda: self._sockets.connected() > 0
        return Health(alive={"threads": self._bot.alive}, ready=ready)

    def _database_answers(self) -> bool:
        try:
            self._bot.mailbox.backlog(self._bot.clock())
        except StorageError:
            return False
        return True


async def _until(stop: asyncio.Event, work: Coroutine[None, None, None]) -> None:
    """Do it until `stop` is set, and a moment longer. Raises what it raises."""
    doing, told = asyncio.create_task(work), asyncio.create_task(stop.wait())
    await asyncio.wait({doing, told}, return_when=asyncio.FIRST_COMPLETED)
    told.cancel()
    if not doing.done():  # not ready any more: whoever sends us something shall see it first
        await asyncio.wait({doing}, timeout=_LINGER_S)
    doing.cancel()
    (outcome,) = await asyncio.gather(doing, return_exceptions=True)
    if isinstance(outcome, Exception):
        raise outcome
