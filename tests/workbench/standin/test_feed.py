from __future__ import annotations

import asyncio
import json

import pytest
from aiohttp import ClientSession, web
from slack_sdk.web.async_client import AsyncWebClient

from bot.workbench.standin import Options, Standin, StandinThread, Timings, cast
from bot.workbench.standin.feed import BACKLOG

QUICK = Options(timings=Timings.quick())


def test_changes_follow_the_snapshot_without_a_gap() -> None:
    async def story() -> None:
        async with await Standin.start(options=QUICK) as standin:
            standin.people.post("sakura", "help-it", "before")
            seq = standin.snapshot()["seq"]
            with standin.subscribe() as feed:
                said = standin.people.post("sakura", "help-it", "after")
                standin.people.delete("sakura", "help-it", said.ts)
                posted, gone = await anext(feed), await anext(feed)
        assert (posted["seq"], posted["kind"]) == (seq + 1, "message_posted")
        assert (posted["message"]["text"], posted["channel"]) == ("after", cast.HELP_IT.id)
        assert (gone["kind"], gone["message"]["ts"]) == ("message_deleted", said.ts)

    asyncio.run(story())


def test_a_subscriber_too_far_behind_is_told_to_look_again() -> None:
    async def story() -> None:
        async with await Standin.start(options=QUICK) as standin:
            with standin.subscribe() as feed:
                for number in range(BACKLOG + 1):
                    standin.people.post("sakura", "general", str(number))
                assert (await anext(feed))["kind"] == "resync"

    asyncio.run(story())


def test_the_snapshot_is_json_with_everything_in_it(standin: StandinThread) -> None:
    root = standin.people.post("sakura", "help-it", "エラー")
    standin.people.post("alex", "help-it", "same here", root.ts)

    snapshot = json.loads(json.dumps(standin.snapshot()))
    (channel,) = [c for c in snapshot["channels"] if c["name"] == "help-it"]
    assert [m["text"] for m in channel["messages"]] == ["エラー", "same here"]
    assert channel["messages"][0]["reply_count"] == 1
    assert {u["name"] for u in snapshot["users"]} >= {"sakura", "alex", "sato", "firstcheck"}
    assert {u["locale"] for u in snapshot["users"]} == {"ja-JP", "en-US"}


def test_another_web_application_can_take_it_in() -> None:
    async def story() -> None:
        standin = Standin(QUICK)
        site = web.Application()
        site.add_subapp("/slack", standin.application())
        runner = web.AppRunner(site)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        standin.serve_at(f"http://127.0.0.1:{runner.addresses[0][1]}/slack")
        client = AsyncWebClient(standin.bot_token, base_url=standin.base_url)
        await client.chat_postMessage(channel=cast.HELP_IT.id, text="x")
        opened = await client.apps_connections_open(app_token=standin.app_token)
        async with ClientSession() as session, session.ws_connect(opened["url"]) as socket:
            assert (await socket.receive_json())["type"] == "hello"
        await standin.stop()
        await runner.cleanup()
        assert [m.text for m in standin.messages("help-it")] == ["x"]

    asyncio.run(story())


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "example.com", ""])  # noqa: S104  (it must be refused)
def test_it_serves_this_machine_only(host: str) -> None:
    with pytest.raises(ValueError, match="this machine only"):
        asyncio.run(Standin.start(host=host))


def test_a_failed_start_is_told_to_the_thread_that_asked(standin: StandinThread) -> None:
    taken = int(standin.base_url.split(":")[2].split("/")[0])

    with pytest.raises(OSError, match="in use"), StandinThread(port=taken):
        pass


def test_waiting_in_vain_ends(standin: StandinThread) -> None:
    with pytest.raises(TimeoutError):
        standin.wait_for(lambda: standin.messages("help-it"), 0.05)
