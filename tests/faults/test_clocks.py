"""Clocks jump, workers die while a reminder fires: each fires once, a cancelled one never."""

from __future__ import annotations

import logging
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.wording.reply import Line, Reply
from bot.helpdesk.codec import new_task
from bot.helpdesk.incoming import Incoming, Place, Report, TimerFired
from bot.helpdesk.outward import Post
from bot.helpdesk.ports import Done
from bot.workbench.standin import cast
from tests.faults.echo_bot import Echo
from tests.faults.indoors import Indoors, empty, in_memory, indoors, sqlite_url
from tests.faults.sequences import HOUR, Passes, Works, works

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bot.helpdesk.ports import CaseNote, Json, Mailbox
    from tests.postgres import Postgres

DAY: Final = 24 * HOUR
JUMPS: Final = (4 * HOUR, DAY, 7 * DAY)
THREAD: Final = Place(cast.TEAM.id, cast.HELP_IT.id, "1795395600.000000")


def reminding(state: Json, incoming: Incoming, now: float, _recent: CaseNote | None) -> Done:
    """Told "set 3 600", reminder 3 fires in ten minutes and posts; told "cancel 3", it does not."""
    lists = {name: list(state.get(name, [])) for name in ("set", "cancelled", "fired")}
    match incoming:
        case TimerFired(place=place, name=name):
            lists["fired"].append(name)
            reply = Reply((Line(f"reminder {name}"),))
            post = Post(place, place.key, 0, reply, tracked=False)
            return Done(state=lists, new=[new_task(f"post:{name}", place.key, post)])
        case Report(place=place, text=text):
            verb, name, *rest = text.split()
            id_ = f"timer:{name}"
            if verb == "set":
                lists["set"].append(name)
                fire = TimerFired(place, name, 0)
                return Done(state=lists, new=[new_task(id_, place.key, fire, now + float(rest[0]))])
            if name not in lists["fired"]:
                lists["cancelled"].append(name)
            return Done(state=lists, cancel=[id_])
    return Done()


@dataclass(frozen=True)
class Sets:
    after: float


@dataclass(frozen=True)
class Cancels:
    which: int


happenings = st.one_of(
    st.builds(Sets, st.sampled_from([0.0, 60.0, 4 * HOUR, DAY, 7 * DAY])),
    st.builds(Cancels, st.integers(0, 20)),
    st.builds(Passes, st.sampled_from([10.0, 31.0, *JUMPS])),
    works,
)


@pytest.fixture(scope="module")
def home() -> Iterator[Indoors]:
    logging.disable(logging.CRITICAL)
    with indoors() as made:
        yield made
    logging.disable(logging.NOTSET)


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def mailbox(request: pytest.FixtureRequest) -> Iterator[Callable[[], Mailbox]]:
    with ExitStack() as opened:
        match request.param:
            case "memory":
                yield in_memory
            case "sqlite":
                yield opened.enter_context(empty(opened.enter_context(sqlite_url())))
            case _:
                server: Postgres = request.getfixturevalue("postgres")
                yield opened.enter_context(empty(server.database()))


def test_each_reminder_fires_once_and_a_cancelled_one_never(
    home: Indoors, mailbox: Callable[[], Mailbox]
) -> None:
    @settings(max_examples=60, database=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(happenings, min_size=2, max_size=15))
    def attempt(sequence: Sequence[Any]) -> None:
        home.move_in(mailbox(), reminding)
        said = 0
        home.slack.people.post("sakura", "help-it", "root")
        for number, what in enumerate(sequence):
            match what:
                case Sets(after=after):
                    tell(home, number, f"set {said} {after}")
                    said += 1
                case Cancels(which=which) if said:
                    tell(home, number, f"cancel {which % said}")
                case Passes() | Works():
                    what.happen(home)
        home.rest()
        check(home, [str(n) for n in range(said)])

    attempt()


def tell(home: Indoors, number: int, text: str) -> None:
    said = Report(THREAD, cast.SAKURA.id, f"{number}.0", text)
    home.mailbox.accept([new_task(f"msg:{number}", THREAD.key, said)], home.now)


def check(home: Indoors, names: list[str]) -> None:
    """The state tells what the desk did; the thread what people saw."""
    state = home.mailbox.peek(THREAD.key) or {"set": [], "cancelled": [], "fired": []}
    posted = [m.text.split()[1] for m in home.messages("help-it") if m.bot_id]
    cancelled = set(state["cancelled"])
    assert state["set"] == names
    assert posted == state["fired"]
    assert sorted(posted) == sorted(set(names) - cancelled)


@pytest.mark.parametrize("jump", JUMPS)
def test_a_clock_set_forward_lets_each_reminder_fire_in_its_turn(
    home: Indoors, mailbox: Callable[[], Mailbox], jump: float
) -> None:
    home.move_in(mailbox(), reminding)
    home.slack.people.post("sakura", "help-it", "root")
    for number, after in enumerate((3 * HOUR, HOUR, 2 * HOUR)):
        tell(home, number, f"set {number} {after}")
    home.work()
    home.now += jump
    home.work()
    assert [m.text for m in home.messages("help-it") if m.bot_id] == [
        "reminder 1", "reminder 2", "reminder 0",
    ]  # fmt: skip


def test_a_clock_that_was_a_week_ahead_costs_nobody_a_week(
    home: Indoors, mailbox: Callable[[], Mailbox]
) -> None:
    """Messages were waiting, one post limited and one of unknown outcome when it was set right."""
    home.move_in(mailbox(), Echo().step)
    right, faults = home.now, home.slack.faults
    home.now += 7 * DAY
    for fault in (faults.rate_limit, faults.lose_reply, None):
        thread = home.slack.people.post("sakura", "help-it", "Error").ts
        home.slack.people.post("sakura", "help-it", "Error", thread)
        for payload in home.to_deliver():
            assert home.deliver(payload)
        if fault:
            fault("chat.postMessage")
            home.work()
    home.now = right
    home.mailbox.set_right(home.now)
    home.rest(right + 120)
    people = [m for m in home.messages("help-it") if not m.bot_id]
    answers = [m.text.split()[1] for m in home.messages("help-it") if m.bot_id]
    assert sorted(answers) == sorted(m.ts for m in people)
