"""Openings of every kind for property tests, crowded around the days that are hard."""

from datetime import date, datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from portal.hours.slots import (
    EVERY_DAY,
    Appointment,
    DatedException,
    DayRule,
    ExceptionKind,
    Mode,
    MonthDay,
    Opening,
    PublicHolidays,
    SchoolHolidays,
    Season,
    Slot,
    TimeSpan,
    Unread,
    Weekday,
    Weeks,
)

PARIS = ZoneInfo("Europe/Paris")
HARD_DAYS = (
    date(2026, 3, 29),  # a missing hour
    date(2026, 10, 25),  # a doubled hour
    date(2026, 11, 11),
    date(2026, 12, 31),  # the last week is a 53rd
    date(2027, 1, 1),
    date(2027, 3, 28),
    date(2027, 5, 6),  # Ascension
    date(2028, 2, 29),
    date(2028, 8, 31),  # the last day of the school tables
)

days = st.builds(lambda day, shift: day + timedelta(days=shift), st.sampled_from(HARD_DAYS), st.integers(-4, 4))
minutes = st.one_of(st.sampled_from([0, 60, 120, 150, 180, 540, 720, 840, 1080, 1320, 1439]), st.integers(0, 1439))


@st.composite
def spans(draw: st.DrawFn) -> TimeSpan:
    start = draw(minutes)
    return TimeSpan(start, start + draw(st.one_of(st.sampled_from([60, 120, 240, 1440]), st.integers(1, 1440))))


def times(min_size: int = 0) -> st.SearchStrategy[tuple[TimeSpan, ...]]:
    return st.lists(spans(), min_size=min_size, max_size=3).map(lambda some: tuple(sorted(some)))


month_days = st.one_of(
    st.just(MonthDay(2, 29)),
    days.map(lambda day: MonthDay(day.month, day.day)),
)
rules = st.builds(
    DayRule,
    days=st.one_of(st.just(EVERY_DAY), st.frozensets(st.sampled_from(Weekday), min_size=1)),
    dates=st.one_of(st.just(frozenset()), st.frozensets(days, min_size=1, max_size=3)),
    weeks=st.sampled_from(Weeks),
    nth=st.one_of(st.just(frozenset()), st.frozensets(st.sampled_from([1, 2, 3, 4, 5, -1, -2]), max_size=2)),
    valid_from=st.one_of(st.none(), days),
    valid_to=st.one_of(st.none(), days),
    season=st.one_of(st.none(), st.builds(Season, month_days, month_days)),
    public_holidays=st.sampled_from(PublicHolidays),
    school_holidays=st.sampled_from(SchoolHolidays),
    zones=st.frozensets(st.sampled_from("ABC"), max_size=2),
)
plain_rules = st.builds(
    DayRule,
    days=st.frozensets(st.sampled_from(Weekday), min_size=1),
    public_holidays=st.sampled_from(PublicHolidays),
)
slots = st.builds(
    Slot,
    times=times(),
    rule=st.one_of(plain_rules, rules),
    mode=st.sampled_from(Mode),
    appointment=st.sampled_from(Appointment),
)


@st.composite
def exceptions(draw: st.DrawFn) -> DatedException:
    first = draw(days)
    return DatedException(
        first=first,
        last=first + timedelta(days=draw(st.integers(0, 3))),
        kind=draw(st.sampled_from(ExceptionKind)),
        times=draw(times()),
        reason=draw(st.sampled_from(["", "congés", "travaux"])),
        mode=draw(st.sampled_from(Mode)),
        appointment=draw(st.sampled_from(Appointment)),
    )


unreads = st.builds(
    Unread,
    text=st.just("sauf exception"),
    touches=st.one_of(st.none(), plain_rules, rules),
    times=times(),
)


Value = TypeVar("Value")


def tuples(of: st.SearchStrategy[Value], most: int) -> st.SearchStrategy[tuple[Value, ...]]:
    return st.lists(of, max_size=most).map(tuple)


openings = st.builds(
    Opening,
    slots=tuples(slots, 3),
    exceptions=tuples(exceptions(), 3),
    unread=tuples(unreads, 1),
)
instants = st.builds(
    lambda day, minute, second, fold: datetime.combine(day, datetime.min.time(), PARIS).replace(
        hour=minute // 60, minute=minute % 60, second=second, fold=fold
    ),
    days,
    minutes,
    st.sampled_from([0, 59]),
    st.integers(0, 1),
)
