"""The button under "Shall I delete…?": whoever presses it is meant, and nobody else."""

from __future__ import annotations

from bot.core.text.language import Language
from bot.core.wording.reply import Action
from bot.helpdesk.codec import from_json
from bot.helpdesk.incoming import OwnDataAsked, Press, Wish
from bot.helpdesk.outward import OpenDm, Settle
from bot.helpdesk.own_data import asked, do
from bot.helpdesk.ports import Done
from bot.storage.memory import MemoryMailbox
from tests.helpdesk.office import ASKER, COLLEAGUE, DM, desk


def pressed(action: Action, who: str = ASKER, value: str = "ja") -> Done:
    return desk().step({}, Press(DM, who, action, value, 0, "9.9"), 5.0)


def test_whoever_presses_is_meant() -> None:
    settled, wanted = pressed(Action.FORGET, COLLEAGUE).new
    assert from_json(wanted.body, OwnDataAsked) == OwnDataAsked(
        place=asked("T1", "9.9", "", Wish.ASK, "").place,
        who=COLLEAGUE,
        wish=Wish.FORGET,
        language="ja",
        direct=DM,
    )
    assert settled.lane == wanted.lane, "the buttons go before all else is forgotten"
    assert not from_json(settled.body, Settle).reply.buttons


def test_pressed_twice_it_is_done_once() -> None:
    ids = [[task.id for task in pressed(Action.FORGET).new] for _ in range(2)]
    assert ids[0] == ids[1]


def test_thinking_better_of_it_only_takes_the_buttons_away() -> None:
    (settled,) = pressed(Action.KEEP, value="en").new
    assert from_json(settled.body, Settle).reply.text == "Nothing was deleted."


def test_in_the_language_of_the_last_case_else_the_helpdesks() -> None:
    mailbox = MemoryMailbox()
    wanted = asked("T1", "1", ASKER, Wish.ASK, "")

    def question() -> str:
        reply = from_json(do(wanted, mailbox, 1.0, Language.JA).new[0].body, OpenDm).reply
        assert reply
        return reply.text

    assert "削除しますか" in question()
    report = asked("T1", "0", ASKER, Wish.SHOW, "")  # anything of theirs
    mailbox.accept(do(report, mailbox, 1.0, Language.EN).new, 1.0)
    lease = mailbox.claim("w", 1.0)
    assert lease
    case = {"asker": ASKER, "language": "en", "opened_at": 1.0}
    mailbox.finish(lease, Done(state={"case": case}), 1.0)
    assert "Shall I delete" in question()
