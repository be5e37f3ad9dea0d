"""Sets of days become rules: never a day more or less, and the words of habit where a habit fits."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.hours.calendar import Calendar
from portal.hours.schedule import Schedule
from portal.hours.service_days import Horizon, days_in, opening_of, rules_of, unknown_after
from portal.hours.slots import Opening, PublicHolidays, SchoolHolidays, TimeSpan, Weekday
from portal.hours.words import short
from tests.tools.examples import examples

YEAR = Horizon(date(2025, 9, 1), 303)
AUBE = Calendar.of_department("10")
DAY = (TimeSpan(420, 1140),)
WEEK = frozenset(list(Weekday)[:5])


def on(*weekdays: int) -> int:
    found = 0
    for each in weekdays:
        found |= YEAR.on(each)
    return found


def days_of_school() -> int:
    free = [YEAR.day(bit) for bit in range(YEAR.n_days) if AUBE.school_holiday(YEAR.day(bit))]
    return YEAR.whole & ~YEAR.of_dates(free)


def public_holidays() -> int:
    return YEAR.of_dates(day for year in (2025, 2026) for day in AUBE.public_holidays(year))


def test_whole_week_is_one_rule() -> None:
    (rule,), claimed = rules_of(on(0, 1, 2, 3, 4), 0, YEAR, AUBE)
    assert (rule.days, rule.valid_from, rule.valid_to) == (WEEK, YEAR.first, YEAR.last)
    assert (rule.public_holidays, claimed) == (PublicHolidays.OPEN, 0)


def test_public_holidays_without_service_are_no_list_of_dates() -> None:
    (rule,), claimed = rules_of(on(0, 1, 2, 3, 4) & ~public_holidays(), YEAR.whole, YEAR, AUBE)
    assert (rule.public_holidays, claimed) == (PublicHolidays.CLOSED, 0)


def test_days_of_school_are_known_as_such() -> None:
    (rule,), _ = rules_of(on(0, 1, 3, 4) & days_of_school() & ~public_holidays(), YEAR.whole, YEAR, AUBE)
    assert (rule.school_holidays, rule.zones) == (SchoolHolidays.EXCEPT, frozenset({"B"}))


def test_school_and_holiday_hours_are_told_apart() -> None:
    weekly = on(0, 1, 2, 3, 4)
    found = opening_of(
        [(weekly & days_of_school(), DAY), (weekly & ~days_of_school(), (TimeSpan(1200, 1260),))], YEAR, AUBE
    )
    assert {slot.rule.school_holidays for slot in found.slots} == {SchoolHolidays.EXCEPT, SchoolHolidays.ONLY}
    assert "pendant les vacances scolaires" in short(found)


def test_one_idle_day_becomes_a_closure() -> None:
    christmas_eve = YEAR.of_dates([date(2025, 12, 24)])
    found = opening_of([(on(2) & ~christmas_eve, DAY)], YEAR, AUBE)
    assert [each.first for each in found.exceptions] == [date(2025, 12, 24)]
    assert len(found.slots) == 1


def test_few_days_are_named() -> None:
    found = opening_of([(YEAR.of_dates([date(2025, 12, 6), date(2025, 12, 13)]), DAY)], YEAR, AUBE)
    (slot,) = found.slots
    assert slot.rule.dates == {date(2025, 12, 6), date(2025, 12, 13)}


def test_no_day_at_all_says_nothing() -> None:
    assert opening_of([(0, DAY)], YEAR, AUBE) == Opening()


def test_days_after_the_timetable_are_unknown() -> None:
    found = Opening(opening_of([(YEAR.whole, DAY)], YEAR, AUBE).slots, (), (unknown_after(YEAR.last, "fin"),))
    schedule = Schedule(found, AUBE)
    assert schedule.occurrences(YEAR.last, YEAR.last + timedelta(30))[-1].start.date() == YEAR.last
    assert not schedule.occurrences(YEAR.last + timedelta(1), YEAR.last + timedelta(30))


@pytest.mark.parametrize("first", [date(2025, 9, 1), date(2025, 9, 6)])
def test_weekdays_of_a_horizon_are_theirs(first: date) -> None:
    horizon = Horizon(first, 30)
    for weekday in Weekday:
        assert {horizon.day(bit).weekday() for bit in days_in(horizon.on(weekday))} == {int(weekday)}
    assert sum(horizon.on(weekday).bit_count() for weekday in Weekday) == horizon.n_days


MASKS = st.one_of(
    st.integers(0, YEAR.whole),
    st.builds(lambda days, holes: on(*days) & ~holes, st.sets(st.integers(0, 6)), st.integers(0, YEAR.whole)),
    st.builds(
        lambda days, holes: on(*days) & days_of_school() & ~YEAR.of_dates(map(YEAR.day, holes)),
        st.sets(st.integers(0, 6)),
        st.sets(st.integers(0, YEAR.n_days - 1), max_size=6),
    ),
)


@examples(30)
@given(MASKS, MASKS)
def test_any_days_come_back_as_they_were(one: int, other: int) -> None:
    other &= ~one
    times = {one: TimeSpan(400, 800), other: TimeSpan(1200, 1500)}
    schedule = Schedule(opening_of([(days, (span,)) for days, span in times.items()], YEAR, AUBE), AUBE)
    found = {(each.start.date(), each.start.hour) for each in schedule.occurrences(YEAR.first, YEAR.last)}
    assert found == {(YEAR.day(bit), span.start // 60) for days, span in times.items() for bit in days_in(days)}
    assert all(each.is_certain for each in schedule.occurrences(YEAR.first, YEAR.last))
