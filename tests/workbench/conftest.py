"""The page in a real browser, over a stand-in that is served from a thread."""

from __future__ import annotations

import asyncio
import shutil
import threading
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import web
from playwright.sync_api import expect, sync_playwright
from slack_sdk import WebClient

from bot.workbench.standin import Options, Standin, Timings
from bot.workbench.web import make_web

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium")
HELP_IT = "C0HELPIT01"
ERROR = "暗号化された接続を使用できません"
TITLE = {"en": "Outlook cannot set up an account", "ja": "Outlook にアカウントを設定できない"}


class Desk:
    """Recognises one sentence, and nothing else."""

    def __init__(self) -> None:
        self.problems: list[dict[str, Any]] = []

    def why(self, text: str) -> Mapping[str, Any]:
        at = text.find(ERROR)
        if at < 0:
            return {"original": text, "band": "none", "matches": [], "silent": "no rule fits"}
        match = {
            "rule": "outlook",
            "title": TITLE,
            "score": 0.97,
            "band": "confident",
            "span": [at, at + len(ERROR)],
        }
        return {"original": text, "band": "confident", "silent": "", "matches": [match]}

    def case(self, lane: str) -> Mapping[str, Any] | None:
        del lane
        return None

    def rules(self) -> Mapping[str, Any]:
        return {"version": "abc", "count": 13, "problems": self.problems, "reloaded_at": 1.0}


class Bench:
    """Stand-in and page, served from a thread."""

    def __init__(self) -> None:
        self.desk = Desk()
        self._ready: Future[None] = Future()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()))
        self._thread.start()
        self._ready.result(20)
        self.bot = WebClient(self.standin.bot_token, self.standin.base_url)

    async def _serve(self) -> None:
        self._stop = asyncio.Event()
        options = Options(timings=Timings.quick())
        async with await Standin.start(options=options) as self.standin:
            self.app = make_web(self.standin, self.desk)
            runner = web.AppRunner(self.app, access_log=None, shutdown_timeout=0.5)
            await runner.setup()
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            self.address = f"http://127.0.0.1:{runner.addresses[0][1]}/"
            self._loop = asyncio.get_running_loop()
            self._ready.set_result(None)
            await self._stop.wait()
            await runner.cleanup()

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(20)

    def texts(self) -> list[str]:
        return [m.text for m in self.standin.messages(HELP_IT)]

    def says(self, blocks: Sequence[dict[str, Any]]) -> str:
        return str(self.bot.chat_postMessage(channel=HELP_IT, text="t", blocks=blocks)["ts"])


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("needs Chromium")
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield chromium
        chromium.close()


@pytest.fixture
def bench() -> Iterator[Bench]:
    served = Bench()
    yield served
    served.close()


@pytest.fixture
def page(browser: Browser, bench: Bench) -> Iterator[Page]:
    """The page in English; it must load nothing from elsewhere and break no policy."""
    context = browser.new_context(locale="en-US", viewport={"width": 1440, "height": 900})
    context.set_default_timeout(10_000)
    opened, wrong = context.new_page(), list[str]()
    opened.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
    opened.on("pageerror", lambda e: wrong.append(str(e)))
    opened.on("request", lambda r: None if bench.address in r.url else wrong.append(r.url))
    opened.goto(bench.address)
    expect(opened.locator("#composer")).to_be_visible()
    yield opened
    context.close()
    assert wrong == []
