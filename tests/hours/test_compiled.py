"""The minutes at which a state changes tell the state of every minute between them."""

from datetime import date, datetime, timedelta
from itertools import pairwise

from hypothesis import given

from portal.hours import wall
from portal.hours.calendar import Calendar
from portal.hours.compiled import Window, changes_of
from portal.hours.layers import StateCode
from portal.hours.schedule import Schedule
from portal.hours.slots import EVERY_DAY, DayRule, Opening, Slot, TimeSpan, Weekday
from tests.hours.openings import PARIS, instants, openings

ZONE_B = Calendar(school_zone="B")
AUTUMN = Window(date(2026, 10, 19), 14)


def opening_on(weekday: Weekday, start: int, end: int) -> Opening:
    return Opening(slots=(Slot((TimeSpan(start * 60, end * 60),), DayRule(days=frozenset({weekday}))),))


def told(schedule: Schedule, window: Window, instant: datetime) -> StateCode:
    """Find the state of an instant among the changes of its window."""
    minute = wall.minute_of(instant, window.zone)
    return [code for start, code in changes_of(schedule, window.minutes) if start <= minute][-1]


@given(openings, instants)
def test_each_minute_has_the_state_of_its_schedule(opening: Opening, instant: datetime) -> None:
    schedule = Schedule(opening, ZONE_B)
    window = Window(instant.date() - timedelta(days=1), 3)
    assert told(schedule, window, instant) is schedule.state_at(instant).code


@given(openings, instants)
def test_a_place_of_another_zone_keeps_its_own_days(opening: Opening, instant: datetime) -> None:
    places = [Schedule(opening, Calendar.of_department(one)) for one in ("974", "10", "971", "75")]
    window = Window(instant.date(), 1)
    assert [told(place, window, instant) for place in places] == [place.state_at(instant).code for place in places]


@given(openings, instants)
def test_changes_begin_with_the_window_and_each_is_one(opening: Opening, instant: datetime) -> None:
    minutes = Window(instant.date(), 3).minutes
    changes = list(changes_of(Schedule(opening, ZONE_B), minutes))
    assert changes[0][0] == minutes.start
    assert all(before[0] < after[0] and before[1] is not after[1] for before, after in pairwise(changes))
    assert changes[-1][0] < minutes.stop


def test_window_begins_with_the_end_of_the_evening_before() -> None:
    night = Schedule(opening_on(Weekday.SATURDAY, 22, 26), ZONE_B)
    changes = list(changes_of(night, Window(date(2026, 11, 22), 1).minutes))
    assert [code for _, code in changes] == [StateCode.OPEN, StateCode.CLOSED]


def test_both_turns_of_the_doubled_hour_are_open() -> None:
    night = Schedule(opening_on(Weekday.SUNDAY, 0, 4), ZONE_B)
    turns = [datetime(2026, 10, 25, 2, 30, tzinfo=PARIS, fold=fold) for fold in (0, 1)]
    assert [told(night, AUTUMN, turn) for turn in turns] == [StateCode.OPEN, StateCode.OPEN]


def test_always_open_never_changes_in_the_window() -> None:
    always = Schedule(Opening(slots=(Slot((TimeSpan(0, 1440),), DayRule(EVERY_DAY)),)), ZONE_B)
    minutes = Window(AUTUMN.first, 7).minutes
    assert list(changes_of(always, minutes)) == [(minutes.start, StateCode.OPEN)]


def test_nothing_said_is_unknown_all_along() -> None:
    silent = Schedule(Opening(), ZONE_B)
    assert list(changes_of(silent, AUTUMN.minutes)) == [(AUTUMN.minutes.start, StateCode.UNKNOWN)]
