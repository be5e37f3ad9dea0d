"""Many schedules asked at once answer as each of them does alone."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.hours.calendar import Calendar
from portal.hours.compiled import CODES, CompiledSchedules, Window
from portal.hours.layers import StateCode
from portal.hours.schedule import Schedule
from portal.hours.slots import EVERY_DAY, DayRule, Opening, PublicHolidays, SchoolHolidays, Slot, TimeSpan, Weekday
from tests.hours.openings import PARIS, instants, openings

ZONE_B = Calendar(school_zone="B")
AUTUMN = Window(date(2026, 10, 19), 14)
FEBRUARY = Window(date(2027, 2, 8), 7)
HOUR = timedelta(hours=1)


def opening_on(weekday: Weekday, start: int, end: int) -> Opening:
    return Opening(slots=(Slot((TimeSpan(start * 60, end * 60),), DayRule(days=frozenset({weekday}))),))


SATURDAY_MORNING = Schedule(opening_on(Weekday.SATURDAY, 9, 12), ZONE_B)
SUNDAY_NIGHT = Schedule(opening_on(Weekday.SUNDAY, 0, 4), ZONE_B)
NOTHING_SAID = Schedule(Opening(), ZONE_B)
THREE = CompiledSchedules([SATURDAY_MORNING, SUNDAY_NIGHT, NOTHING_SAID, SATURDAY_MORNING], AUTUMN)


@given(st.lists(openings, max_size=5), instants)
def test_each_state_is_that_of_its_schedule(some: list[Opening], instant: datetime) -> None:
    schedules = [Schedule(opening, ZONE_B) for opening in some]
    compiled = CompiledSchedules(schedules, Window(instant.date() - timedelta(days=1), 3))
    assert [CODES[number] for number in compiled.numbers_at(instant)] == [
        schedule.state_at(instant).code for schedule in schedules
    ]


@given(openings, instants)
def test_places_of_other_zones_are_kept_apart(opening: Opening, instant: datetime) -> None:
    places = [Schedule(opening, Calendar.of_department(one)) for one in ("974", "10", "971", "75")]
    compiled = CompiledSchedules(places, Window(instant.date(), 1))
    assert [CODES[number] for number in compiled.numbers_at(instant)] == [
        schedule.state_at(instant).code for schedule in places
    ]


def test_equal_hours_in_other_calendars_are_not_the_same() -> None:
    rule = DayRule(school_holidays=SchoolHolidays.EXCEPT, public_holidays=PublicHolidays.OPEN)
    opening = Opening(slots=(Slot((TimeSpan(540, 720),), rule),))
    compiled = CompiledSchedules([Schedule(opening, Calendar(school_zone=zone)) for zone in "BC"], FEBRUARY)
    assert compiled.mask_at(datetime(2027, 2, 9, 10, tzinfo=PARIS)).tolist() == [True, False]


@given(st.lists(openings, max_size=4), instants, st.integers(1, 600), st.sampled_from(StateCode))
def test_during_is_any_of_its_minutes(some: list[Opening], start: datetime, n_minutes: int, code: StateCode) -> None:
    compiled = CompiledSchedules([Schedule(opening, ZONE_B) for opening in some], Window(start.date(), 3))
    end = datetime.fromtimestamp(start.timestamp() + 60 * n_minutes, PARIS)
    minutes = [datetime.fromtimestamp(start.timestamp() + 60 * n, PARIS) for n in range(n_minutes)]
    minutes.append(end - timedelta(microseconds=1))
    expected = [any(each) for each in zip(*(compiled.mask_at(one, [code]) for one in minutes), strict=True)]
    assert compiled.mask_during(start, end, [code]).tolist() == expected


def test_who_is_open_on_saturday() -> None:
    midnight = datetime(2026, 10, 24, tzinfo=PARIS)
    assert THREE.mask_during(midnight, midnight + 24 * HOUR).tolist() == [True, False, False, True]
    assert THREE.mask_during(midnight, midnight + 24 * HOUR, [StateCode.UNKNOWN]).tolist() == [
        False,
        False,
        True,
        False,
    ]


def test_window_begins_with_the_end_of_the_evening_before() -> None:
    night = Schedule(opening_on(Weekday.SATURDAY, 22, 26), ZONE_B)
    sunday = CompiledSchedules([night], Window(date(2026, 11, 22), 1))
    assert sunday.mask_at(datetime(2026, 11, 22, 1, tzinfo=PARIS)).tolist() == [True]


def test_both_turns_of_the_doubled_hour_are_open() -> None:
    turns = [datetime(2026, 10, 25, 2, 30, tzinfo=PARIS, fold=fold) for fold in (0, 1)]
    assert [THREE.mask_at(turn).tolist()[1] for turn in turns] == [True, True]


def test_equal_schedules_are_kept_once() -> None:
    again = Schedule(opening_on(Weekday.SATURDAY, 9, 12), Calendar(school_zone="B"))
    compiled = CompiledSchedules([SATURDAY_MORNING, again, SATURDAY_MORNING], AUTUMN)
    assert (len(compiled), compiled.n_distinct) == (3, 1)


def test_states_stay_until_the_next_change() -> None:
    saturday = datetime(2026, 10, 24, 10, tzinfo=PARIS)
    assert THREE.next_change(saturday) == datetime(2026, 10, 24, 12, tzinfo=PARIS)
    assert THREE.next_change(datetime(2026, 10, 24, 12, tzinfo=PARIS)) == datetime(2026, 10, 25, tzinfo=PARIS)
    assert THREE.next_change(datetime(2026, 11, 1, 22, tzinfo=PARIS)) == datetime(2026, 11, 2, tzinfo=PARIS)


def test_always_open_never_changes_in_the_window() -> None:
    always = Schedule(Opening(slots=(Slot((TimeSpan(0, 1440),), DayRule(EVERY_DAY)),)), ZONE_B)
    compiled = CompiledSchedules([always], Window(date(2026, 10, 19), 7))
    assert compiled.next_change(datetime(2026, 10, 19, 10, tzinfo=PARIS)) == datetime(2026, 10, 26, tzinfo=PARIS)


@pytest.mark.parametrize("instant", ["2026-10-18T23:59", "2026-11-02T00:00"])
def test_instant_outside_the_window_is_refused(instant: str) -> None:
    assert not THREE.covers(datetime.fromisoformat(instant))
    with pytest.raises(ValueError, match="outside the 14 days compiled from 2026-10-19"):
        THREE.numbers_at(datetime.fromisoformat(instant))


def test_no_schedules_give_no_states() -> None:
    assert CompiledSchedules([], AUTUMN).numbers_at(datetime(2026, 10, 24, tzinfo=PARIS)).tolist() == []
