"""What diagnosing takes and gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from bot.core.rulebook.model import Bilingual, Cause, Check

NOT_SURE = "not_sure"
"""The answer of somebody who cannot tell: closes the check, moves nothing."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that is known beyond the recognised message."""

    answers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Check id → answer id, `not_sure`, or the text given."""

    failed: frozenset[str] = frozenset()
    """Causes whose fix was tried and did not help."""

    skipped: frozenset[str] = frozenset()
    """Steps the person passed over; offered again only when nothing else is left."""


@dataclass(frozen=True, slots=True)
class Fix:
    """Try this."""

    cause: Cause

    @property
    def key(self) -> str:
        """`fix:<cause id>`."""
        return f"fix:{self.cause.id}"

    @property
    def title(self) -> Bilingual:
        """What it is about, for lists."""
        return self.cause.title


@dataclass(frozen=True, slots=True)
class Ask:
    """Answer this."""

    check: Check

    @property
    def key(self) -> str:
        """`ask:<check id>`."""
        return f"ask:{self.check.id}"

    @property
    def title(self) -> Bilingual:
        """What it is about, for lists."""
        return self.check.title


Step = Fix | Ask


@dataclass(frozen=True, slots=True)
class RankedCause:
    """A cause and how likely it is now."""

    cause: Cause
    probability: float
    """Share of all that is still possible, 0 to 1."""
    arithmetic: str
    """How it came about, e.g. `common 6 x points_to 8 = 48`."""
    ruled_out_by: str | None = None
    """The check whose answer excluded it."""


@dataclass(frozen=True, slots=True)
class Option:
    """A step that could be taken, and what that would cost on average until solved."""

    step: Step
    expected_cost: float
    """Minutes or so, the rest of the way included; lower is better."""
    why: str


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Causes ranked by evidence, and the way on."""

    causes: tuple[RankedCause, ...]
    """Likeliest first; those ruled out last."""
    options: tuple[Option, ...]
    """Best first; empty when only people can help."""
    why: str
    """Why the first option is first, or why there is none."""

    @property
    def next(self) -> Step | None:
        """The step to offer; None: hand over to people."""
        return self.options[0].step if self.options else None

    @property
    def ruled_out(self) -> tuple[RankedCause, ...]:
        """Causes excluded by an answer."""
        return tuple(c for c in self.causes if c.ruled_out_by)
