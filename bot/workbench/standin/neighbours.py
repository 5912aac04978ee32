"""Several workspaces behind one address, as at Slack: the token says whose a call is.

Here people install the app (`/oauth/v2/authorize`, they always agree) and `oauth.v2.access` gives
out tokens. Every workspace is a stand-in of its own; their channels and people may bear the same
ids, so that a bot that mixes two workspaces up is seen to.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, Self
from urllib.parse import urlencode

from aiohttp import web

from bot.workbench.standin import cast
from bot.workbench.standin.arguments import Arguments
from bot.workbench.standin.faults import FaultKind, Faults
from bot.workbench.standin.http import BODY_LIMIT, local_only
from bot.workbench.standin.refusal import Refused, unsupported
from bot.workbench.standin.server import Options, Standin
from bot.workbench.standin.socket_mode import SocketMode
from bot.workbench.standin.web_api import bearer, broken, given_of, suffer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.workbench.standin.grants import Grant, Grants
    from bot.workbench.standin.model import Change, Json, Team


class Neighbours:
    """Stand-ins for workspaces that one app can be installed in. Make it on their event loop."""

    def __init__(
        self, grants: Grants, teams: Sequence[Team], options: Options | None = None
    ) -> None:
        options = options or Options()
        self.grants = grants
        self.sockets = SocketMode(options.timings, self._tell)
        """The app's connections: an event of any workspace comes through any of them."""
        options = replace(options, grants=grants, sockets=self.sockets)
        self.standins: dict[str, Standin] = {
            team.id: Standin(replace(options, team=team)) for team in teams
        }
        self.exchanges: list[Mapping[str, Any]] = []
        """Every answer of `oauth.v2.access`."""
        self.faults = Faults()
        """Of `oauth.v2.access`; each workspace has its own for the rest."""
        self._runner: web.AppRunner | None = None
        self._options = options
        self.origin = ""

    async def start(self) -> Self:
        """Serve them on one free port of this machine."""
        app = web.Application(client_max_size=BODY_LIMIT, middlewares=[local_only])
        app.router.add_get("/oauth/v2/authorize", self._authorize)
        app.router.add_post("/api/oauth.v2.access", self._access)
        app.router.add_route("*", "/api/{method}", self._call)
        app.router.add_get("/link", self.sockets.handle)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.origin = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        for standin in self.standins.values():
            standin.serve_at(self.origin)
        return self

    async def stop(self) -> None:
        """Close everything."""
        for standin in self.standins.values():
            await standin.stop()
        if self._runner is not None:
            await self._runner.cleanup()

    async def use_request_url(self, url: str) -> bool:
        """Deliver the events of all over HTTP to this URL; whether it answered the challenges."""
        return all([await one.use_request_url(url) for one in self.standins.values()])

    @property
    def app_token(self) -> str:
        """`xapp-…`, of the app and so of no workspace."""
        return self._options.tokens.app

    @property
    def signing_secret(self) -> str:
        """For the Events API."""
        return self._options.tokens.signing_secret

    def _tell(self, change: Change) -> None:
        for standin in self.standins.values():
            standin.tell(change)

    async def _authorize(self, request: web.Request) -> web.StreamResponse:
        """The consent page, on which people agree at once; `team` says in which workspace."""
        query = request.query
        team = query.get("team") or next(iter(self.standins))
        asked = [scope for scope in query.get("scope", "").split(",") if scope]
        if query.get("client_id") != self.grants.client_id:
            return web.Response(status=400, text="invalid_client_id")
        if team not in self.standins:
            return web.Response(status=400, text="invalid_team")
        if query.get("user_scope") or not asked or not set(asked) <= set(self._options.app.scopes):
            return web.Response(status=400, text="invalid_scope")
        redirect_uri = query.get("redirect_uri", "")
        try:
            code = self.grants.consent(self.standins[team].workspace.team, redirect_uri)
        except Refused as refused:
            return web.Response(status=400, text=refused.error)
        back = {"code": code, "state": query.get("state", "")}
        raise web.HTTPFound(f"{redirect_uri}?{urlencode(back)}")

    async def _access(self, request: web.Request) -> web.StreamResponse:
        args = Arguments(await given_of(request))
        fault = self.faults.take("oauth.v2.access")
        if fault is not None and (early := await suffer(fault, request)) is not None:
            return early
        try:
            self.grants.check_client(*_client(request, args))
            answer = self._granted(args)
        except Refused as refused:
            answer = refused.as_json()
        self.exchanges.append(answer)
        lost = fault is not None and fault.kind is FaultKind.LOST_REPLY
        return broken(request) if lost else web.json_response(answer)

    def _granted(self, args: Arguments) -> Json:
        if strange := [name for name in args.given if name in args and name not in _ACCESS]:
            raise unsupported([f"unsupported argument: {name}" for name in strange])
        match args.text("grant_type", "authorization_code"):
            case "refresh_token":
                grant = self.grants.refresh(args.text("refresh_token"))
                return self._answer(self.standins[grant.team].workspace.team, grant)
            case "authorization_code":
                team, grant = self.grants.exchange(args.text("code"), args.text("redirect_uri"))
                installer = {"authed_user": {"id": cast.SATO.id}}
                return self._answer(team, grant) | installer
        raise Refused("invalid_grant_type")

    def _answer(self, team: Team, grant: Grant) -> Json:
        rotating = (
            {"refresh_token": grant.refresh, "expires_in": round(self.grants.lasts)}
            if grant.refresh
            else {}
        )
        return {
            "ok": True,
            "app_id": cast.APP_ID,
            "access_token": grant.token,
            "token_type": "bot",
            "scope": ",".join(self._options.app.scopes),
            "bot_user_id": cast.BOT.id,
            "team": None if grant.org else {"id": team.id, "name": team.name},
            "enterprise": {"id": team.enterprise, "name": "Org"} if team.enterprise else None,
            "is_enterprise_install": bool(grant.org),
            **rotating,
        }

    async def _call(self, request: web.Request) -> web.StreamResponse:
        """Any other method: the workspace that the token is for answers."""
        try:
            given = await given_of(request)
        except Refused as refused:
            return web.json_response(refused.as_json())
        grant = self.grants.find(bearer(request, given))
        return await self._standin_of(grant, given)._web_api.handle(request)  # noqa: SLF001  (they are one thing)

    def _standin_of(self, grant: Grant | None, given: Json) -> Standin:
        """An organisation's token is good in each of its workspaces: the channel tells which."""
        everyone = list(self.standins.values())
        if grant is None:
            return everyone[0]
        theirs = [one for one in everyone if one.workspace.team.enterprise == grant.org]
        for standin in theirs if grant.org else ():
            if given.get("channel") in standin.workspace.channels:
                return standin
        return self.standins[grant.team]


_ACCESS: Final = {
    "client_id", "client_secret", "code", "redirect_uri", "grant_type", "refresh_token",
}  # fmt: skip


def _client(request: web.Request, args: Arguments) -> tuple[str, str]:
    """The app's credentials, as HTTP Basic authentication or as arguments."""
    scheme, _, encoded = request.headers.get("Authorization", "").partition(" ")
    if scheme != "Basic":
        return args.text("client_id"), args.text("client_secret")
    try:
        name, _, secret = base64.b64decode(encoded).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        raise Refused("invalid_client_id") from None
    return name, secret
