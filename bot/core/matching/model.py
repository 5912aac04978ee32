"""What matching gives: matches, each with a score, a span and its reasons."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.core.matching.evidence import Evidence
from bot.core.rulebook.model import Rule, Signature
from bot.core.text.symptom import Symptom


class Band(StrEnum):
    """What a score allows us to do."""

    CONFIDENT = "confident"
    """Answer in the thread."""
    NEAR = "near"
    """Never to the person in a channel; to triage, or as candidates in a DM or on mention."""
    NONE = "none"
    """Silence in channels."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that spoke for or against a match, for `why`."""

    feature: str
    """A stable name such as `coverage`."""
    value: float
    words: str
    """The same in a plain English sentence fragment."""


@dataclass(frozen=True, slots=True)
class Match:
    """A signature of a rule, found in a symptom."""

    rule: Rule
    signature: Signature
    score: float
    """The probability (0 to 1) that this rule is what the report shows, and asks about."""
    band: Band
    span: tuple[int, int]
    """Where in `symptom.original`."""
    quote: str
    """The person's own words there."""
    evidence: Evidence | None
    """What was seen of a phrase; None for a code. `why` puts it into words."""
    notes: tuple[Reason, ...]
    """What else decided: a veto, a rival, the words around it."""
    needs_context: bool = False
    """Something was found whose `near` words were not: ask which app shows it."""


@dataclass(frozen=True, slots=True)
class Matches:
    """Everything matching found in one symptom."""

    symptom: Symptom
    ranked: tuple[Match, ...]
    """Best match of each rule considered, best first, whatever its band."""

    @property
    def found(self) -> tuple[Match, ...]:
        """Confident matches whose spans do not overlap, best first: the errors in the paste."""
        taken: list[Match] = []
        for match in self.ranked:
            if match.band is Band.CONFIDENT and not any(_overlap(match, t) for t in taken):
                taken.append(match)
        return tuple(taken)

    @property
    def ambiguous(self) -> tuple[Match, ...]:
        """Codes found without the words that would tell which rule they belong to."""
        return tuple(m for m in self.ranked if m.needs_context)

    @property
    def near(self) -> tuple[Match, ...]:
        """Not sure enough to speak unasked."""
        return tuple(m for m in self.ranked if m.band is Band.NEAR)

    @property
    def band(self) -> Band:
        """The best band any match reached."""
        return self.ranked[0].band if self.ranked else Band.NONE


def _overlap(a: Match, b: Match) -> bool:
    return a.span[0] < b.span[1] and b.span[0] < a.span[1]
