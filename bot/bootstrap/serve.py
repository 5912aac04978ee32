"""The bot in Slack: by Socket Mode with an app token, else by HTTP."""

from __future__ import annotations

import asyncio
import logging
import signal
from typing import TYPE_CHECKING

import uvicorn

from bot.bootstrap.bot import Bot, make_bot, open_mailbox, running, slack_settings
from bot.bootstrap.desk import LiveDesk, policy_of
from bot.slack.app import make_app
from bot.slack.http_mode import asgi
from bot.slack.socket_mode import run_socket

if TYPE_CHECKING:
    from bot.config import Config
    from bot.slack.settings import SlackSettings

log = logging.getLogger("bot")


def serve(config: Config) -> None:
    """Run in Slack until SIGTERM or Ctrl-C: by Socket Mode with an app token, else by HTTP.

    Raises:
        ConfigError: Slack refuses a token.
        RulesError: the rules cannot be used.
        StorageError: the database cannot be used.
    """
    settings = slack_settings(config)
    live = LiveDesk(config.rules, policy_of(config))
    bot = make_bot(settings, live, open_mailbox(config, settings), config.retention)
    asyncio.run(_serve(bot, settings, config))


async def _serve(bot: Bot, settings: SlackSettings, config: Config) -> None:
    with running(bot):
        if settings.app_token:
            await _serve_socket(bot, settings)
        else:
            await _serve_http(bot, settings, config)


async def _serve_socket(bot: Bot, settings: SlackSettings) -> None:
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    await run_socket(make_app(settings, bot.accept), settings, stop)


async def _serve_http(bot: Bot, settings: SlackSettings, config: Config) -> None:
    application = asgi(make_app(settings, bot.accept), settings)
    host, port = config.http_host, config.http_port
    options = uvicorn.Config(
        application, host=host, port=port, log_config=None, server_header=False, lifespan="off"
    )
    server = uvicorn.Server(options)
    # Once it has shut down, uvicorn raises the signal again: that would end us before the bot has.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    log.info("listening at http://%s:%d%s", host, port, settings.events_path)
    await server.serve()
