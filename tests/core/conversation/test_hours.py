from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.conversation.hours import WorkingHours

TOKYO = ZoneInfo("Asia/Tokyo")
OFFICE = WorkingHours(TOKYO)
HOUR = 3600.0


def at(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=TOKYO).timestamp()


@pytest.mark.parametrize(
    ("asked", "rings"),
    [
        ("2026-11-20T10:00", "2026-11-20T14:00"),
        ("2026-11-20T16:00", "2026-11-23T11:00"),  # Friday afternoon: Monday morning
        ("2026-11-20T03:00", "2026-11-20T13:00"),
        ("2026-11-21T12:00", "2026-11-23T13:00"),  # Saturday
    ],
)
def test_four_working_hours_never_ring_at_night_or_at_the_weekend(asked: str, rings: str) -> None:
    assert OFFICE.after(at(asked), 4 * HOUR) == at(rings)


def test_a_public_holiday_is_passed_over() -> None:
    office = WorkingHours(TOKYO, holidays={date(2026, 11, 23)})
    assert office.after(at("2026-11-20T16:00"), 4 * HOUR) == at("2026-11-24T11:00")


def test_with_no_working_day_at_all_it_still_rings() -> None:
    assert WorkingHours(TOKYO, days=frozenset()).after(0.0, HOUR) == HOUR


@given(st.floats(0, 4e9), st.floats(1, 40 * HOUR))
def test_it_always_rings_later_and_within_working_hours(now: float, seconds: float) -> None:
    rings = OFFICE.after(now, seconds)
    local = datetime.fromtimestamp(rings, TOKYO)
    assert rings >= now
    assert local.weekday() < 5
    assert 9 * HOUR - 1 <= local.hour * HOUR + local.minute * 60 + local.second <= 18 * HOUR
