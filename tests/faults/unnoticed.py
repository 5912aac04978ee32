"""People see the very same whether Slack delivers everything once or twice, late, in disorder."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from hypothesis import given, seed
from hypothesis import strategies as st

from bot.workbench.standin import Message, cast
from tests.faults.sequences import HOUR, PEOPLE, Again, Passes, again, number, steady
from tests.helpdesk import office

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.helpdesk.ports import Mailbox
    from tests.faults.indoors import Indoors, Payload

_IDS: Final = {person.id for person in cast.PEOPLE}


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
    @steady(examples)
    @given(st.lists(st.tuples(deeds, noises), min_size=1, max_size=14))
    def attempt(sequence: Sequence[tuple[Any, Noise]]) -> None:
        assert play(sequence, noisy=True) == play(sequence, noisy=False)

    attempt()
