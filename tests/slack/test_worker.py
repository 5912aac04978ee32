from __future__ import annotations

import logging
import threading
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import pytest
from typing_extensions import override

from bot.core.text.language import Language
from bot.core.wording.reply import Action, Line, Reply
from bot.errors import StorageError
from bot.helpdesk.codec import new_task, to_json
from bot.helpdesk.incoming import (
    Incoming,
    OwnDataAsked,
    Place,
    Press,
    ReloadAsked,
    Report,
    Wish,
)
from bot.helpdesk.outward import Post
from bot.helpdesk.ports import CaseNote, Done, Json, NewTask
from bot.slack.handler import Handler
from bot.slack.operators import Operators
from bot.slack.outcome import GiveUp, Outcome, Sent
from bot.slack.settings import SlackSettings
from bot.slack.worker import Worker
from bot.storage.memory import MemoryMailbox
from bot.telemetry.metrics import Metrics

if TYPE_CHECKING:
    from bot.helpdesk.ports import Kept, Lease

SECRET = "パスワード hunter2"
PLACE = Place("T", "C", "1.0")


@dataclass
class Sink:
    """An outside that takes everything and remembers it."""

    sent: list[tuple[str, str]] = field(default_factory=list)
    places: list[Json] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    """Whose direct message was opened to say it."""

    def perform(self, lease: Lease) -> Outcome:
        lines = lease.task.body["reply"]["lines"]
        if lease.task.kind == "open_dm":
            self.opened.append(lease.task.body["who"])
        else:
            self.places.append(lease.task.body["place"])
        self.sent.append((lease.lane, lines[0]["text"]))
        return Sent({"ts": f"{len(self.sent)}.0", "channel": "C"})


@dataclass
class Bench:
    step: Any
    mailbox: MemoryMailbox = field(default_factory=MemoryMailbox)
    sink: Sink = field(default_factory=Sink)
    operators: Operators = field(default_factory=Operators)
    meter: Metrics = field(default_factory=Metrics)
    settings: SlackSettings = field(
        default_factory=lambda: SlackSettings(bot_token="x", workers=4, poll_s=0.05)
    )
    behind: float = 0.0
    """Seconds that the first has waited to be accepted."""

    def __post_init__(self) -> None:
        handler = Handler(
            mailbox=self.mailbox,
            step=self.step,
            messenger=self.sink,
            failure_reply=lambda token: Reply((Line(f"申し訳ありません / Sorry ({token})"),)),
            settings=self.settings,
            clock=now,
            operators=self.operators,
            meter=self.meter,
        )
        self.worker = Worker(self.mailbox, handler, self.settings, now, lambda: self.behind)

    def put(self, thing: Any, id_: str = "msg:1", lane: str = PLACE.key) -> None:
        self.mailbox.accept([new_task(id_, lane, thing)], now())


def now() -> float:
    return time.time_ns() / 1e9


def report(text: str = SECRET, *, direct: bool = False, who: str = "U1") -> Report:
    return Report(PLACE, who, "1.0", text, direct=direct)


def press() -> Press:
    return Press(PLACE, "U1", Action.FIXED, "", 1, "1.0")


def echo(state: Json, incoming: Incoming, _now: float, _recent: CaseNote | None) -> Done:
    """Answers each report with a count, so that order and losses show."""
    count = state.get("count", 0) + 1
    place = incoming.place
    post = Post(place, place.key, count, Reply((Line(str(count)),)))
    return Done(
        state={"count": count}, new=[new_task(f"post:{place.key}:{count}", place.key, post)]
    )


def broken(_state: Json, incoming: Incoming, _now: float, _recent: CaseNote | None) -> Done:
    raise RuntimeError(f"cannot handle {incoming}")


def test_what_is_accepted_is_answered_in_order_by_the_threads() -> None:
    bench = Bench(echo)
    bench.worker.start()
    lanes = [Place("T", "C", f"{n}.0") for n in range(10)]
    for turn in range(5):
        for place in lanes:
            said = replace(report(), place=place)
            bench.put(said, f"msg:{place.key}:{turn}", place.key)
        bench.worker.notify()
    done = threading.Event()
    deadline = time.monotonic() + 20
    while len(bench.sink.sent) < 50 and time.monotonic() < deadline:
        done.wait(0.01)
    assert bench.worker.stop()
    assert Counter(lane for lane, _ in bench.sink.sent) == {p.key: 5 for p in lanes}
    for place in lanes:
        assert [said for lane, said in bench.sink.sent if lane == place.key] == list("12345")


@pytest.mark.parametrize("rung", [True, False], ids=["accepted here", "accepted elsewhere"])
def test_conversations_that_wait_together_are_done_side_by_side(rung: bool) -> None:  # noqa: FBT001
    together = threading.Barrier(3)

    def slow(state: Json, incoming: Incoming, at: float, recent: CaseNote | None) -> Done:
        together.wait(20)
        return echo(state, incoming, at, recent)

    bench = Bench(slow)
    bench.worker.start()
    time.sleep(0.1)  # all of them rest
    for n in range(3):
        place = Place("T", "C", f"{n}.0")
        bench.put(replace(report(), place=place), f"msg:{n}", place.key)
        if rung:
            bench.worker.notify()
    assert _sent_within(bench, 20, 3)
    assert bench.worker.stop()


def test_work_gives_way_to_what_is_being_accepted_but_not_for_ever() -> None:
    bench = Bench(echo, behind=9.0)
    bench.put(report())
    bench.worker.start()
    time.sleep(0.2)
    assert bench.sink.sent == []
    bench.behind = 0.0
    assert _sent_within(bench, 0.25)
    bench.behind = 9.0
    bench.put(report("again"), "msg:2")
    bench.worker.notify()
    assert not _sent_within(bench, 0.25, 2)
    assert _sent_within(bench, 20, 2)
    assert bench.worker.stop()


def _sent_within(bench: Bench, seconds: float, count: int = 1) -> bool:
    deadline = time.monotonic() + seconds
    while len(bench.sink.sent) < count and time.monotonic() < deadline:
        time.sleep(0.01)
    return len(bench.sink.sent) >= count


def test_where_our_messages_are_survives_steps_that_do_not_know_it() -> None:
    bench = Bench(echo)
    bench.put(report(direct=True))
    bench.worker.drain()
    bench.put(report("again"), "msg:2")
    bench.worker.drain()
    state = bench.mailbox.peek(PLACE.key)
    assert state == {"count": 2, "posted": {"1": "1.0", "2": "2.0"}, "direct_by": "U1"}


@pytest.mark.parametrize("incoming", [press(), report(direct=True)])
def test_a_failure_is_told_once_with_a_token_and_without_words(
    incoming: Incoming, caplog: pytest.LogCaptureFixture
) -> None:
    bench = Bench(broken)
    with caplog.at_level(logging.DEBUG, "bot"):
        bench.put(incoming)
        bench.worker.drain()
        bench.put(incoming)
        bench.worker.drain()
    ((_, said),) = bench.sink.sent
    token = said.rsplit("(", 1)[1].rstrip(")")
    assert "申し訳ありません" in said
    assert f"incident={token}" in caplog.text
    assert "RuntimeError at test_worker.py" in caplog.text
    assert "hunter2" not in caplog.text
    assert "cannot handle" not in caplog.text + said


@pytest.mark.parametrize(
    "incoming",
    [
        ReloadAsked(Place("T", "reload", "1"), "U1"),
        OwnDataAsked(Place("T", "own", "1"), "U1", Wish.SHOW),
    ],
)
def test_who_typed_a_command_that_fails_is_told_in_a_direct_message(incoming: Incoming) -> None:
    class Unreadable(MemoryMailbox):
        @override
        def kept_of(self, who: str, team: str = "") -> Kept:
            raise RuntimeError(SECRET)

    bench = Bench(broken, Unreadable())
    bench.put(incoming, lane=incoming.place.key)
    bench.worker.drain()
    ((_, said),) = bench.sink.sent
    assert "申し訳ありません" in said
    assert bench.sink.opened == ["U1"]


def test_a_press_on_a_ticket_that_fails_is_told_where_its_card_stands() -> None:
    ticket = Place("T", "COPS", "FC-1")
    bench = Bench(broken)
    opened = NewTask(id="0", lane=ticket.key, kind="post", body={})
    bench.mailbox.accept([opened], now())
    lease = bench.mailbox.claim("w", now())
    assert lease
    bench.mailbox.finish(lease, Done(state={"ticket": {"id": "FC-1"}}), now())
    bench.put(replace(press(), place=ticket), lane=ticket.key)
    bench.worker.drain()
    assert bench.sink.places == [{"team": "T", "channel": "COPS", "thread": ""}]


def test_a_failure_over_an_overheard_message_is_told_to_nobody(
    caplog: pytest.LogCaptureFixture,
) -> None:
    bench = Bench(broken)
    bench.put(report())
    bench.worker.drain()
    assert bench.sink.sent == []
    assert "incident=" in caplog.text
    assert bench.mailbox.next_wake() is None


def test_a_body_nobody_can_read_costs_that_task_only() -> None:
    bench = Bench(echo)
    bad = NewTask(id="msg:0", lane=PLACE.key, kind="report", body={"who": SECRET})
    bench.mailbox.accept([bad], now())
    bench.put(report())
    bench.worker.drain()
    assert [said for _, said in bench.sink.sent] == ["1"]


def test_a_task_of_a_newer_version_is_left_for_a_worker_that_knows_it() -> None:
    bench = Bench(echo)
    new = NewTask(id="x", lane="other", kind="digest", body={})
    bench.mailbox.accept([new], now())
    bench.put(report())
    bench.worker.drain()
    assert [said for _, said in bench.sink.sent] == ["1"]
    wake = bench.mailbox.next_wake()
    assert wake is not None
    assert wake > now() + 10


def test_the_persons_recent_case_is_looked_for_only_where_it_may_matter() -> None:
    given: list[CaseNote | None] = []

    def step(_state: Json, incoming: Incoming, at: float, recent: CaseNote | None) -> Done:
        given.append(recent)
        note = CaseNote(
            lane=incoming.place.key,
            team="T",
            channel=incoming.place.channel,
            asker="U1",
            rule_id="r",
            phase="asking",
            opened_at=at,
            updated_at=at,
        )
        return Done(state={}, note=note)

    bench = Bench(step)
    for number, said in enumerate(
        [
            report(),
            report(),
            report(who="U2"),
            report(direct=True),
            replace(report(), in_thread=True),
            replace(report(direct=True), place=Place("T", "D", "1.0")),
            replace(report(direct=True), place=Place("T", "D", "1.0"), in_thread=True),
        ]
    ):
        bench.put(said, f"msg:{number}")
        bench.worker.drain()
    assert [note is not None for note in given] == [False, True, *[False] * 4, True]


@pytest.mark.parametrize("direct", [True, False])
def test_a_task_that_killed_its_worker_eight_times_is_set_aside(direct: bool) -> None:  # noqa: FBT001
    bench = Bench(echo, MemoryMailbox(lease_seconds=0.0))
    bench.put(report(direct=direct))
    for _ in range(8):
        assert bench.mailbox.claim("dead", now())
    bench.worker.drain()
    assert ["申し訳ありません" in said for _, said in bench.sink.sent] == [True] * direct
    assert bench.mailbox.next_wake() is None


def test_those_who_run_it_are_told_once_and_the_conversation_goes_on() -> None:
    def step(state: Json, incoming: Incoming, at: float, recent: CaseNote | None) -> Done:
        if isinstance(incoming, Report) and incoming.text == SECRET:
            return broken(state, incoming, at, recent)
        return echo(state, incoming, at, recent)

    bench = Bench(step, operators=Operators("COPS", Language.EN))
    for number, text in enumerate([SECRET, SECRET, "hello"]):
        bench.put(report(text), f"msg:{number}")
    bench.worker.drain()
    (conversation, reply), (ops, notice) = sorted(bench.sink.sent)
    assert (conversation, reply) == (PLACE.key, "1")
    assert ops == "T:COPS:"
    assert "could not be processed (report: RuntimeError)" in notice
    assert "hunter2" not in notice
    text = bench.meter.text().decode()
    assert 'firstcheck_tasks_total{kind="report",outcome="set_aside"} 2.0' in text
    assert "hunter2" not in text


class Refusing(Sink):
    """A Slack that takes no answer and no card, only what is said beside them."""

    @override
    def perform(self, lease: Lease) -> Outcome:
        tracked = lease.task.body.get("tracked", True)
        return GiveUp("is_archived") if tracked else super().perform(lease)


@pytest.mark.parametrize("direct", [True, False])
def test_an_answer_slack_does_not_take_leaves_nobody_waiting_who_asked(direct: bool) -> None:  # noqa: FBT001
    bench = Bench(echo, sink=Refusing())
    bench.put(report(direct=direct))
    bench.worker.drain()
    assert ["申し訳ありません" in said for _, said in bench.sink.sent] == [True] * direct


def test_who_was_handed_over_is_told_where_the_helpdesk_cannot_be_reached() -> None:
    ticket = Place("T", "COPS", "FC-1")

    def step(_state: Json, _incoming: Incoming, _now: float, _recent: CaseNote | None) -> Done:
        card = Post(replace(ticket, thread=""), ticket.key, 0, Reply((Line("a card"),)))
        state = {"ticket": {"id": "FC-1"}, "conversation": to_json(PLACE)}
        return Done(state=state, new=[new_task("card", ticket.key, card)])

    bench = Bench(step, sink=Refusing())
    bench.put(replace(report(), place=ticket), lane=ticket.key)
    bench.worker.drain()
    assert bench.sink.places == [to_json(PLACE)]
    assert "申し訳ありません" in bench.sink.sent[0][1]


def test_a_notice_that_cannot_be_posted_brings_no_other() -> None:
    class Closed(Sink):
        @override
        def perform(self, lease: Lease) -> Outcome:
            return GiveUp("channel_not_found")

    bench = Bench(broken, sink=Closed(), operators=Operators("COPS", Language.EN))
    bench.put(report())
    bench.worker.drain()
    assert bench.mailbox.next_wake() is None


def test_work_of_a_newer_version_is_told_once() -> None:
    bench = Bench(echo, operators=Operators("COPS", Language.JA))
    for number in range(3):
        new = NewTask(id=f"x{number}", lane=f"T:C:{number}", kind="digest", body={})
        bench.mailbox.accept([new], now())
    bench.worker.drain()
    ((_, notice),) = bench.sink.sent
    assert "digest" in notice
    assert "この版では扱えない" in notice


def test_a_thread_that_does_not_come_back_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    entered, leave = threading.Event(), threading.Event()

    def stuck(state: Json, incoming: Incoming, at: float, recent: CaseNote | None) -> Done:
        entered.set()
        leave.wait(20)
        return echo(state, incoming, at, recent)

    bench = Bench(stuck)
    bench.put(report())
    bench.worker.start()
    assert entered.wait(20)
    assert bench.worker.alive()
    monkeypatch.setattr("bot.slack.worker.STUCK_S", -1.0)
    assert not bench.worker.alive()
    leave.set()
    assert bench.worker.stop()
    assert not bench.worker.alive()


def test_a_bug_outside_the_step_costs_no_thread(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def step(state: Json, incoming: Incoming, at: float, recent: CaseNote | None) -> Done:
        unfit = isinstance(incoming, Report) and incoming.text == SECRET
        return Done(state={SECRET: object()}) if unfit else echo(state, incoming, at, recent)

    monkeypatch.setattr("bot.slack.worker.TROUBLE_S", 0.01)
    bench = Bench(step)
    bench.settings = replace(bench.settings, workers=1)
    bench.__post_init__()
    bench.put(report(), lane="T:C:0")
    bench.put(report("hello"), "msg:2")
    bench.worker.start()
    assert _sent_within(bench, 20)
    assert bench.worker.alive()
    assert bench.worker.stop()
    assert "TypeError at " in caplog.text
    assert "hunter2" not in caplog.text


class Flaky(MemoryMailbox):
    """A database that is down at first."""

    refusals = 3

    @override
    def claim(self, worker: str, now: float) -> Lease | None:
        if self.refusals:
            self.refusals -= 1
            raise StorageError("down")
        return super().claim(worker, now)


def test_a_database_that_is_down_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.slack.worker.TROUBLE_S", 0.01)
    bench = Bench(echo, Flaky())
    bench.put(report())
    bench.worker.start()
    deadline = time.monotonic() + 20
    while not bench.sink.sent and time.monotonic() < deadline:
        time.sleep(0.01)
    assert bench.worker.stop()
    assert len(bench.sink.sent) == 1
    assert "firstcheck_database_errors_total 3.0" in bench.meter.text().decode()


def test_how_long_each_kind_of_task_takes_is_counted_and_a_kind_of_tomorrow_under_one_name() -> (
    None
):
    bench = Bench(echo)
    bench.put(report())
    bench.mailbox.accept([NewTask(id="x", lane="T:C:9", kind="digest", body={})], now())
    bench.worker.drain()
    text = bench.meter.text().decode()
    for kind in ("report", "post", "unknown"):
        assert f'firstcheck_task_seconds_count{{kind="{kind}"}} 1.0' in text
    assert "digest" not in text


def test_stopping_finishes_what_is_being_done_and_hands_back_the_rest() -> None:
    entered, leave = threading.Event(), threading.Event()

    def slow(state: Json, incoming: Incoming, at: float, recent: CaseNote | None) -> Done:
        entered.set()
        assert leave.wait(20)
        return echo(state, incoming, at, recent)

    bench = Bench(slow)
    bench.put(report())
    bench.worker.start()
    assert entered.wait(20)
    stopper = threading.Thread(target=bench.worker.stop)
    stopper.start()
    while not bench.worker._stopping:
        time.sleep(0.001)
    leave.set()
    stopper.join(20)
    assert bench.sink.sent == []
    successor = replace(bench)
    successor.worker.drain()
    assert [said for _, said in bench.sink.sent] == ["1"]
