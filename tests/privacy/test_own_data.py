"""An employee asks the bot what it keeps of them, and has it deleted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from bot.storage.beside import open_beside
from bot.workbench.standin import StandinThread, cast
from bot.workbench.standin.model import Channel
from tests.e2e.conftest import Office, _options, labels, until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.helpdesk.ports import Kept
    from bot.workbench.standin.model import Message
    from tests.postgres import Postgres

SEED = "Outlookの設定で『メール サーバーに対して、暗号化された接続を使用できません。』と出ます"
SEED_EN = "Outlook says: An encrypted connection to your mail server is not available."
DIRECT = {"sakura": "dm-sakura", "alex": "dm-alex"}


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    database = f"sqlite:///{tmp_path / 'firstcheck.sqlite3'}"
    if request.param == "postgresql":
        postgres: Postgres = request.getfixturevalue("postgres")
        database = postgres.database()
    with StandinThread(_options()) as standin:
        environ = {"FIRSTCHECK_DATABASE": database}
        made = Office(standin, tmp_path / "firstcheck.sqlite3", environ=environ)
        made.start()
        try:
            yield made
        finally:
            made.stop(kill=True)


def room(office: Office) -> str:
    members = (cast.SAKURA.id, cast.ALEX.id, cast.SATO.id, cast.BOT.id)
    return office.standin.people.add_channel(
        Channel(id="C0OWN0001", name="own", members=members)
    ).id


def says(office: Office, who: str, words: str) -> None:
    office.standin.people.command(who, "general", "/firstcheck", words)


def told(office: Office, who: str, words: str) -> Message:
    """The bot's message in the person's direct message that says this."""
    found = office.standin.wait_for(
        lambda: [m for m in office.standin.messages(DIRECT[who]) if words in m.text], 30
    )
    return found[-1]


def kept(office: Office, who: str) -> Kept:
    mailbox = open_beside(office.environ["FIRSTCHECK_DATABASE"])
    try:
        return mailbox.kept_of(who)
    finally:
        mailbox.close()


def test_a_person_sees_what_is_kept_of_them_and_of_nobody_else(office: Office) -> None:
    channel = room(office)
    mine = office.standin.people.post("sakura", channel, f"{SEED} 内線は 03-5551-0000")
    theirs = office.standin.people.post("alex", channel, SEED_EN)
    office.replies(mine, 1)
    office.replies(theirs, 1)
    office.standin.people.post("alex", channel, "my turn to help: have you tried the web?", mine.ts)

    says(office, "sakura", "私のデータ")
    answer = told(office, "sakura", "保存しているデータです").text
    assert "相談 1 件、投稿 1 件" in answer
    assert "[phone]" in answer
    assert "5551" not in answer
    assert "my turn to help" not in answer
    assert "An encrypted connection" not in answer

    says(office, "alex", "mydata")
    assert "Cases: 1. Messages: 2." in told(office, "alex", "what I keep of you").text
    until(
        lambda: "What I keep" not in json.dumps(kept(office, cast.ALEX.id).tasks), "no copy stays"
    )


def test_a_person_is_forgotten_after_being_asked_once_more(office: Office) -> None:
    channel = room(office)
    mine = office.standin.people.post("sakura", channel, SEED)
    theirs = office.standin.people.post("alex", channel, SEED_EN)
    office.replies(mine, 1)
    first = office.replies(theirs, 1)[0]
    office.standin.people.post("sakura", channel, "私も同じです。再起動しましたか？", theirs.ts)
    office.standin.people.direct("sakura", "椅子がきしみます")
    told(office, "sakura", "まだ登録されていません")

    says(office, "sakura", "忘れて")
    question = told(office, "sakura", "削除しますか")
    assert labels(question) == ["削除する", "やめる"]
    assert kept(office, cast.SAKURA.id).conversations, "nothing happens before it is confirmed"
    office.press("sakura", question, "やめる")
    told(office, "sakura", "削除しませんでした")
    assert kept(office, cast.SAKURA.id).conversations

    says(office, "sakura", "forget")  # answered in the language of the person's last case
    again = told(office, "sakura", "削除しますか")
    assert again.ts != question.ts
    office.press("sakura", again, "削除する")
    told(office, "sakura", "保存していたデータを削除しました")
    until(lambda: not any(kept(office, cast.SAKURA.id).tasks), "nothing is left")
    left = kept(office, cast.SAKURA.id)
    assert (left.conversations, left.states, left.tasks) == ((), (), ())

    until(lambda: labels(first) != [], "the other's conversation")
    office.press("alex", first, "Didn't help")
    assert len(office.replies(theirs, 2)) == 2, "the other's conversation goes on"
    assert kept(office, cast.ALEX.id).conversations


def test_in_english_and_where_nothing_is_kept(office: Office) -> None:
    channel = room(office)
    office.replies(office.standin.people.post("alex", channel, SEED_EN), 1)
    says(office, "alex", "forget me")
    question = told(office, "alex", "Shall I delete")
    assert labels(question) == ["Delete", "Keep it"]
    says(office, "sakura", "mydata")
    told(office, "sakura", "保存しているデータはありません")
    office.press("alex", question, "Delete")
    told(office, "alex", "What I kept of you is deleted")
    until(lambda: not kept(office, cast.ALEX.id).tasks, "nothing is left")
