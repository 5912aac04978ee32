"""Working time: a reminder after four hours must not ring at night."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """When the people who are asked are at work."""

    zone: tzinfo
    start: float = 9 * 3600.0
    """Seconds since midnight, by the clock on the wall."""
    end: float = 18 * 3600.0
    days: frozenset[int] = frozenset(range(5))
    """0 is Monday."""
    holidays: Container[date] = field(default_factory=frozenset)

    def after(self, now: float, working_seconds: float) -> float:
        """The moment `working_seconds` of working time after `now`; Unix seconds both.

        Within a year; beyond (no working day at all) the plain sum is given.
        """
        left = timedelta(seconds=working_seconds)
        day = datetime.fromtimestamp(now, self.zone).date()
        for _ in range(366):
            opens, closes = self._opens(day, now), self._at(day, self.end)
            if self._works(day) and opens < closes:
                if closes - opens >= left.total_seconds():
                    return opens + left.total_seconds()
                left -= timedelta(seconds=closes - opens)
            day += timedelta(days=1)
        return now + working_seconds

    def _works(self, day: date) -> bool:
        return day.weekday() in self.days and day not in self.holidays

    def _opens(self, day: date, now: float) -> float:
        return max(self._at(day, self.start), now)

    def _at(self, day: date, seconds: float) -> float:
        midnight = datetime.combine(day, time(), self.zone)
        return (midnight + timedelta(seconds=seconds)).timestamp()
