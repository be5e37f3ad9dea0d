"""Writing `opening_hours`: what is written reads back, what cannot be said is named."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.hours.calendar import Calendar
from portal.hours.canonical import canonical
from portal.hours.osm import read_osm, write_osm
from portal.hours.schedule import Schedule
from portal.hours.slots import (
    WHOLE_DAY,
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
from tests.hours.openings import instants, openings

ZONE_B = Calendar(school_zone="B")
MORNING, AFTERNOON = TimeSpan(540, 720), TimeSpan(840, 1020)
WEEK = frozenset(list(Weekday)[:5])
MONDAY = frozenset({Weekday.MONDAY})
CHRISTMAS_EVE = date(2026, 12, 24)


def _week(*times: TimeSpan, days: frozenset[Weekday] = WEEK, **rule: object) -> Slot:
    return Slot(times or (MORNING,), DayRule(days=days, **rule))  # type: ignore[arg-type]  # a table


WRITTEN = [
    ([_week()], "Mo-Fr 09:00-12:00"),
    ([_week(MORNING, AFTERNOON)], "Mo-Fr 09:00-12:00,14:00-17:00"),
    ([Slot((WHOLE_DAY,), DayRule(public_holidays=PublicHolidays.OPEN))], "24/7"),
    ([Slot((MORNING,), DayRule())], "Mo-Su 09:00-12:00; PH unknown"),
    ([_week(public_holidays=PublicHolidays.CLOSED)], "Mo-Fr 09:00-12:00; PH off"),
    ([_week(public_holidays=PublicHolidays.OPEN)], "Mo-Fr 09:00-12:00; PH Mo-Fr 09:00-12:00"),
    ([_week(public_holidays=PublicHolidays.ONLY)], "PH Mo-Fr 09:00-12:00"),
    ([_week(school_holidays=SchoolHolidays.EXCEPT)], "Mo-Fr 09:00-12:00; SH off"),
    ([_week(school_holidays=SchoolHolidays.ONLY)], "SH Mo-Fr 09:00-12:00"),
    ([_week(weeks=Weeks.EVEN)], "week 2-53/2 Mo-Fr 09:00-12:00"),
    ([_week(days=MONDAY, nth=frozenset({1, -1}))], "Mo[1,-1] 09:00-12:00"),
    ([_week(season=Season(MonthDay(6, 1), MonthDay(9, 30)))], "Jun-Sep Mo-Fr 09:00-12:00"),
    ([_week(season=Season(MonthDay(11, 15), MonthDay(2, 3)))], "Nov 15-Feb 03 Mo-Fr 09:00-12:00"),
    ([_week(valid_from=date(2026, 1, 1))], "2026+ Mo-Fr 09:00-12:00"),
    ([Slot((MORNING,), DayRule(dates=frozenset({CHRISTMAS_EVE})))], "2026 Dec 24 09:00-12:00"),
    ([_week(TimeSpan(1320, 1560))], "Mo-Fr 22:00-02:00"),
    ([replace(_week(), appointment=Appointment.REQUIRED)], 'Mo-Fr 09:00-12:00 "sur rendez-vous"'),
    ([Slot((), appointment=Appointment.REQUIRED)], 'Mo-Su "sur rendez-vous"; PH unknown'),
    ([replace(_week(), mode=Mode.PHONE, note="code 12")], None),
    ([_week(school_holidays=SchoolHolidays.EXCEPT, zones=frozenset("A"))], None),
    ([_week(valid_to=date(2026, 6, 30))], None),
]


@pytest.mark.parametrize(("slots", "text"), WRITTEN)
def test_slots_are_written_in_the_notation(slots: list[Slot], text: str | None) -> None:
    written = write_osm(Opening(tuple(slots)))
    assert written.text == text
    assert bool(written.unsaid) == (text is None)


@pytest.mark.parametrize(
    ("exceptions", "text"),
    [
        ([(ExceptionKind.CLOSED, (), "congés")], 'Mo-Fr 09:00-12:00; 2026 Dec 24 off "congés"'),
        ([(ExceptionKind.CLOSED, (AFTERNOON,), "")], "Mo-Fr 09:00-12:00; 2026 Dec 24 14:00-17:00 off"),
        ([(ExceptionKind.EXTRA, (AFTERNOON,), "")], "Mo-Fr 09:00-12:00, 2026 Dec 24 14:00-17:00"),
        (
            [(ExceptionKind.CLOSED, (), ""), (ExceptionKind.EXTRA, (AFTERNOON,), "")],
            "Mo-Fr 09:00-12:00; 2026 Dec 24 14:00-17:00",
        ),
    ],
)
def test_exceptions_are_written_with_their_dates(
    exceptions: list[tuple[ExceptionKind, tuple[TimeSpan, ...], str]], text: str
) -> None:
    dated = tuple(DatedException(CHRISTMAS_EVE, CHRISTMAS_EVE, *one) for one in exceptions)
    assert write_osm(Opening((_week(),), dated)).text == text


def test_words_nobody_read_are_written_as_unknown() -> None:
    doubt = Unread("un samedi sur deux", DayRule(days=frozenset({Weekday.SATURDAY})))
    written = write_osm(Opening((_week(),), unread=(doubt,)))
    assert written.text == 'Mo-Fr 09:00-12:00, Sa unknown "un samedi sur deux"'


def test_messages_and_loose_words_are_named_as_unsaid() -> None:
    message = DatedException(CHRISTMAS_EVE, CHRISTMAS_EVE, ExceptionKind.MESSAGE, reason="Père Noël")
    written = write_osm(Opening((_week(),), (message,), (Unread("parking"),)))
    assert written.text == "Mo-Fr 09:00-12:00"
    assert len(written.unsaid) == 2


SAYABLE_RULES = st.builds(
    DayRule,
    days=st.frozensets(st.sampled_from(Weekday), min_size=1, max_size=6),
    weeks=st.sampled_from(Weeks),
    nth=st.sampled_from([frozenset(), frozenset({1}), frozenset({1, 3}), frozenset({-1})]),
    season=st.sampled_from([None, Season(MonthDay(6, 15), MonthDay(9, 15)), Season(MonthDay(10, 1), MonthDay(4, 30))]),
    school_holidays=st.sampled_from(SchoolHolidays),
)
SAYABLE_SLOTS = st.builds(
    Slot,
    times=st.sampled_from([(MORNING,), (AFTERNOON,), (MORNING, AFTERNOON), (TimeSpan(1320, 1500),)]),
    rule=SAYABLE_RULES,
    mode=st.sampled_from(Mode),
    appointment=st.sampled_from(Appointment),
    note=st.sampled_from(["", "entrée par la cour"]),
)


@given(SAYABLE_SLOTS, st.sampled_from(PublicHolidays))
def test_a_slot_of_the_notation_survives_the_round_trip(slot: Slot, holidays: PublicHolidays) -> None:
    both = holidays in {PublicHolidays.OPEN, PublicHolidays.ONLY}
    rule = replace(slot.rule, public_holidays=holidays)
    if both:  # holidays of both kinds at once cannot be said together
        rule = replace(rule, school_holidays=SchoolHolidays.ALWAYS)
    opening = canonical(Opening((replace(slot, rule=rule),)))
    text = write_osm(opening).text
    assert text is not None
    assert read_osm(text) == (opening, ())


@given(openings)
def test_what_is_written_is_never_something_else(opening: Opening) -> None:
    written = write_osm(opening)
    assert (written.text is None) <= bool(written.unsaid)
    if written.text is not None:
        read, _ = read_osm(written.text)
        assert read.slots == canonical(opening).slots


@given(openings, instants)
def test_canonical_form_keeps_the_meaning(opening: Opening, instant: object) -> None:
    same = canonical(opening)
    before = Schedule(opening, ZONE_B).state_at(instant)  # type: ignore[arg-type]  # an untyped strategy
    after = Schedule(same, ZONE_B).state_at(instant)  # type: ignore[arg-type]  # an untyped strategy
    assert (after.code, after.mode) == (before.code, before.mode)


@given(openings)
def test_canonical_form_is_its_own(opening: Opening) -> None:
    assert canonical(canonical(opening)) == canonical(opening)
