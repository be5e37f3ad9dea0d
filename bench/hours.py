"""How fast opening hours are asked: one schedule at a time, and all of a directory through a window of days.

    bench/run hours

Prints medians of several runs.
"""

import random
import statistics
import time
import tracemalloc
from collections.abc import Callable
from datetime import date, datetime, timedelta

from portal.hours import matching
from portal.hours.calendar import Calendar
from portal.hours.compiled import Window, changes_of
from portal.hours.schedule import Schedule
from portal.hours.slots import (
    Appointment,
    DatedException,
    DayRule,
    ExceptionKind,
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

N_LISTINGS = 50_000
N_RUNS = 7
CALENDARS = tuple(Calendar.of_department(department) for department in ("10", "58", "73", "67"))
WINDOW = Window(date(2026, 11, 21), 14)
NOON = datetime(2026, 11, 24, 12, tzinfo=CALENDARS[0].time_zone)


def an_opening(draw: random.Random) -> Opening:
    """Make an opening such as a rural directory holds: office hours day by day, with the usual oddities."""
    slots = tuple(a_slot(draw, day) for day in Weekday if draw.random() < (0.85 if day < Weekday.SATURDAY else 0.2))
    exceptions: tuple[DatedException, ...] = ()
    if draw.random() < 0.3:
        first = date(2026, 11, 1) + timedelta(days=draw.randrange(120))
        last = first + timedelta(days=draw.randrange(14))
        exceptions = (DatedException(first, last, ExceptionKind.CLOSED, reason="congés"),)
    unread = (Unread("sauf exception", DayRule(days=frozenset({Weekday.MONDAY}))),) if draw.random() < 0.05 else ()
    return Opening(slots=slots, exceptions=exceptions, unread=unread)


def a_slot(draw: random.Random, day: Weekday) -> Slot:
    """Make the hours of one weekday."""
    morning = draw.choice((480, 495, 510, 525, 540, 555, 570, 600))
    afternoon = draw.choice((780, 795, 810, 825, 840, 855, 870))
    times = (TimeSpan(morning, draw.choice((690, 705, 720, 735, 750))), TimeSpan(afternoon, afternoon + 180))
    rule = DayRule(
        days=frozenset({day}),
        weeks=draw.choices(tuple(Weeks), (18, 1, 1))[0],
        nth=frozenset({1, 3}) if draw.random() < 0.05 else frozenset(),
        season=Season(MonthDay(4, 1), MonthDay(10, 31)) if draw.random() < 0.03 else None,
        public_holidays=draw.choice((PublicHolidays.CLOSED, PublicHolidays.OPEN, PublicHolidays.UNSTATED)),
        school_holidays=draw.choices(tuple(SchoolHolidays), (18, 2, 1))[0],
    )
    return Slot(times, rule, appointment=draw.choices(tuple(Appointment), (8, 1, 1))[0])


def schedules(n_distinct: int) -> list[Schedule]:
    """Make fresh schedules for all listings, so many of them different."""
    draw = random.Random(20261121)
    distinct = [Schedule(an_opening(draw), draw.choice(CALENDARS)) for _ in range(n_distinct)]
    return [distinct[number % n_distinct] for number in range(N_LISTINGS)]


def median_of(act: Callable[[], object], n_runs: int = N_RUNS) -> float:
    """Give the median of the seconds an act takes."""
    seconds = []
    for _ in range(n_runs):
        before = time.perf_counter()
        act()
        seconds.append(time.perf_counter() - before)
    return statistics.median(seconds)


def state_figures() -> None:
    """Print what one question to one schedule costs."""
    some = schedules(1_000)[:1_000]
    for schedule in some:
        schedule.state_at(NOON)
    asking = median_of(lambda: [one.state_at(NOON) for one in some])
    print(f"state_at, one schedule, warm        {asking * 1e3:10.1f} µs")
    changing = median_of(lambda: [one.next_change(NOON) for one in some])
    print(f"next_change, one schedule, warm     {changing * 1e3:10.1f} µs")
    quarter = (date(2026, 11, 21), date(2027, 2, 19))
    listing = median_of(lambda: [one.occurrences(*quarter) for one in some], n_runs=3)
    print(f"occurrences, 13 weeks, one schedule {listing:10.2f} ms")


def window_figures(n_distinct: int) -> None:
    """Print what walking all distinct schedules through a window costs, in time and at the most in memory."""

    def walked() -> int:
        matching.days_of_year.cache_clear()
        found = [list(changes_of(one, WINDOW.minutes)) for one in schedules(n_distinct)[:n_distinct]]
        return sum(map(len, found))

    making = median_of(lambda: schedules(n_distinct), n_runs=3)
    seconds = median_of(walked, n_runs=3) - making
    tracemalloc.start()
    n_changes = walked()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    print(f"\n{n_distinct} distinct schedules, {WINDOW.n_days} days, {n_changes} changes")
    print(f"walk                                {seconds:10.2f} s")
    print(f"peak memory                         {peak / 1e6:10.0f} MB")


if __name__ == "__main__":
    state_figures()
    for count in (1_000, 10_000):
        window_figures(count)
