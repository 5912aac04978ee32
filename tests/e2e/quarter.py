"""Workspaces side by side, the bot that serves them all, and a person's view of both."""

from __future__ import annotations

import asyncio
import http.client
import os
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from sqlalchemy import create_engine

from bot.slack.manifest import Variant, manifest
from bot.storage.vault import new_key
from bot.workbench.standin import AppSettings, Grants, Neighbours, Options, Team, Timings
from bot.workbench.standin.cast import BOT, SAKURA, SATO
from bot.workbench.standin.model import Channel
from tests.e2e.conftest import PATIENCE, ROOT, _free_port, port_open, until

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator

    from bot.workbench.standin import Message, Standin

SEED = "Outlookの設定で『メール サーバーに対して、暗号化された接続を使用できません。』と出ます"
SAKURA_CO = Team(id="T0SAKURA01", name="さくら商事", domain="sakura")
ACME = Team(id="T0ACME0001", name="Acme", domain="acme")
GRID = "E0GRID0001"
TOKYO = Team(id="T0TOKYO001", name="東京", domain="tokyo", enterprise=GRID, org_install=True)
OSAKA = Team(id="T0OSAKA001", name="大阪", domain="osaka", enterprise=GRID, org_install=True)


class Loop:
    """An event loop in a thread of its own."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(PATIENCE)

    def end(self) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(PATIENCE)
        self.loop.close()


@dataclass
class Quarter:
    """Workspaces, and the processes of one installation. Pages and events go to the first."""

    loop: Loop
    slack: Neighbours
    folder: Path
    database: str
    settings: dict[str, str]
    socket: bool = False
    """Events come by Socket Mode, not by HTTP."""
    port: int = field(default_factory=_free_port)
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)
    keys: list[str] = field(default_factory=lambda: [new_key()])

    def environ(self) -> dict[str, str]:
        clean = {k: v for k, v in os.environ.items() if "proxy" not in k.lower()}
        way = (
            {"SLACK_APP_TOKEN": self.slack.app_token}
            if self.socket
            else {"SLACK_SIGNING_SECRET": self.slack.signing_secret}
        )
        return {
            **clean,
            **way,
            "PYTHONPATH": str(ROOT),
            "SLACK_API_URL": f"{self.slack.origin}/api/",
            "SLACK_CLIENT_ID": self.slack.grants.client_id,
            "SLACK_CLIENT_SECRET": self.slack.grants.client_secret,
            "FIRSTCHECK_PUBLIC_URL": f"http://127.0.0.1:{self.port}",
            "FIRSTCHECK_HTTP_PORT": str(self.port),
            "FIRSTCHECK_TOKEN_KEYS": ",".join(self.keys),
            "FIRSTCHECK_DATABASE": self.database,
            "FIRSTCHECK_WORKERS": "4",
            "FIRSTCHECK_QUIET": "1s",
            **self.settings,
        }

    def run(self, *words: str, **environ: str) -> subprocess.Popen[bytes]:
        """One more process of it."""
        command = [sys.executable, "-m", "bot", "run", *words]
        with self._log.open("ab") as log:
            process = subprocess.Popen(
                command, env={**self.environ(), **environ}, stdout=log, stderr=log
            )
        self.processes.append(process)
        return process

    def start(self, *words: str) -> None:
        self.run(*words)
        if self.socket:
            until(lambda: self.slack.sockets.connections > 0, "the bot connects")
            assert port_open(self.port)
            return
        url = f"http://127.0.0.1:{self.port}/slack/events"
        until(lambda: self.loop.run(self.slack.use_request_url(url)), "the bot listens")

    def stop(self) -> None:
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.wait(PATIENCE)
        self.processes.clear()

    @property
    def _log(self) -> Path:
        return self.folder / "bot.log"

    def log(self) -> str:
        return self._log.read_text("utf-8")

    def cli(self, *words: str) -> str:
        run = subprocess.run(
            [sys.executable, "-m", "bot", *words],
            env=self.environ(), capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert run.returncode == 0, run.stderr
        return run.stdout

    def one(self, team: str) -> Standin:
        return self.slack.standins[team]

    def get(self, url: str, cookie: str = "") -> tuple[int, dict[str, str], str]:
        parts = urlsplit(url)
        line = http.client.HTTPConnection(parts.netloc, timeout=PATIENCE)
        line.request("GET", f"{parts.path}?{parts.query}", headers={"Cookie": cookie})
        answer = line.getresponse()
        body = answer.read().decode()
        line.close()
        return answer.status, dict(answer.getheaders()), body

    def post(self, path: str, body: bytes) -> int:
        line = http.client.HTTPConnection(f"127.0.0.1:{self.port}", timeout=PATIENCE)
        line.request("POST", path, body, {"Content-Type": "application/json"})
        status = line.getresponse().status
        line.close()
        return status

    def to_consent(self, team: str) -> tuple[str, str]:
        """Through the install link and Slack's page: where that leads back, and the cookie."""
        link = f"http://127.0.0.1:{self.port}/slack/install?team={team}"
        status, headers, _ = self.get(link)
        assert status == 302
        status, consent, body = self.get(headers["location"])
        assert status == 302, body
        return consent["Location"], headers["set-cookie"].split(";", 1)[0]

    def install(self, team: str) -> None:
        back, cookie = self.to_consent(team)
        status, _, body = self.get(back, cookie)
        assert status == 200
        assert "追加しました" in body

    def room(self, team: str, id_: str) -> str:
        """A channel with people and the bot in it, under an id that no other workspace has."""
        room = Channel(id=id_, name=id_.lower(), members=(SAKURA.id, SATO.id, BOT.id))
        return self.one(team).people.add_channel(room).id

    def replies(self, team: str, root: Message) -> list[Message]:
        return self.one(team).replies(root.channel, root.ts)

    def answered(self, team: str, root: Message, count: int = 1) -> list[Message]:
        until(lambda: len(self.replies(team, root)) >= count, f"{team} is answered")
        return self.replies(team, root)

    def press(self, team: str, message: Message, label: str) -> None:
        buttons = [b for block in message.blocks for b in block.get("elements", [])]
        (button,) = [b for b in buttons if b.get("text", {}) != {} and label in str(b["text"])]
        self.one(team).people.press(
            "sakura", message.ts, message.channel, button["action_id"], button["value"]
        )

    def do(self, statement: str) -> None:
        engine = create_engine(self.database, isolation_level="AUTOCOMMIT")
        try:
            with engine.connect() as db:
                db.exec_driver_sql(statement)
        finally:
            engine.dispose()

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        engine = create_engine(self.database)
        try:
            with engine.connect() as db:
                return [tuple(row) for row in db.exec_driver_sql(query)]
        finally:
            engine.dispose()


@contextmanager
def quarters(folder: Path, database: str = "") -> Iterator[Callable[..., Quarter]]:
    """What opens quarters; all are closed with the context."""
    opened: list[Quarter] = []

    def open_(
        *teams: Team,
        socket: bool = False,
        rotates: bool = False,
        lasts: float = 43_200,
        started: bool = True,
        **more: str,
    ) -> Quarter:
        loop = Loop()

        async def neighbours() -> Neighbours:
            grants = Grants(now=time.time, rotates=rotates, lasts=lasts)
            app = AppSettings.from_manifest(manifest(Variant(many="https://bot.example.com")))
            options = Options(timings=Timings(ack=PATIENCE, retry_after=(0.0, 0.2, 0.2)), app=app)
            return await Neighbours(grants, teams, options).start()

        kept = database or f"sqlite:///{folder}/many.sqlite3"
        made = Quarter(loop, loop.run(neighbours()), folder, kept, more, socket)
        made.slack.grants.redirect_uris.append(f"http://127.0.0.1:{made.port}/slack/oauth_redirect")
        opened.append(made)
        if started:
            made.start()
        return made

    try:
        yield open_
    finally:
        for made in opened:
            made.stop()
            made.loop.run(made.slack.stop())
            made.loop.end()
