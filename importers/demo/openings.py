"""Hours of the demonstration: French words where words can say it, explicit slots where they cannot."""

import re
from dataclasses import replace
from datetime import date

from importers.demo import words
from importers.demo.days import fill_days, read_day
from importers.demo.sheets import Hours
from portal.core.problems import Problem
from portal.hours.french.reading import read_french
from portal.hours.slots import (
    DAY,
    EVERY_DAY,
    Appointment,
    DatedException,
    DayRule,
    Mode,
    Opening,
    PublicHolidays,
    SchoolHolidays,
    Slot,
    TimeSpan,
    Weeks,
)
from portal.vocabulary.marks import Table

_SPAN = re.compile(r"(\d{1,2})h(\d{2})?-(\d{1,2})h(\d{2})?")


def read_hours(table: Table, *, reference_day: date, mode: Mode) -> tuple[Hours, tuple[Problem, ...]]:
    """Read the hours of an access point or a stop; `mode` is how its visitors are received unless said otherwise."""
    text = table.text("horaires")
    read, problems = read_french(text) if text else (Opening(), [])
    slots = (
        *(replace(slot, mode=mode) if slot.mode is Mode.ON_SITE else slot for slot in read.slots),
        *(_slot(slot, reference_day=reference_day, mode=mode) for slot in table.tables("creneaux")),
    )
    dated = tuple(_exception(dated, reference_day=reference_day, mode=mode) for dated in table.tables("exceptions"))
    backwards = (_backwards(exception) for exception in dated if exception.last < exception.first)
    in_order = (exception for exception in dated if exception.first <= exception.last)
    opening = Opening(slots=slots, exceptions=(*read.exceptions, *in_order), unread=read.unread)
    return Hours(opening=opening, words=text), (*problems, *backwards)


def read_times(text: str) -> tuple[TimeSpan, ...]:
    """Read "9h-12h, 21h-0h30" as spans; an end that is not after its start lies on the following day."""
    return tuple(_span(*parts) for parts in _SPAN.findall(text))


def _span(first_hour: str, first_minute: str, last_hour: str, last_minute: str) -> TimeSpan:
    start = int(first_hour) * 60 + int(first_minute or 0)
    end = int(last_hour) * 60 + int(last_minute or 0)
    return TimeSpan(start, end if end > start else end + DAY)


def _slot(table: Table, *, reference_day: date, mode: Mode) -> Slot:
    days = frozenset(words.WEEKDAYS[leaf.text] for leaf in table.leaves("jours"))
    dates = (read_day(leaf.text, reference_day=reference_day) for leaf in table.leaves("dates"))
    rule = DayRule(
        days=days or EVERY_DAY,
        dates=frozenset(day for day in dates if day is not None),
        weeks=words.WEEKS.get(table.text("semaines"), Weeks.EVERY),
        nth=frozenset(int(leaf.text) for leaf in table.leaves("rangs")),
        valid_from=read_day(table.text("du"), reference_day=reference_day),
        valid_to=read_day(table.text("au"), reference_day=reference_day),
        public_holidays=words.PUBLIC_HOLIDAYS.get(table.text("feries"), PublicHolidays.UNSTATED),
        school_holidays=words.SCHOOL_HOLIDAYS.get(table.text("vacances"), SchoolHolidays.ALWAYS),
        zones=frozenset(leaf.text for leaf in table.leaves("zones")),
    )
    return Slot(
        times=read_times(table.text("heures")),
        rule=rule,
        mode=words.MODES.get(table.text("mode"), mode),
        appointment=words.APPOINTMENTS.get(table.text("rendez_vous"), Appointment.NONE),
        note=table.text("note"),
    )


def _exception(table: Table, *, reference_day: date, mode: Mode) -> DatedException:
    first = read_day(table.text("du"), reference_day=reference_day) or reference_day
    last = read_day(table.text("au"), reference_day=reference_day) or first
    return DatedException(
        first=first,
        last=last,
        kind=words.EXCEPTIONS[table.text("nature")],
        times=read_times(table.text("heures")),
        reason=fill_days(table.text("motif"), reference_day=reference_day),
        mode=mode,
    )


def _backwards(exception: DatedException) -> Problem:
    words = f"« {exception.reason} » finit avant de commencer : corrigez « du » ou « au »."
    return Problem(code="dates-inversees", text=words, field="exceptions")
