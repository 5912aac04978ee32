"""What became of a case, in words that may be kept when its text is gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from bot.core.conversation.model import Phase
from bot.helpdesk.ports import Tally

if TYPE_CHECKING:
    from bot.helpdesk.ports import Json


class Ended(StrEnum):
    """How a case ended, or where it stands."""

    SOLVED = "solved"
    HANDED_OVER = "handed_over"
    UNANSWERED = "unanswered"
    """Nobody said how it went on."""
    DISMISSED = "dismissed"
    """No error, or its message was deleted."""


_ENDED: Final[Mapping[str, Ended]] = MappingProxyType(
    {
        Phase.SOLVED: Ended.SOLVED,
        Phase.ESCALATED: Ended.HANDED_OVER,
        Phase.DISMISSED: Ended.DISMISSED,
    }
)


def tally_of(lane: str, state: Json | None) -> Tally | None:
    """What the case in this lane's state counts as; None where there is no case."""
    case = (state or {}).get("case")
    if not isinstance(case, Mapping):
        return None
    return Tally(
        day=datetime.fromtimestamp(float(case.get("opened_at") or 0.0), UTC).date().isoformat(),
        team=lane.split(":", 1)[0],
        rule=str(case.get("rule_id") or ""),
        ended=_ENDED.get(str(case.get("phase")), Ended.UNANSWERED).value,
        step=str(case.get("step") or ""),
    )


def summed(tallies: Iterable[Tally]) -> list[Tally]:
    """One for all that differ only in their number, in order."""
    cases: Counter[tuple[str, str, str, str, str]] = Counter()
    for one in tallies:
        cases[one.day, one.team, one.rule, one.ended, one.step] += one.cases
    return [
        Tally(day=day, team=team, rule=rule, ended=ended, step=step, cases=number)
        for (day, team, rule, ended, step), number in sorted(cases.items())
    ]
