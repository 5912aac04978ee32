"""Events in any order: twice, twinned, late, retried while they are being handled.

`once`: a desk that counts hears each message once, and answers it once and in order, whatever the
network and the processes do. `unnoticed`: with the real desk, people see the very same whether
Slack delivers everything once or again and again.
"""

from __future__ import annotations

import re
from collections import defaultdict
from copy import deepcopy
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
from tests.helpdesk import office

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.helpdesk.ports import Mailbox

HOUR: Final = 3600.0
PEOPLE: Final = ("sakura", "alex", "sato")
_IDS: Final = {person.id for person in cast.PEOPLE}
PAUSES: Final = st.sampled_from([0.5, 7.0, 31.0, 7 * HOUR])
number = st.integers(0, 30)


# --- once -----------------------------------------------------------------------------------------


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


@dataclass(frozen=True)
class Fails:
    """The next post goes wrong in this way."""

    how: str


@dataclass(frozen=True)
class Passes:
    """Time."""

    seconds: float


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
happenings = st.one_of(
    writes,
    writes,
    again,
    again,
    st.builds(Works, st.sampled_from(["all", "one", "one", "before", "after"])),
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
            case Works(how="all"):
                self.home.work()
            case Works(how="one"):
                self.home.work_once()
            case Works(how=how):
                self.home.die(when_done=how == "after")
            case Fails(how=how):
                _FAILURES[how](self.home.slack.faults)
            case Passes(seconds=seconds):
                self.home.now += seconds

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
        direct = event.get("channel_type") == "im"
        thread = "" if direct else event.get("thread_ts", event["ts"])
        lane = Place(cast.TEAM.id, event["channel"], thread).key
        if event["ts"] not in self.arrived[lane]:
            self.arrived[lane].append(event["ts"])


def once(home: Indoors, mailbox: Callable[[], Mailbox], examples: int, chance: int = 0) -> None:
    """Try so many sequences. Fails with a short one that is wrong."""

    @seed(chance)
    @_settings(examples)
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


# --- unnoticed ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Noise:
    """What Slack does besides; people must not notice any of it."""

    again: tuple[Again, ...] = ()
    swapped: bool = False
    double: bool = False
    """A button is pressed twice, as impatient people do."""


@dataclass(frozen=True)
class Says:
    """A message to all, or in the thread of a message."""

    who: int
    thread: int | None
    text: int
    mention: bool = False


@dataclass(frozen=True)
class Presses:
    """Some button of some message of the bot's."""

    message: int
    button: int


@dataclass(frozen=True)
class Alters:
    """Somebody's own message gets another text; with none it is deleted."""

    message: int
    text: int | None


TEXTS: Final = (
    office.MAIL_EN, office.MAIL_JA, office.VPN_EN, office.THEIRS, "直りました", "いいえ", "lunch?",
)  # fmt: skip

deeds = st.one_of(
    st.builds(
        Says,
        who=st.integers(0, len(PEOPLE) - 1),
        thread=st.none() | number,
        text=st.integers(0, len(TEXTS) - 1),
        mention=st.booleans(),
    ),
    st.builds(Presses, message=number, button=number),
    st.builds(Presses, message=st.just(-1), button=number),
    st.builds(Alters, message=number, text=st.none() | st.integers(0, len(TEXTS) - 1)),
    st.builds(Passes, st.sampled_from([20.0, 7 * HOUR, 4 * 24 * HOUR])),
)
noises = st.builds(
    Noise,
    again=st.lists(again, max_size=3).map(tuple),
    swapped=st.booleans(),
    double=st.booleans(),
)


class Office:
    """The real desk; `noisy`: Slack does what it does besides."""

    def __init__(self, home: Indoors, *, noisy: bool) -> None:
        self._home = home
        self._noisy = noisy
        self._heard: list[Payload] = []

    def happen(self, deed: Any, noise: Noise) -> None:
        """Somebody does something; the bot does all that follows, until nothing is due."""
        if isinstance(deed, Passes):
            self._home.rest(self._home.now + deed.seconds)
        else:
            self._home.now += 20.0
            self._do(deed)
        if self._noisy:
            self._home.meanwhile += [self._heard[a.which % len(self._heard)]
                                     for a in noise.again if a.during and self._heard]  # fmt: skip
        self._arrive(noise)
        self._home.rest(self._home.now)
        self._arrive(Noise())  # of the bot's own posts
        if self._noisy:
            for event in noise.again:
                if self._heard and not event.during:
                    assert self._home.deliver(self._heard[event.which % len(self._heard)])
            self._home.rest(self._home.now)

    def seen(self) -> dict[str, list[Any]]:
        """What stands in each channel, the names of cases and messages replaced by numbers."""
        names: dict[str, str] = {}

        def plain(text: str) -> str:
            return re.sub(
                r"FC-[0-9A-F]{6}", lambda m: names.setdefault(m[0], f"case {len(names)}"), text
            )

        shown = {}
        for channel in cast.CHANNELS:
            messages = self._home.messages(channel.id)
            order = {m.ts: n for n, m in enumerate(messages)}
            shown[channel.name] = [
                (
                    m.user,
                    plain(m.text),
                    order.get(m.thread_ts),
                    [e["text"]["text"] for e in _buttons(m)],
                )
                for m in messages
            ]
        return shown

    def _do(self, deed: Any) -> None:
        people = self._home.slack.people
        written = [m for m in self._home.messages("help-it") if m.user in _IDS]
        match deed:
            case Says(who=who, thread=thread, text=text, mention=mention):
                write = people.mention if mention else people.post
                root = written[thread % len(written)].ts if written and thread is not None else ""
                write(PEOPLE[who], "help-it", TEXTS[text], root)
            case Presses(message=message, button=button):
                live = [m for c in ("help-it", "helpdesk-triage")
                        for m in self._home.messages(c) if _buttons(m)]  # fmt: skip
                if live:
                    pressed = live[message % len(live)]
                    chosen = _buttons(pressed)[button % len(_buttons(pressed))]
                    presser = PEOPLE[2] if pressed.channel == cast.TRIAGE.id else PEOPLE[button % 3]
                    people.press(
                        presser, pressed.ts, pressed.channel, chosen["action_id"], chosen["value"]
                    )
            case Alters(message=message, text=text) if written:
                mine = written[message % len(written)]
                if text is None:
                    people.delete(mine.user, "help-it", mine.ts)
                else:
                    people.edit(mine.user, "help-it", mine.ts, TEXTS[text])

    def _arrive(self, noise: Noise) -> None:
        """Without noise a mention is heard of once."""
        events = self._home.to_deliver()
        twins = [e for e in events if e.get("event", {}).get("type") == "app_mention"]
        if not self._noisy:
            events = [e for e in events if e not in twins]
        elif noise.swapped:
            events.reverse()
        for payload in events:
            assert self._home.deliver(payload)
            self._heard.append(payload)
            if self._noisy and noise.double and "actions" in payload:
                assert self._home.deliver(_clicked_again(payload))


def _buttons(message: Message) -> list[Payload]:
    return [e for b in message.blocks if b["type"] == "actions" for e in b["elements"]]


def _clicked_again(payload: Payload) -> Payload:
    """The same button a moment later."""
    second = deepcopy(payload)
    seconds, micros = second["actions"][0]["action_ts"].split(".")
    second["actions"][0]["action_ts"] = f"{seconds}.{int(micros) + 1:06d}"
    return second


def unnoticed(
    home: Indoors, mailbox: Callable[[], Mailbox], examples: int, chance: int = 0
) -> None:
    """Try so many sequences, each with and without noise. Fails with a short one that differs."""
    desk = office.desk(triage_channel=cast.TRIAGE.id)

    def play(sequence: Sequence[tuple[Any, Noise]], *, noisy: bool) -> dict[str, list[Any]]:
        home.move_in(mailbox(), desk.step)
        played = Office(home, noisy=noisy)
        for deed, noise in sequence:
            played.happen(deed, noise)
        home.rest()
        return played.seen()

    @seed(chance)
    @_settings(examples)
    @given(st.lists(st.tuples(deeds, noises), min_size=1, max_size=14))
    def attempt(sequence: Sequence[tuple[Any, Noise]]) -> None:
        assert play(sequence, noisy=True) == play(sequence, noisy=False)

    attempt()


def _settings(examples: int) -> settings:
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    return settings(
        max_examples=examples,
        deadline=None,
        database=None,
        report_multiple_bugs=False,
        phases=[Phase.generate, Phase.shrink],  # to explain would take longer than to look
        suppress_health_check=slow,
    )
