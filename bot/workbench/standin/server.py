"""The stand-in as a whole: one workspace, the app's way in and out, and the people."""

from __future__ import annotations

import asyncio
import ipaddress
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Final, Self, TypeVar
from urllib.parse import urlsplit

from aiohttp import web

from bot.workbench.standin import cast, mint, payloads, wire
from bot.workbench.standin.acting import Stage
from bot.workbench.standin.agent_view import AgentView, Offered, Session
from bot.workbench.standin.announcer import Announcer
from bot.workbench.standin.app_settings import AppSettings
from bot.workbench.standin.deliveries import Courier, DeliveryKind, Timings
from bot.workbench.standin.events_api import EventsApi
from bot.workbench.standin.faults import Faults
from bot.workbench.standin.feed import Feed, Subscription
from bot.workbench.standin.grants import Grants
from bot.workbench.standin.http import routes
from bot.workbench.standin.methods.method import Desk
from bot.workbench.standin.model import Team
from bot.workbench.standin.on_loop import on_loop, run_on
from bot.workbench.standin.people import People
from bot.workbench.standin.response_urls import ResponseUrls
from bot.workbench.standin.socket_mode import SocketMode
from bot.workbench.standin.views import Triggers, Views
from bot.workbench.standin.web_api import Tokens, WebApi
from bot.workbench.standin.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.workbench.standin.deliveries import Delivery
    from bot.workbench.standin.model import Change, Channel, Json, Message
    from bot.workbench.standin.web_api import Call

T = TypeVar("T")
POLL: Final = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a stand-in is set up."""

    app: AppSettings = field(default_factory=AppSettings)
    timings: Timings = field(default_factory=Timings)
    tokens: Tokens = field(
        default_factory=lambda: Tokens(mint.token("xoxb"), mint.token("xapp"), mint.token(""))
    )
    team: Team = cast.TEAM
    grants: Grants | None = None
    """Where the app is installed by OAuth (see `neighbours`); else `tokens.bot` is the bot's."""
    sockets: SocketMode | None = None
    """The app's connections, where several workspaces share them."""
    now: Callable[[], float] = time.time  # noqa: TID251  (it plays Slack, whose clock is its own)


class Standin:
    """A Slack workspace on this machine. Make it on the event loop it shall live on.

    Either `await Standin.start()` serves it on a port of its own, or a web application takes it in
    with `app.add_subapp("/slack", standin.application())` after `standin.serve_at(origin)`.
    """

    def __init__(self, options: Options | None = None) -> None:
        options = options or Options()
        self.loop = asyncio.get_running_loop()
        self.tokens = options.tokens
        self.faults = Faults()
        self.feed = Feed()
        self._origin = ""
        self._runner: web.AppRunner | None = None
        self._http: EventsApi | None = None
        self._options = options
        clock = mint.Clock(options.now)
        self.sockets = options.sockets or SocketMode(options.timings, self.tell)
        self.workspace = Workspace(clock, self.tell, team=options.team)
        self._courier = Courier(self.sockets, options.timings)
        self._announcer = Announcer(options.app, self.workspace, self._courier)
        self._desk = Desk(
            workspace=self.workspace,
            views=Views(self.tell),
            triggers=Triggers(clock, options.timings.trigger),
            app=options.app,
            faults=self.faults,
            sockets=self.sockets,
            files={},
            agent=AgentView(self.tell),
            origin=lambda: self.origin,
        )
        self._response_urls = ResponseUrls(self._desk)
        self._web_api = WebApi(self._desk, options.tokens, options.grants)
        self._web_api.on_revoked = self._tell_revoked
        stage = Stage(self._desk, self._announcer, self._response_urls, self.tell, self.loop)
        self.people = People(stage)

    @classmethod
    async def start(
        cls, host: str = "127.0.0.1", port: int = 0, options: Options | None = None
    ) -> Self:
        """Serve a fresh workspace; port 0 takes a free one.

        Raises:
            ValueError: the host is not this machine's loopback.
            OSError: the port is taken.
        """
        _check_loopback(host)
        standin = cls(options)
        runner = web.AppRunner(standin.application(), access_log=None, shutdown_timeout=0.5)
        await runner.setup()
        await web.TCPSite(runner, host, port).start()
        standin._runner = runner
        shown = f"[{host}]" if ":" in host else host
        standin.serve_at(f"http://{shown}:{runner.addresses[0][1]}")
        return standin

    async def stop(self) -> None:
        """Close every connection and forget what is under way."""
        await self._courier.stop()
        await self.sockets.stop()
        if self._http is not None:
            await self._http.stop()
        if self._runner is not None:
            await self._runner.cleanup()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    # Where it is

    def application(self) -> web.Application:
        """All routes, for a server of its own or as a sub-application."""
        return routes(self._desk, self._web_api, self._response_urls, self.tokens)

    def serve_at(self, origin: str) -> None:
        """Say where the routes are reached, e.g. `http://127.0.0.1:8080/slack`. Loopback only."""
        _check_loopback(urlsplit(origin).hostname or "")
        self._origin = origin.rstrip("/")

    @property
    def origin(self) -> str:
        """Where the stand-in is reached, without a trailing slash."""
        return self._origin

    @property
    def base_url(self) -> str:
        """For `WebClient(base_url=…)` and `SLACK_API_URL`; ends with `/api/`."""
        return f"{self._origin}/api/"

    @property
    def bot_token(self) -> str:
        """`xoxb-…`."""
        return self.tokens.bot

    @property
    def app_token(self) -> str:
        """`xapp-…`, for Socket Mode."""
        return self.tokens.app

    @property
    def signing_secret(self) -> str:
        """For the Events API."""
        return self.tokens.signing_secret

    async def use_request_url(self, url: str) -> bool:
        """Deliver over HTTP to this URL from now on; whether it answered the challenge.

        Raises:
            ValueError: the URL is not on this machine.
        """
        _check_loopback(urlsplit(url).hostname or "")
        http = EventsApi(url, self.signing_secret, self.workspace.clock, self._options.timings)
        if not await http.verify():
            await http.stop()
            return False
        if self._http is not None:
            await self._http.stop()
        self._http = self._courier.transport = http
        return True

    # What happened

    @property
    def deliveries(self) -> Sequence[Delivery]:
        """What was sent to the app, oldest first."""
        return run_on(self.loop, lambda: list(self._announcer.deliveries))

    @property
    def calls(self) -> Sequence[Call]:
        """What the app called, oldest first."""
        return run_on(self.loop, lambda: list(self._web_api.calls))

    @on_loop
    def messages(self, channel: str | Channel) -> list[Message]:
        """A channel's messages, replies included, oldest first."""
        return self.workspace.messages(self.workspace.channel(channel).id)

    @on_loop
    def replies(self, channel: str | Channel, ts: str) -> list[Message]:
        """The replies of a thread, oldest first."""
        return self.workspace.replies(self.workspace.channel(channel).id, ts)

    @on_loop
    def offered(self, channel: str | Channel) -> Offered:
        """What an agent offers above a direct message."""
        return self._desk.agent.offered.get(self.workspace.channel(channel).id, Offered())

    @on_loop
    def sessions(self, channel: str | Channel) -> list[Session]:
        """The agent's sessions in a channel, oldest first."""
        wanted = self.workspace.channel(channel).id
        return [s for s in self._desk.agent.sessions.values() if s.channel == wanted]

    @on_loop
    def snapshot(self) -> Json:
        """Everything there is, as JSON; `seq` is the number of the last change it contains."""
        workspace = self.workspace
        people = list(workspace.users.values())
        return {
            "seq": self.feed.seq,
            "team": {"id": workspace.team.id, "name": workspace.team.name},
            "bot": {"user_id": workspace.bot.id, "bot_id": workspace.bot.bot_id},
            "connections": self.sockets.connections,
            "users": [wire.user_json(u, locale=True) for u in people],
            "channels": [self._channel(c) for c in workspace.channels.values()],
            "ephemerals": {
                u.id: wire.draw_all(workspace.ephemerals(u.id), workspace) for u in people
            },
            "views": {u.id: self._views(u.id) for u in people},
            "offered": {
                channel: asdict(offered) for channel, offered in self._desk.agent.offered.items()
            },
            "homes": {
                u.id: wire.view_json(home) for u in people if (home := self._desk.views.home(u.id))
            },
        }

    def subscribe(self) -> Subscription:
        """The changes from now on, as JSON, to be iterated on the stand-in's own loop."""
        return self.feed.subscribe()

    @on_loop
    def uninstall(self) -> None:
        """The workspace removes the app: it is told, and its tokens are refused from now on."""
        self._tell_revoked()
        if "app_uninstalled" in self._desk.app.events:
            self._announcer.send_event({"type": "app_uninstalled"})
        if self._options.grants:
            self._options.grants.remove(self.workspace.team)
        else:
            self._web_api.revoked = True

    @on_loop
    def withhold(self) -> None:
        """The organisation takes the app from this workspace: its token is refused here alone.

        Only where the app is installed by OAuth; `Grants.let_in` takes it back.
        """
        team = self.workspace.team.id
        if self._options.grants:
            self._options.grants.withhold(team)
        if "team_access_revoked" in self._desk.app.events:
            event = {"type": "team_access_revoked", "team_ids": [team]}
            self._announcer.dispatch(
                DeliveryKind.EVENT, payloads.organisation_callback(event, self.workspace)
            )

    @on_loop
    def revoke_token_of(self, user: str) -> None:
        """The workspace revokes the token with which the app acts for a person; not the bot's."""
        self._tell_revoked(oauth=[self.workspace.user(user).id])

    def _tell_revoked(self, **tokens: list[str]) -> None:
        """Slack names the users, not the tokens; without any it was the bot's."""
        tokens = tokens or {"bot": [self.workspace.bot.id]}
        if "tokens_revoked" in self._desk.app.events:
            self._announcer.send_event({"type": "tokens_revoked", "tokens": tokens})

    @on_loop
    def refresh_sockets(self) -> None:
        """Ask the app to replace its connections, as Slack does every few hours."""
        self.sockets.refresh()

    @on_loop
    def send_sockets_away(self, reason: str) -> None:
        """Disable Socket Mode (`link_disabled`), or enable it again with an empty reason."""
        self.sockets.send_away(reason)

    @on_loop
    def break_sockets(self) -> None:
        """Break the app's connections without a word, as a network does."""
        self.sockets.abort()

    async def wait_for(self, predicate: Callable[[], T], timeout: float = 10.0) -> T:  # noqa: ASYNC109  (a test says how long it is willing to wait)
        """The predicate's value once it is true. Raises TimeoutError."""
        async with asyncio.timeout(timeout):
            while not (value := predicate()):  # noqa: ASYNC110  (it may look at anything)
                await asyncio.sleep(POLL)
        return value

    def tell(self, change: Change) -> None:
        """Something changed: the app and the page hear of it."""
        self._announcer.hear(change)
        self.feed.publish(change, self.workspace)

    def _channel(self, channel: Channel) -> Json:
        messages = self.workspace.messages(channel.id)
        return {
            **wire.channel_json(channel, self.workspace),
            "name": channel.name,
            "members": list(channel.members),
            "messages": wire.draw_all(messages, self.workspace),
        }

    def _views(self, user: str) -> list[Json]:
        stack = self._desk.views.stack(user)
        return [{**wire.view_json(view), "errors": view.errors} for view in stack]


def _check_loopback(host: str) -> None:
    if host == "localhost":
        return
    try:
        loopback = ipaddress.ip_address(host).is_loopback
    except ValueError:
        loopback = False
    if not loopback:
        raise ValueError(f"the stand-in serves this machine only, not {host!r}")
