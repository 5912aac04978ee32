"""From a pasted error to its end, over the wire that Slack uses."""

from __future__ import annotations

import itertools
import json
import sqlite3
import time
import urllib.error
import urllib.request
from typing import TYPE_CHECKING

import pytest

from bot.workbench.standin import cast, pings
from bot.workbench.standin.model import Channel
from tests.e2e.conftest import CALM, Office, labels, until

if TYPE_CHECKING:
    from bot.workbench.standin.model import Message

SEED = "Outlookの設定で『メール サーバーに対して、暗号化された接続を使用できません。』と出ます"
ROOMS = itertools.count(1)
SEED_EN = "Outlook says: An encrypted connection to your mail server is not available."


def room(office: Office) -> str:
    """A channel of its own: one person's second paste of an error there is the same case."""
    number = next(ROOMS)
    members = (cast.SAKURA.id, cast.ALEX.id, cast.SATO.id, cast.BOT.id)
    channel = Channel(id=f"C0ROOM{number:04d}", name=f"room-{number}", members=members)
    return office.standin.people.add_channel(channel).id


def paste(office: Office, text: str = SEED, who: str = "sakura") -> Message:
    return office.standin.people.post(who, room(office), text)


def test_the_seed_error_is_solved(office: Office) -> None:
    root = paste(office)
    first = office.replies(root, 1)[0]
    assert "暗号化された接続を使用できません" in first.text
    assert "氏名" in first.text
    assert labels(first) == [
        "直りました",
        "直りません",
        "ほかの確認",
        "担当者に相談",
        "エラーではない",
    ]

    office.press("sakura", first, "直りました")
    settled, solved = office.replies(root, 2)
    assert "解決済み" in solved.text
    until(lambda: not labels(office.replies(root, 2)[0]), "the buttons go")
    assert "回答：直りました" in office.replies(root, 2)[0].text
    assert settled.ts == first.ts


def test_the_seed_error_is_handed_over_claimed_and_resolved(office: Office) -> None:
    root = paste(office, SEED_EN, "alex")
    office.press("alex", office.replies(root, 1)[0], "Didn't help")
    office.press("alex", office.replies(root, 2)[1], "“Mailbox couldn't be found”")
    handed = office.replies(root, 3)[2]
    assert "Handed over" in handed.text

    card = office.cards()[0]
    assert "An encrypted connection to your mail server is not available" in card.text
    assert root.ts.replace(".", "") in str(card.blocks)
    office.press("sato", card, "担当する")
    assert "looking after this" in office.replies(root, 4)[3].text
    until(lambda: labels(office.cards()[0]) == ["対応完了"], "the card is claimed")
    office.press("sato", office.cards()[0], "対応完了")
    assert "marked this as done" in office.replies(root, 5)[4].text
    until(lambda: not labels(office.cards()[0]), "the card is done")


def test_typed_answers_lead_on_as_buttons_do(shared_office: Office) -> None:
    root = paste(shared_office)
    shared_office.replies(root, 1)
    shared_office.standin.people.post("sakura", root.channel, "まだだめです", root.ts)
    assert "outlook.office.com" in shared_office.replies(root, 2)[1].text
    shared_office.standin.people.post("sakura", root.channel, "担当者", root.ts)
    assert "引き継ぎました" in shared_office.replies(root, 3)[2].text


@pytest.mark.parametrize("kill", [False, True], ids=["stopped", "killed"])
def test_a_restart_in_the_middle_loses_nothing(office: Office, *, kill: bool) -> None:
    root = paste(office)
    first = office.replies(root, 1)[0]
    office.stop(kill=kill)
    if not office.http:
        until(lambda: not office.standin.snapshot()["connections"], "it is gone")
    office.start()
    office.press("sakura", first, "直りません")
    second = office.replies(root, 2)[1]
    assert "outlook.office.com" in second.text
    office.press("sakura", second, "サインインできない")
    assert len(office.replies(root, 3)) == 3


def test_the_same_event_twice_is_answered_once(office: Office) -> None:
    root = paste(office)
    office.replies(root, 1)
    office.standin.people.redeliver(root)
    office.standin.people.redeliver(root)
    time.sleep(CALM)
    assert len(office.replies(root, 1)) == 1


def test_a_mention_is_two_events_and_one_answer(shared_office: Office) -> None:
    root = shared_office.standin.people.mention("alex", room(shared_office), SEED_EN)
    shared_office.replies(root, 1)
    time.sleep(CALM)
    assert len(shared_office.replies(root, 1)) == 1


def test_a_wrong_signature_is_refused(office: Office) -> None:
    if not office.http:
        pytest.skip("signatures are for HTTP")
    request = urllib.request.Request(
        f"http://127.0.0.1:{office.port}/slack/events",
        data=b'{"type":"event_callback"}',
        headers={
            "X-Slack-Signature": "v0=" + "0" * 64,
            "X-Slack-Request-Timestamp": str(int(time.time())),
            "Content-Type": "application/json",
        },
    )
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=5)
    refused.value.close()
    assert refused.value.code == 401


@pytest.mark.parametrize(
    "text",
    [
        "おはようございます。10時の会議室を変更しました",
        "暗号化された接続の件、直りました。ありがとうございました！",
        "Does anyone have the VPN manual?",
        "The encrypted connection thing is fixed, thanks all",
    ],
)
def test_chatter_is_left_alone(shared_office: Office, text: str) -> None:
    assert shared_office.silent(paste(shared_office, text))


def test_nothing_of_chatter_is_kept(shared_office: Office) -> None:
    said = paste(shared_office, "おはようございます。紫陽花がきれいですね")
    unknown = paste(shared_office, "Error 0x8badf00d: the hydrangea could not be initialised")
    assert shared_office.silent(unknown)
    with sqlite3.connect(shared_office.database) as db:
        kept = [body for (body,) in db.execute("SELECT body FROM task WHERE kind = 'report'")]
        lanes = [key for (key,) in db.execute("SELECT key FROM lane")]
    db.close()
    assert not any("紫陽花" in json.loads(body)["text"] for body in kept if body)
    assert not any(said.ts in key for key in lanes)
    assert any("hydrangea" in body for body in kept if body), "a rule may be missing for it"


def test_other_bots_and_other_companies_are_left_alone(shared_office: Office) -> None:
    people = shared_office.standin.people
    assert shared_office.silent(people.post_as_app("help-it", SEED))
    assert shared_office.silent(people.post("dana", "partner-acme", SEED_EN))


def test_where_it_was_not_invited_it_says_nothing(shared_office: Office) -> None:
    assert shared_office.silent(shared_office.standin.people.post("sakura", "general", SEED))


def test_said_directly_it_always_answers(shared_office: Office) -> None:
    sent = shared_office.standin.people.direct("alex", "my chair squeaks")
    answer = shared_office.replies(sent, 1)[0]
    assert "don't have advice" in answer.text
    assert "Talk to the helpdesk" in labels(answer)


def test_the_command_answers_in_a_direct_message(shared_office: Office) -> None:
    standin = shared_office.standin
    standin.people.command("sato", "general", "/firstcheck", f"ask {SEED}")
    found = standin.wait_for(
        lambda: [m for m in standin.messages("dm-sato") if "氏名" in m.text], 20
    )
    assert labels(found[0])


def test_the_shortcut_diagnoses_somebody_elses_message(shared_office: Office) -> None:
    quiet = paste(shared_office, "椅子がきしみます")
    assert shared_office.silent(quiet)
    shared_office.standin.people.shortcut("sato", quiet)
    assert "登録されていません" in shared_office.replies(quiet, 1)[0].text


def test_an_edit_that_brings_the_error_is_answered_once(shared_office: Office) -> None:
    root = paste(shared_office, "Outlookで困っています")
    assert shared_office.silent(root)
    shared_office.standin.people.edit("sakura", root.channel, root.ts, SEED)
    shared_office.replies(root, 1)
    shared_office.standin.people.edit("sakura", root.channel, root.ts, SEED + " 助けて")
    time.sleep(CALM)
    assert len(shared_office.replies(root, 1)) == 1


def test_a_stranger_may_not_press(shared_office: Office) -> None:
    root = paste(shared_office, SEED_EN, "alex")
    first = shared_office.replies(root, 1)[0]
    shared_office.press("sakura", first, "It works now")
    standin = shared_office.standin
    told = standin.wait_for(lambda: standin.snapshot()["ephemerals"]["U0SAKURA01"], 20)
    assert "helpdesk can press" in told[-1]["text"]
    assert labels(shared_office.replies(root, 1)[0])


def test_a_doubled_press_is_answered_kindly(shared_office: Office) -> None:
    root = paste(shared_office, SEED_EN, "alex")
    first = shared_office.replies(root, 1)[0]
    shared_office.press("alex", first, "Didn't help")
    shared_office.press("alex", first, "Didn't help")
    shared_office.replies(root, 2)
    standin = shared_office.standin
    told = standin.wait_for(lambda: standin.snapshot()["ephemerals"]["U0ALEX0001"], 20)
    assert "newest message" in told[-1]["text"]
    assert len(shared_office.replies(root, 2)) == 2


def test_the_same_error_again_in_a_moment_is_the_same_case(shared_office: Office) -> None:
    root = paste(shared_office)
    shared_office.replies(root, 1)
    assert shared_office.silent(
        shared_office.standin.people.post("sakura", root.channel, f"また出ました {SEED}")
    )
    office_mate = shared_office.standin.people.post("alex", root.channel, SEED_EN)
    assert shared_office.replies(office_mate, 1)


def test_pasted_markup_pings_nobody(shared_office: Office) -> None:
    root = paste(shared_office, f"<!channel> <@U0SATO0001> ```{SEED_EN} <!here>```", "alex")
    first = shared_office.replies(root, 1)[0]
    assert not pings(first.text, first.blocks)


def test_what_was_pasted_is_in_no_log(shared_office: Office) -> None:
    secret = "hunter2-canary"
    root = paste(shared_office, f"{SEED}\nパスワード: {secret}")
    shared_office.replies(root, 1)
    assert secret not in shared_office.log.read_text()
    assert "暗号化" not in shared_office.log.read_text()
    for part in shared_office.database.parent.glob("firstcheck.sqlite3*"):
        assert secret.encode() not in part.read_bytes()


@pytest.mark.parametrize(
    ("text", "what", "secret"),
    [
        (f"{SEED} パスワードは Hoge!2345 です", "パスワード", "Hoge!2345"),
        (f"{SEED_EN} xoxb-123456789012-abcdefGHIJKL", "token", "abcdefGHIJKL"),
    ],
    ids=["ja", "en"],
)
def test_whoever_shows_a_secret_is_told_alone_and_first(
    office: Office, text: str, what: str, secret: str
) -> None:
    root = paste(office, text)
    answer = office.replies(root, 1)[0]
    office.standin.people.redeliver(root)
    time.sleep(CALM)
    (notice,) = office.standin.snapshot()["ephemerals"]["U0SAKURA01"]
    assert what in notice["text"]
    assert notice["ts"] < answer.ts
    assert secret not in notice["text"] + answer.text
    kept = b"".join(path.read_bytes() for path in office.database.parent.glob("*"))
    assert secret.encode() not in kept
