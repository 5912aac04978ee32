"""What is kept of one person is found whole and deleted whole; others' stays, and goes on."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from bot.cli import firstcheck
from bot.core.text.language import Language
from bot.errors import LostLease
from bot.helpdesk import own_data
from bot.helpdesk.incoming import Place, Wish
from bot.helpdesk.ports import CaseNote, Done, NewTask, Tally
from bot.storage.mailbox import SqlMailbox, open_mailbox
from bot.storage.memory import MemoryMailbox

if TYPE_CHECKING:
    from pathlib import Path

    from bot.helpdesk.ports import Json, Mailbox

MONTH = 30 * 86400.0


def note(lane: str, asker: str) -> CaseNote:
    return CaseNote(
        lane=lane, team="T", channel="C", asker=asker, rule_id="vpn", phase="offered",
        opened_at=1.0, updated_at=1.0,
    )  # fmt: skip


def case(asker: str, word: str, **more: str) -> dict[str, Any]:
    return {"case": {"asker": asker, "quote": word, "rule_id": "vpn", "opened_at": 1.0, **more}}


def do(  # noqa: PLR0913, PLR0917  (a row of a table)
    mailbox: Mailbox, id_: str, lane: str, kind: str, body: Json, done: Done
) -> None:
    """A task that comes in and is done at once."""
    mailbox.accept([NewTask(id=id_, lane=lane, kind=kind, body=body)], 1.0)
    lease = mailbox.claim("w", 1.0)
    assert lease
    assert lease.task.id == id_
    assert mailbox.finish(lease, done, 1.0) is None


def fill(mailbox: Mailbox) -> None:
    """Two employees, each with a conversation, whose names end in A and B."""
    for who, word in (("U0A", "mine-a"), ("U0B", "mine-b")):
        lane = f"T:C:{who}"
        state = case(who, word, phase="solved", step="fix:clock")
        body = {"who": who, "text": word}
        do(mailbox, f"msg:{who}", lane, "report", body, Done(state=state, note=note(lane, who)))


@pytest.fixture
def filled(mailbox: Mailbox) -> Mailbox:
    fill(mailbox)
    return mailbox


def everything(mailbox: Mailbox) -> str:
    """All that is kept of the two, and the helper, as text."""
    return str([mailbox.kept_of(who) for who in ("U0A", "U0B", "U0H")])


def test_one_person_is_forgotten_and_nobody_else(filled: Mailbox) -> None:
    assert "mine-a" in str(filled.kept_of("U0A"))
    assert "mine-b" not in str(filled.kept_of("U0A"))
    gone = filled.forget("U0A", 2.0)
    assert gone.conversations == 1
    kept = filled.kept_of("U0A")
    assert (kept.conversations, kept.states, kept.tasks) == ((), (), ())
    assert "mine-b" in str(filled.kept_of("U0B"))
    assert not filled.accept([NewTask(id="msg:U0A", lane="x", kind="report", body={})], 3.0)
    again = filled.forget("U0A", 4.0)
    assert (again.conversations, again.entries, again.mentions) == (0, 0, 0)


def test_a_helper_is_forgotten_and_the_conversation_goes_on(filled: Mailbox) -> None:
    """What the helper wrote goes; where the helper is named, nobody is."""
    lane = "T:C:U0B"
    state = {**case("U0B", "mine-b"), "direct_by": "U0H", "ticket": None}
    do(filled, "msg:2", lane, "report", {"who": "U0H", "text": "try again"}, Done(state=state))
    told = {"place": {"thread": "1"}, "status": "claimed", "by": "U0H"}
    said = {"reply": {"lines": [{"text": " is on it", "who": "U0H"}]}}
    filled.accept(
        [
            NewTask(id="ticket:1", lane=lane, kind="ticket", body=told),
            NewTask(id="post:1", lane=lane, kind="post", body=said),
            NewTask(id="msg:3", lane=lane, kind="report", body={"who": "U0H", "text": "bye"}),
        ],
        2.0,
    )
    gone = filled.forget("U0H", 3.0)
    assert (gone.conversations, gone.entries) == (0, 2)
    assert "U0H" not in everything(filled)
    kept = filled.peek(lane)
    assert kept
    assert (kept["case"]["quote"], kept["direct_by"]) == ("mine-b", "")

    lease = filled.claim("w", 3.0)
    assert lease
    assert (lease.task.id, lease.task.body["by"]) == ("ticket:1", "")
    lease = filled.finish(lease, Done(), 3.0)
    assert lease
    assert lease.task.body["reply"]["lines"][0] == {"text": " is on it", "who": ""}
    assert filled.finish(lease, Done(), 3.0) is None, "what the helper wrote is not worked on"


def test_a_report_that_was_merely_overheard_goes_too(filled: Mailbox) -> None:
    do(filled, "msg:x", "T:C:9", "report", {"who": "U0A", "text": "overheard"}, Done())
    filled.forget("U0A", 3.0)
    assert "overheard" not in everything(filled)


def test_the_direct_message_with_the_person_goes_whole(filled: Mailbox) -> None:
    place = {"team": "T", "channel": "D0A", "thread": ""}
    do(filled, "msg:d", "T:D0A:", "report", {"who": "U0A", "place": place}, Done())
    do(filled, "post:d", "T:D0A:", "post", {"reply": "you wrote: mine-a"}, Done())
    do(filled, "post:e", "T:D0B:", "post", {"reply": "you wrote: mine-b"}, Done())
    filled.forget("U0A", 3.0)
    filled.accept([NewTask(id="n", lane="T:D0A:", kind="post", body={"reply": "gone"})], 4.0)
    lease = filled.claim("w", 4.0)
    assert lease
    assert lease.task.id == "n", "the direct message can be used again"
    if not isinstance(filled, MemoryMailbox):
        assert "you wrote: mine-a" not in bodies(filled)
        assert "you wrote: mine-b" in bodies(filled)


def bodies(mailbox: Any) -> str:
    with mailbox.engine.connect() as db:
        return str(db.exec_driver_sql("SELECT body FROM task").scalars().all())


@pytest.mark.parametrize("how", ["forgotten", "purged"])
def test_no_byte_is_left_in_the_files_while_the_bot_runs(
    how: str, sql: SqlMailbox, tmp_path: Path
) -> None:
    fill(sql)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert b"mine-a" in b"".join(path.read_bytes() for path in files)
    sql.forget("U0A", 2.0) if how == "forgotten" else sql.purge(2.0)
    assert b"mine-a" not in b"".join(path.read_bytes() for path in files)


def test_only_in_one_workspace(filled: Mailbox) -> None:
    elsewhere = {"who": "U0A", "text": "elsewhere"}
    do(filled, "msg:t2", "T2:C:1", "report", elsewhere, Done(state={"direct_by": "U0A"}))
    assert "elsewhere" not in str(filled.kept_of("U0A", "T"))
    filled.forget("U0A", 3.0, "T")
    assert "mine-a" not in everything(filled)
    assert "elsewhere" in str(filled.kept_of("U0A", "T2"))
    assert filled.peek("T2:C:1") == {"direct_by": "U0A"}


def test_the_lane_that_asked_for_it_is_spared(filled: Mailbox) -> None:
    asked = {"who": "U0A"}
    filled.accept([NewTask(id="own", lane="T:own:1", kind="own_data", body=asked)], 3.0)
    lease = filled.claim("w", 3.0)
    assert lease
    filled.forget("U0A", 3.0, "T", lease.lane)
    told = NewTask(id="told", lane="T:own:1", kind="post", body={"reply": "gone"})
    assert filled.finish(lease, Done(new=(told,), erase=True), 3.0)
    assert filled.kept_of("U0A").tasks == ()


def test_what_is_being_worked_on_is_not_written_back(filled: Mailbox) -> None:
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


def test_a_worker_at_anothers_conversation_does_not_bring_the_id_back(filled: Mailbox) -> None:
    body = {"status": "claimed", "by": "U0H"}
    filled.accept([NewTask(id="ticket:1", lane="T:C:U0B", kind="ticket", body=body)], 3.0)
    lease = filled.claim("w", 3.0)
    assert lease
    filled.forget("U0H", 3.0)
    with pytest.raises(LostLease):
        filled.finish(lease, Done(state={**lease.state, "by": "U0H"}), 3.0)
    again = filled.claim("w", 4.0)
    assert again, "it is done again, naming nobody"
    assert again.task.body["by"] == ""


def test_the_text_is_gone_after_the_retention_period_and_the_outcome_stays(
    filled: Mailbox,
) -> None:
    solved = Tally(
        day="1970-01-01", team="T", rule="vpn", ended="solved", step="fix:clock", cases=2
    )
    assert filled.tallies() == [solved]
    filled.purge(1.0 + MONTH - 1 - MONTH)
    assert "mine-a" in str(filled.kept_of("U0A"))
    filled.purge(1.0 + MONTH + 1 - MONTH)
    kept = filled.kept_of("U0A")
    assert (kept.states, kept.tasks) == ((), ())
    assert filled.tallies() == [solved]


def test_who_is_forgotten_still_counts_without_a_name(filled: Mailbox) -> None:
    filled.forget("U0A", 2.0)
    filled.purge(3.0)
    assert [tally.cases for tally in filled.tallies()] == [2]


def test_nothing_that_names_a_person_outlives_the_retention_period(filled: Mailbox) -> None:
    """Also where there was no case: a picture sent to us leaves only who asked."""
    do(filled, "m", "T:D9:", "report", {"who": "U0H"}, Done(state={"direct_by": "U0H"}))
    filled.purge(2.0)
    assert everything(filled).count("U0") == 0


def test_a_person_asks_and_confirms(filled: Mailbox) -> None:
    """As `/firstcheck forget` does it."""
    direct = Place("T", "D0A")
    wanted = own_data.asked("T", "1.2", "U0A", Wish.ASK, "")
    (opening,) = own_data.do(wanted, filled, 2.0, Language.EN).new
    buttons = [(b["action"], b["value"]) for b in opening.body["reply"]["buttons"]]
    assert buttons == [("fc_forget", "en"), ("fc_keep", "en")]
    shown = own_data.do(replace(wanted, wish=Wish.SHOW), filled, 2.0, Language.JA).new[0]
    assert "mine-a" in str(shown.body)
    assert "mine-b" not in str(shown.body)
    assert "solved" not in str(shown.body), "in Japanese"
    sure = replace(wanted, wish=Wish.FORGET, direct=direct, language="ja")
    for _ in range(2):  # a worker may die after it
        done = own_data.do(sure, filled, 3.0, Language.EN)
        assert done.erase
        assert "削除しました" in str(done.new[0].body)
    assert filled.kept_of("U0A").tasks == ()
    assert "mine-b" in everything(filled)


def test_more_than_one_batch_is_purged_and_counted(mailbox: Mailbox) -> None:
    for n in range(1203):
        lane = f"T:C:{n}"
        done = Done(state=case("U0A", "x", phase="escalated"), note=note(lane, "U0A"))
        do(mailbox, f"m{n}", lane, "report", {"who": "U0A", "text": "x"}, done)
    mailbox.purge(2.0)
    (tally,) = mailbox.tallies()
    assert (tally.ended, tally.cases) == ("handed_over", 1203)
    assert mailbox.peek("T:C:1") is None


@pytest.mark.parametrize("command", ["export-data", "forget"])
def test_where_no_bot_has_run_a_command_says_so_and_leaves_no_file_others_could_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("FIRSTCHECK_DATABASE", f"sqlite:///{tmp_path / 'f.sqlite3'}")
    refused = CliRunner().invoke(firstcheck, [command, "U0A"])
    assert "There is no database" in str(refused.exception)
    assert list(tmp_path.iterdir()) == []


def test_the_commands_work_beside_a_running_bot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path / 'f.sqlite3'}"
    monkeypatch.setenv("FIRSTCHECK_DATABASE", url)
    mailbox = open_mailbox(url)  # held open, as by a bot
    fill(mailbox)
    shown = CliRunner().invoke(firstcheck, ["export-data", "U0A"])
    assert json.loads(shown.stdout)["tasks"][0]["body"]["text"] == "mine-a"
    elsewhere = CliRunner().invoke(firstcheck, ["export-data", "U0A", "--workspace", "T2"])
    assert json.loads(elsewhere.stdout)["tasks"] == []
    counted = CliRunner().invoke(firstcheck, ["report", "--days", "99999"])
    assert counted.stdout.splitlines()[1].split() == ["vpn", "2", "2", "0", "0", "0", "fix:clock"]
    assert CliRunner().invoke(firstcheck, ["report"]).stdout.startswith("No case since")
    said = CliRunner().invoke(firstcheck, ["forget", "U0A"])
    assert "deleted 1 conversations" in said.stdout
    assert mailbox.peek("T:C:U0A") == {}
    asked = ["report", "--days", "99999", "--json"]
    assert json.loads(CliRunner().invoke(firstcheck, asked).stdout)[0]["cases"] == 2
    mailbox.close()
    assert b"mine-a" not in b"".join(p.read_bytes() for p in tmp_path.iterdir())
    assert CliRunner().invoke(firstcheck, ["forget", "taro"]).exit_code == 2
