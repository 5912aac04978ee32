"""Conversations as people have them, played through the desk."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from bot.bootstrap.desk import desk_for_rehearsal, load_rules
from bot.core.triage.model import Ticket, TicketStatus
from bot.core.wording.reply import Action, Button, Reply
from bot.helpdesk.codec import from_json
from bot.helpdesk.incoming import (
    HandedOver,
    Incoming,
    Place,
    Press,
    Report,
    TicketChanged,
    TimerFired,
)
from bot.helpdesk.outward import Post

if TYPE_CHECKING:
    from bot.helpdesk.ports import NewTask

HERE = Path(__file__).parent
PLACE = Place("T1", "C1", "1.0")
DESK = desk_for_rehearsal(load_rules().rulebook)
DESK = replace(DESK, policy=replace(DESK.policy, triage_channel="C9"))
CHATS = [
    pytest.param(chat["chat"], id=f"{path.stem}: {chat['name']}")
    for path in sorted(HERE.glob("*.yaml"))
    for chat in yaml.safe_load(path.read_text("utf-8"))
]
STAFF = {"佐藤"}


class Chat:
    """The thread as it grows."""

    def __init__(self) -> None:
        self.state: Any = {}
        self.now = 1_700_000_000.0
        self.replies: list[Reply] = []
        self.buttons: dict[str, Button] = {}
        self.turn = 0
        self.ticket: Ticket | None = None
        self.told: list[str] = []
        self.messages = 0

    def take(self, incoming: Incoming) -> None:
        self.now += 60
        done = DESK.step(self.state, incoming, self.now)
        self.state = self.state if done.state is None else done.state
        for task in done.new:
            self._hear(task)

    def _hear(self, task: NewTask) -> None:
        if task.kind == "post":
            post = from_json(task.body, Post)
            self.replies.append(post.reply)
            self.buttons |= {b.label: b for b in post.reply.buttons}
            if post.tracked:
                self.buttons = {b.label: b for b in post.reply.buttons}
                self.turn = post.turn
        if task.kind == "handover":
            self.ticket = from_json(task.body, HandedOver).ticket
        if task.kind == "ticket":
            self.told.append(from_json(task.body, TicketChanged).status.value)

    def say(self, who: str, text: str) -> None:
        self.messages += 1
        user = "U-staff" if who in STAFF else "U-asker"
        self.take(Report(PLACE, user, f"{self.messages}.0", text, in_thread=self.messages > 1))

    def press(self, label: str) -> None:
        button = self.buttons[label]
        self.take(Press(PLACE, "U-asker", button.action, button.value, self.turn, "9.9"))


@pytest.mark.parametrize("lines", CHATS)
def test_the_conversation_goes_as_written(lines: list[dict[str, Any]]) -> None:
    chat = Chat()
    for line in lines:
        ((who, what),) = line.items()
        match who:
            case "bot":
                assert chat.replies, f"nothing was said; expected {what}"
                reply = chat.replies.pop(0)
                for words in what:
                    assert words in reply.text
                assert len(reply.lines) <= 5
            case "silence":
                assert not chat.replies
            case "press":
                chat.press(what)
            case "wait":
                chat.take(TimerFired(PLACE, what, chat.turn))
            case "helpdesk":
                chat.take(TicketChanged(PLACE, TicketStatus(what), "U-staff"))
            case "ticket":
                assert chat.ticket is not None
                words_of = str(chat.ticket)
                assert all(words in words_of for words in what)
            case "told-helpdesk":
                assert chat.told == [what]
            case _:
                chat.say(who, what)
    assert not chat.replies


def test_every_message_leads_to_a_person() -> None:
    chat = Chat()
    chat.say("さくら", "メール サーバーに対して、暗号化された接続を使用できません。")
    assert Action.HUMAN in {b.action for b in chat.replies[0].buttons}
