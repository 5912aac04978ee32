"""Posts against the stand-in, with a clock of our own: nothing here waits."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Any

import pytest

from bot.core.wording.reply import Action, Button, Line, LineKind, Reply
from bot.helpdesk.codec import ONCE_ONLY, new_task
from bot.helpdesk.incoming import Incoming, Place, Report
from bot.helpdesk.outward import Notice, OpenDm, Post, Settle
from bot.helpdesk.ports import Done
from bot.slack.handler import Handler
from bot.slack.messenger import Messenger
from bot.slack.settings import SlackSettings
from bot.slack.worker import Worker
from bot.storage.memory import MemoryMailbox
from bot.workbench.standin import StandinThread

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.helpdesk.ports import CaseNote, Json
    from bot.workbench.standin import Message

TEAM, HELP_IT, GENERAL = "T0FIRSTCHK", "C0HELPIT01", "C0GENERAL1"
SAKURA, ALEX = "U0SAKURA01", "U0ALEX0001"
ANSWER = Reply(
    (Line("氏名を確認してください", LineKind.LEAD), Line("<!channel> <@U0ALEX0001>")),
    (Button("直った", Action.FIXED),),
)


@dataclass
class Bench:
    """A messenger on the stand-in, tasks in a mailbox, and a clock that jumps."""

    slack: StandinThread
    settings: SlackSettings
    now: float = field(default_factory=lambda: time.time_ns() / 1e9)
    heard: list[Incoming] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.mailbox = MemoryMailbox(lease_seconds=30, outward=ONCE_ONLY)
        self.handler = Handler(
            mailbox=self.mailbox,
            step=self.step,
            messenger=Messenger(self.settings, lambda: self.now),
            failure_reply=lambda token: Reply((Line(token),)),
            settings=self.settings,
            clock=lambda: self.now,
        )
        self.worker = Worker(self.mailbox, self.handler, self.settings, lambda: self.now)

    def step(self, state: Json, incoming: Incoming, _now: float, _recent: CaseNote | None) -> Done:
        """A desk that only remembers what it heard."""
        self.heard.append(incoming)
        return Done(state={"v": 1, "posted": state.get("posted", {})})

    def put(self, thing: Any, id_: str, lane: str) -> None:
        self.mailbox.accept([new_task(id_, lane, thing)], self.now)

    def post(self, place: Place, turn: int = 1, id_: str = "post:1", text: str = "") -> None:
        reply = Reply((Line(text),)) if text else ANSWER
        self.put(Post(place, place.key, turn, reply), id_, place.key)

    def work(self, seconds: float = 0.0) -> None:
        """Let time pass, then do what is due."""
        self.now += seconds
        self.worker.drain()

    def crash_after_handing_out(self) -> None:
        """A worker takes the task, may or may not send it, and dies; its lease runs out."""
        assert self.mailbox.claim("dead", self.now)
        self.now += 31

    def calls(self, method: str) -> int:
        return sum(1 for call in self.slack.calls if call.method == method)


@pytest.fixture
def bench() -> Iterator[Bench]:
    with StandinThread() as slack:
        settings = SlackSettings(
            bot_token=slack.bot_token, base_url=slack.base_url, http_timeout_s=5.0, quiet_s=6.0
        )
        yield Bench(slack, settings)


@pytest.fixture
def asked(bench: Bench) -> Message:
    """Somebody pasted an error in the help channel."""
    return bench.slack.people.post("sakura", "help-it", "エラー 0x80070005")


@pytest.fixture
def thread(asked: Message) -> Place:
    return Place(TEAM, HELP_IT, asked.ts)


def said(bench: Bench, place: Place) -> list[str]:
    """What was posted there by the bot, oldest first, first line only."""
    messages = bench.slack.messages(place.channel)
    return [m.text.split("\n")[0] for m in messages if m.bot_id]


def test_a_post_stands_in_the_thread_and_pings_nobody(bench: Bench, thread: Place) -> None:
    bench.post(thread)
    bench.work()
    (reply,) = bench.slack.replies(HELP_IT, thread.thread)
    assert "&lt;!channel&gt; &lt;@U0ALEX0001&gt;" in reply.text
    assert bench.mailbox.peek(thread.key) == {"posted": {"1": reply.ts}}
    assert reply.metadata is not None
    assert "post:1" not in str(reply.metadata)


def test_a_lost_answer_is_looked_up_and_not_posted_again(bench: Bench, thread: Place) -> None:
    bench.slack.faults.lose_reply("chat.postMessage")
    bench.post(thread)
    bench.work()
    bench.work(3)
    assert bench.calls("conversations.replies") == 0, "reads lag behind: too early to look"
    bench.work(10)
    assert len(said(bench, thread)) == 1
    assert bench.calls("chat.postMessage") == 1
    state = bench.mailbox.peek(thread.key)
    assert state is not None
    assert list(state["posted"]) == ["1"]


def test_what_never_arrived_is_posted_after_the_look_up(bench: Bench, thread: Place) -> None:
    bench.slack.faults.reset("chat.postMessage")
    bench.post(thread)
    bench.work()
    assert said(bench, thread) == []
    bench.work(3)
    bench.work(10)
    assert said(bench, thread) == [], "looked for once, and once more after as long again"
    bench.work(10)
    assert len(said(bench, thread)) == 1
    assert bench.calls("conversations.replies") == 2


def test_what_slack_shows_late_is_found_the_second_time(bench: Bench, thread: Place) -> None:
    bench.slack.faults.lose_reply("chat.postMessage")
    bench.post(thread)
    bench.slack.faults.read_lag = 3600.0
    bench.work()
    bench.work(10)
    assert bench.calls("conversations.replies") == 1
    bench.slack.faults.read_lag = 0.0
    bench.work(10)
    assert len(said(bench, thread)) == 1
    assert bench.calls("chat.postMessage") == 1


def test_a_crash_after_looking_is_looked_up_twice_again(bench: Bench, thread: Place) -> None:
    bench.slack.faults.reset("chat.postMessage")
    bench.post(thread)
    bench.work()
    bench.work(10)
    assert bench.calls("conversations.replies") == 1
    bench.now += 10
    bench.crash_after_handing_out()
    bench.work()
    assert said(bench, thread) == [], "the dead worker may have sent it"
    bench.work(20)
    assert len(said(bench, thread)) == 1


def test_a_worker_frozen_right_before_it_sends_sends_nothing(
    bench: Bench, thread: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Longer than its lease, after every check but the last."""
    connect = HTTPConnection.connect

    def freeze(connection: HTTPConnection) -> None:
        connect(connection)
        bench.now += 31

    monkeypatch.setattr(HTTPConnection, "connect", freeze)
    bench.post(thread)
    bench.work()
    assert bench.calls("chat.postMessage") == 0
    monkeypatch.undo()
    for _ in range(3):
        bench.work(20)
    assert len(said(bench, thread)) == 1


@pytest.mark.parametrize("sent", [True, False])
def test_a_crash_while_posting_neither_loses_nor_doubles(
    sent: bool,  # noqa: FBT001  (the case)
    bench: Bench,
    thread: Place,
) -> None:
    bench.post(thread)
    if sent:
        bench.slack.faults.lose_reply("chat.postMessage")
        bench.work()
    else:
        bench.crash_after_handing_out()
    for _ in range(4):
        bench.work(20)
    assert len(said(bench, thread)) == 1


def test_a_direct_message_is_looked_up_in_its_channel(bench: Bench) -> None:
    place = Place(TEAM, "D0SAKURA01", "")
    bench.slack.people.direct("sakura", "エラー")
    bench.slack.faults.lose_reply("chat.postMessage")
    bench.post(place)
    bench.work()
    bench.work(20)
    assert len(said(bench, place)) == 1
    assert bench.calls("conversations.history") == 1


def test_rate_limits_are_waited_for_in_order(bench: Bench, thread: Place) -> None:
    bench.slack.faults.rate_limit("chat.postMessage", retry_after=20)
    bench.post(thread, 1, "post:1", "first")
    bench.post(thread, 2, "post:2", "second")
    bench.work()
    bench.work(10)
    assert said(bench, thread) == []
    bench.work(11)
    assert said(bench, thread) == ["first", "second"]
    assert bench.calls("conversations.replies") == 0, "a refusal leaves no doubt"


def test_a_rate_limited_channel_is_left_alone_by_other_conversations(
    bench: Bench, thread: Place
) -> None:
    other = bench.slack.people.post("alex", "help-it", "VPN 809")
    bench.slack.faults.rate_limit("chat.postMessage", retry_after=20)
    bench.post(thread, 1, "post:1", "first")
    bench.post(Place(TEAM, HELP_IT, other.ts), 1, "post:2", "second")
    bench.work()
    assert said(bench, thread) == []
    bench.work(21)
    assert sorted(said(bench, thread)) == ["first", "second"]


def test_a_stumbling_slack_is_tried_again_and_nothing_is_lost(bench: Bench, thread: Place) -> None:
    bench.slack.faults.fail("chat.postMessage", times=3)
    bench.post(thread)
    for _ in range(8):
        bench.work(40)
    assert len(said(bench, thread)) == 1


def test_a_permanent_refusal_is_set_aside_and_the_conversation_goes_on(
    bench: Bench, thread: Place, caplog: pytest.LogCaptureFixture
) -> None:
    bench.slack.faults.answer("chat.postMessage", "msg_too_long")
    bench.post(thread, 1, "post:1", "秘密の本文")
    bench.post(thread, 2, "post:2", "second")
    with caplog.at_level(logging.DEBUG, "bot"):
        bench.work()
    assert said(bench, thread) == ["second"]
    assert "msg_too_long" in caplog.text
    assert "秘密の本文" not in caplog.text


def test_after_eight_failures_it_is_set_aside(bench: Bench, thread: Place) -> None:
    bench.slack.faults.answer("chat.postMessage", "invalid_auth", times=99)
    bench.post(thread)
    for _ in range(20):
        bench.work(601)
    assert len(bench.slack.faults._next["chat.postMessage"]) == 99 - 8
    assert bench.mailbox.next_wake() is None


def test_without_the_scope_to_look_it_up_a_doubtful_post_is_held(
    bench: Bench, thread: Place
) -> None:
    bench.slack.faults.reset("chat.postMessage")
    bench.slack.faults.answer("conversations.replies", "missing_scope", times=9)
    bench.post(thread)
    bench.work()
    bench.work(20)
    assert said(bench, thread) == []
    assert bench.mailbox.next_wake() is None


def test_a_lease_nearly_over_sends_nothing(bench: Bench, thread: Place) -> None:
    bench.post(thread)
    lease = bench.mailbox.claim("w", bench.now)
    assert lease is not None
    bench.now += 25
    bench.handler.handle(lease)
    assert bench.calls("chat.postMessage") == 0
    bench.work(2)
    bench.work(10)
    assert len(said(bench, thread)) == 1


def test_settling_takes_the_buttons_off(bench: Bench, thread: Place) -> None:
    bench.post(thread)
    bench.work()
    done = Reply((Line("直りました"),))
    bench.put(Settle(thread, thread.key, 1, done), "settle:1", thread.key)
    bench.put(Settle(thread, thread.key, 9, done), "settle:9", thread.key)
    bench.work()
    (reply,) = bench.slack.replies(HELP_IT, thread.thread)
    assert reply.text == "直りました"
    assert "actions" not in {block["type"] for block in reply.blocks}
    assert bench.calls("chat.update") == 1
    assert bench.mailbox.next_wake() is None


def test_settling_a_message_somebody_deleted_is_no_trouble(
    bench: Bench, thread: Place, caplog: pytest.LogCaptureFixture
) -> None:
    bench.slack.faults.answer("chat.update", "message_not_found")
    settle = Settle(thread, thread.key, 1, ANSWER, ts="1719211890.000100")
    bench.put(settle, "settle:1", thread.key)
    bench.work()
    assert caplog.text == ""


def test_a_notice_is_seen_by_one_and_at_most_once(bench: Bench, thread: Place) -> None:
    notice = Notice(thread, ALEX, Reply((Line("この会話は田中さんのものです"),)))
    bench.put(notice, "notice:1", thread.key)
    bench.work()
    bench.slack.faults.lose_reply("chat.postEphemeral")
    bench.put(notice, "notice:2", thread.key)
    bench.work()
    for _ in range(4):
        bench.work(60)
    bench.put(notice, "notice:3", thread.key)
    bench.crash_after_handing_out()
    bench.work()
    assert bench.calls("chat.postEphemeral") == 2
    assert bench.slack.replies(HELP_IT, thread.thread) == []


def test_opening_a_direct_message_moves_the_report_there(bench: Bench) -> None:
    lane = f"{TEAM}:command:1.2.x"
    bench.put(OpenDm(TEAM, SAKURA, "0x80070005", "", "ja-JP"), "trigger:1.2.x", lane)
    bench.work()
    place = Place(TEAM, "D0SAKURA01", "")
    assert bench.heard == [
        Report(place, SAKURA, "", "0x80070005", direct=True, locale="ja-JP"),
    ]


def test_where_the_bot_is_not_the_answer_goes_to_who_asked(bench: Bench) -> None:
    other = bench.slack.people.post("sakura", "general", "エラー 0x80070005")
    place = Place(TEAM, GENERAL, other.ts)
    asked_by_alex = Report(place, ALEX, other.ts, "エラー", direct=True, asker=SAKURA)
    bench.put(asked_by_alex, "trigger:1", place.key)
    bench.post(place, 1, "post:1", "first")
    bench.post(place, 2, "post:2", "second")
    bench.put(Settle(place, place.key, 1, Reply((Line("settled"),))), "settle:1", place.key)
    bench.work()
    assert said(bench, place) == []
    assert said(bench, Place(TEAM, "D0ALEX0001")) == ["settled", "second"]


def test_an_unknown_outcome_there_is_looked_up_there(bench: Bench) -> None:
    other = bench.slack.people.post("sakura", "general", "エラー 0x80070005")
    place = Place(TEAM, GENERAL, other.ts)
    bench.put(Report(place, ALEX, other.ts, "エラー", direct=True), "trigger:1", place.key)
    bench.work()
    bench.post(place, 1, "post:1", "first")
    bench.slack.faults.answer("chat.postMessage", "not_in_channel")
    bench.slack.faults.lose_reply("chat.postMessage")
    for _ in range(4):
        bench.work(20)
    assert said(bench, Place(TEAM, "D0ALEX0001")) == ["first"]


def test_where_nobody_asked_a_missing_channel_is_set_aside(bench: Bench) -> None:
    bench.post(Place(TEAM, GENERAL, ""), 1, "post:1", "card")
    bench.work()
    assert bench.mailbox.next_wake() is None
    assert bench.calls("conversations.open") == 0
