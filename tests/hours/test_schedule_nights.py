"""The two nights a year when the clock jumps, and clocks that are not those of Paris."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from portal.hours import wall
from portal.hours.calendar import Calendar
from portal.hours.schedule import Schedule
from portal.hours.slots import DayRule, Opening, PublicHolidays, Slot, TimeSpan

PARIS = ZoneInfo("Europe/Paris")
NIGHT = TimeSpan(22 * 60, 28 * 60)


def every_day(*times: TimeSpan, calendar: Calendar | None = None) -> Schedule:
    rule = DayRule(public_holidays=PublicHolidays.OPEN)
    return Schedule(Opening(slots=(Slot(times, rule),)), calendar or Calendar())


@pytest.mark.parametrize(
    ("evening", "end", "hours"),
    [
        ("2026-03-28", "2026-03-29T02:00Z", 5),
        ("2026-10-24", "2026-10-25T03:00Z", 7),
        ("2026-11-21", "2026-11-22T03:00Z", 6),
    ],
)
def test_a_night_is_as_long_as_the_clock_makes_it(evening: str, end: str, hours: int) -> None:
    start = datetime.fromisoformat(f"{evening}T22:00").replace(tzinfo=PARIS)
    until = every_day(NIGHT).state_at(start).until
    assert until is not None
    assert (until, until.astimezone(UTC) - start.astimezone(UTC)) == (
        datetime.fromisoformat(end),
        timedelta(hours=hours),
    )


@pytest.mark.parametrize("fold", [0, 1])
def test_until_is_right_from_both_turns_of_the_hour(fold: int) -> None:
    instant = datetime(2026, 10, 25, 2, 30, tzinfo=PARIS, fold=fold)
    assert every_day(NIGHT).state_at(instant).until == datetime(2026, 10, 25, 3, tzinfo=UTC)


def test_a_span_in_the_missing_hour_does_not_exist() -> None:
    lost = every_day(TimeSpan(130, 170))
    before = datetime(2026, 3, 28, 12, tzinfo=PARIS)
    assert lost.state_at(before).next == datetime(2026, 3, 30, 2, 10, tzinfo=PARIS)
    assert lost.occurrences(date(2026, 3, 29), date(2026, 3, 29)) == ()


def test_a_span_over_the_missing_hour_shrinks() -> None:
    (one,) = every_day(TimeSpan(90, 210)).occurrences(date(2026, 3, 29), date(2026, 3, 29))
    assert one.end.astimezone(UTC) - one.start.astimezone(UTC) == timedelta(hours=1)


def test_minutes_of_the_doubled_hour_count_both_times() -> None:
    found = every_day(TimeSpan(150, 170)).occurrences(date(2026, 10, 25), date(2026, 10, 25))
    assert [f"{one.start.astimezone(UTC):%H:%M}-{one.end.astimezone(UTC):%H:%M}" for one in found] == [
        "00:30-00:50",
        "01:30-01:50",
    ]


def test_an_instant_without_offset_is_time_of_the_place() -> None:
    reunion = every_day(TimeSpan(480, 720), calendar=Calendar.of_department("974"))
    naive = datetime.fromisoformat("2026-11-24T08:00")
    assert reunion.state_at(naive).code == "open"
    assert reunion.state_at(naive.replace(tzinfo=PARIS)).until == datetime(2026, 11, 24, 8, tzinfo=UTC)


def test_seconds_do_not_open_a_minute_early() -> None:
    morning = every_day(TimeSpan(540, 720))
    assert morning.state_at(datetime.fromisoformat("2026-11-24T08:59:59.999999")).code == "closed"
    assert morning.state_at(datetime.fromisoformat("2026-11-24T11:59:59.999999")).code == "open"


@pytest.mark.parametrize(
    ("zone", "day", "pieces"),
    [
        ("Europe/Paris", date(2026, 11, 21), [(0, 1440)]),
        ("Europe/Paris", date(2026, 3, 29), [(0, 120), (180, 1440)]),
        ("Europe/Paris", date(2026, 10, 25), [(0, 180), (120, 1440)]),
        ("America/Miquelon", date(2026, 3, 8), [(0, 120), (180, 1440)]),
        ("America/Havana", date(2026, 3, 8), [(60, 1440)]),  # its clock jumps at midnight
        ("America/Cayenne", date(2026, 3, 29), [(0, 1440)]),
    ],
)
def test_a_day_is_cut_where_its_clock_jumps(zone: str, day: date, pieces: list[tuple[int, int]]) -> None:
    assert [piece[:2] for piece in wall.pieces_of(day.toordinal(), ZoneInfo(zone))] == pieces


@pytest.mark.parametrize("instant", ["0001-01-01T00:00", "1950-06-15T12:00", "2150-01-01T00:00", "9999-12-31T23:59"])
def test_years_nobody_knows_are_unknown(instant: str) -> None:
    when = datetime.fromisoformat(instant)
    schedule = every_day(TimeSpan(0, 1440))
    assert (schedule.state_at(when).code, schedule.next_change(when)) == ("unknown", None)
    assert schedule.next_openings(1, when) == ()


def test_the_calendar_ends_without_a_fall() -> None:
    schedule = every_day(TimeSpan(540, 720))
    assert schedule.state_at(datetime(2149, 12, 31, 23, 59, tzinfo=PARIS)).next == datetime(2150, 1, 1, 9, tzinfo=PARIS)
    assert schedule.occurrences(date(1, 1, 1), date(1950, 1, 1)) == ()
    assert schedule.occurrences(date(2150, 12, 31), date.max) == ()
