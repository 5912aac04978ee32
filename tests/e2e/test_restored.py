"""What is pressed on a message whose conversation is not on record any more: never nothing."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest

from bot.bootstrap.clock import clock
from bot.storage.backup import back_up, restore
from bot.storage.mailbox import open_mailbox
from bot.workbench.standin import cast
from bot.workbench.standin.cast import SATO, TRIAGE
from bot.workbench.standin.model import Channel
from tests.e2e.conftest import Office, labels, until
from tests.e2e.test_slack import SEED, SEED_EN, paste

if TYPE_CHECKING:
    from pathlib import Path

GONE = {"sakura": "この会話の記録は残っていません", "alex": "no longer have this conversation"}
IDS = {"sakura": "U0SAKURA01", "alex": "U0ALEX0001"}


def told(office: Office, who: str) -> list[dict[str, Any]]:
    """What only this person sees, once there is something."""
    seen = office.standin.wait_for(lambda: office.standin.snapshot()["ephemerals"][who], 20)
    return list(seen)


def url(office: Office) -> str:
    return f"sqlite:///{office.database}"


def back_to(office: Office, copy: Path) -> None:
    office.stop()
    restore(url(office), copy, clock())
    office.start()


@pytest.mark.parametrize(("who", "text"), [("sakura", SEED), ("alex", SEED_EN)], ids=["ja", "en"])
def test_a_conversation_newer_than_the_copy_is_told_to_be_pasted_again(
    office: Office, tmp_path: Path, who: str, text: str
) -> None:
    back_up(url(office), tmp_path / "copy")
    root = paste(office, text, who)
    first = office.replies(root, 1)[0]
    back_to(office, tmp_path / "copy")

    office.press(who, first, labels(first)[1])
    (notice,) = told(office, IDS[who])
    assert GONE[who] in notice["text"]
    assert notice["thread_ts"] == root.ts
    assert len(office.replies(root, 1)) == 1, "nobody else reads of it"
    again = office.standin.people.post(who, root.channel, text)
    office.replies(again, 1)


def test_a_conversation_that_went_on_since_the_copy_is_too(office: Office, tmp_path: Path) -> None:
    root = paste(office)
    office.press("sakura", office.replies(root, 1)[0], "直りません")
    office.replies(root, 2)
    back_up(url(office), tmp_path / "copy")
    office.press("sakura", office.replies(root, 2)[1], "サインインできない")
    newest = office.replies(root, 3)[2]
    back_to(office, tmp_path / "copy")

    office.press("sakura", newest, labels(newest)[0])
    assert GONE["sakura"] in told(office, IDS["sakura"])[0]["text"]
    office.press("sakura", newest, "担当者に相談")
    assert "引き継ぎました" in office.replies(root, 4)[3].text


def test_a_card_newer_than_the_copy_sends_staff_to_the_person(
    office: Office, tmp_path: Path
) -> None:
    back_up(url(office), tmp_path / "copy")
    root = paste(office)
    office.press("sakura", office.replies(root, 1)[0], "担当者に相談")
    card = office.cards()[0]
    back_to(office, tmp_path / "copy")

    for label in ("担当する", "対応完了"):
        office.press("sato", card, label)
    until(lambda: len(told(office, SATO.id)) == 2, "each press is answered")
    for notice in told(office, SATO.id):
        assert "この相談の記録は残っていません" in notice["text"]
        assert notice["channel"] == TRIAGE.id


def test_where_the_bot_is_not_in_the_channel_it_is_told_in_the_direct_message(
    office: Office, tmp_path: Path
) -> None:
    people = office.standin.people
    away = Channel(id="C0AWAY0001", name="away", members=(cast.SAKURA.id, cast.ALEX.id))
    people.add_channel(away)
    back_up(url(office), tmp_path / "copy")
    asked = people.post("sakura", away.id, SEED)
    people.shortcut("sakura", asked)
    first = office.standin.wait_for(lambda: office.standin.messages("dm-sakura"), 20)[0]
    back_to(office, tmp_path / "copy")

    office.press("sakura", first, "直りません")
    (notice,) = told(office, IDS["sakura"])
    assert GONE["sakura"] in notice["text"]
    assert notice["channel"] == first.channel


def test_so_is_what_was_forgotten_after_its_time(office: Office) -> None:
    root = paste(office)
    office.press("sakura", office.replies(root, 1)[0], "直りました")
    solved = office.replies(root, 2)[1]
    time.sleep(0.5)  # its last task is done
    office.stop()
    mailbox = open_mailbox(url(office))
    assert mailbox.purge(clock() + 60.0)
    mailbox.close()
    office.start()

    office.press("sakura", solved, "まだ直りません")
    assert GONE["sakura"] in told(office, IDS["sakura"])[0]["text"]
