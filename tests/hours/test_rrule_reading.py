"""Reading iCalendar recurrences: rules where the model has them, dates where it has not, a flag otherwise."""

from datetime import date, datetime, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from portal.hours.calendar import Calendar
from portal.hours.rrule import read_rrule
from portal.hours.schedule import Schedule
from portal.hours.slots import (
    EVERY_DAY,
    WHOLE_DAY,
    DatedException,
    DayRule,
    ExceptionKind,
    MonthDay,
    PublicHolidays,
    Season,
    Slot,
    TimeSpan,
    Weekday,
    Weeks,
)

START = date(2026, 1, 6)  # a Tuesday, in week 2
EVENT = "DTSTART;TZID=Europe/Paris:20260106T090000\nDTEND;TZID=Europe/Paris:20260106T120000\n"
MORNING = (TimeSpan(540, 720),)
TUESDAY = frozenset({Weekday.TUESDAY})


def _rule(**rule: object) -> DayRule:
    return DayRule(**{"valid_from": START, "public_holidays": PublicHolidays.OPEN, **rule})  # type: ignore[arg-type]  # a table


KNOWN = [
    ("FREQ=DAILY", _rule()),
    ("FREQ=WEEKLY", _rule(days=TUESDAY)),
    ("FREQ=WEEKLY;BYDAY=MO,FR;UNTIL=20261231T080000Z", _rule(days={0, 4}, valid_to=date(2026, 12, 31))),
    ("FREQ=WEEKLY;UNTIL=20261229T075959Z", _rule(days=TUESDAY, valid_to=date(2026, 12, 28))),
    ("FREQ=WEEKLY;UNTIL=20261229T085900", _rule(days=TUESDAY, valid_to=date(2026, 12, 28))),
    ("FREQ=WEEKLY;UNTIL=20261229", _rule(days=TUESDAY, valid_to=date(2026, 12, 29))),
    ("FREQ=WEEKLY;UNTIL=20261228T230000Z", _rule(days=TUESDAY, valid_to=date(2026, 12, 28))),
    ("FREQ=WEEKLY;COUNT=3", _rule(days=TUESDAY, valid_to=date(2026, 1, 20))),
    ("FREQ=MONTHLY;BYDAY=1TH,3TH", _rule(days={3}, nth=frozenset({1, 3}))),
    ("FREQ=MONTHLY;BYDAY=-1FR", _rule(days={4}, nth=frozenset({-1}))),
    ("FREQ=MONTHLY;BYDAY=SA;BYSETPOS=2", _rule(days={5}, nth=frozenset({2}))),
    ("FREQ=WEEKLY;BYMONTH=11,12,1", _rule(days=TUESDAY, season=Season(MonthDay(11, 1), MonthDay(1, 31)))),
    ("FREQ=YEARLY", _rule(season=Season(MonthDay(1, 6), MonthDay(1, 6)))),
    ("FREQ=YEARLY;BYMONTH=7;BYMONTHDAY=14", _rule(season=Season(MonthDay(7, 14), MonthDay(7, 14)))),
    (
        "FREQ=WEEKLY;INTERVAL=2;UNTIL=20260630T000000Z",
        _rule(days=TUESDAY, weeks=Weeks.EVEN, valid_to=date(2026, 6, 23)),
    ),
]


@pytest.mark.parametrize(("recurrence", "rule"), KNOWN, ids=[text for text, _ in KNOWN])
def test_recurrence_of_the_model_becomes_a_rule(recurrence: str, rule: DayRule) -> None:
    opening, problems = read_rrule(f"{EVENT}RRULE:{recurrence}")
    assert (opening.slots, problems) == ((Slot(MORNING, rule),), ())


def test_every_second_week_over_a_long_year_becomes_dates() -> None:
    opening, problems = read_rrule(f"{EVENT}RRULE:FREQ=WEEKLY;INTERVAL=2;UNTIL=20270301T000000Z")
    (slot,) = opening.slots
    assert problems == ()
    assert {date(2026, 12, 22), date(2027, 1, 5), date(2027, 1, 19)} <= slot.rule.dates
    assert date(2027, 1, 12) not in slot.rule.dates


@pytest.mark.parametrize(
    ("zone", "last"), [("Europe/Paris", 29), ("America/Guadeloupe", 28), ("Nowhere/Else", 29), ('"Europe/Paris"', 29)]
)
def test_last_instant_is_told_by_the_clock_of_the_event(zone: str, last: int) -> None:
    event = f"DTSTART;TZID={zone}:20260106T000000\nDTEND;TZID={zone}:20260106T010000\n"
    opening, _ = read_rrule(f"{event}RRULE:FREQ=WEEKLY;UNTIL=20261228T230000Z")
    assert opening.slots[0].rule.valid_to == date(2026, 12, last)


@pytest.mark.parametrize(
    ("recurrence", "days"),
    [
        ("FREQ=WEEKLY;INTERVAL=2", TUESDAY),
        ("FREQ=WEEKLY;INTERVAL=3;BYDAY=MO", frozenset({Weekday.MONDAY})),
        ("FREQ=MONTHLY;BYMONTHDAY=15", EVERY_DAY),
        ("FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1", EVERY_DAY),
        ("FREQ=HOURLY", EVERY_DAY),
        ("FREQ=WEEKLY;BYWEEKNO=3", EVERY_DAY),
        ("FREQ=WEEKLY;INTERVAL=0", EVERY_DAY),
        ("FREQ=WEEKLY;UNTIL=demain", EVERY_DAY),
    ],
)
def test_endless_recurrence_unknown_to_the_model_is_flagged(recurrence: str, days: frozenset[Weekday]) -> None:
    opening, problems = read_rrule(f"{EVENT}RRULE:{recurrence}")
    touches = opening.unread[0].touches
    assert [problem.code for problem in problems] == ["ical-repetition"]
    assert touches is not None
    assert (touches.days, touches.valid_from) == (days, START)


def test_excluded_date_becomes_a_closure_of_its_times() -> None:
    opening, _ = read_rrule(f"{EVENT}RRULE:FREQ=WEEKLY\nEXDATE;TZID=Europe/Paris:20260113T090000")
    day = date(2026, 1, 13)
    assert opening.exceptions == (DatedException(day, day, ExceptionKind.CLOSED, MORNING),)


def test_added_dates_stand_beside_the_rule() -> None:
    opening, problems = read_rrule(f"{EVENT}RRULE:FREQ=WEEKLY\nRDATE;TZID=Europe/Paris:20260115T090000")
    assert problems == ()
    assert Slot(MORNING, DayRule(dates=frozenset({date(2026, 1, 15)}))) in opening.slots


def test_event_without_recurrence_is_a_date() -> None:
    opening, _ = read_rrule(f"{EVENT}RDATE;TZID=Europe/Paris:20260115T090000")
    assert opening.slots == (Slot(MORNING, DayRule(dates=frozenset({START, date(2026, 1, 15)}))),)


@pytest.mark.parametrize(
    ("lines", "times"),
    [
        ("DTSTART:20260106T220000\nDTEND:20260107T020000", (TimeSpan(1320, 1560),)),
        ("DTSTART:20260106T090000\nDURATION:PT1H30M", (TimeSpan(540, 630),)),
        ("DTSTART;VALUE=DATE:20260106", (WHOLE_DAY,)),
        ("DTSTART:20260106T090000", ()),
    ],
)
def test_times_of_an_event_are_kept(lines: str, times: tuple[TimeSpan, ...]) -> None:
    assert read_rrule(lines)[0].slots[0].times == times


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "ical-vide"),
        ("SUMMARY:Permanence", "ical-vide"),
        ("DTSTART:hier", "ical-illisible"),
        ("DTSTART:20260106T090000\nDTEND:20260106T080000", "ical-illisible"),
        ("DTSTART:20260106T090000Z\nDTEND:20260106T100000Z\nRRULE:FREQ=WEEKLY", "ical-utc"),
    ],
)
def test_unreadable_event_is_flagged(text: str, code: str) -> None:
    opening, problems = read_rrule(text)
    assert opening.slots == ()
    assert [problem.code for problem in problems] == [code]


def test_each_event_of_a_calendar_is_a_slot() -> None:
    events = [f"BEGIN:VEVENT\n{lines}END:VEVENT\n" for lines in (EVENT, "DTSTART:faux\n")]
    opening, problems = read_rrule(f"BEGIN:VCALENDAR\n{''.join(events)}END:VCALENDAR")
    assert (len(opening.slots), len(problems)) == (1, 1)


PARTS = {
    "FREQ": st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    "INTERVAL": st.sampled_from(["1", "2", "3"]),
    "BYDAY": st.sampled_from(["MO", "TU,TH", "1SA", "-1FR", "2MO,2WE"]),
    "BYMONTH": st.sampled_from(["1", "6,7,8", "12,1", "3,9"]),
    "BYMONTHDAY": st.sampled_from(["1", "15", "-1", "31"]),
    "BYSETPOS": st.sampled_from(["1", "-1"]),
}


@given(
    st.fixed_dictionaries({"FREQ": PARTS["FREQ"]}, optional={name: PARTS[name] for name in PARTS if name != "FREQ"}),
    st.sampled_from(["", ";COUNT=7", ";UNTIL=20270331T220000Z"]),
)
def test_dates_are_those_of_another_library(parts: dict[str, str], end: str) -> None:
    text = ";".join(f"{name}={value}" for name, value in parts.items()) + end
    opening, problems = read_rrule(f"{EVENT}RRULE:{text}")
    if problems:
        return
    last = datetime(2028, 1, 1)
    try:
        theirs = rrulestr(text.replace("T220000Z", "T220000"), dtstart=datetime(2026, 1, 6, 9)).between(
            datetime(2026, 1, 1), last
        )
    except ValueError:  # BYSETPOS beside nothing
        return
    ours = Schedule(opening, Calendar()).occurrences(START, last.date() - timedelta(1))
    assert [one.start.date() for one in ours] == [one.date() for one in theirs]


WORDS = st.lists(st.sampled_from([EVENT, "RRULE:", "FREQ=WEEKLY", ";", "BYDAY=", "9MO", "\n", "EXDATE:x"]))


@given(st.text() | WORDS.map("".join))
def test_any_text_is_read_without_raising(text: str) -> None:
    opening, problems = read_rrule(text)
    assert opening.slots or problems


def test_far_recurrence_costs_no_time() -> None:
    opening, problems = read_rrule(f"{EVENT}RRULE:FREQ=DAILY;INTERVAL=2;COUNT=10000")
    assert opening.slots == ()
    assert len(problems) == 1
    assert opening.unread[0].touches == DayRule(valid_from=START, public_holidays=PublicHolidays.OPEN)


def test_week_is_the_same_week_for_the_schedule() -> None:
    opening, _ = read_rrule(f"{EVENT}RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=10")
    found = Schedule(opening, Calendar()).occurrences(START, START + timedelta(400))
    assert [one.start.date() for one in found] == [START + timedelta(14 * n) for n in range(10)]
