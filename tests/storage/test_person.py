"""What is kept of one person is found whole and deleted whole; others' stays."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from bot.cli import firstcheck
from bot.errors import LostLease
from bot.helpdesk.ports import CaseNote, Done, NewTask
from bot.storage.mailbox import SqlMailbox, open_mailbox

if TYPE_CHECKING:
    from pathlib import Path


def note(lane: str, asker: str) -> CaseNote:
    return CaseNote(
        lane=lane, team="T", channel="C", asker=asker, rule_id="vpn", phase="offered",
        opened_at=1.0, updated_at=1.0,
    )  # fmt: skip


def fill(mailbox: SqlMailbox) -> None:
    for who, word in (("U0A", "mine-a"), ("U0B", "mine-b")):
        lane = f"T:C:{who}"
        body = {"who": who, "text": word}
        mailbox.accept([NewTask(id=f"msg:{who}", lane=lane, kind="report", body=body)], 1.0)
        lease = mailbox.claim("w", 1.0)
        assert lease
        assert not mailbox.finish(
            lease, Done(state={"case": {"asker": who, "quote": word}}, note=note(lane, who)), 1.0
        )


@pytest.fixture(params=["sql", "postgresql"])
def filled(request: pytest.FixtureRequest) -> SqlMailbox:
    mailbox: SqlMailbox = request.getfixturevalue(request.param)
    fill(mailbox)
    return mailbox


def test_one_person_is_forgotten_and_nobody_else(filled: SqlMailbox) -> None:
    assert "mine-a" in str(filled.kept_of("U0A"))
    assert "mine-b" not in str(filled.kept_of("U0A"))
    gone = filled.forget("U0A", 2.0)
    assert (gone.conversations, gone.states, gone.tasks) == (1, 1, 1)
    kept = filled.kept_of("U0A")
    assert (kept.conversations, kept.states, kept.tasks) == ((), (), ())
    assert "mine-b" in str(filled.kept_of("U0B"))
    assert not filled.accept([NewTask(id="msg:U0A", lane="x", kind="report", body={})], 3.0)


def test_what_is_being_worked_on_is_not_written_back(filled: SqlMailbox) -> None:
    filled.accept(
        [NewTask(id="msg:2", lane="T:C:U0A", kind="report", body={"who": "U0A", "text": "x"})], 3.0
    )
    lease = filled.claim("w", 3.0)
    assert lease
    filled.forget("U0A", 3.0)
    with pytest.raises(LostLease):
        filled.finish(lease, Done(state={"case": {"quote": "x"}}), 3.0)
    assert filled.claim("w", 4.0) is None
    assert filled.peek("T:C:U0A") == {}


def test_the_text_is_gone_after_the_retention_period(filled: SqlMailbox) -> None:
    month = 30 * 86400.0
    filled.purge(1.0 + month - 1 - month)
    assert "mine-a" in str(filled.kept_of("U0A"))
    filled.purge(1.0 + month + 1 - month)
    kept = filled.kept_of("U0A")
    assert (kept.states, kept.tasks) == ((), ())


def test_the_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path / 'f.sqlite3'}"
    monkeypatch.setenv("FIRSTCHECK_DATABASE", url)
    mailbox = open_mailbox(url)
    fill(mailbox)
    mailbox.close()
    shown = CliRunner().invoke(firstcheck, ["export-data", "U0A"])
    assert json.loads(shown.stdout)["tasks"][0]["body"]["text"] == "mine-a"
    said = CliRunner().invoke(firstcheck, ["forget", "U0A"])
    assert "deleted 1 conversations" in said.stdout
    assert b"mine-a" not in b"".join(p.read_bytes() for p in tmp_path.iterdir())
    assert CliRunner().invoke(firstcheck, ["forget", "taro"]).exit_code == 2
