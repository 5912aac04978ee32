"""How probable it is that a phrase found is what the report shows.

A sum of small decision trees over the features of `evidence` gives the log odds (gradient boosting,
Friedman 2001), grown so that no feature ever speaks against its own meaning: more coverage never
lowers a score, a rival never raises it. The trees are in `learned`, with the card that says from
what they were learned and how to learn them again.
"""

from __future__ import annotations

from math import exp
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from bot.core.matching.evidence import FEATURES
from bot.core.matching.learned import CONFIDENT, NEAR, log_odds
from bot.core.matching.model import Band

if TYPE_CHECKING:
    from bot.core.matching.evidence import Evidence

CAPPED: Final = CONFIDENT - 0.01
"""The most a match may score that something speaks against which is not a matter of degree."""

_values: Final = attrgetter(*FEATURES)


def band_of(score: float) -> Band:
    """The band a score falls in."""
    if score >= CONFIDENT:
        return Band.CONFIDENT
    return Band.NEAR if score >= NEAR else Band.NONE


def probability(seen: Evidence) -> float:
    """The probability (0 to 1) that the rule is right."""
    learned = 1 / (1 + exp(-log_odds_of(seen)))
    return min(learned, CAPPED) if seen.differs else learned


def log_odds_of(seen: Evidence) -> float:
    """What the trees say of the evidence."""
    return log_odds(*_values(seen))
