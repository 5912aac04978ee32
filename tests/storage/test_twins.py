"""Whatever is done to them in whatever order, the two mailboxes cannot be told apart."""

from __future__ import annotations

import subprocess
import sys
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bot.errors import LostLease
from bot.helpdesk.ports import CaseNote, Done, Lease, NewTask
from bot.storage.memory import MemoryMailbox

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.helpdesk.ports import Mailbox
    from bot.storage.mailbox import SqlMailbox

LANES = ("A", "B", "C")
DAY = 86400.0

ids = st.integers(0, 25).map(lambda n: f"t{n}")
states = st.none() | st.fixed_dictionaries({"n": st.integers(0, 9)})
new_tasks = st.builds(
    NewTask,
    id=ids,
    lane=st.sampled_from(LANES),
    kind=st.sampled_from(["event", "post"]),
    body=st.just({"text": "x"}),
    due_at=st.sampled_from([0.0, 0.0, 0.0, 1005.0, 1040.0, 2000.0]),
)


class Twins(RuleBasedStateMachine):
    def __init__(self, sql: Mailbox) -> None:
        super().__init__()
        self.sql = sql
        self.memory: Mailbox = MemoryMailbox()
        self.leases: list[tuple[Lease, Lease]] = []
        self.now = 1000.0

    @rule(tasks=st.lists(new_tasks, max_size=4))
    def accept(self, tasks: list[NewTask]) -> None:
        assert self.memory.accept(tasks, self.now) == self.sql.accept(tasks, self.now)

    @rule(worker=st.sampled_from(["w1", "w2"]))
    def claim(self, worker: str) -> None:
        self._keep(self.memory.claim(worker, self.now), self.sql.claim(worker, self.now))

    @precondition(lambda self: self.leases)
    @rule(
        data=st.data(),
        state=states,
        new=st.lists(new_tasks, max_size=3),
        cancel=st.lists(ids, max_size=2),
        asker=st.none() | st.sampled_from(["U1", "U2"]),
    )
    def finish(
        self,
        data: st.DataObject,
        state: dict[str, int] | None,
        new: list[NewTask],
        cancel: list[str],
        asker: str | None,
    ) -> None:
        leases = self._pick(data)
        lane = leases[0].lane
        note = case_note(lane, asker, self.now) if asker else None
        done = Done(state=state, new=new, cancel=cancel, note=note)
        self._keep(*self._both(lambda box, lease: box.finish(lease, done, self.now), leases))

    @precondition(lambda self: self.leases)
    @rule(
        data=st.data(),
        pause=st.integers(0, 50),
        sent=st.booleans(),
        counts=st.booleans(),
        looked=st.booleans(),
    )
    def retry(
        self, data: st.DataObject, pause: int, *, sent: bool, counts: bool, looked: bool
    ) -> None:
        due = self.now + pause
        leases = self._pick(data)

        def back_off(box: Mailbox, lease: Lease) -> None:
            box.retry(lease, due, "failed", maybe_sent=sent, counts=counts, looked=looked)

        self._keep(*self._both(back_off, leases))

    @precondition(lambda self: self.leases)
    @rule(data=st.data(), new=st.lists(new_tasks, max_size=2))
    def set_aside(self, data: st.DataObject, new: list[NewTask]) -> None:
        leases = self._pick(data)

        def give_up(box: Mailbox, lease: Lease) -> None:
            box.set_aside(lease, "poison", self.now, new)

        self._keep(*self._both(give_up, leases))

    @rule(seconds=st.sampled_from([1.0, 6.0, 31.0, 8 * DAY]))
    def wait(self, seconds: float) -> None:
        self.now += seconds

    @rule(seconds=st.sampled_from([5.0, 2 * DAY]))
    def set_the_clock_back(self, seconds: float) -> None:
        self.now -= seconds

    @rule()
    def set_right(self) -> None:
        assert self.memory.set_right(self.now) == self.sql.set_right(self.now)

    @rule(age=st.sampled_from([0.0, 10.0, DAY]))
    def purge(self, age: float) -> None:
        assert self.memory.purge(self.now - age) == self.sql.purge(self.now - age)

    @invariant()
    def look_the_same(self) -> None:
        assert self.memory.next_wake() == self.sql.next_wake()
        assert self.memory.backlog(self.now) == self.sql.backlog(self.now)
        for lane in LANES:
            assert self.memory.peek(lane) == self.sql.peek(lane)
        for who in ("U1", "U2"):
            cases = [box.recent_case("T", "C", who, self.now - DAY) for box in self._boxes()]
            assert cases[0] == cases[1]

    def _boxes(self) -> tuple[Mailbox, Mailbox]:
        return self.memory, self.sql

    def _pick(self, data: st.DataObject) -> tuple[Lease, Lease]:
        """Any lease ever given: also used, expired and lost ones."""
        return data.draw(st.sampled_from(self.leases[-4:]))

    def _both(
        self, act: Callable[[Mailbox, Lease], Lease | None], leases: tuple[Lease, Lease]
    ) -> list[Lease | str | None]:
        ends: list[Lease | str | None] = []
        for box, lease in zip(self._boxes(), leases, strict=True):
            try:
                ends.append(act(box, lease))
            except LostLease:
                ends.append("lost")
        return ends

    def _keep(self, left: object, right: object) -> None:
        assert bare(left) == bare(right)
        if isinstance(left, Lease) and isinstance(right, Lease):
            self.leases.append((left, right))


def case_note(lane: str, asker: str, now: float) -> CaseNote:
    return CaseNote(
        lane=lane,
        team="T",
        channel="C",
        asker=asker,
        rule_id="r",
        phase="p",
        opened_at=now,
        updated_at=now,
    )


def bare(lease: object) -> object:
    """Without the numbers that only the mailbox itself reads."""
    if isinstance(lease, Lease):
        return replace(lease, fence=0, task=replace(lease.task, seq=0))
    return lease


def test_memory_and_database_cannot_be_told_apart(open_empty: Callable[[], SqlMailbox]) -> None:
    with ExitStack() as opened:

        def twins() -> Twins:
            sql = open_empty()
            opened.callback(sql.close)
            return Twins(sql)

        run_state_machine_as_test(
            twins,  # type: ignore[arg-type]  # a function that makes one is as good as the class
            settings=settings(
                max_examples=25,
                stateful_step_count=40,
                deadline=None,
                phases=[
                    Phase.generate
                ],  # the steps are printed as they are; shrinking takes minutes
            ),
        )


def test_the_twin_in_memory_loads_no_database() -> None:
    """`ask` and `chat` start at once."""
    script = "import sys, bot.storage.memory; sys.exit('sqlalchemy' in sys.modules)"
    subprocess.run([sys.executable, "-c", script], check=True)
