"""What a rule base would have said to messages of the past, and what another one would.

Each message goes the way a live one goes: redacted, matched, and, where a rule fits, taken to the
desk, which keeps silent when the same person reports the same error twice in a row. Nobody presses
a button in the past, so conversations end with their first answer.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from bot.core.text.normalise import read
from bot.core.text.redact import redact
from bot.helpdesk.incoming import Place, Report

if TYPE_CHECKING:
    from bot.core.matching.model import Matches
    from bot.helpdesk.desk import Desk
    from bot.helpdesk.ports import CaseNote

_KEPT: Final = 8
"""Excerpts kept of each rule, and of each kind of difference."""
_EXCERPT: Final = 200
"""Letters of an excerpt."""
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
class RuleTally:
    """What one rule would have done."""

    answered: int = 0
    near: int = 0
    """Not sure enough to speak."""
    excerpts: list[Excerpt] = field(default_factory=list)
    near_excerpts: list[Excerpt] = field(default_factory=list)


@dataclass(slots=True)
class ChannelTally:
    """What would have happened in one channel."""

    messages: int = 0
    answered: int = 0


@dataclass(frozen=True, slots=True)
class Difference:
    """A message that the two rule bases treat differently."""

    excerpt: Excerpt
    before: tuple[str, ...]
    """Rules answered with; empty: silence."""
    after: tuple[str, ...]


@dataclass(slots=True)
class Tally:
    """Everything counted so far."""

    messages: int = 0
    answered: int = 0
    repeated: int = 0
    """Recognised, and passed over because the person's last report of it was just answered."""
    rules: defaultdict[str, RuleTally] = field(default_factory=lambda: defaultdict(RuleTally))
    channels: defaultdict[str, ChannelTally] = field(
        default_factory=lambda: defaultdict(ChannelTally)
    )
    collisions: Counter[tuple[str, ...]] = field(default_factory=Counter)
    """Rules that claimed the same message, none of which could be chosen."""
    changed: Counter[tuple[tuple[str, ...], tuple[str, ...]]] = field(default_factory=Counter)
    """How many messages went from these rules to those; empty: silence."""
    differences: list[Difference] = field(default_factory=list)


class Backtest:
    """Hears messages in the order in which they were written, and counts."""

    def __init__(self, desk: Desk, base: Desk | None = None) -> None:
        """With `base`, what that one would have said differently is counted as well."""
        self.tally = Tally()
        self._ear = _Ear(desk)
        self._base = _Ear(base) if base else None

    def hear(self, heard: Heard) -> None:
        """One message more."""
        tally, channel = self.tally, self.tally.channels[heard.channel]
        tally.messages += 1
        channel.messages += 1
        text = redact(heard.text)
        matches, said = self._ear.hear(heard, text)
        if said:
            tally.answered += 1
            channel.answered += 1
        elif matches.found:
            tally.repeated += 1
        if matches.ranked:
            self._note(matches, said, _excerpt(heard, text, matches))
        if self._base:
            before = self._base.hear(heard, text)[1]
            if before != said:
                self._note_difference(_excerpt(heard, text, matches), before, said)

    def _note(self, matches: Matches, said: tuple[str, ...], excerpt: Excerpt) -> None:
        rules = self.tally.rules
        for rule_id in said:
            rules[rule_id].answered += 1
            _keep(rules[rule_id].excerpts, excerpt)
        if matches.found:
            return
        if shared := sorted({match.rule.id for match in matches.ambiguous}):
            self.tally.collisions[tuple(shared)] += 1
        elif matches.near:
            near = rules[matches.near[0].rule.id]
            near.near += 1
            _keep(near.near_excerpts, excerpt)

    def _note_difference(
        self, excerpt: Excerpt, before: tuple[str, ...], after: tuple[str, ...]
    ) -> None:
        self.tally.changed[before, after] += 1
        if self.tally.changed[before, after] <= _KEPT:
            self.tally.differences.append(Difference(excerpt, before, after))


class _Ear:
    """A desk, and what it answered whom last."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._recent: dict[tuple[str, str], CaseNote] = {}

    def hear(self, heard: Heard, text: str) -> tuple[Matches, tuple[str, ...]]:
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
    return Excerpt(heard.channel, heard.ts, _cut(text), round(score, 3))


def _seconds(ts: str) -> float:
    try:
        return float(ts)
    except ValueError:
        return 0.0


def _cut(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _EXCERPT else words[: _EXCERPT - 1] + "…"


def _keep(kept: list[Excerpt], excerpt: Excerpt) -> None:
    if len(kept) < _KEPT and all(excerpt.text != other.text for other in kept):
        kept.append(excerpt)
