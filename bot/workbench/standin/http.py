"""The routes: Web API, sockets, response URLs, files; for this machine's own programs only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from aiohttp import web

from bot.workbench.standin.files import SIGN_IN_PAGE
from bot.workbench.standin.refusal import Refused

if TYPE_CHECKING:
    from aiohttp.typedefs import Handler

    from bot.workbench.standin.methods.method import Desk
    from bot.workbench.standin.response_urls import ResponseUrls
    from bot.workbench.standin.web_api import Tokens, WebApi

BODY_LIMIT: Final = 8 * 1024 * 1024
LOCAL_NAMES: Final = frozenset({"127.0.0.1", "localhost", "::1"})


def routes(
    desk: Desk, web_api: WebApi, response_urls: ResponseUrls, tokens: Tokens
) -> web.Application:
    """An application with everything Slack would serve to the app."""

    async def respond(request: web.Request) -> web.StreamResponse:
        try:
            body = await request.json()
            if not isinstance(body, dict):
                return web.Response(status=400, text="invalid_payload")
            response_urls.post(request.match_info["secret"], body)
        except Refused as refused:
            return web.Response(status=_status(refused.error), text=refused.error)
        except ValueError:
            return web.Response(status=400, text="invalid_payload")
        return web.Response(text="ok")

    async def download(request: web.Request) -> web.StreamResponse:
        held = desk.files.get(request.match_info["file"])
        bearer = request.headers.get("Authorization") == f"Bearer {tokens.bot}"
        if held is None or not bearer or "files:read" not in desk.app.scopes:
            return web.Response(text=SIGN_IN_PAGE, content_type="text/html")
        return web.Response(body=held.content, content_type=held.mimetype)

    app = web.Application(client_max_size=BODY_LIMIT, middlewares=[local_only])
    app.router.add_route("*", "/api/{method}", web_api.handle)
    app.router.add_get("/link", desk.sockets.handle)
    app.router.add_post("/response/{secret}", respond)
    app.router.add_get("/files/{file}/{name:.+}", download)
    return app


@web.middleware
async def local_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Programs of this machine may ask, pages of other sites may not."""
    if is_foreign(request):
        raise web.HTTPForbidden(text="this stand-in serves this machine only")
    return await handler(request)


def is_foreign(request: web.Request) -> bool:
    """Whether a page of another site asks, in somebody's browser on this machine.

    Either it had a name of its own pointed here (DNS rebinding), which shows in `Host`, or it asks
    across sites, which shows in `Origin`: browsers send that with every POST and every WebSocket.
    """
    try:
        name = urlsplit(f"//{request.host}").hostname
    except ValueError:
        return True
    origin = request.headers.get("Origin")
    ours = origin is None or origin == f"{request.scheme}://{request.host}"
    return name not in LOCAL_NAMES or not ours


def _status(error: str) -> int:
    return 404 if error in {"invalid_url", "expired_url", "used_url"} else 400
