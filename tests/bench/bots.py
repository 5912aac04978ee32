"""One of the bots that `bench_answers` and `load` compare, in a process of its own.

`bots.py echo|database|memory` reads its settings (names and texts as in the environment) as one
line of JSON and says `ready` once it is connected. Each further line it answers with the CPU
seconds it has used so far, and for what. It ends with its standard input, so it never outlives who
started it.
"""

from __future__ import annotations

import asyncio
import functools
import json
import resource
import sys
import threading
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping
    from contextlib import AbstractAsyncContextManager

    Settings = Mapping[str, str]
    Bot = Callable[[Settings], AbstractAsyncContextManager[None]]


spent: Final = {"heard": 0.0, "match": 0.0, "store": 0.0, "post": 0.0}
"""CPU seconds, of all threads."""
counting: Final = threading.Lock()


@asynccontextmanager
async def echo(settings: Settings) -> AsyncIterator[None]:
    """The least a Bolt bot can do: repeat the message in its thread, from the listener."""
    import aiohttp
    from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
    from slack_bolt.async_app import AsyncApp, AsyncSay
    from slack_sdk.web.async_client import AsyncWebClient

    async with aiohttp.ClientSession() as session:
        token, address = settings["SLACK_BOT_TOKEN"], settings["SLACK_API_URL"]
        web = AsyncWebClient(token, address, session=session)
        app = AsyncApp(client=web)

        @app.event("message")
        async def repeat(event: dict[str, Any], say: AsyncSay) -> None:
            await say(text=event["text"], thread_ts=event["ts"])

        handler = AsyncSocketModeHandler(app, settings["SLACK_APP_TOKEN"], web_client=web)
        await handler.connect_async()  # type: ignore[no-untyped-call]  # Bolt's
        yield
        await handler.close_async()  # type: ignore[no-untyped-call]  # Bolt's


@asynccontextmanager
async def firstcheck(settings: Settings, *, in_memory: bool) -> AsyncIterator[None]:
    """All of Firstcheck, as `firstcheck run` wires it; its mailbox in SQLite or in memory."""
    from bot.bootstrap.bot import Wiring, make_bot, open_mailbox, running, slack_settings
    from bot.bootstrap.desk import LiveDesk, policy_of
    from bot.config import load
    from bot.helpdesk.codec import ONCE_ONLY
    from bot.slack.app import make_app
    from bot.slack.messenger import Messenger
    from bot.slack.socket_mode import socket
    from bot.storage.mailbox import SqlMailbox
    from bot.storage.memory import MemoryMailbox

    count("match", LiveDesk, "step")
    count("heard", LiveDesk, "matters")
    count("post", Messenger, "perform")
    for method in ("accept", "claim", "finish", "retry", "set_aside", "recent_case", "next_wake"):
        count("store", MemoryMailbox if in_memory else SqlMailbox, method)
    config = load(settings)
    slack = slack_settings(config)
    mailbox = MemoryMailbox(outward=ONCE_ONLY) if in_memory else open_mailbox(config)
    live = LiveDesk(config.rules, policy_of(config))
    bot = make_bot(slack, live, mailbox, Wiring(retention=config.retention))
    with running(bot):
        async with socket(make_app(slack, bot.accept, matters=live.matters), slack):
            yield


def count(what: str, owner: type, method: str) -> None:
    """Put the CPU time that a thread spends in the method down to `what`."""
    original = getattr(owner, method)

    @functools.wraps(original)
    def counted(*args: Any, **kwargs: Any) -> Any:
        start = time.thread_time()
        try:
            return original(*args, **kwargs)
        finally:
            with counting:
                spent[what] += time.thread_time() - start

    setattr(owner, method, counted)


BOTS: Final[Mapping[str, Bot]] = {
    "echo": echo,
    "database": lambda settings: firstcheck(settings, in_memory=False),
    "memory": lambda settings: firstcheck(settings, in_memory=True),
}


async def main(name: str) -> None:
    settings = json.loads(sys.stdin.readline())
    async with BOTS[name](settings):
        say("ready")
        while await asyncio.to_thread(sys.stdin.readline):
            used = resource.getrusage(resource.RUSAGE_SELF)
            whole = {"user": used.ru_utime, "system": used.ru_stime}
            heard, match = (
                spent["heard"],
                spent["match"] + spent["heard"],
            )  # the former by this thread
            ingress = time.thread_time() - heard
            parts = {"ingress": ingress, "match": match}
            say({**whole, **parts, "store": spent["store"], "post": spent["post"]})


def say(thing: object) -> None:
    print(json.dumps(thing), flush=True)  # noqa: T201  (it is how the parent is answered)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
