"""Calendars are read by other people's programs: checked with one of them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from portal.web.icalendar import Event, write_calendar

NOON = datetime(2026, 12, 1, 12, tzinfo=ZoneInfo("Europe/Paris"))
EVENT = Event("a@b", NOON, NOON + timedelta(hours=2), "Bus numérique")
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=120)


def read(*events: Event, name: str = "Passages") -> Calendar:
    return Calendar.from_ical(write_calendar(name, events, stamp=NOON))


def test_calendar_is_read_by_another_program() -> None:
    calendar = read(replace(EVENT, url="https://services.example/services/bus-34fgh"))
    [event] = calendar.walk("VEVENT")
    assert (calendar["X-WR-CALNAME"], event["SUMMARY"], event["UID"]) == ("Passages", "Bus numérique", "a@b")
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (
        datetime(2026, 12, 1, 11, tzinfo=UTC),
        datetime(2026, 12, 1, 13, tzinfo=UTC),
    )
    assert event["URL"] == "https://services.example/services/bus-34fgh"


def test_doubtful_event_is_tentative() -> None:
    [event] = read(replace(EVENT, is_certain=False)).walk("VEVENT")
    assert event["STATUS"] == "TENTATIVE"


@given(WORDS, WORDS)
def test_any_words_come_back_as_they_were(summary: str, place: str) -> None:
    [event] = read(replace(EVENT, summary=summary, location=place)).walk("VEVENT")
    assert (str(event["SUMMARY"]), str(event["LOCATION"])) == (summary, place)


@given(WORDS)
def test_no_line_is_longer_than_diaries_read(summary: str) -> None:
    text = write_calendar(summary, [replace(EVENT, summary=summary * 3)], stamp=NOON)
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert "\n" not in text.replace("\r\n", "")
