"""Events in any order: twinned, late, twice, retried while they are being handled.

A desk that counts hears each message once, and answers it once and in order, whatever the network
and the workers do.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from bot.helpdesk.incoming import Place
from bot.workbench.standin import Message, cast
from bot.workbench.standin.faults import Faults
from tests.faults.echo_bot import Echo
from tests.faults.indoors import Indoors, Payload

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.helpdesk.ports import Mailbox

HOUR: Final = 3600.0
PEOPLE: Final = ("sakura", "alex", "sato")
PAUSES: Final = st.sampled_from([0.5, 7.0, 31.0, 7 * HOUR])
number = st.integers(0, 30)


@dataclass(frozen=True)
class Writes:
    """Somebody writes; a mention is delivered as twins, which may be swapped or far apart."""

    who: int
    thread: int | None
    mention: bool = False
    direct: bool = False
    swapped: bool = False
    apart: bool = False
    refused: bool = False
    """The database is down when it comes first."""


@dataclass(frozen=True)
class Again:
    """Slack delivers once more what it delivered before; `during`: while a task is being done."""

    which: int
    during: bool = False


@dataclass(frozen=True)
class Works:
    """`all` that is due, `one` task, or one by a worker that dies `before` or `after` the deed."""

    how: str

    def happen(self, home: Indoors) -> None:
        """Do it."""
        match self.how:
            case "all":
                home.work()
            case "one":
                home.work_once()
            case how:
                home.die(when_done=how == "after")


@dataclass(frozen=True)
class Fails:
    """The next post goes wrong in this way."""

    how: str


@dataclass(frozen=True)
class Passes:
    """Time."""

    seconds: float

    def happen(self, home: Indoors) -> None:
        """Let it pass."""
        home.now += self.seconds


_FAILURES: Final[dict[str, Callable[[Faults], None]]] = {
    "lost": partial(Faults.lose_reply, method="chat.postMessage"),
    "reset": partial(Faults.reset, method="chat.postMessage"),
    "limited": partial(Faults.rate_limit, method="chat.postMessage"),
    "error": partial(Faults.fail, method="chat.postMessage"),
}

writes = st.builds(
    Writes,
    who=st.integers(0, len(PEOPLE) - 1),
    thread=st.none() | number,
    mention=st.booleans(),
    direct=st.booleans(),
    swapped=st.booleans(),
    apart=st.booleans(),
    refused=st.booleans(),
)
again = st.builds(Again, which=number, during=st.booleans())
works = st.builds(Works, st.sampled_from(["all", "one", "one", "before", "after"]))
happenings = st.one_of(
    writes,
    writes,
    again,
    again,
    works,
    st.builds(Fails, st.sampled_from(sorted(_FAILURES))),
    st.builds(Passes, PAUSES),
)


@dataclass
class Once:
    """A desk that counts, and what it must have heard."""

    home: Indoors
    heard: list[Payload] = field(default_factory=list)
    held_back: list[Payload] = field(default_factory=list)
    roots: list[Message] = field(default_factory=list)
    arrived: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """By lane: the ts of its messages, in the order in which they were taken."""

    def happen(self, what: Any) -> None:
        """One of the above."""
        match what:
            case Writes():
                self._write(what)
            case Again() if self.heard:
                payload = self.heard[what.which % len(self.heard)]
                if what.during:
                    self.home.meanwhile.append(payload)
                else:
                    assert self.home.deliver(payload)
            case Fails(how=how):
                _FAILURES[how](self.home.slack.faults)
            case Works() | Passes():
                what.happen(self.home)

    def end(self) -> None:
        """What was held back arrives, all comes to rest; hours later everything comes again."""
        for payload in self.held_back:
            self._arrive(payload)
        self.home.rest()
        self.home.now += 7 * HOUR
        for payload in self.heard:
            assert self.home.deliver(payload)
        self.home.rest()

    def check(self) -> None:
        """Each message has one answer, in its place and in its turn."""
        for lane, wanted in self.arrived.items():
            place = Place.of(lane)
            said = [m for m in self.home.messages(place.channel) if m.bot_id]
            here = [m.text.split() for m in said if m.thread_ts == place.thread]
            assert here == [[str(n), ts] for n, ts in enumerate(wanted, 1)], lane
            assert (self.home.mailbox.peek(lane) or {}).get("count") == len(wanted)
        assert self.home.mailbox.next_wake() is None

    def _write(self, what: Writes) -> None:
        for payload in self.home.to_deliver():
            assert self.home.deliver(payload), "the bot's own posts come back"
        people, who = self.home.slack.people, PEOPLE[what.who]
        if what.direct:
            people.direct(who, "Error")
        else:
            write = people.mention if what.mention else people.post
            root = self.roots[what.thread % len(self.roots)] if self.roots and what.thread else None
            message = write(who, "help-it", "Error", root.ts if root else "")
            self.roots += [] if root else [message]
        events = self.home.to_deliver()
        first, *later = reversed(events) if what.swapped else events
        if what.refused:
            self.home.refusals = 1
            assert not self.home.deliver(first), "what is not kept is not acknowledged"
        self._arrive(first)
        if what.apart:
            self.held_back += later
        else:
            for payload in later:
                self._arrive(payload)

    def _arrive(self, payload: Payload) -> None:
        assert self.home.deliver(payload)
        self.heard.append(payload)
        event = payload["event"]
        thread = event.get("thread_ts", event["ts"])
        lane = Place(cast.TEAM.id, event["channel"], thread).key
        if event["ts"] not in self.arrived[lane]:
            self.arrived[lane].append(event["ts"])


def once(home: Indoors, mailbox: Callable[[], Mailbox], examples: int, chance: int = 0) -> None:
    """Try so many sequences. Fails with a short one that is wrong."""

    @seed(chance)
    @steady(examples)
    @given(st.lists(happenings, min_size=1, max_size=25), st.sampled_from([0.0, 3.0]))
    def attempt(sequence: Sequence[Any], read_lag: float) -> None:
        home.move_in(mailbox(), Echo().step)
        home.slack.faults.read_lag = read_lag
        trial = Once(home)
        for what in sequence:
            trial.happen(what)
        trial.end()
        trial.check()

    attempt()


def steady(examples: int) -> settings:
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    return settings(
        max_examples=examples,
        deadline=None,
        database=None,
        report_multiple_bugs=False,
        phases=[Phase.generate, Phase.shrink],  # to explain would take longer than to look
        suppress_health_check=slow,
    )
