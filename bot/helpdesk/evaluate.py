"""How good recognition is: right, wrong and uncalled-for answers, counted over many messages.

Wrong public answers are what a helpdesk bot is judged by, so every share comes with the interval
in which the true one lies (95 %, Wilson 1927), and a score is held against what came true.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import pairwise
from math import sqrt
from typing import TYPE_CHECKING, Any, Final

from bot.core.rulebook.model import (
    Audience,
    Bilingual,
    Code,
    Escalation,
    EscalationClass,
    Phrase,
    Rule,
    Rulebook,
    Status,
)
from bot.core.text.language import language_of
from bot.core.text.normalise import read
from bot.helpdesk.diagnose import speaks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from bot.core.matching.model import Matches

TOP: Final = 3
"""How many matches a helpdesk looks at."""
BINS: Final = 10
_Z: Final = 1.959964
"""Standard deviations of a normal distribution that hold 95 % of it."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message, and what ought to be found in it."""

    text: str
    kind: str
    lang: str
    expected: tuple[str, ...] = ()
    """Ids of rules; none for a message that must get no answer."""
    shows: tuple[str, ...] = ()
    """Rules whose message it holds, though it is solved, or taught, and must get no answer."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of a message."""

    message: Message
    answered: bool
    """Whether the bot would speak in a channel, unasked."""
    found: tuple[str, ...]
    """The rules it would answer with."""
    considered: tuple[str, ...]
    """The best few rules, answered with or not."""
    score: float
    """Of the best; 0 if there is none."""

    @property
    def right(self) -> bool:
        """Whether the rule answered first is the one; of several errors, whether all are found."""
        expected = set(self.message.expected)
        if len(expected) > 1:
            return expected <= set(self.found)
        return bool(self.found) and self.found[0] in expected

    @property
    def wrong(self) -> bool:
        """Whether it is answered with a rule that it is not about."""
        return self.answered and self.found[0] not in self.message.expected

    @property
    def near(self) -> bool:
        """Whether the rule is among the best few."""
        return not set(self.message.expected).isdisjoint(self.considered)

    @property
    def best_is_right(self) -> bool:
        """Whether the best match, however sure, is of a rule whose message is there."""
        there = {*self.message.expected, *self.message.shows}
        return bool(self.considered) and self.considered[0] in there


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, and between which shares (0 to 1) the true one lies."""

    count: int
    of: int
    low: float
    high: float

    @property
    def value(self) -> float:
        """The share (0 to 1)."""
        return self.count / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class Row:
    """What came of the messages of one kind and language."""

    kind: str
    lang: str
    right: Share
    near: Share
    wrong: Share
    """Answered with a rule that does not fit; of silent kinds, answered at all."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Messages with scores in one tenth of the scale."""

    score: float
    """On average."""
    right: float
    """The share of them whose best match is right."""
    count: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Everything counted."""

    errors: tuple[Row, ...]
    """Messages with an error that must be found; the last row is all of them."""
    silent: tuple[Row, ...]
    """Messages that must get no answer; the last row is all of them."""
    calibration: tuple[Bin, ...]

    @property
    def calibration_error(self) -> float:
        """How far scores are from what came true, on average (expected calibration error)."""
        count = sum(one.count for one in self.calibration)
        off = sum(one.count * abs(one.score - one.right) for one in self.calibration)
        return off / count if count else 0.0


def judge(message: Message, matches: Matches) -> Judged:
    """What the bot would do with `message`."""
    answered = speaks(matches)
    return Judged(
        message,
        answered,
        tuple(m.rule.id for m in matches.found) if answered else (),
        tuple(m.rule.id for m in matches.ranked[:TOP]),
        matches.ranked[0].score if matches.ranked else 0.0,
    )


def evaluate(judged: Sequence[Judged]) -> Evaluation:
    """Count."""
    errors = [one for one in judged if one.message.expected]
    silent = [one for one in judged if not one.message.expected]
    return Evaluation(tuple(_rows(errors)), tuple(_rows(silent)), tuple(_bins(judged)))


def _rows(judged: Sequence[Judged]) -> Iterator[Row]:
    groups: defaultdict[tuple[str, str], list[Judged]] = defaultdict(list)
    for one in judged:
        groups[one.message.kind, one.message.lang].append(one)
    for (kind, lang), members in sorted(groups.items()):
        yield _row(kind, lang, members)
    if judged:
        yield _row("all", "", judged)


def _row(kind: str, lang: str, judged: Sequence[Judged]) -> Row:
    def share(hits: Iterable[bool]) -> Share:
        return wilson(sum(hits), len(judged))

    return Row(
        kind,
        lang,
        right=share(one.right for one in judged),
        near=share(one.near for one in judged),
        wrong=share(one.wrong for one in judged),
    )


def wilson(count: int, of: int) -> Share:
    """The interval that holds the true share in 95 of 100 cases."""
    if not of:
        return Share(0, 0, 0.0, 1.0)
    share, spread = count / of, _Z * _Z / of
    middle = share + spread / 2
    reach = sqrt(spread * (share * (1 - share) + spread / 4))
    low, high = ((middle + sign * reach) / (1 + spread) for sign in (-1, 1))
    return Share(count, of, max(0.0, low), min(1.0, high))


def _bins(judged: Sequence[Judged]) -> Iterator[Bin]:
    """Scores of the best matches. Where it is silent by what stands around, nothing is claimed."""
    claimed = [one for one in judged if one.considered and not one.message.shows]
    for low, high in pairwise(step / BINS for step in range(BINS + 1)):
        members = [one for one in claimed if low <= min(one.score, 1 - 1e-9) < high]
        if members:
            score = sum(one.score for one in members) / len(members)
            right = sum(one.best_is_right for one in members) / len(members)
            yield Bin(score, right, len(members))


def with_errors(rulebook: Rulebook, errors: Iterable[Mapping[str, Any]]) -> Rulebook:
    """`rulebook` and a rule for each error: its `id`, its texts in `en` and `ja`, its `codes`."""
    made = (
        _rule(e["id"], [*e.get("en", ()), *e.get("ja", ())], e.get("codes", ())) for e in errors
    )
    return replace(rulebook, rules=(*rulebook.rules, *made))


def with_quotes(
    rulebook: Rulebook, entries: Sequence[Mapping[str, Any]]
) -> tuple[Rulebook, list[Message]]:
    """Messages of `entries`. What one quotes is a known error, by a rule made for it if need be.

    An entry has `text`, and if need be `kind`, `lang`, `expected` (ids of rules) and `quote`: part
    of the text that is the error. With kind `open` the quote must be answered, else nothing.
    """
    known = {
        read(s.text).bare: rule.id for rule in rulebook.rules for s in rule.signatures
        if isinstance(s, Phrase)
    }  # fmt: skip
    made: list[Rule] = []
    for quote in dict.fromkeys(entry["quote"] for entry in entries if entry.get("quote")):
        if known.setdefault(read(quote).bare, rule_id := f"quoted-{len(made) + 1}") == rule_id:
            made.append(_rule(rule_id, [quote], ()))
    messages = [_message(entry, known) for entry in entries]
    return replace(rulebook, rules=(*rulebook.rules, *made)), messages


def _message(entry: Mapping[str, Any], known: Mapping[str, str]) -> Message:
    text, kind = entry["text"], entry.get("kind", "")
    shows = (known[read(entry["quote"]).bare],) if entry.get("quote") else ()
    is_open = kind == "open"
    return Message(
        text,
        kind or ("paste" if entry.get("expected") else "other"),
        entry.get("lang") or _language(text),
        tuple(entry.get("expected", ())) or (shows if is_open else ()),
        () if is_open else shows,
    )


def _rule(rule_id: str, phrases: Iterable[str], codes: Iterable[str]) -> Rule:
    return Rule(
        id=rule_id,
        status=Status.TESTED,
        product="",
        audience=Audience.EMPLOYEE,
        title=Bilingual(rule_id, rule_id),
        signatures=(*map(Phrase, phrases), *map(Code, codes)),
        causes=(),
        escalate=Escalation(EscalationClass("", None, "", ())),
    )


def promised(rulebook: Rulebook) -> Iterator[Message]:
    """The examples and counterexamples of the rules."""
    for rule in rulebook.rules:
        for example in rule.examples:
            text = example.text
            yield Message(text, "example", _language(text), (rule.id,))
        for counter in rule.counterexamples:
            yield Message(counter.text, "counterexample", _language(counter.text))


def _language(text: str) -> str:
    return language_of(text) or "en"
