"""What the authors' words are worth in numbers. The only place that knows.

Authors write `common` and `quick`; nobody should have to guess a probability. The scale follows
the usual elicitation by ratios (three steps of about a factor of three to four).
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from bot.core.rulebook.model import Effort, Likelihood

PRIOR: Final = MappingProxyType(
    {Likelihood.COMMON: 6.0, Likelihood.OCCASIONAL: 2.0, Likelihood.RARE: 0.5},
)
"""Relative odds of a cause before anything is known."""

COST: Final = MappingProxyType({Effort.QUICK: 1.0, Effort.MODERATE: 3.0, Effort.COSTLY: 10.0})
"""What a step costs the person, in minutes or so."""

PEOPLE_COST: Final = 30.0
"""What a handover costs: two people's time. Fixes and checks must save it to be worthwhile."""

ASKING: Final = 0.5
"""Answering a question costs less than trying a fix of the same effort."""

FIX_WORKS: Final = 0.9
"""How often the right fix, tried, really helps; so a failed fix leaves some doubt."""

POINTS_TO: Final = 8.0
"""How much likelier an answer makes the causes it points to."""

UNKNOWN_FAULT: Final = 0.5
"""Weight of "something no author thought of": keeps the arithmetic honest when all is ruled out."""
