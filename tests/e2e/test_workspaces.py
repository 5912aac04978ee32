"""Many workspaces, over HTTP as at Slack: install, answer, exchange tokens, remove. None mixes."""

from __future__ import annotations

import asyncio
import http.client
import os
import sqlite3
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.slack.manifest import Variant, manifest
from bot.storage.vault import new_key
from bot.workbench.standin import AppSettings, Grants, Neighbours, Options, Team, Timings
from bot.workbench.standin.cast import BOT, SAKURA, SATO
from bot.workbench.standin.model import Channel
from tests.e2e.conftest import CALM, PATIENCE, ROOT, _free_port, until

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
    """Workspaces side by side, and the bot that serves them."""

    loop: Loop
    slack: Neighbours
    database: Path
    settings: dict[str, str]
    port: int = field(default_factory=_free_port)
    process: subprocess.Popen[bytes] | None = None
    keys: list[str] = field(default_factory=lambda: [new_key()])

    def environ(self) -> dict[str, str]:
        clean = {k: v for k, v in os.environ.items() if "proxy" not in k.lower()}
        return {
            **clean,
            "PYTHONPATH": str(ROOT),
            "SLACK_API_URL": f"{self.slack.origin}/api/",
            "SLACK_CLIENT_ID": self.slack.grants.client_id,
            "SLACK_CLIENT_SECRET": self.slack.grants.client_secret,
            "SLACK_SIGNING_SECRET": self.one(next(iter(self.slack.standins))).signing_secret,
            "FIRSTCHECK_PUBLIC_URL": f"http://127.0.0.1:{self.port}",
            "FIRSTCHECK_HTTP_PORT": str(self.port),
            "FIRSTCHECK_TOKEN_KEYS": ",".join(self.keys),
            "FIRSTCHECK_DATABASE": f"sqlite:///{self.database}",
            "FIRSTCHECK_WORKERS": "4",
            "FIRSTCHECK_QUIET": "1s",
            **self.settings,
        }

    def start(self) -> None:
        command = [sys.executable, "-m", "bot", "run"]
        with self.database.with_suffix(".log").open("ab") as log:
            self.process = subprocess.Popen(command, env=self.environ(), stdout=log, stderr=log)
        url = f"http://127.0.0.1:{self.port}/slack/events"
        until(lambda: self.loop.run(self.slack.use_request_url(url)), "the bot listens")

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait(PATIENCE)
            self.process = None

    def log(self) -> str:
        return self.database.with_suffix(".log").read_text("utf-8")

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

    def answered(self, team: str, root: Message, count: int = 1) -> list[Message]:
        def replies() -> list[Message]:
            return self.one(team).replies(root.channel, root.ts)

        until(lambda: len(replies()) >= count, f"{team} is answered")
        return replies()

    def press(self, team: str, message: Message, label: str) -> None:
        buttons = [b for block in message.blocks for b in block.get("elements", [])]
        (button,) = [b for b in buttons if b.get("text", {}) != {} and label in str(b["text"])]
        self.one(team).people.press(
            "sakura", message.ts, message.channel, button["action_id"], button["value"]
        )

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with sqlite3.connect(self.database) as db:
            rows = db.execute(query).fetchall()
        db.close()
        return rows


@pytest.fixture
def quarter(tmp_path: Path) -> Iterator[Callable[..., Quarter]]:
    opened: list[Quarter] = []

    def open_(*teams: Team, rotates: bool = False, lasts: float = 43_200, **more: str) -> Quarter:
        loop = Loop()

        async def neighbours() -> Neighbours:
            grants = Grants(now=time.time, rotates=rotates, lasts=lasts)
            app = AppSettings.from_manifest(manifest(Variant(many="https://bot.example.com")))
            options = Options(timings=Timings(ack=PATIENCE, retry_after=(0.0, 0.2, 0.2)), app=app)
            return await Neighbours(grants, teams, options).start()

        made = Quarter(loop, loop.run(neighbours()), tmp_path / "many.sqlite3", more)
        made.slack.grants.redirect_uris.append(f"http://127.0.0.1:{made.port}/slack/oauth_redirect")
        opened.append(made)
        made.start()
        return made

    yield open_
    for made in opened:
        made.stop()
        made.loop.run(made.slack.stop())
        made.loop.end()


def test_two_workspaces_with_the_same_ids_never_mix(quarter: Callable[..., Quarter]) -> None:
    many = quarter(SAKURA_CO, ACME)
    many.install(SAKURA_CO.id)
    many.install(ACME.id)
    many.cli("workspace", "set", ACME.id, "language", "en")
    here = many.one(SAKURA_CO.id).people.post("sakura", "help-it", SEED)
    there = many.one(ACME.id).people.post("sakura", "help-it", SEED)
    first = many.answered(SAKURA_CO.id, here)[0]
    many.answered(ACME.id, there)
    many.press(SAKURA_CO.id, first, "直りました")
    many.answered(SAKURA_CO.id, here, 2)
    time.sleep(CALM)
    assert len(many.answered(ACME.id, there)) == 1
    for team in (SAKURA_CO, ACME):
        posts = [call for call in many.one(team.id).calls if call.method.startswith("chat.")]
        assert all(call.answer["ok"] for call in posts)
    listed = many.cli("workspace", "list")
    assert SAKURA_CO.id in listed
    assert ACME.id in listed


def test_an_event_costs_slack_no_request_but_the_answer(quarter: Callable[..., Quarter]) -> None:
    many = quarter(SAKURA_CO)
    many.install(SAKURA_CO.id)
    installed = len(many.one(SAKURA_CO.id).calls)
    for _ in range(5):
        many.one(SAKURA_CO.id).people.post("alex", "help-it", "おはようございます")
    root = many.one(SAKURA_CO.id).people.post("sakura", "help-it", SEED)
    many.answered(SAKURA_CO.id, root)
    calls = [call.method for call in many.one(SAKURA_CO.id).calls][installed:]
    assert calls == ["chat.postMessage"]


def test_tokens_lie_encrypted_and_keys_can_be_exchanged(quarter: Callable[..., Quarter]) -> None:
    many = quarter(SAKURA_CO, rotates=True)
    many.install(SAKURA_CO.id)
    (granted,) = many.slack.exchanges
    many.stop()
    files = b"".join(path.read_bytes() for path in many.database.parent.iterdir())
    for secret in (granted["access_token"], granted["refresh_token"]):
        assert secret.encode() not in files
    old, many.keys = many.keys[0], [new_key()]
    many.keys.append(old)
    assert "4 tokens" in many.cli("keys", "rotate")
    many.keys.pop()
    many.start()
    root = many.one(SAKURA_CO.id).people.post("sakura", "help-it", SEED)
    many.answered(SAKURA_CO.id, root)


def test_a_state_is_good_once_and_in_its_own_browser(quarter: Callable[..., Quarter]) -> None:
    many = quarter(SAKURA_CO)
    back, cookie = many.to_consent(SAKURA_CO.id)
    assert many.get(back)[0] == 400  # another browser
    assert many.get(back.replace("state=", "state=x"), cookie)[0] == 400
    assert many.get(back, cookie)[0] == 200
    status, _, body = many.get(back, cookie)
    assert status == 401
    assert "追加できませんでした" in body
    assert len(many.slack.exchanges) == 1
    (code,) = parse_qs(urlsplit(back).query)["code"]
    assert code not in many.log()


def test_what_people_decline_or_forge_installs_nothing(quarter: Callable[..., Quarter]) -> None:
    many = quarter(SAKURA_CO)
    back, cookie = many.to_consent(SAKURA_CO.id)
    address = back.split("?", 1)[0]
    status, _, body = many.get(f"{address}?error=<script>access_denied", cookie)
    assert status == 200
    assert "<script>" not in body
    (state,) = parse_qs(urlsplit(back).query)["state"]
    assert many.get(f"{address}?code=forged&state={state}", cookie)[0] == 401
    root = many.one(SAKURA_CO.id).people.post("sakura", "help-it", SEED)
    time.sleep(CALM)
    assert not many.one(SAKURA_CO.id).replies(root.channel, root.ts)
    assert many.rows("SELECT count(*) FROM slack_bots") == [(0,)]


def test_a_token_is_exchanged_before_it_lapses(quarter: Callable[..., Quarter]) -> None:
    many = quarter(SAKURA_CO, rotates=True, lasts=3600)
    many.install(SAKURA_CO.id)
    many.slack.grants.lasts = 43_200
    first = many.slack.exchanges[0]["access_token"]
    roots = [many.one(SAKURA_CO.id).people.post(who, "help-it", SEED) for who in ("sakura", "alex")]
    for root in roots:
        many.answered(SAKURA_CO.id, root)
    assert len(many.slack.exchanges) == 2  # once, though two answers needed it
    assert many.slack.exchanges[1]["access_token"] != first
    assert many.slack.grants.find(first) is not None


def test_removing_the_app_ends_what_it_knew_of_the_workspace(
    quarter: Callable[..., Quarter],
) -> None:
    many = quarter(SAKURA_CO, ACME)
    many.install(SAKURA_CO.id)
    many.install(ACME.id)
    here = many.one(SAKURA_CO.id).people.post("sakura", "help-it", SEED)
    there = many.one(ACME.id).people.post("sakura", "help-it", SEED)
    many.answered(SAKURA_CO.id, here)
    many.answered(ACME.id, there)
    many.one(ACME.id).uninstall()
    held = "SELECT DISTINCT team FROM conversation"
    until(lambda: many.rows(held) == [(SAKURA_CO.id,)], "its conversations are forgotten")
    assert many.rows("SELECT DISTINCT team_id FROM slack_bots") == [(SAKURA_CO.id,)]
    assert many.rows("SELECT DISTINCT team_id FROM slack_installations") == [(SAKURA_CO.id,)]
    kept = many.rows("SELECT key FROM lane WHERE state IS NOT NULL")
    kept += many.rows("SELECT lane FROM task WHERE body IS NOT NULL AND kind != 'left'")
    assert all(key.startswith(f"{SAKURA_CO.id}:") for (key,) in kept)

    open_ = "SELECT count(*) FROM task WHERE kind = 'left' AND done_at IS NULL"
    until(lambda: all(one.acked for one in many.one(ACME.id).deliveries), "all is delivered")
    until(lambda: many.rows(open_) == [(0,)], "and done: within a second it may not come back")

    again = many.one(SAKURA_CO.id).people.post("alex", "help-it", SEED)
    many.answered(SAKURA_CO.id, again)  # the other goes on
    many.install(ACME.id)
    back = many.one(ACME.id).people.post("alex", "help-it", SEED)
    many.answered(ACME.id, back)


def test_an_organisation_installs_it_once_for_all_its_workspaces(
    quarter: Callable[..., Quarter],
) -> None:
    many = quarter(TOKYO, OSAKA)
    many.install(TOKYO.id)
    rooms = {}
    for number, team in enumerate((TOKYO, OSAKA)):
        members = (SAKURA.id, SATO.id, BOT.id)
        room = Channel(id=f"C0GRID000{number}", name="grid", members=members)
        rooms[team.id] = many.one(team.id).people.add_channel(room).id
    for team in (TOKYO, OSAKA):
        root = many.one(team.id).people.post("sakura", rooms[team.id], SEED)
        first = many.answered(team.id, root)[0]
        many.press(team.id, first, "直りました")
        many.answered(team.id, root, 2)
    assert "whole organisation" in many.cli("workspace", "list")
    assert sorted(many.rows("SELECT DISTINCT team FROM conversation")) == [
        (f"{GRID}.{OSAKA.id}",),
        (f"{GRID}.{TOKYO.id}",),
    ]
    many.one(TOKYO.id).uninstall()
    until(lambda: many.rows("SELECT count(*) FROM conversation") == [(0,)], "all is forgotten")
    assert many.rows("SELECT count(*) FROM slack_bots") == [(0,)]
