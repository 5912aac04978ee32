"""The workbench: page, stand-in workspace and the real bot, in one process on loopback."""

from __future__ import annotations

import asyncio
import logging
import signal
import webbrowser
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import click
from aiohttp import web

from bot.bootstrap.bot import Wiring, make_bot, running
from bot.bootstrap.desk import LiveDesk, policy_of
from bot.errors import FirstcheckError
from bot.helpdesk import explain
from bot.helpdesk.codec import ONCE_ONLY
from bot.helpdesk.ports import Mailbox
from bot.slack.app import make_app
from bot.slack.settings import SlackSettings
from bot.slack.socket_mode import socket
from bot.storage.memory import MemoryMailbox
from bot.workbench.standin import Standin
from bot.workbench.standin.cast import SATO, TRIAGE
from bot.workbench.web import make_web, tell_rules

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from pathlib import Path

    from bot.config import Config

log = logging.getLogger("bot")

HOST: Final = "127.0.0.1"
_WORKERS: Final = 4
_SAME_PASTE: Final = 10.0
"""Seconds: in Slack a second paste soon after is the same case; here people try things out."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What the page asks about; see `bot.workbench.web.WorkbenchDesk`."""

    live: LiveDesk
    mailbox: Mailbox

    def why(self, text: str) -> dict[str, Any]:
        """Everything that leads to an answer to `text`, or to silence."""
        return explain.why(self.live.desk, text)

    def case(self, lane: str) -> dict[str, Any] | None:
        """How the conversation of a lane stands."""
        state = self.mailbox.peek(lane)
        return explain.lane(self.live.desk, state) if state else None

    def rules(self) -> dict[str, Any]:
        """The rules in force, and what is wrong with the files as they are now."""
        return {
            "version": self.live.desk.rulebook.version,
            "count": len(self.live.desk.rulebook.rules),
            "problems": [
                {
                    "path": p.path,
                    "line": p.line,
                    "column": p.column,
                    "code": p.code,
                    "message": p.message,
                    "hint": p.hint,
                }
                for p in self.live.loaded.problems
            ],
            "reloaded_at": self.live.reloaded_at,
        }


def serve(
    config: Config,
    *,
    open_browser: bool = False,
    port: int | None = None,
    folders: Sequence[Path] = (),
) -> None:
    """Serve the workbench until Ctrl-C.

    Raises:
        RulesError: the rules cannot be used.
        FirstcheckError: the port is taken.
    """
    config = replace(config, rules=tuple(folders) or config.rules)
    wanted = config.workbench_port if port is None else port
    asyncio.run(_serve(config, wanted, open_browser=open_browser))


async def _serve(config: Config, port: int, *, open_browser: bool) -> None:
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    async with workbench(config, port) as url:
        click.echo(f"Firstcheck workbench: {url}   (Ctrl-C ends it)")
        if open_browser:
            webbrowser.open(url)
        await stop.wait()


@asynccontextmanager
async def workbench(config: Config, port: int = 0) -> AsyncIterator[str]:
    """The workbench at work; gives the page's address. Port 0 takes a free one."""
    standin = Standin()
    policy = replace(policy_of(config), triage_channel=TRIAGE.id, same_case_within=_SAME_PASTE)
    live = LiveDesk(config.rules, policy)
    mailbox = MemoryMailbox(outward=ONCE_ONLY)
    app = make_web(standin, Desk(live, mailbox))
    app.add_subapp("/slack", standin.application())
    live.listeners.append(lambda _: tell_rules(app))
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        url = await _listen(runner, port)
        standin.serve_at(f"{url}slack")
        settings = _settings(standin)
        bot = make_bot(settings, live, mailbox, Wiring(retention=config.retention))
        with running(bot):
            async with socket(make_app(settings, bot.accept, matters=bot.live.matters), settings):
                yield url
    finally:
        await runner.cleanup()
        await standin.stop()


async def _listen(runner: web.AppRunner, port: int) -> str:
    try:
        await web.TCPSite(runner, HOST, port).start()
    except OSError as error:
        raise FirstcheckError(
            f"Port {port} is taken by another program: set FIRSTCHECK_WORKBENCH_PORT, or stop it."
        ) from error
    return f"http://{HOST}:{runner.addresses[0][1]}/"


def _settings(standin: Standin) -> SlackSettings:
    return SlackSettings(
        bot_token=standin.bot_token,
        app_token=standin.app_token,
        signing_secret=standin.signing_secret,
        base_url=standin.base_url,
        triage_channel=TRIAGE.id,
        staff=frozenset({SATO.id}),
        workers=_WORKERS,
    )
