"""The clock: what time it is in the territory, also in the nights when it changes."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from portal.core.clock import FixedClock, SystemClock


def test_a_fixed_clock_stands_still_in_the_territory(clock: FixedClock) -> None:
    assert clock.now().isoformat() == "2026-11-21T09:00:00+01:00"
    assert clock.now() == clock.now()


def test_an_aware_instant_is_read_in_the_territory() -> None:
    clock = FixedClock(datetime(2026, 7, 14, 22, 30, tzinfo=UTC))
    assert (clock.now().hour, clock.today()) == (0, date(2026, 7, 15))


@pytest.mark.parametrize(
    ("before", "after"),
    [("2026-03-29T01:30", "2026-03-29T03:30:00+02:00"), ("2026-10-25T02:30", "2026-10-25T02:30:00+01:00")],
)
def test_an_hour_is_an_hour_when_the_clocks_change(before: str, after: str) -> None:
    clock = FixedClock(datetime.fromisoformat(before))
    clock.advance(timedelta(hours=1))
    assert clock.now().isoformat() == after


@pytest.mark.parametrize("zone", ["Indian/Reunion", ZoneInfo("America/Guadeloupe")])
def test_the_territory_chooses_its_zone(zone: str | ZoneInfo) -> None:
    clock = SystemClock(zone)
    assert clock.zone == ZoneInfo(str(zone))
    assert clock.now().tzinfo == clock.zone
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(minutes=1)
    assert clock.today() in {clock.now().date(), clock.now().date() - timedelta(days=1)}
