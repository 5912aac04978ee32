"""The bot that is killed: all of Firstcheck but its rules. It answers each message with its number.

`echo_bot.py ROLE` reads the settings of `firstcheck run`; `FAULTS_…` of `sabotage` break it. With
`FAULTS_CONTROL=listener` it is the bot that most people would write instead, with
`FAULTS_REMINDERS` it answers a second later, and with `FAULTS_BUTTONS` its answers have a button,
which is answered too.
"""

from __future__ import annotations

import asyncio
import os
import sys
from typing import TYPE_CHECKING, Any

from bot.bootstrap.role import Role
from bot.bootstrap.serve import serve
from bot.config import load
from bot.core.rulebook.model import Rulebook
from bot.core.wording.reply import Action, Button, Line, Reply
from bot.helpdesk.codec import new_task
from bot.helpdesk.incoming import Press, Report, TimerFired
from bot.helpdesk.outward import Post
from bot.helpdesk.ports import Done
from bot.helpdesk.reload import News
from bot.telemetry.logs import configure
from tests.faults.sabotage import sabotage

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable

    from bot.helpdesk.incoming import Incoming, Place
    from bot.helpdesk.ports import CaseNote, Json, NewTask


NONE = Rulebook(())
_LATER = 1.0
"""Seconds until a reminder fires."""


class Echo:
    """A desk that counts what it hears in each conversation. It knows no rules."""

    def __init__(self, *, reminds: bool = False, buttons: bool = False) -> None:
        self.reminds = reminds
        self.buttons = buttons
        self.listeners: list[Callable[[News], None]] = []

    def step(
        self, state: Json, incoming: Incoming, now: float, recent: CaseNote | None = None
    ) -> Done:
        """Answer a report with its number and its own ts: now, or when a reminder fires."""
        del recent
        match incoming:
            case Report(place=place, ts=ts) if self.reminds:
                count = state.get("count", 0) + 1
                later = TimerFired(place, ts, count)
                follow = new_task(f"timer:{place.key}:{ts}", place.key, later, now + _LATER)
                return Done(state={"count": count}, new=[follow])
            case Report(place=place, ts=ts):
                count = state.get("count", 0) + 1
                buttons = (Button("Thanks", Action.FIXED, ts),) if self.buttons else ()
                return Done(state={"count": count}, new=[_answer(place, ts, count, buttons)])
            case Press(place=place, value=ts):
                count = state.get("count", 0) + 1
                answer = _answer(place, f"press:{ts}", count)
                return Done(state={"count": count}, new=[answer])
            case TimerFired(place=place, name=ts, turn=count):
                return Done(new=[_answer(place, ts, count)])
        return Done()

    def matters(self, report: Report) -> bool:
        """It answers everything."""
        del report
        return True

    def reload(self) -> News:
        """Nothing changes."""
        return News(NONE, NONE, NONE)

    def watch(self, stop: threading.Event) -> None:
        """Nothing changes."""
        stop.wait()


def _answer(place: Place, ts: str, count: int, buttons: tuple[Button, ...] = ()) -> NewTask:
    post = Post(place, place.key, count, Reply((Line(f"{count} {ts}"),), buttons))
    return new_task(f"post:{place.key}:{ts}", place.key, post)


async def listener() -> None:
    """An ordinary Bolt bot: it answers in its listener, and remembers nothing."""
    from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
    from slack_bolt.async_app import AsyncApp, AsyncSay
    from slack_sdk.web.async_client import AsyncWebClient

    address = os.environ["SLACK_API_URL"]
    web = AsyncWebClient(os.environ["SLACK_BOT_TOKEN"], address)
    app = AsyncApp(client=web)

    @app.event("message")
    async def answer(event: dict[str, Any], say: AsyncSay) -> None:
        if not event.get("bot_id"):
            thread = event.get("thread_ts", event["ts"])
            await say(text=f"0 {event['ts']}", thread_ts=thread)

    handler = AsyncSocketModeHandler(app, os.environ["SLACK_APP_TOKEN"], web_client=web)
    await handler.start_async()  # type: ignore[no-untyped-call]  # Bolt's


def main() -> None:
    if os.environ.get("FAULTS_CONTROL") == "listener":
        asyncio.run(listener())
        return
    config = load(os.environ)
    configure("INFO")
    sabotage(os.environ)
    reminds, buttons = (f"FAULTS_{what}" in os.environ for what in ("REMINDERS", "BUTTONS"))
    serve(config, Role(sys.argv[1]), Echo(reminds=reminds, buttons=buttons))


if __name__ == "__main__":
    main()
