"""Reading GTFS calendars: weeks, dates added and removed, calendars that are over."""

import csv
import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.hours.calendar import Calendar
from portal.hours.gtfs import Row, read_gtfs
from portal.hours.schedule import Schedule
from portal.hours.slots import DayRule, ExceptionKind, Opening, PublicHolidays, Slot, TimeSpan, Weekday
from tests.tools.claims import every

GTFS = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "mobilite" / "gtfs"
WINDOW = (TimeSpan(420, 1140),)
TODAY = date(2026, 3, 2)
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _row(flags: str = "1111100", first: str = "20260101", last: str = "20261231") -> Row:
    return {"service_id": "s", **dict(zip(DAYS, flags, strict=True)), "start_date": first, "end_date": last}


def _change(day: str, kind: str) -> Row:
    return {"service_id": "s", "date": day, "exception_type": kind}


def test_week_of_a_calendar_runs_on_holidays_too() -> None:
    opening, problems = read_gtfs([_row()], today=TODAY, times=WINDOW)
    rule = DayRule(
        days=frozenset(list(Weekday)[:5]),
        valid_from=date(2026, 1, 1),
        valid_to=date(2026, 12, 31),
        public_holidays=PublicHolidays.OPEN,
    )
    assert (opening, problems) == (Opening((Slot(WINDOW, rule),)), ())


def test_service_may_be_given_by_dates_only() -> None:
    opening, problems = read_gtfs([], [_change("20260704", "1"), _change("20260711", "1")], today=TODAY, times=WINDOW)
    dates = frozenset({date(2026, 7, 4), date(2026, 7, 11)})
    assert (opening.slots, problems) == ((Slot(WINDOW, DayRule(dates=dates)),), ())


def test_removed_day_becomes_a_closure() -> None:
    opening, _ = read_gtfs([_row()], [_change("20260501", "2"), _change("20260502", "2")], today=TODAY)
    assert [(one.first, one.kind) for one in opening.exceptions] == [(date(2026, 5, 1), ExceptionKind.CLOSED)]


def test_calendar_that_is_over_leaves_a_notice_and_no_opening() -> None:
    opening, problems = read_gtfs([_row(last="20260301")], today=TODAY)
    assert opening.slots == ()
    assert [(one.kind, one.first) for one in opening.exceptions] == [(ExceptionKind.MESSAGE, date(2026, 3, 2))]
    assert [(problem.code, problem.value) for problem in problems] == [("gtfs-expire", "2026-03-01")]


def test_calendar_that_ends_today_still_runs() -> None:
    opening, problems = read_gtfs([_row(last="20260302")], today=TODAY)
    assert (len(opening.slots), problems) == (1, ())


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (_row(first="2026-01-01"), "gtfs-calendrier"),
        (_row(last="20250101"), "gtfs-calendrier"),
        (_row(flags="11111x0"), "gtfs-calendrier"),
        (_row(first="20260231"), "gtfs-calendrier"),
        ({}, "gtfs-calendrier"),
        (_row(flags="0000000"), "gtfs-sans-jour"),
    ],
)
def test_unreadable_calendar_is_flagged(row: Row, code: str) -> None:
    opening, problems = read_gtfs([row], today=TODAY)
    assert opening.slots == ()
    assert code in [problem.code for problem in problems]


def test_unreadable_calendar_leaves_its_days_in_doubt() -> None:
    opening, _ = read_gtfs([_row(), _row(flags="11111x0")], today=TODAY, times=WINDOW)
    assert len(opening.slots) == 1
    assert [words.touches is not None for words in opening.unread] == [True]


def test_unreadable_date_does_not_stop_the_others() -> None:
    opening, problems = read_gtfs([], [_change("2026", "1"), _change("20260704", "1")], today=TODAY)
    assert len(opening.slots) == 1
    assert [problem.code for problem in problems] == ["gtfs-date"]


def test_occurrences_follow_the_changes_of_the_calendar() -> None:
    changes = [_change("20260310", "2"), _change("20260314", "1")]
    opening, _ = read_gtfs([_row()], changes, today=TODAY, times=WINDOW)
    found = Schedule(opening, Calendar()).occurrences(date(2026, 3, 9), date(2026, 3, 15))
    assert [one.start.day for one in found] == [9, 11, 12, 13, 14]


@given(st.lists(st.dictionaries(st.sampled_from([*DAYS, "start_date", "end_date"]), st.text(max_size=9))))
def test_any_rows_are_read_without_raising(rows: list[dict[str, str]]) -> None:
    opening, problems = read_gtfs(rows, rows, today=TODAY)
    assert opening.slots or problems


def test_real_calendars_are_over_and_say_so() -> None:
    if not GTFS.exists():
        pytest.skip("The real GTFS files lie beside the checkout, not in it.")
    flex = (GTFS / "gtfs-flex-tad-bois-le-roi" / "calendar.txt").read_text(encoding="utf-8-sig")
    with zipfile.ZipFile(GTFS / "gtfs-tallis-lons-le-saunier-20240704.zip") as archive:
        tallis = archive.read("calendar.txt").decode("utf-8-sig")
    rows = [row for text in (flex, tallis) for row in csv.DictReader(io.StringIO(text))]
    codes = {problem.code for row in rows for problem in read_gtfs([row], today=TODAY)[1]}
    assert codes == {"gtfs-expire"}
    assert every(read_gtfs([row], today=date(2024, 7, 1))[1] == () for row in rows)
