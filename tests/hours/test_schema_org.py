"""Writing schema.org: the usual week, the dates unlike it, nothing that is in doubt."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import given

from portal.hours.calendar import Calendar
from portal.hours.osm import read_osm
from portal.hours.schedule import Schedule
from portal.hours.schema_org import Specification, write_schema_org
from portal.hours.slots import Appointment, Mode, Opening
from tests.hours.openings import openings

FIRST, LAST = date(2026, 11, 16), date(2026, 12, 27)
ZONE_B = Calendar(school_zone="B")
NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _written(text: str) -> list[Specification]:
    return write_schema_org(Schedule(read_osm(text)[0], ZONE_B), FIRST, LAST)


def _weekly(days: str, opens: str, closes: str, **valid: str) -> Specification:
    names = [f"https://schema.org/{NAMES[int(day)]}" for day in days]
    return {"@type": "OpeningHoursSpecification", "dayOfWeek": names, "opens": opens, "closes": closes, **valid}


def _dated(day: str, opens: str = "00:00", closes: str = "00:00") -> Specification:
    valid = {"validFrom": day, "validThrough": day}
    return {"@type": "OpeningHoursSpecification", "opens": opens, "closes": closes, **valid}


CHRISTMAS = _dated("2026-12-25")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Mo-Th 09:00-12:00", [_weekly("0123", "09:00", "12:00")]),
        ("Mo 09:00-12:00,14:00-17:00", [_weekly("0", "09:00", "12:00"), _weekly("0", "14:00", "17:00")]),
        ("Mo-Fr 09:00-12:00; PH off", [_weekly("01234", "09:00", "12:00"), CHRISTMAS]),
        ("24/7", [_weekly("0123456", "00:00", "23:59")]),
        ("Sa 22:00-02:00", [_weekly("5", "22:00", "02:00")]),
        ("Sa 20:00-24:00", [_weekly("5", "20:00", "00:00")]),
        (
            "Jun-Nov Mo 09:00-12:00",
            [_weekly("0", "09:00", "12:00", validFrom="2026-11-16", validThrough="2026-11-30")],
        ),
        ("Mo 09:00-12:00; 2026 Nov 23 off", [_weekly("0", "09:00", "12:00"), _dated("2026-11-23")]),
        (
            "Mo 09:00-12:00; 2026 Nov 23 14:00-16:00",
            [_weekly("0", "09:00", "12:00"), _dated("2026-11-23", "14:00", "16:00")],
        ),
        ("Th[1] 09:00-12:00", [_dated("2026-12-03", "09:00", "12:00")]),
        ('Mo 09:00-12:00 "sur rendez-vous"', []),
        ("Mo 17:00+", []),
        ("", []),
    ],
)
def test_openings_become_specifications(text: str, written: list[Specification]) -> None:
    assert _written(text) == written


def test_doubtful_holiday_is_left_out_of_every_stretch() -> None:
    stretches = [(one["validFrom"], one["validThrough"]) for one in _written("Fr 09:00-12:00")]
    assert stretches == [("2026-11-16", "2026-12-24")]


def test_doubtful_words_are_left_out() -> None:
    mondays = [one.get("validThrough") for one in _written("Mo 10:00-17:00+; 2026 Nov 23 unknown")]
    assert "2026-11-22" in mondays


def _says_open(written: list[Specification], day: date) -> set[tuple[str, str]]:
    """Read specifications as a search engine does: those of a date alone win over the week."""
    iso, name = day.isoformat(), f"https://schema.org/{NAMES[day.weekday()]}"
    valid = [one for one in written if str(one.get("validFrom", "")) <= iso <= str(one.get("validThrough", "9"))]
    alone = [one for one in valid if "dayOfWeek" not in one]
    weekly = [one for one in valid if name in one.get("dayOfWeek", [])]
    return {(str(one["opens"]), str(one["closes"])) for one in alone or weekly} - {("00:00", "00:00")}


@given(openings)
def test_no_day_is_said_open_without_an_opening(opening: Opening) -> None:
    schedule = Schedule(opening, ZONE_B)
    written = write_schema_org(schedule, FIRST, LAST)
    sure = {
        one.start.date()
        for one in schedule.occurrences(FIRST, LAST)
        if one.mode is Mode.ON_SITE and one.appointment is not Appointment.REQUIRED and one.is_certain
    }
    days = [FIRST + timedelta(n) for n in range((LAST - FIRST).days + 1)]
    assert {day for day in days if _says_open(written, day)} <= sure
    assert json.loads(json.dumps(written)) == written
