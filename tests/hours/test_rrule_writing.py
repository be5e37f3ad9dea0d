"""Writing iCalendar: what another library reads is what the schedule says."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, cast

import icalendar
import pytest
from dateutil.rrule import rruleset, rrulestr
from hypothesis import given

from portal.hours.calendar import Calendar
from portal.hours.osm import read_osm
from portal.hours.rrule import Event, write_rrule
from portal.hours.schedule import Schedule
from portal.hours.slots import Opening
from tests.hours.openings import openings

FIRST, LAST = date(2026, 10, 1), date(2027, 4, 30)
ZONE_B = Calendar(school_zone="B")


def _component(event: Event) -> Any:  # noqa: ANN401 - the other library's own type
    lines = ["BEGIN:VEVENT", "UID:1", "DTSTAMP:20260101T000000Z", *event.lines, "END:VEVENT"]
    return icalendar.Event.from_ical("\r\n".join(lines))


def _dates(component: Any, name: str) -> list[datetime]:  # noqa: ANN401 - the other library's own type
    listed = component.get(name, [])
    return [one.dt for part in (listed if isinstance(listed, list) else [listed]) for one in part.dts]


def _instants(event: Event) -> list[tuple[datetime, datetime]]:
    """Expand an event as a calendar programme does."""
    component = _component(event)
    start, end = component["DTSTART"].dt, component["DTEND"].dt
    length = end.astimezone(UTC) - start.astimezone(UTC)
    dates = rruleset()
    dates.rdate(start)
    if "RRULE" in component:
        dates.rrule(cast("Any", rrulestr(component["RRULE"].to_ical().decode(), dtstart=start)))
    for one in _dates(component, "RDATE"):
        dates.rdate(one)
    for one in _dates(component, "EXDATE"):
        dates.exdate(one)
    return [(one.astimezone(UTC), one.astimezone(UTC) + length) for one in dates]


@given(openings)
def test_events_give_the_occurrences_of_the_schedule(opening: Opening) -> None:
    schedule = Schedule(opening, ZONE_B)
    written = {pair for event in write_rrule(schedule, FIRST, LAST) for pair in _instants(event)}
    occurrences = schedule.occurrences(FIRST, LAST)
    assert written == {(one.start.astimezone(UTC), one.end.astimezone(UTC)) for one in occurrences}


def _events(text: str) -> tuple[Event, ...]:
    return write_rrule(Schedule(read_osm(text)[0], ZONE_B), FIRST, LAST)


def test_holidays_become_excluded_dates() -> None:
    (event,) = _events("We 09:00-12:00; PH off; SH off")
    assert event.rule == "FREQ=WEEKLY;BYDAY=WE;UNTIL=20270414T070000Z"
    assert {one.date() for one in event.excluded} >= {date(2026, 10, 21), date(2026, 11, 11), date(2026, 12, 23)}
    assert event.added == ()


def test_nth_weekdays_become_a_monthly_rule() -> None:
    (event,) = _events("Th[1,-1] 09:00-12:00; PH off")
    assert event.rule.startswith("FREQ=MONTHLY;BYDAY=-1TH,1TH;")


@pytest.mark.parametrize("text", ["week 2-53/2 Mo 09:00-12:00; PH off", "2026 Dec 24,2026 Dec 31 09:00-12:00"])
def test_what_rrule_cannot_say_becomes_dates(text: str) -> None:
    (event,) = _events(text)
    assert event.rule == ""
    assert event.added


def test_uncertain_days_are_tentative() -> None:
    tentative = [event for event in _events("We 09:00-12:00") if not event.is_certain]
    assert [event.start.date() for event in tentative] == [date(2026, 11, 11)]
    assert tentative[0].lines[-1] == "STATUS:TENTATIVE"


def test_the_hour_that_comes_twice_gives_two_events() -> None:
    night = [pair for event in _events("Mo-Su 02:00-02:30; PH off") for pair in _instants(event)]
    doubled = sorted(start for start, _ in night if start.date() == date(2026, 10, 25))
    assert [f"{start:%H:%M}" for start in doubled] == ["00:00", "01:00"]


def test_summer_time_keeps_the_wall_clock() -> None:
    (event,) = _events("Su 09:00-12:00; PH off")
    starts = [start for start, _ in _instants(event)]
    assert {one.hour for one in starts} == {7, 8}
    assert starts == sorted(starts)
    assert min(starts) - timedelta(days=7) < datetime(2026, 10, 4, 7, tzinfo=UTC)
