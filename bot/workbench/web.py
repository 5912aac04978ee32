"""The workbench page and what it talks to: the stand-in's people, and the desk's reasons.

Everything the page needs comes from here: no other host is ever asked, and the Content-Security-
Policy holds it to that. Only this machine may ask, no page but our own, and changes are JSON.

=========================  =======================================================================
`GET /api/snapshot`        the workspace, as the stand-in draws it
`GET /api/feed`            what changes, as server-sent events; also `{"type": "rules", …}`
`POST /api/why`            `{"text"}` → why; a POST, because what people paste belongs in no log
`GET /api/case?lane=…`     `{"case": …}`
`GET /api/rules`           version, count, problems
`GET /api/samples`         pastes to try
`POST /api/<deed>`         what a person does, see `deeds`
=========================  =======================================================================
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

import yaml
from aiohttp import web

from bot.errors import FirstcheckError
from bot.workbench.deeds import BadBodyError, UnknownDeedError, body_of, do, outcome
from bot.workbench.standin import Standin
from bot.workbench.standin.http import BODY_LIMIT, is_foreign

if TYPE_CHECKING:
    from aiohttp.typedefs import Handler


Json = Mapping[str, Any]

PAGE: Final = Path(__file__).parent / "page" / "dist"
SAMPLES: Final = Path(__file__).with_name("samples.yaml")
HEARTBEAT: Final = 15.0
"""Seconds of silence on the feed after which a comment keeps the connection open."""

HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class WorkbenchDesk(Protocol):
    """What the page asks about. Called from worker threads, one call at a time or several."""

    def why(self, text: str) -> Json:
        """What the bot makes of a text: `bot.helpdesk.explain.why`."""

    def case(self, lane: str) -> Json | None:
        """How the conversation of a lane stands: `bot.helpdesk.explain.lane`."""

    def rules(self) -> Json:
        """`version`, `count`, `problems` (as `Problem` has them) and `reloaded_at` (Unix s)."""


@dataclass(eq=False)
class _Feeds:
    """The open pages' feeds. What is put here goes to all of them."""

    loop: asyncio.AbstractEventLoop
    queues: set[asyncio.Queue[Json | None]] = field(default_factory=set)
    closed: bool = False

    def tell(self, entry: Json | None) -> None:
        """None ends them."""
        for queue in self.queues:
            queue.put_nowait(entry)

    async def close(self) -> None:
        self.closed = True
        self.tell(None)


_STANDIN: Final = web.AppKey("standin", Standin)
_DESK: Final = web.AppKey("desk", WorkbenchDesk)
_FEEDS: Final = web.AppKey("feeds", _Feeds)


def make_web(standin: Standin, desk: WorkbenchDesk) -> web.Application:
    """The page and its API, to be served on loopback. Make it on the stand-in's event loop.

    Raises:
        FirstcheckError: the page was not built (a source tree without `page/dist`).
    """
    if not (PAGE / "index.html").is_file():
        raise FirstcheckError("The workbench page is not built: run `npm ci && npm run build`.")
    app = web.Application(client_max_size=BODY_LIMIT, middlewares=[_guard])
    app[_STANDIN], app[_DESK], app[_FEEDS] = standin, desk, _Feeds(standin.loop)
    app.on_response_prepare.append(_add_headers)
    app.on_shutdown.append(_end_feeds)
    app.router.add_get("/", _index)
    app.router.add_static("/assets", PAGE / "assets")
    app.router.add_get("/THIRD-PARTY.txt", _third_party)
    app.router.add_get("/api/snapshot", _snapshot)
    app.router.add_get("/api/feed", _feed)
    app.router.add_post("/api/why", _why)
    app.router.add_get("/api/case", _case)
    app.router.add_get("/api/rules", _rules)
    app.router.add_get("/api/samples", _samples)
    app.router.add_post("/api/{deed}", _deed)
    return app


def tell_rules(app: web.Application) -> None:
    """Show every open page the rules as they are now. May be called from any thread."""
    feeds, rules = app[_FEEDS], dict(app[_DESK].rules())
    feeds.loop.call_soon_threadsafe(feeds.tell, {**rules, "type": "rules"})


# --- Who may ask ----------------------------------------------------------------------------------


@web.middleware
async def _guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse what the pages of other sites ask for."""
    if is_foreign(request):
        return _no(403, "The workbench serves its own page on this machine only.")
    return await handler(request)


async def _add_headers(request: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(HEADERS)
    cached = "no-store" if request.path.startswith("/api/") else "no-cache"
    response.headers.setdefault("Cache-Control", cached)


def _no(status: int, message: str) -> web.Response:
    return web.json_response({"ok": False, "message": message}, status=status)


# --- The page -------------------------------------------------------------------------------------


async def _index(_: web.Request) -> web.StreamResponse:
    return web.FileResponse(PAGE / "index.html")


async def _third_party(_: web.Request) -> web.StreamResponse:
    return web.FileResponse(PAGE / "THIRD-PARTY.txt")


# --- What it reads --------------------------------------------------------------------------------


async def _snapshot(request: web.Request) -> web.Response:
    return web.json_response(request.app[_STANDIN].snapshot())


async def _why(request: web.Request) -> web.Response:
    try:
        text = (await body_of(request)).text("text")
    except BadBodyError as error:
        return _no(400, str(error))
    return web.json_response(await asyncio.to_thread(request.app[_DESK].why, text))


async def _case(request: web.Request) -> web.Response:
    lane = request.query.get("lane", "")
    return web.json_response({"case": await asyncio.to_thread(request.app[_DESK].case, lane)})


async def _rules(request: web.Request) -> web.Response:
    return web.json_response(await asyncio.to_thread(request.app[_DESK].rules))


async def _samples(_: web.Request) -> web.Response:
    samples = yaml.safe_load(SAMPLES.read_text("utf-8"))
    return web.json_response({"samples": samples})


# --- The live feed --------------------------------------------------------------------------------


async def _feed(request: web.Request) -> web.StreamResponse:
    feeds, queue = request.app[_FEEDS], asyncio.Queue[Json | None]()
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
    feeds.queues.add(queue)
    listening = asyncio.create_task(_listen(request.app[_STANDIN], queue))
    await asyncio.sleep(0)  # it listens now: whatever happens after the page's first look is told
    try:
        with suppress(ConnectionError):
            await response.prepare(request)
            await response.write(b"retry: 1000\n\n")
            await _hand_on(response, queue, feeds)
    finally:
        feeds.queues.discard(queue)
        listening.cancel()
    return response


async def _listen(standin: Standin, queue: asyncio.Queue[Json | None]) -> None:
    async for change in standin.subscribe():
        queue.put_nowait({"type": "change", **_brief(change)})


def _brief(change: Json) -> dict[str, Any]:
    """The page reads the snapshot anew: what was said need not travel twice."""
    return {name: change[name] for name in ("seq", "kind", "user", "note") if name in change}


async def _hand_on(
    response: web.StreamResponse, queue: asyncio.Queue[Json | None], feeds: _Feeds
) -> None:
    while not feeds.closed:
        try:
            entry = await asyncio.wait_for(queue.get(), HEARTBEAT)
        except TimeoutError:
            await response.write(b": still here\n\n")
            continue
        if entry is None:
            return
        await response.write(f"data: {json.dumps(entry, ensure_ascii=False)}\n\n".encode())


async def _end_feeds(app: web.Application) -> None:
    await app[_FEEDS].close()


# --- What people do -------------------------------------------------------------------------------


async def _deed(request: web.Request) -> web.Response:
    """A person does something; answered once the bot has acknowledged it."""
    try:
        body = await body_of(request)
        done = do(request.app[_STANDIN], request.match_info["deed"], body)
    except BadBodyError as error:
        return _no(400, str(error))
    except UnknownDeedError as error:
        return _no(404, str(error))
    except (LookupError, ValueError) as error:
        return _no(409, str(error.args[0] if error.args else error))
    return web.json_response({"ok": True, **await outcome(done)})
