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


# --- when clocks change -----------------------------------------------------------------------

CHANGES = {
    "Europe/Berlin": ("2027-03-28", "2027-10-31"),
    "America/New_York": ("2027-03-14", "2027-11-07"),
    "Australia/Lord_Howe": ("2027-04-04", "2027-10-03"),  # by half an hour
}


@given(
    st.sampled_from([(zone, day) for zone, days in CHANGES.items() for day in days]),
    st.sampled_from([(9, 18), (0, 24), (0, 8), (13, 24)]),
    st.integers(-3 * 24 * 60, 24 * 60),
    st.integers(1, 20 * 60),
)
def test_working_time_is_what_passes_also_when_clocks_change(
    change: tuple[str, str], hours: tuple[int, int], before: int, minutes: int
) -> None:
    """Minute by minute: between now and then lies just so much of what the wall shows as work."""
    zone = ZoneInfo(change[0])
    start, end = hours
    office = WorkingHours(zone, start * HOUR, end * HOUR, frozenset(range(7)))
    now = datetime.fromisoformat(change[1]).replace(tzinfo=zone).timestamp() + 60 * before
    rings = office.after(now, 60 * minutes)
    shown = (datetime.fromtimestamp(now + 60 * n, zone) for n in range(round(rings - now) // 60))
    assert sum(start <= local.hour < end for local in shown) == minutes


@pytest.mark.parametrize(
    ("zone", "asked", "rings"),
    [
        ("Europe/Berlin", "2027-03-26T16:00", "2027-03-29T11:00"),  # over the short weekend
        ("Europe/Berlin", "2027-10-29T16:00", "2027-11-01T11:00"),  # and the long one
        ("America/New_York", "2027-03-12T16:00", "2027-03-15T11:00"),
        ("America/New_York", "2027-11-05T16:00", "2027-11-08T11:00"),
    ],
)
def test_a_reminder_keeps_to_the_clock_on_the_wall(zone: str, asked: str, rings: str) -> None:
    place = ZoneInfo(zone)
    asked_at, rings_at = (datetime.fromisoformat(t).replace(tzinfo=place) for t in (asked, rings))
    found = WorkingHours(place).after(asked_at.timestamp(), 4 * HOUR)
    assert datetime.fromtimestamp(found, place) == rings_at
