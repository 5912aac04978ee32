"""The Web API's edge: reads a call, judges token, scope and arguments, answers as Slack does."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from aiohttp import web

from bot.workbench.standin.arguments import Arguments
from bot.workbench.standin.faults import FaultKind
from bot.workbench.standin.methods import METHODS
from bot.workbench.standin.methods.method import TokenKind, need_scope
from bot.workbench.standin.model import Json
from bot.workbench.standin.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.workbench.standin.faults import Fault
    from bot.workbench.standin.grants import Grants
    from bot.workbench.standin.methods.method import Desk, Method

REMEMBERED: Final = 1000


@dataclass(frozen=True, slots=True)
class Tokens:
    """The secrets the app is given."""

    bot: str
    app: str
    signing_secret: str


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the Web API, for tests that count them."""

    method: str
    args: Mapping[str, Any]
    answer: Json


class WebApi:
    """Answers `/api/<method>`."""

    def __init__(self, desk: Desk, tokens: Tokens, grants: Grants | None = None) -> None:
        self._desk = desk
        self._grants = grants
        self._tokens = tokens
        self.revoked = False
        """The app was uninstalled, or its only token revoked."""
        self.on_revoked: Callable[[], None] = lambda: None
        """Called when the app has given back a token."""
        self.calls: deque[Call] = deque(maxlen=REMEMBERED)
        """What was asked and answered, oldest first; faults that did nothing are not in it."""

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One HTTP request."""
        name = request.match_info["method"]
        try:
            given = await given_of(request)
        except Refused as refused:
            return web.json_response(refused.as_json())
        except ConnectionError:  # the app was gone before it had said what it wanted
            return broken(request)
        fault = self._desk.faults.take(name)
        if fault is not None and (early := await suffer(fault, request)) is not None:
            return early
        answer = self._perform(name, bearer(request, given), given)
        if fault is not None and fault.kind is FaultKind.LOST_REPLY:
            return broken(request)
        return web.json_response(answer, headers=self._headers(name))

    def _perform(self, name: str, token: str, given: Json) -> Json:
        args = Arguments({k: v for k, v in given.items() if k != "token"})
        try:
            answer = {"ok": True, **self._judge(name, token, args).run(self._desk, args)}
            if name == "auth.revoke":
                self._revoke(token, args)
        except Refused as refused:
            answer = refused.as_json()
        self.calls.append(Call(name, args.given, answer))
        return answer

    def _judge(self, name: str, token: str, args: Arguments) -> Method:
        method = METHODS.get(name)
        if method is None:
            raise Refused("unknown_method", req_method=name)
        self._check_token(method, token, args)
        if method.token is TokenKind.BOT:
            need_scope(self._desk, *method.scopes)
        method.check(args, self._desk.workspace.team.id)
        return method

    def _check_token(self, method: Method, token: str, args: Arguments) -> None:
        if method.token is TokenKind.NONE:
            return
        if not token:
            raise Refused("not_authed")
        if self._grants and token != self._tokens.app:
            self._grants.judge(token)
            if "channel" in args:
                self._grants.judge_in(token, self._desk.workspace.team.id)
        elif token not in {self._tokens.bot, self._tokens.app}:
            raise Refused("invalid_auth")
        if self.revoked:
            raise Refused("account_inactive")
        if (token == self._tokens.app) is not (method.token is TokenKind.APP):
            raise Refused("not_allowed_token_type")

    def _revoke(self, token: str, args: Arguments) -> None:
        """The app gives its token back; it is told so, as for a token an admin revokes."""
        if args.flag("test"):
            return
        if self._grants:
            self._grants.revoke(token)
        else:
            self.revoked = True
        self.on_revoked()

    def _headers(self, name: str) -> dict[str, str]:
        method = METHODS.get(name)
        accepted = ",".join(method.scopes) if method else ""
        scopes = ",".join(self._desk.app.scopes)
        return {"X-OAuth-Scopes": scopes, "X-Accepted-OAuth-Scopes": accepted}


async def suffer(fault: Fault, request: web.Request) -> web.StreamResponse | None:
    """The answer of a fault that comes before the work, or None."""
    match fault.kind:
        case FaultKind.RATE_LIMITED:
            headers = {"Retry-After": f"{fault.seconds:g}"}
            body = {"ok": False, "error": "ratelimited"}
            return web.json_response(body, status=429, headers=headers)
        case FaultKind.SERVER_ERROR:
            return web.Response(status=500, text="Internal Server Error")
        case FaultKind.ERROR:
            return web.json_response({"ok": False, "error": fault.error})
        case FaultKind.RESET:
            return broken(request)
        case FaultKind.DELAY:
            await asyncio.sleep(fault.seconds)
    return None


def broken(request: web.Request) -> web.StreamResponse:
    """Break the connection; the response is for the framework only, nobody receives it."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


async def given_of(request: web.Request) -> Json:
    """All arguments, from the query and the body. Raises Refused."""
    given: Json = dict(request.query)
    if request.content_type == "application/json":
        given |= _decoded(await request.text())
    elif request.content_type.startswith(("application/x-www-form", "multipart/")):
        form = await request.post()
        given |= {name: value for name, value in form.items() if isinstance(value, str)}
    return given


def _decoded(text: str) -> Json:
    try:
        body = json.loads(text or "{}")
    except ValueError:
        raise Refused("invalid_json") from None
    if not isinstance(body, dict):
        raise Refused("json_not_object")
    return body


def bearer(request: web.Request, given: Json) -> str:
    """The token of a call; empty where there is none."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token if scheme == "Bearer" else str(given.get("token", ""))
