"""What a schedule answers at an instant, told as cases a secretary could read."""

from datetime import date, datetime

import pytest

from portal.hours.calendar import Calendar
from portal.hours.layers import StateCode
from portal.hours.schedule import Schedule
from portal.hours.slots import DatedException, DayRule, ExceptionKind, Opening, Slot, TimeSpan, Weekday

ROMILLY = Calendar.of_department("10")
WORKING_DAYS = frozenset({Weekday.MONDAY, Weekday.TUESDAY, Weekday.WEDNESDAY, Weekday.THURSDAY, Weekday.FRIDAY})
OFFICE = Slot((TimeSpan(540, 720), TimeSpan(840, 1020)), DayRule(days=WORKING_DAYS))
CHRISTMAS_LEAVE = DatedException(date(2026, 12, 24), date(2027, 1, 2), ExceptionKind.CLOSED, reason="congés")
TOWN_HALL = Schedule(Opening(slots=(OFFICE,), exceptions=(CHRISTMAS_LEAVE,)), ROMILLY)


@pytest.mark.parametrize(
    ("instant", "code", "until", "next_opening"),
    [
        ("2026-11-20T10:00", "open", "2026-11-20T12:00", "2026-11-20T14:00"),
        ("2026-11-20T12:00", "closed", "2026-11-20T14:00", "2026-11-20T14:00"),
        ("2026-11-20T20:00", "closed", "2026-11-23T09:00", "2026-11-23T09:00"),
        ("2026-11-11T10:00", "unknown", "2026-11-11T12:00", "2026-11-12T09:00"),
        ("2026-11-11T12:30", "closed", "2026-11-11T14:00", "2026-11-12T09:00"),
        ("2026-12-28T10:00", "exceptional", "2027-01-03T00:00", "2027-01-04T09:00"),
    ],
)
def test_office_hours_give_the_right_state(instant: str, code: str, until: str, next_opening: str) -> None:
    state = TOWN_HALL.state_at(datetime.fromisoformat(instant))
    told = [when.replace(tzinfo=None).isoformat(timespec="minutes") for when in (state.until, state.next) if when]
    assert (state.code, told) == (StateCode(code), [until, next_opening])


def test_nothing_said_is_unknown_without_end() -> None:
    state = Schedule(Opening(), ROMILLY).state_at(datetime.fromisoformat("2026-11-20T10:00"))
    assert (state.code, state.until, state.next) == (StateCode.UNKNOWN, None, None)


def test_occurrences_leave_out_the_closed_days() -> None:
    found = TOWN_HALL.occurrences(date(2026, 12, 23), date(2027, 1, 4))
    assert [f"{one.start:%d/%m %H:%M}-{one.end:%H:%M}" for one in found] == [
        "23/12 09:00-12:00",
        "23/12 14:00-17:00",
        "04/01 09:00-12:00",
        "04/01 14:00-17:00",
    ]


def test_next_openings_start_after_the_present_one() -> None:
    found = TOWN_HALL.next_openings(3, datetime.fromisoformat("2026-11-20T10:00"))
    assert [f"{run.start:%d/%m %H:%M}-{run.end:%H:%M}" for run in found] == [
        "20/11 14:00-17:00",
        "23/11 09:00-12:00",
        "23/11 14:00-17:00",
    ]


def test_unstated_holiday_gives_doubtful_occurrences() -> None:
    found = TOWN_HALL.occurrences(date(2026, 11, 11), date(2026, 11, 12))
    assert [(f"{one.start:%d %H}", one.is_certain) for one in found] == [
        ("11 09", False),
        ("11 14", False),
        ("12 09", True),
        ("12 14", True),
    ]


def test_occurrences_name_the_slot_or_the_exception() -> None:
    fair = DatedException(date(2026, 11, 21), date(2026, 11, 21), ExceptionKind.EXTRA, (TimeSpan(600, 660),))
    schedule = Schedule(Opening(slots=(OFFICE,), exceptions=(CHRISTMAS_LEAVE, fair)), ROMILLY)
    found = schedule.occurrences(date(2026, 11, 20), date(2026, 11, 21))
    assert [(one.slot, one.exception) for one in found] == [(0, None), (0, None), (None, 1)]


def test_the_same_schedule_answers_alike_in_any_order() -> None:
    instants = [datetime.fromisoformat(f"{year}-12-{day}T10:00") for year in (2026, 2031, 2027) for day in (23, 31)]
    fresh = [Schedule(TOWN_HALL.opening, ROMILLY).state_at(instant) for instant in instants]
    kept = Schedule(TOWN_HALL.opening, ROMILLY)
    assert [kept.state_at(instant) for instant in reversed(instants)] == fresh[::-1]
