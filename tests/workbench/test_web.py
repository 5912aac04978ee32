"""The workbench's own routes, over a real stand-in and real HTTP."""

from __future__ import annotations

import asyncio
import json
import re
import threading
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from aiohttp import ClientResponse, ClientSession, web
from aiohttp.test_utils import TestServer
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import FirstcheckError
from bot.workbench import web as workbench
from bot.workbench.standin import Options, Standin, Timings
from bot.workbench.web import make_web, tell_rules

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
    from pathlib import Path

SAKURA, ALEX, SATO = "U0SAKURA01", "U0ALEX0001", "U0SATO0001"
HELP_IT, TRIAGE = "C0HELPIT01", "C0TRIAGE01"
Answer = tuple[int, dict[str, Any]]


class Desk:
    """A desk that knows one case."""

    def why(self, text: str) -> Mapping[str, Any]:
        return {"original": text, "band": "none", "matches": []}

    def case(self, lane: str) -> Mapping[str, Any] | None:
        return {"phase": "offered"} if lane == "T:C:1.0" else None

    def rules(self) -> Mapping[str, Any]:
        return {"version": "abc123", "count": 13, "problems": [], "reloaded_at": 1.0}


@dataclass
class Bench:
    """The page's server, and a client like the page's."""

    standin: Standin
    app: web.Application
    session: ClientSession
    origin: str

    async def get(self, path: str, **headers: str) -> ClientResponse:
        response = await self.session.get(self.origin + path, headers=headers)
        await response.read()
        return response

    async def do(self, path: str, body: object, **headers: str) -> Answer:
        async with self.session.post(self.origin + path, json=body, headers=headers) as response:
            return response.status, await response.json()

    async def messages(self, channel: str = HELP_IT) -> list[dict[str, Any]]:
        snapshot = await (await self.get("/api/snapshot")).json()
        found: list[dict[str, Any]] = next(
            c["messages"] for c in snapshot["channels"] if c["id"] == channel
        )
        return found

    async def bot_says(self, text: str, **more: Any) -> str:
        client = AsyncWebClient(self.standin.bot_token, self.standin.base_url, session=self.session)
        answer = await client.chat_postMessage(channel=HELP_IT, text=text, **more)
        return str(answer["ts"])


@asynccontextmanager
async def bench() -> AsyncIterator[Bench]:
    async with await Standin.start(options=Options(timings=Timings.quick())) as standin:
        app = make_web(standin, Desk())
        server = TestServer(app)
        await server.start_server(shutdown_timeout=0.5)
        async with ClientSession() as session:
            yield Bench(standin, app, session, str(server.make_url("")).rstrip("/"))
            await server.close()


def using(story: Callable[[Bench], Awaitable[None]]) -> None:
    async def play() -> None:
        async with bench() as b:
            await story(b)

    asyncio.run(play())


# --- The page -------------------------------------------------------------------------------------


def test_the_page_is_served_and_may_load_nothing_from_elsewhere() -> None:
    async def story(b: Bench) -> None:
        page = await b.get("/")
        policy = page.headers["Content-Security-Policy"]
        assert page.status == 200
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
        assert "unsafe" not in policy
        assert "http" not in policy
        for path in re.findall(r'(?:src|href)="([^"]+)"', await page.text()):
            assert (await b.get(path)).status == 200, path

    using(story)


def test_the_built_page_names_no_other_host() -> None:
    for file in workbench.PAGE.rglob("*"):
        if file.suffix in {".html", ".js", ".css"}:
            hosts = set(re.findall(r"https?://[\w.-]+", file.read_text("utf-8")))
            assert hosts <= {"http://www.w3.org"}, file.name  # the names of SVG and MathML


def test_files_outside_the_page_are_not_served() -> None:
    async def story(b: Bench) -> None:
        for path in ("/assets/../build.json", "/assets/%2e%2e/%2e%2e/src/api.ts", "/assets/"):
            assert (await b.get(path)).status in {403, 404}

    using(story)


def test_a_tree_without_the_built_page_says_how_to_build_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async def story() -> None:
        async with await Standin.start() as standin:
            with pytest.raises(FirstcheckError, match="npm run build"):
                make_web(standin, Desk())

    monkeypatch.setattr(workbench, "PAGE", tmp_path)
    asyncio.run(story())


# --- Who may ask ----------------------------------------------------------------------------------


def test_a_name_that_was_pointed_at_this_machine_gets_nothing() -> None:
    async def story(b: Bench) -> None:
        for host in ("evil.example", "127.0.0.1.evil.example", "192.168.0.9:8080"):
            assert (await b.get("/api/snapshot", Host=host)).status == 403
            assert (await b.get("/", Host=host)).status == 403

    using(story)


@pytest.mark.parametrize("origin", ["https://evil.example", "http://127.0.0.1:1", "null"])
def test_another_page_cannot_change_anything(origin: str) -> None:
    async def story(b: Bench) -> None:
        body = {"user": SAKURA, "channel": HELP_IT, "text": "hello"}
        status, _ = await b.do("/api/post", body, Origin=origin)
        assert status == 403
        assert await b.messages() == []

    using(story)


def test_a_form_cannot_change_anything() -> None:
    async def story(b: Bench) -> None:
        form = {"user": SAKURA, "channel": HELP_IT, "text": "hello"}
        async with b.session.post(f"{b.origin}/api/post", data=form) as response:
            assert response.status == 400
        assert await b.messages() == []

    using(story)


@pytest.mark.parametrize(
    "body", ["text", ["a"], {"user": 7}, {"user": SAKURA, "channel": HELP_IT, "text": None}, {}]
)
def test_a_body_that_is_not_as_agreed_is_refused_with_a_sentence(body: object) -> None:
    async def story(b: Bench) -> None:
        status, answer = await b.do("/api/post", body)
        assert status == 400
        assert answer["message"].endswith(".")

    using(story)


# --- What people do -------------------------------------------------------------------------------


def test_what_a_person_posts_is_in_the_channel_and_can_be_answered_in_its_thread() -> None:
    async def story(b: Bench) -> None:
        here = {"user": SAKURA, "channel": HELP_IT}
        status, first = await b.do("/api/post", {**here, "text": "a < b"}, Origin=b.origin)
        await b.do("/api/post", {**here, "text": "more", "thread_ts": first["ts"]})
        loud = {"text": "to all", "thread_ts": first["ts"], "broadcast": True}
        await b.do("/api/post", {**here, **loud})
        root, reply, broadcast = await b.messages()
        assert status == 200
        assert root["text"] == "a &lt; b"
        assert reply["thread_ts"] == root["ts"]
        assert broadcast["subtype"] == "thread_broadcast"

    using(story)


def test_people_edit_and_delete_only_their_own_messages() -> None:
    async def story(b: Bench) -> None:
        _, sent = await b.do("/api/post", {"user": SAKURA, "channel": HELP_IT, "text": "old"})
        message = {"channel": HELP_IT, "ts": sent["ts"]}
        assert (await b.do("/api/edit", {**message, "user": ALEX, "text": "no"}))[0] == 409
        assert (await b.do("/api/delete", {**message, "user": ALEX}))[0] == 409
        await b.do("/api/edit", {**message, "user": SAKURA, "text": "new"})
        assert [m["text"] for m in await b.messages()] == ["new"]
        await b.do("/api/delete", {**message, "user": SAKURA})
        assert await b.messages() == []

    using(story)


def test_whoever_acts_in_a_channel_joins_it_first() -> None:
    async def story(b: Bench) -> None:
        await b.do("/api/post", {"user": ALEX, "channel": TRIAGE, "text": "hi"})
        assert [m["text"] for m in await b.messages(TRIAGE)] == ["hi"]

    using(story)


def test_nobody_enters_the_direct_message_of_another() -> None:
    async def story(b: Bench) -> None:
        body = {"user": ALEX, "channel": "D0SAKURA01", "text": "hi"}
        assert (await b.do("/api/post", body))[0] == 409

    using(story)


def test_a_press_on_a_button_reaches_the_bot_or_says_that_nobody_answered() -> None:
    async def story(b: Bench) -> None:
        label = {"type": "plain_text", "text": "It works now"}
        button = {"type": "button", "action_id": "fc_fixed", "value": "v", "text": label}
        actions = {"type": "actions", "block_id": "b1", "elements": [button]}
        ts = await b.bot_says("Fixed?", blocks=[actions])
        press = {"user": SAKURA, "channel": HELP_IT, "message_ts": ts, "value": "v"}
        status, answer = await b.do("/api/press", {**press, "action_id": "fc_fixed"})
        assert (status, answer["acked"]) == (200, False)
        sent = [d.payload for d in b.standin.deliveries if "actions" in d.payload]
        assert [a["action_id"] for a in sent[0]["actions"]] == ["fc_fixed"]
        status, answer = await b.do("/api/press", {**press, "action_id": "fc_none"})
        assert status == 409

    using(story)


def test_a_command_and_a_shortcut_reach_the_bot() -> None:
    async def story(b: Bench) -> None:
        here = {"user": SAKURA, "channel": HELP_IT}
        _, sent = await b.do("/api/post", {**here, "text": "AADSTS50020"})
        await b.do("/api/command", {**here, "command": "/firstcheck", "text": "help"})
        await b.do("/api/shortcut", {**here, "message_ts": sent["ts"]})
        payloads = [d.payload for d in b.standin.deliveries]
        assert [p["text"] for p in payloads if "command" in p] == ["help"]
        assert [p["message"]["ts"] for p in payloads if p.get("type") == "message_action"] == [
            sent["ts"]
        ]
        gone = {**here, "message_ts": "1.000000"}
        assert (await b.do("/api/shortcut", gone))[0] == 409

    using(story)


def test_what_nobody_can_do_is_said() -> None:
    async def story(b: Bench) -> None:
        assert (await b.do("/api/fly", {"user": SAKURA}))[0] == 404
        assert (await b.do("/api/submit_view", {"user": SAKURA, "values": {}}))[0] == 409
        nowhere = {"user": SAKURA, "channel": "C0NOWHERE0", "text": "x"}
        assert (await b.do("/api/post", nowhere))[0] == 409

    using(story)


# --- What the page reads --------------------------------------------------------------------------


def test_a_paste_is_explained_and_never_travels_in_an_address() -> None:
    async def story(b: Bench) -> None:
        status, why = await b.do("/api/why", {"text": "エラー 0x80070005"})
        assert (status, why["original"]) == (200, "エラー 0x80070005")
        assert (await b.get("/api/why?text=secret")).status in {404, 405}

    using(story)


def test_the_state_of_a_conversation_is_told_where_there_is_one() -> None:
    async def story(b: Bench) -> None:
        known = await (await b.get("/api/case?lane=T:C:1.0")).json()
        unknown = await (await b.get("/api/case?lane=T:C:2.0")).json()
        assert known == {"case": {"phase": "offered"}}
        assert unknown == {"case": None}

    using(story)


def test_each_sample_is_labelled_in_both_languages() -> None:
    samples = yaml.safe_load(workbench.SAMPLES.read_text("utf-8"))
    assert len({s["id"] for s in samples}) == len(samples) >= 6
    for sample in samples:
        assert sample["label"].keys() == sample["expect"].keys() == {"en", "ja"}

    async def story(b: Bench) -> None:
        assert (await (await b.get("/api/samples")).json())["samples"] == samples

    using(story)


async def _entries(response: ClientResponse) -> AsyncIterator[dict[str, Any]]:
    async for line in response.content:
        if line.startswith(b"data: "):
            yield json.loads(line[6:])


def test_the_feed_tells_what_changes_but_not_what_was_said() -> None:
    async def story(b: Bench) -> None:
        async with b.session.get(f"{b.origin}/api/feed") as feed:
            await b.do("/api/post", {"user": SAKURA, "channel": HELP_IT, "text": "canary"})
            entry = await asyncio.wait_for(anext(_entries(feed)), 10)
        assert (entry["type"], entry["kind"]) == ("change", "message_posted")
        assert "canary" not in str(entry)

    using(story)


def test_rules_reloaded_in_another_thread_are_told_to_every_open_page() -> None:
    async def story(b: Bench) -> None:
        address = f"{b.origin}/api/feed"
        async with b.session.get(address) as one, b.session.get(address) as two:
            threading.Thread(target=tell_rules, args=(b.app,)).start()
            told = [await asyncio.wait_for(anext(_entries(feed)), 10) for feed in (one, two)]
        assert [t["type"] for t in told] == ["rules", "rules"]
        assert told[0]["version"] == "abc123"
        assert (await (await b.get("/api/rules")).json())["count"] == 13

    using(story)


def test_an_open_page_does_not_keep_the_server_from_stopping() -> None:
    async def story(b: Bench) -> None:
        async with b.session.get(f"{b.origin}/api/feed") as feed:
            await asyncio.wait_for(b.app.shutdown(), 5)
            assert await asyncio.wait_for(feed.content.read(), 5) == b"retry: 1000\n\n"

    using(story)
