"""What every mailbox promises. `conftest.mailbox` runs each test on each implementation."""

from __future__ import annotations

import threading
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.errors import LostLease
from bot.helpdesk.ports import Backlog, CaseNote, Done, Lease, NewTask

if TYPE_CHECKING:
    from bot.helpdesk.ports import Json, Mailbox

DAY = 86400.0


def task(
    id_: str, lane: str = "A", *, kind: str = "event", due: float = 0.0, body: Json | None = None
) -> NewTask:
    return NewTask(id=id_, lane=lane, kind=kind, body=body or {}, due_at=due)


def note(lane: str, *, asker: str = "U1", phase: str = "asking", updated: float = 5.0) -> CaseNote:
    return CaseNote(
        lane=lane,
        team="T1",
        channel="C1",
        asker=asker,
        rule_id="outlook-profile",
        phase=phase,
        opened_at=1.0,
        updated_at=updated,
    )


def claim(mailbox: Mailbox, now: float, worker: str = "w1") -> Lease:
    lease = mailbox.claim(worker, now)
    assert lease is not None
    return lease


def drain(mailbox: Mailbox, now: float) -> list[str]:
    """Do all that is due; the ids in the order they were handed out."""
    done = []
    lease = mailbox.claim("drain", now)
    while lease:
        done.append(lease.task.id)
        lease = mailbox.finish(lease, Done(), now) or mailbox.claim("drain", now)
    return done


# --- a clock that was set back --------------------------------------------------------------------

WEEK = 7 * 86400.0


def test_what_a_clock_ahead_put_off_goes_on_at_once(mailbox: Mailbox) -> None:
    mailbox.accept([task("closed", "A"), task("waits", "B"), task("held", "C")], WEEK)
    mailbox.retry(claim(mailbox, WEEK), WEEK + 600, "slack is down", maybe_sent=False)
    claim(mailbox, WEEK)  # by a process that is gone
    mailbox.accept([task("timer", "D", due=WEEK)], 1.0)

    assert mailbox.claim("w1", 2.0) is None
    assert mailbox.set_right(2.0) == 5
    assert sorted(drain(mailbox, 2.0)) == ["closed", "held", "waits"]
    assert mailbox.next_wake() == WEEK, "a reminder keeps its time"
    assert mailbox.set_right(2.0) == 0


def test_what_is_being_done_is_left_alone_when_all_is_well(mailbox: Mailbox) -> None:
    mailbox.accept([task("e1"), task("later", "B", due=WEEK)], 1.0)
    lease = claim(mailbox, 1.0)
    assert mailbox.set_right(2.0) == 0
    mailbox.finish(lease, Done(), 2.0)


# --- the end of a workspace -----------------------------------------------------------------------


def test_a_workspace_is_ended_and_no_other(mailbox: Mailbox) -> None:
    lanes = ["T1:C1:1", "T1:C1:2", "T10:C1:1", "E1.T1:C1:1", "left:T1:Ev1"]
    mailbox.accept([task(f"id {lane}", lane, body={"text": "said"}) for lane in lanes], 1.0)
    held = claim(mailbox, 2.0)
    mailbox.finish(held, Done(state={"v": 1}, note=note(held.lane)), 2.0)
    assert mailbox.end("T1:", 3.0) == 2
    assert mailbox.end("T1:", 3.0) == 0
    left = drain(mailbox, 100.0)
    assert not [id_ for id_ in left if " T1:" in id_]
    assert not mailbox.peek("T1:C1:1")
    assert mailbox.recent_case("T1", "C1", "U1", 0.0) is None or held.lane != "T1:C1:1"
    assert mailbox.accept([task("id T1:C1:1", "T1:C1:1")], 101.0) == 0  # still known


def test_who_works_in_a_workspace_that_ends_has_lost_its_lease(mailbox: Mailbox) -> None:
    mailbox.accept([task("a", "E1.T1:C:1"), task("b", "E1.T2:C:1", due=50.0)], 1.0)
    lease = claim(mailbox, 2.0)
    assert mailbox.end("E1.", 3.0, spare=["E1.T2:"]) == 1
    with pytest.raises(LostLease):
        mailbox.finish(lease, Done(), 4.0)
    assert drain(mailbox, 60.0) == ["b"]


# --- accepting ------------------------------------------------------------------------------------


def test_the_same_id_is_kept_once_also_after_it_was_done(mailbox: Mailbox) -> None:
    assert mailbox.accept([task("e1"), task("e1"), task("e2")], 1.0) == 2
    assert mailbox.accept([task("e1")], 2.0) == 0
    assert drain(mailbox, 3.0) == ["e1", "e2"]
    assert mailbox.accept([task("e1"), task("e2")], 4.0) == 0
    assert drain(mailbox, 5.0) == []


def test_accepting_nothing_is_fine(mailbox: Mailbox) -> None:
    assert mailbox.accept([], 1.0) == 0
    assert mailbox.next_wake() is None


def test_a_known_task_does_not_wake_its_lane(mailbox: Mailbox) -> None:
    mailbox.accept([task("e1")], 1.0)
    drain(mailbox, 2.0)
    mailbox.accept([task("e1")], 3.0)
    assert mailbox.next_wake() is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text(st.characters(exclude_categories=())), number=st.integers(1, 10**9))
def test_whatever_was_pasted_comes_back_as_it_was(mailbox: Mailbox, text: str, number: int) -> None:
    """Also lone surrogates and NUL, which Slack's JSON can carry and databases dislike."""
    mailbox.accept([task(f"{number}:{text!r}", lane=str(number), body={"text": text})], 1.0)
    lease = mailbox.claim("w1", 1.0)
    while lease:
        assert lease.task.body["text"] == text
        lease = mailbox.finish(lease, Done(state={"text": text}), 1.0)
        assert mailbox.peek(str(number)) == {"text": text}


# --- order ----------------------------------------------------------------------------------------


def test_a_lane_goes_in_the_order_of_arrival(mailbox: Mailbox) -> None:
    mailbox.accept([task("e2", "B"), task("e1", "A")], 1.0)
    mailbox.accept([task("e4", "A"), task("e3", "B")], 2.0)
    ids = drain(mailbox, 3.0)
    assert [i for i in ids if i in {"e1", "e4"}] == ["e1", "e4"]
    assert [i for i in ids if i in {"e2", "e3"}] == ["e2", "e3"]


def test_the_lane_that_waited_longest_comes_first(mailbox: Mailbox) -> None:
    mailbox.accept([task("e1", "late")], 2.0)
    mailbox.accept([task("e2", "early")], 1.0)
    assert claim(mailbox, 3.0).lane == "early"
    assert claim(mailbox, 3.0).lane == "late"


def test_a_lane_is_with_one_worker_at_a_time(mailbox: Mailbox) -> None:
    mailbox.accept([task("e1"), task("e2")], 1.0)
    assert claim(mailbox, 1.0, "w1").task.id == "e1"
    assert mailbox.claim("w2", 2.0) is None


def test_finishing_hands_out_the_next_of_the_lane_with_the_new_state(mailbox: Mailbox) -> None:
    mailbox.accept([task("e1"), task("e2")], 1.0)
    first = claim(mailbox, 1.0)
    assert first.state == {}
    second = mailbox.finish(first, Done(state={"seen": ("e1",)}), 2.0)
    assert second is not None
    assert second.task.id == "e2"
    assert second.state == {"seen": ["e1"]}, "as it will be after a restart"
    assert second.until == 2.0 + 30.0
    assert mailbox.finish(second, Done(), 3.0) is None
    assert mailbox.peek("A") == {"seen": ["e1"]}
    assert mailbox.next_wake() is None


def test_what_a_task_leaves_behind_comes_after_what_waited(mailbox: Mailbox) -> None:
    mailbox.accept([task("e1"), task("e2")], 1.0)
    mailbox.finish(claim(mailbox, 1.0), Done(new=[task("p1", kind="post")]), 1.0)
    assert drain(mailbox, 100.0) == ["e2", "p1"]


def test_new_tasks_wake_other_lanes(mailbox: Mailbox) -> None:
    mailbox.accept([task("e1", "A")], 1.0)
    following = mailbox.finish(claim(mailbox, 1.0), Done(new=[task("t1", "triage")]), 1.0)
    assert following is not None
    assert following.lane == "triage"


def test_finishing_goes_on_with_the_lane_that_has_waited_longest(mailbox: Mailbox) -> None:
    mailbox.accept([task("e1", "A")], 1.0)
    mailbox.accept([task("e2", "B")], 2.0)
    mailbox.accept([task("e3", "C")], 3.0)
    mailbox.accept([task("e4", "A")], 4.0)
    lease = claim(mailbox, 5.0)
    for expected in ("e4", "e2", "e3"):
        following = mailbox.finish(lease, Done(), 5.0)
        assert following is not None
        assert following.task.id == expected, "its own lane comes first"
        lease = following
    assert mailbox.finish(lease, Done(), 5.0) is None


def test_a_lane_nobody_heard_of_has_no_state(mailbox: Mailbox) -> None:
    assert mailbox.peek("nowhere") is None
    mailbox.accept([task("e1", "A")], 1.0)
    assert mailbox.peek("A") == {}


# --- back-off -------------------------------------------------------------------------------------


def test_backing_off_holds_the_lane_for_its_head(mailbox: Mailbox) -> None:
    mailbox.accept([task("p1", kind="post")], 1.0)
    mailbox.retry(claim(mailbox, 1.0), 50.0, "rate limited", maybe_sent=False)
    mailbox.accept([task("e2")], 2.0)
    assert mailbox.claim("w1", 49.0) is None
    assert mailbox.next_wake() == 50.0
    assert drain(mailbox, 50.0) == ["p1", "e2"]


def test_backing_off_holds_only_its_own_lane(mailbox: Mailbox) -> None:
    mailbox.accept([task("p1", "A", kind="post"), task("e1", "B")], 1.0)
    mailbox.retry(claim(mailbox, 1.0), 50.0, "rate limited", maybe_sent=False)
    assert drain(mailbox, 2.0) == ["e1"]


def test_a_timer_that_was_begun_is_not_overtaken(mailbox: Mailbox) -> None:
    mailbox.accept([task("nudge", kind="timer", due=10.0)], 1.0)
    mailbox.retry(claim(mailbox, 10.0), 20.0, "database busy", maybe_sent=False)
    mailbox.accept([task("e1")], 11.0)
    assert drain(mailbox, 20.0) == ["nudge", "e1"]


def test_attempts_are_counted_when_handed_out(mailbox: Mailbox) -> None:
    mailbox.accept([task("e1")], 1.0)
    first = claim(mailbox, 2.0)
    assert (first.task.attempts, first.task.first_try, first.task.last_try) == (1, None, None)
    mailbox.retry(first, 5.0, "failed", maybe_sent=False)
    second = claim(mailbox, 6.0)
    assert (second.task.attempts, second.task.first_try, second.task.last_try) == (2, 2.0, 2.0)
    mailbox.retry(second, 7.0, "failed", maybe_sent=False)
    third = claim(mailbox, 8.0)
    assert (third.task.attempts, third.task.first_try, third.task.last_try) == (3, 2.0, 6.0)


def test_waiting_before_a_look_up_is_no_attempt(mailbox: Mailbox) -> None:
    mailbox.accept([task("p1", kind="post")], 1.0)
    mailbox.retry(claim(mailbox, 1.0), 2.0, "timed out", maybe_sent=True)
    for now in (2.0, 4.0):
        lease = claim(mailbox, now)
        assert (lease.task.attempts, lease.task.last_try) == (2, 1.0)
        mailbox.retry(lease, now + 2.0, "too early to look", maybe_sent=True, counts=False)
    lease = claim(mailbox, 6.0)
    assert (lease.task.attempts, lease.task.last_try, lease.task.maybe_sent) == (2, 1.0, True)


# --- what may have been sent ----------------------------------------------------------------------


def test_a_post_whose_worker_vanished_may_have_been_sent(mailbox: Mailbox) -> None:
    mailbox.accept([task("p1", kind="post"), task("p2", kind="post")], 1.0)
    assert claim(mailbox, 1.0).task.maybe_sent is False
    again = claim(mailbox, 100.0)
    assert again.task.maybe_sent is True
    following = mailbox.finish(again, Done(), 100.0)
    assert following is not None
    assert following.task.maybe_sent is False


def test_a_definite_refusal_clears_the_doubt(mailbox: Mailbox) -> None:
    mailbox.accept([task("p1", kind="post")], 1.0)
    mailbox.retry(claim(mailbox, 1.0), 2.0, "rate limited", maybe_sent=False)
    assert claim(mailbox, 2.0).task.maybe_sent is False


def test_an_unknown_outcome_keeps_the_doubt(mailbox: Mailbox) -> None:
    mailbox.accept([task("p1", kind="post")], 1.0)
    mailbox.retry(claim(mailbox, 1.0), 2.0, "timed out", maybe_sent=True)
    assert claim(mailbox, 2.0).task.maybe_sent is True


def test_a_look_up_in_vain_is_remembered_until_the_next_try(mailbox: Mailbox) -> None:
    mailbox.accept([task("p1", kind="post")], 1.0)
    mailbox.retry(claim(mailbox, 1.0), 2.0, "timed out", maybe_sent=True)
    first = claim(mailbox, 2.0)
    assert first.task.looked is False
    mailbox.retry(first, 4.0, "not there", maybe_sent=True, counts=False, looked=True)
    assert claim(mailbox, 4.0).task.looked is True
    again = claim(mailbox, 100.0)
    assert (again.task.maybe_sent, again.task.looked) == (True, False), "that worker vanished"


def test_what_stays_inside_needs_no_look_up(mailbox: Mailbox) -> None:
    mailbox.accept([task("e1"), task("s1", kind="settle")], 1.0)
    claim(mailbox, 1.0)
    again = claim(mailbox, 100.0)
    assert again.task.maybe_sent is False


# --- timers ---------------------------------------------------------------------------------------


def test_a_timer_waits_without_holding_up_its_lane(mailbox: Mailbox) -> None:
    mailbox.accept([task("nudge", kind="timer", due=100.0)], 1.0)
    mailbox.accept([task("e1")], 2.0)
    assert drain(mailbox, 3.0) == ["e1"]
    assert mailbox.next_wake() == 100.0
    assert mailbox.claim("w1", 99.9) is None
    assert drain(mailbox, 100.0) == ["nudge"]


def test_timers_fire_in_the_order_they_are_due(mailbox: Mailbox) -> None:
    mailbox.accept(
        [task("close", kind="timer", due=200.0), task("nudge", kind="timer", due=100.0)], 1.0
    )
    assert drain(mailbox, 1000.0) == ["nudge", "close"]


def test_a_cancelled_timer_never_fires(mailbox: Mailbox) -> None:
    mailbox.accept([task("e1"), task("nudge", kind="timer", due=100.0)], 1.0)
    mailbox.finish(claim(mailbox, 1.0), Done(cancel=["nudge", "never heard of"]), 2.0)
    assert mailbox.next_wake() is None
    assert drain(mailbox, 1000.0) == []
    assert mailbox.accept([task("nudge", kind="timer", due=100.0)], 3.0) == 0


def test_cancelling_in_another_lane_lets_the_workers_go_on(mailbox: Mailbox) -> None:
    mailbox.accept([task("nudge", "A", kind="timer", due=50.0)], 1.0)
    mailbox.accept([task("e1", "B"), task("e2", "C", due=60.0)], 1.0)
    mailbox.finish(claim(mailbox, 1.0), Done(cancel=["nudge"]), 2.0)
    assert claim(mailbox, 60.0).task.id == "e2"
    assert mailbox.next_wake() == 90.0, "when the lease on C ends; A has nothing left"


def test_a_task_cancelled_while_it_is_being_done_ends_quietly(mailbox: Mailbox) -> None:
    mailbox.accept([task("t1", "A"), task("e1", "B")], 1.0)
    busy, other = claim(mailbox, 1.0), claim(mailbox, 1.0)
    mailbox.finish(other, Done(cancel=["t1"]), 2.0)
    assert mailbox.finish(busy, Done(state={"done": True}), 3.0) is None
    assert drain(mailbox, 100.0) == []


# --- fencing --------------------------------------------------------------------------------------


def test_a_frozen_worker_loses_its_lease_and_leaves_no_trace(mailbox: Mailbox) -> None:
    mailbox.accept([task("e1"), task("e2")], 1.0)
    frozen = claim(mailbox, 1.0, "frozen")
    assert mailbox.claim("other", 30.9) is None
    other = claim(mailbox, 31.0, "other")
    assert (other.task.id, other.task.attempts) == ("e1", 2)
    with pytest.raises(LostLease):
        mailbox.finish(frozen, Done(state={"by": "frozen"}, new=[task("p1", "B")]), 32.0)
    with pytest.raises(LostLease):
        mailbox.retry(frozen, 500.0, "late", maybe_sent=False)
    with pytest.raises(LostLease):
        mailbox.set_aside(frozen, "late", 32.0)
    assert mailbox.finish(other, Done(state={"by": "other"}), 33.0) is not None
    assert mailbox.peek("A") == {"by": "other"}
    assert mailbox.peek("B") is None


def test_a_late_worker_nobody_replaced_may_finish(mailbox: Mailbox) -> None:
    mailbox.accept([task("e1")], 1.0)
    lease = claim(mailbox, 1.0)
    mailbox.finish(lease, Done(state={"ok": True}), 500.0)
    assert mailbox.peek("A") == {"ok": True}


def test_a_lease_is_good_for_one_call(mailbox: Mailbox) -> None:
    mailbox.accept([task("e1"), task("e2")], 1.0)
    lease = claim(mailbox, 1.0)
    mailbox.finish(lease, Done(), 2.0)
    with pytest.raises(LostLease):
        mailbox.finish(lease, Done(), 2.0)


def test_a_leased_lane_wants_attention_when_the_lease_ends(mailbox: Mailbox) -> None:
    mailbox.accept([task("e1")], 1.0)
    assert mailbox.next_wake() == 1.0
    assert claim(mailbox, 1.0).until == 31.0
    assert mailbox.next_wake() == 31.0


# --- poison ---------------------------------------------------------------------------------------


def test_a_task_set_aside_lets_the_lane_go_on(mailbox: Mailbox) -> None:
    mailbox.accept([task("poison"), task("e2")], 1.0)
    mailbox.set_aside(claim(mailbox, 1.0), "cannot be decoded", 2.0)
    assert drain(mailbox, 2.0) == ["e2"]
    assert mailbox.accept([task("poison")], 3.0) == 0


def test_setting_aside_tells_somebody_in_the_same_transaction(mailbox: Mailbox) -> None:
    mailbox.accept([task("poison")], 1.0)
    lease = claim(mailbox, 1.0)
    mailbox.set_aside(lease, "broken", 2.0, [task("notice", "ops")])
    with pytest.raises(LostLease):
        mailbox.set_aside(lease, "broken", 2.0, [task("notice2", "ops")])
    assert drain(mailbox, 3.0) == ["notice"]


# --- the backlog ----------------------------------------------------------------------------------


def test_the_backlog_is_what_is_due_and_how_long_it_has_been(mailbox: Mailbox) -> None:
    assert mailbox.backlog(1.0) == Backlog(0, 0.0)
    mailbox.accept([task("e1", "A"), task("e2", "A"), task("late", "B", due=50.0)], 1.0)
    mailbox.accept([task("e3", "C")], 3.0)
    assert mailbox.backlog(10.0) == Backlog(2, 9.0)
    drain(mailbox, 10.0)
    assert mailbox.backlog(10.0) == Backlog(0, 0.0)


# --- cases ----------------------------------------------------------------------------------------


def test_the_latest_case_of_a_person_in_a_channel_is_found(mailbox: Mailbox) -> None:
    for lane, who, updated in (("A", "U1", 5.0), ("B", "U1", 9.0), ("C", "U2", 10.0)):
        mailbox.accept([task(f"e-{lane}", lane)], 1.0)
        lease = claim(mailbox, 1.0)
        mailbox.finish(lease, Done(note=note(lane, asker=who, updated=updated)), updated)
    latest = mailbox.recent_case("T1", "C1", "U1", since=9.0)
    assert latest == note("B", updated=9.0)
    assert mailbox.recent_case("T1", "C1", "U1", since=9.1) is None
    assert mailbox.recent_case("T1", "C2", "U1", since=0.0) is None
    assert mailbox.recent_case("T2", "C1", "U1", since=0.0) is None


def test_a_note_follows_its_conversation(mailbox: Mailbox) -> None:
    mailbox.accept([task("e1"), task("e2")], 1.0)
    following = mailbox.finish(claim(mailbox, 1.0), Done(note=note("A")), 1.0)
    assert following is not None
    mailbox.finish(following, Done(note=note("A", phase="solved", updated=7.0)), 7.0)
    latest = mailbox.recent_case("T1", "C1", "U1", since=0.0)
    assert latest == note("A", phase="solved", updated=7.0)


# --- retention ------------------------------------------------------------------------------------


def test_purging_forgets_conversations_but_knows_ids_a_week_longer(mailbox: Mailbox) -> None:
    mailbox.accept([task("e1", body={"text": "pasted"})], 1.0)
    mailbox.finish(claim(mailbox, 1.0), Done(state={"text": "pasted"}, note=note("A")), 10.0)
    assert mailbox.purge(10.0) == 0, "not older than that"
    assert mailbox.purge(10.1) == 2, "the task's text and the lane"
    assert mailbox.peek("A") is None
    assert mailbox.recent_case("T1", "C1", "U1", since=0.0) is None
    assert mailbox.accept([task("e1")], 11.0) == 0, "Slack delivered it again"
    assert mailbox.purge(10.1) == 0
    assert mailbox.purge(10.1 + 7 * DAY) == 1, "the id"
    assert mailbox.accept([task("e1")], 12.0) == 1


def test_purging_leaves_what_is_still_going_on(mailbox: Mailbox) -> None:
    mailbox.accept([task("e1"), task("nudge", kind="timer", due=500 * DAY)], 1.0)
    mailbox.finish(claim(mailbox, 1.0), Done(state={"n": 1}, note=note("A")), 1.0)
    mailbox.purge(400 * DAY)
    assert mailbox.peek("A") == {"n": 1}
    assert drain(mailbox, 500 * DAY) == ["nudge"]


def test_purging_keeps_lanes_that_only_remember(mailbox: Mailbox) -> None:
    mailbox.accept([task("e1", "cron:digest:T1")], 1.0)
    mailbox.accept([task("e2", "T1:C1:1.2")], 2.0)
    chatter = mailbox.finish(claim(mailbox, 3.0), Done(state={"last": "2026-W48"}), 3.0)
    assert chatter is not None
    mailbox.finish(chatter, Done(), 3.0)
    mailbox.purge(100.0)
    assert mailbox.peek("cron:digest:T1") == {"last": "2026-W48"}
    assert mailbox.peek("T1:C1:1.2") is None, "overheard chatter leaves nothing"


def test_purging_goes_on_until_all_is_gone(mailbox: Mailbox) -> None:
    mailbox.accept([task(f"e{n}", "A") for n in range(1100)], 1.0)
    drain(mailbox, 2.0)
    assert mailbox.purge(3.0 + 7 * DAY) == 1100 + 1


# --- several workers ------------------------------------------------------------------------------


def test_workers_side_by_side_keep_each_lane_in_order(mailbox: Mailbox) -> None:
    lanes = [f"lane{n}" for n in range(5)]
    wanted = {lane: [f"{lane}:{n}" for n in range(12)] for lane in lanes}
    busy: set[str] = set()
    seen: dict[str, list[str]] = defaultdict(list)
    clashes: list[str] = []

    def work(worker: str) -> None:
        while sum(map(len, [*seen.values()])) < 60:  # a lane another looks at is passed over
            lease = mailbox.claim(worker, 1.0)
            while lease:
                if lease.lane in busy:
                    clashes.append(lease.lane)
                busy.add(lease.lane)
                seen[lease.lane].append(lease.task.id)
                busy.discard(lease.lane)
                lease = mailbox.finish(lease, Done(state={"n": len(seen[lease.lane])}), 1.0)

    workers = [threading.Thread(target=work, args=(f"w{n}",)) for n in range(4)]
    for worker in workers:
        worker.start()
    for n in range(12):
        mailbox.accept([task(wanted[lane][n], lane) for lane in lanes], 1.0)
    for worker in workers:
        worker.join()
    assert clashes == []
    assert seen == wanted
    assert [mailbox.peek(lane) for lane in lanes] == [{"n": 12}] * 5


# --- what may have been done before ---------------------------------------------------------------


def test_what_follows_from_a_task_in_doubt_is_in_doubt_itself(mailbox: Mailbox) -> None:
    mailbox.accept([task("event")], 1.0)
    mailbox.retry(claim(mailbox, 2.0), 3.0, "an older copy", maybe_sent=True)
    again = claim(mailbox, 4.0)
    follow = [task("answer", kind="post"), task("reminder", kind="timer", due=90.0)]
    answer = mailbox.finish(again, Done(new=follow), 5.0)
    assert answer is not None
    assert (answer.task.id, answer.task.maybe_sent) == ("answer", True)
    assert (answer.task.first_try, answer.task.last_try) == (2.0, 2.0)
    assert mailbox.finish(answer, Done(), 6.0) is None
    reminder = claim(mailbox, 91.0)
    assert (reminder.task.id, reminder.task.maybe_sent) == ("reminder", False)
