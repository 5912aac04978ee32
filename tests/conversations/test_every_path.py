"""Every path through the seed rule, in both languages: each button of each message is pressed."""

from __future__ import annotations

import json
from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.bootstrap.desk import desk_for_rehearsal, load_rules
from bot.core.conversation.model import Phase
from bot.core.text.language import Language, language_of
from bot.core.wording.reply import Action, Button, LineKind, Reply
from bot.helpdesk.codec import from_json
from bot.helpdesk.incoming import Place, Press, Report
from bot.helpdesk.moment import LaneState
from bot.helpdesk.outward import Post

if TYPE_CHECKING:
    from bot.helpdesk.ports import Done, Json

PLACE = Place("T1", "C1", "1.0")
DESK = desk_for_rehearsal(load_rules().rulebook)
PASTES = {
    Language.JA: "メール サーバーに対して、暗号化された接続を使用できません。",
    Language.EN: "An encrypted connection to your mail server is not available.",
}
ENDS = {Phase.SOLVED, Phase.ESCALATED, Phase.DISMISSED}


def posted(done: Done) -> Reply:
    (reply,) = [from_json(t.body, Post).reply for t in done.new if t.kind == "post"]
    return reply


def essence(lane: LaneState) -> str:
    """What decides how it goes on: the way there does not."""
    case = lane.case
    assert case is not None
    return json.dumps(
        [
            case.phase,
            case.step,
            sorted(case.answers.items()),
            sorted(case.failed),
            sorted(case.skipped),
            case.past_limits,
            bool(case.ticket),
        ]
    )


def check(reply: Reply, language: Language) -> None:
    assert 1 <= len(reply.lines) <= 5, reply.text
    assert sum(line.kind is LineKind.LEAD for line in reply.lines) <= 1, "one next step"
    assert language_of(reply.text) is language or not reply.text
    assert reply.buttons, "a dead end"
    labels = [b.label for b in reply.buttons]
    assert len(set(labels)) == len(labels) <= 25
    assert all(len(label) <= 75 for label in labels)
    ways = {b.action for b in reply.buttons}
    assert ways & {Action.HUMAN, Action.FIXED}


@pytest.mark.parametrize("language", list(Language))
def test_every_button_of_every_message_leads_on(language: Language) -> None:
    desk = replace(DESK, policy=replace(DESK.policy, triage_channel="C9"))
    start = desk.step({}, Report(PLACE, "U1", "1.0", PASTES[language]), 0.0)
    assert start.state is not None
    seen: set[str] = set()
    ended: set[Phase] = set()
    todo: deque[tuple[Json, tuple[Button, ...]]] = deque([(start.state, posted(start).buttons)])
    while todo:
        state, buttons = todo.popleft()
        case = from_json(state, LaneState).case
        assert case is not None
        for button in buttons:
            press = Press(PLACE, "U1", button.action, button.value, case.turn, "2.0")
            done = desk.step(state, press, 1.0)
            reply = posted(done)
            check(reply, language)
            assert done.state is not None
            lane = from_json(done.state, LaneState)
            assert lane.case is not None
            if lane.case.phase in ENDS:
                ended.add(lane.case.phase)
            elif button.action is Action.OTHER or lane.case.past_limits:
                continue  # the same steps in another order
            elif (key := essence(lane)) not in seen:
                seen.add(key)
                todo.append((done.state, reply.buttons))
    assert ended == ENDS
    assert len(seen) > 15, "the seed rule is deep"
