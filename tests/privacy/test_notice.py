"""Whoever shows a secret is told so, alone and first, whichever way they showed it."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

import pytest

from bot.workbench.standin import cast
from tests.e2e.conftest import CALM, Office, _office

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.workbench.standin.model import Message

SEED = "Outlookの設定で『メール サーバーに対して、暗号化された接続を使用できません。』と出ます"
SEED_EN = "Outlook says: An encrypted connection to your mail server is not available."
TOKEN = "xoxb" + "-210987654321-abcdefVWXYZ987"


@pytest.fixture
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with _office(tmp_path_factory.mktemp("office")) as made:
        yield made


def bots(office: Office, channel: str, count: int) -> list[Message]:
    """The bot's messages in a direct message once there are `count`, and no more a moment after."""
    standin = office.standin
    standin.wait_for(
        lambda: [m for m in standin.messages(channel) if m.user == cast.BOT.id][count - 1 :], 20
    )
    time.sleep(CALM)
    return [m for m in standin.messages(channel) if m.user == cast.BOT.id]


def whispers(office: Office, who: str) -> list[str]:
    return [m["text"] for m in office.standin.snapshot()["ephemerals"][who]]


def test_in_a_direct_message_it_is_an_ordinary_message_before_the_answer(office: Office) -> None:
    sent = office.standin.people.direct("sakura", f"{SEED} パスワードは Kx9-hamabe! です")
    notice, answer = bots(office, sent.channel, 2)
    assert "（パスワード）" in notice.text
    assert "変更したうえで、投稿を削除してください" in notice.text
    assert "氏名" in answer.text
    assert "hamabe" not in notice.text + json.dumps(answer.blocks)
    assert not whispers(office, cast.SAKURA.id)
    office.standin.people.redeliver(sent)
    assert len(bots(office, sent.channel, 2)) == 2


def test_in_a_direct_message_also_where_no_rule_helps(office: Office) -> None:
    sent = office.standin.people.direct("alex", f"my chair squeaks, by the way {TOKEN}")
    notice, answer = bots(office, sent.channel, 2)
    assert "an access token or key" in notice.text
    assert "don't have advice" in answer.text
    assert "abcdefVWXYZ987" not in json.dumps([notice.blocks, answer.blocks])


def test_by_the_command_it_is_told_in_the_direct_message(office: Office) -> None:
    office.standin.people.command("alex", "general", "/firstcheck", f"ask {SEED_EN} {TOKEN}")
    notice, answer = bots(office, "dm-alex", 2)
    assert "an access token or key" in notice.text
    assert "Recognised" in answer.text
    assert "abcdefVWXYZ987" not in json.dumps([notice.blocks, answer.blocks])
    assert not any("token" in text for text in whispers(office, cast.ALEX.id))


def test_by_the_shortcut_the_writer_is_told_and_nobody_else(office: Office) -> None:
    people = office.standin.people
    quiet = people.post("sakura", "help-it", "椅子がきしみます")
    written = people.post("sakura", "help-it", "椅子がきしみます。パスワード：Qr7まつり")
    people.shortcut("sato", quiet)
    people.shortcut("sato", written)
    office.replies(written, 1)
    office.standin.wait_for(lambda: whispers_now(office, cast.SAKURA.id), 20)
    (notice,) = [text for text in whispers(office, cast.SAKURA.id) if "パスワード" in text]
    assert "まつり" not in notice
    assert not any("パスワード" in text for text in whispers(office, cast.SATO.id))


def whispers_now(office: Office, who: str) -> list[object]:
    """As `whispers`, on the stand-in's own loop."""
    return list(office.standin.standin.workspace.ephemerals(who))


def test_overheard_it_is_told_though_nothing_is_answered(office: Office) -> None:
    root = office.standin.people.post("sakura", "help-it", "椅子の件、パスワード：Qr7まつり")
    assert office.silent(root)
    (notice,) = whispers(office, cast.SAKURA.id)
    assert "（パスワード）" in notice


def test_an_edit_tells_it_once_and_only_where_it_brings_the_secret(office: Office) -> None:
    people = office.standin.people
    root = people.post("sakura", "help-it", "困っています")
    people.edit("sakura", root.channel, root.ts, "困っています パスワード：Qr7まつり")
    office.standin.wait_for(lambda: whispers_now(office, cast.SAKURA.id), 20)
    people.edit("sakura", root.channel, root.ts, "困っています パスワード：Qr7まつり です")
    time.sleep(CALM)
    assert len(whispers(office, cast.SAKURA.id)) == 1
