"""What cuts an opening on a date, and what makes it doubtful."""

from dataclasses import replace
from datetime import date

import pytest

from portal.hours.calendar import Calendar
from portal.hours.schedule import Schedule
from portal.hours.slots import (
    Appointment,
    DatedException,
    DayRule,
    ExceptionKind,
    Mode,
    Opening,
    Slot,
    TimeSpan,
    Unread,
    Weekday,
)

WEDNESDAY = date(2026, 11, 25)
RULE = DayRule(days=frozenset({Weekday.WEDNESDAY}))
MORNING = Slot((TimeSpan(540, 720),), RULE)
BY_PHONE = replace(MORNING, times=(TimeSpan(600, 840),), mode=Mode.PHONE)
ASKED = replace(MORNING, appointment=Appointment.REQUIRED)
TEN = (TimeSpan(600, 660),)
EXTRA = DatedException(WEDNESDAY, WEDNESDAY, ExceptionKind.EXTRA, TEN)
EXTRA_ASKED = replace(EXTRA, appointment=Appointment.REQUIRED)
WHOLE_DAY_OFF = DatedException(WEDNESDAY, WEDNESDAY, ExceptionKind.CLOSED)
WEEK_OF_EXTRAS = DatedException(date(2026, 11, 24), date(2026, 11, 26), ExceptionKind.EXTRA, TEN)


def said(slot: Slot | None, *others: DatedException | Unread | Slot) -> list[str]:
    """List the openings of the Wednesday, "?" after the doubtful ones."""
    opening = Opening(
        slots=tuple(one for one in (slot, *others) if isinstance(one, Slot)),
        exceptions=tuple(one for one in others if isinstance(one, DatedException)),
        unread=tuple(one for one in others if isinstance(one, Unread)),
    )
    found = Schedule(opening, Calendar(school_zone="B")).occurrences(WEDNESDAY, WEDNESDAY)
    return [f"{one.start:%H}-{one.end:%H}{'' if one.is_certain else '?'}" for one in found]


@pytest.mark.parametrize(
    ("slot", "others", "openings"),
    [
        (MORNING, (Unread("sauf…", RULE, TEN),), ["09-10", "10-11?", "11-12"]),
        (MORNING, (replace(EXTRA, times=()),), ["09-12?"]),
        (MORNING, (BY_PHONE,), ["09-12", "10-14"]),
        (MORNING, (EXTRA_ASKED,), ["09-10", "10-11", "11-12"]),
        (ASKED, (EXTRA_ASKED,), ["09-12", "10-11"]),
        (ASKED, (replace(MORNING, times=()),), ["09-12"]),
        (ASKED, (MORNING,), ["09-12", "09-12"]),
        (MORNING, (replace(WHOLE_DAY_OFF, times=TEN),), ["09-10", "11-12"]),
        (MORNING, (WHOLE_DAY_OFF, EXTRA), ["10-11"]),
        (None, (WHOLE_DAY_OFF, WEEK_OF_EXTRAS), []),
        (None, (WHOLE_DAY_OFF, replace(WEEK_OF_EXTRAS, last=WEDNESDAY, times=(TimeSpan(1320, 1560),))), []),
        (None, (replace(WHOLE_DAY_OFF, first=date(2026, 11, 20)), WEEK_OF_EXTRAS), ["10-11"]),
    ],
)
def test_openings_of_a_date_are_cut_and_doubted(
    slot: Slot | None, others: tuple[DatedException | Unread | Slot, ...], openings: list[str]
) -> None:
    assert said(slot, *others) == openings
