"""What a rule base would have said to messages of the past, and what another one would.

Each message goes the way a live one goes: redacted, matched, and, where a rule fits, taken to the
desk, which keeps silent when the same person reports the same error twice in a row. Nobody presses
a button in the past, so conversations end with their first answer.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from bot.core.text.normalise import read
from bot.core.text.redact import redact
from bot.core.text.visible import cut
from bot.helpdesk.incoming import Place, Report

if TYPE_CHECKING:
    from bot.core.matching.model import Matches
    from bot.helpdesk.desk import Desk
    from bot.helpdesk.ports import CaseNote

_KEPT: Final = 8
"""Excerpts kept of each rule, and of each kind of difference."""
_EXCERPT: Final = 200
"""Letters of an excerpt."""
_A_DAY: Final = 86400
_LATEST: Final = 4e9
"""Seconds: in the year 2096."""
_REMEMBERED: Final = 10_000
"""People whose latest case is remembered, as the conversation table would."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A message of the past."""

    channel: str
    user: str
    ts: str
    """Slack's: Unix seconds with a fraction."""
    text: str
    in_thread: bool = False


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A message as a report may show it: redacted and cut."""

    channel: str
    ts: str
    text: str
    score: float


@dataclass(slots=True)
class Pile:
    """Messages that had the same fate."""

    messages: int = 0
    excerpts: list[Excerpt] = field(default_factory=list)
    """The first few that differ."""

    def add(self, excerpt: Excerpt) -> None:
        """One message more."""
        self.messages += 1
        if len(self.excerpts) < _KEPT and all(excerpt.text != e.text for e in self.excerpts):
            self.excerpts.append(excerpt)


@dataclass(slots=True)
class Share:
    """How many messages there were, and how many of them would have been answered."""

    messages: int = 0
    answered: int = 0

    @property
    def per_thousand(self) -> float:
        """Answers to 1,000 messages."""
        return 1000 * self.answered / max(1, self.messages)


Rules = tuple[str, ...]
"""Ids of the rules a message was answered with; empty: silence."""


def _piles() -> defaultdict[Any, Pile]:
    return defaultdict(Pile)


@dataclass(slots=True)
class Tally:
    """Everything counted so far."""

    all: Share = field(default_factory=Share)
    repeated: int = 0
    """Recognised, and passed over because the person's last report of it was just answered."""
    channels: defaultdict[str, Share] = field(default_factory=lambda: defaultdict(Share))
    days: defaultdict[int, Share] = field(default_factory=lambda: defaultdict(Share))
    """By days since 1970-01-01, UTC."""
    answered: defaultdict[str, Pile] = field(default_factory=_piles)
    """By rule."""
    near: defaultdict[str, Pile] = field(default_factory=_piles)
    """By the rule that was nearest, and not sure enough to speak."""
    collisions: defaultdict[Rules, Pile] = field(default_factory=_piles)
    """By the rules that claimed a message: none could be chosen, or the app was not named."""
    compared: bool = False
    """Whether another rule base heard the same."""
    changed: defaultdict[tuple[Rules, Rules], Pile] = field(default_factory=_piles)
    """By what that one would have answered, and what this one does."""


class Backtest:
    """Hears messages in the order in which they were written, and counts."""

    def __init__(self, desk: Desk, base: Desk | None = None) -> None:
        """With `base`, what that one would have said differently is counted as well."""
        self.tally = Tally(compared=base is not None)
        self._ear = _Ear(desk)
        self._base = _Ear(base) if base else None

    def hear(self, heard: Heard) -> None:
        """One message more."""
        text = redact(heard.text)
        matches, said = self._ear.hear(heard, text)
        self._count(heard, answered=bool(said), found=bool(matches.found))
        if matches.ranked:
            self._note(matches, said, _excerpt(heard, text, matches))
        if self._base:
            before = self._base.hear(heard, text)[1]
            if before != said:
                self.tally.changed[before, said].add(_excerpt(heard, text, matches))

    def _count(self, heard: Heard, *, answered: bool, found: bool) -> None:
        tally = self.tally
        day = int(_seconds(heard.ts) // _A_DAY)
        for share in (tally.all, tally.channels[heard.channel], tally.days[day]):
            share.messages += 1
            share.answered += answered
        tally.repeated += found and not answered

    def _note(self, matches: Matches, said: Rules, excerpt: Excerpt) -> None:
        tally = self.tally
        for rule_id in said:
            tally.answered[rule_id].add(excerpt)
        if matches.found:
            return
        if claimed := sorted({match.rule.id for match in matches.ambiguous}):
            tally.collisions[tuple(claimed)].add(excerpt)
        elif matches.near:
            tally.near[matches.near[0].rule.id].add(excerpt)


class _Ear:
    """A desk, and what it answered whom last."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._recent: dict[tuple[str, str], CaseNote] = {}

    def hear(self, heard: Heard, text: str) -> tuple[Matches, Rules]:
        """What is found in `text`, and the rules answered with; none where it keeps silent."""
        matches = self._desk.matcher.match(read(text))
        found = tuple(match.rule.id for match in matches.found)
        return matches, found if found and self._answers(heard, text) else ()

    def _answers(self, heard: Heard, text: str) -> bool:
        place = Place("T", heard.channel, heard.ts)
        report = Report(place, heard.user, heard.ts, text, in_thread=heard.in_thread)
        who = (heard.channel, heard.user)
        done = self._desk.step({}, report, _seconds(heard.ts), self._recent.get(who))
        if not any(task.kind == "post" for task in done.new):
            return False
        if done.note:
            self._recent.pop(who, None)
            self._recent[who] = done.note
            if len(self._recent) > _REMEMBERED:
                del self._recent[next(iter(self._recent))]
        return True


def _excerpt(heard: Heard, text: str, matches: Matches) -> Excerpt:
    score = matches.ranked[0].score if matches.ranked else 0.0
    return Excerpt(heard.channel, heard.ts, cut(" ".join(text.split()), _EXCERPT), round(score, 3))


def _seconds(ts: str) -> float:
    """Slack's `ts` in seconds; what is none, or lies beyond any calendar, is 0."""
    try:
        seconds = float(ts)
    except ValueError:
        return 0.0
    return seconds if 0 <= seconds < _LATEST else 0.0
