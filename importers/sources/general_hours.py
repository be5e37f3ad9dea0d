"""The hours of a row of our own spreadsheets: one cell, days and times apart, or a column for each day."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from importers.fields.cells import said
from importers.fields.modes import read_appointment
from importers.pipeline.lines import Line, Problems
from portal.core.text import fold
from portal.hours.france_services import DAY_NAMES, read_days
from portal.hours.french import read_french
from portal.hours.slots import Appointment, Opening, Weekday

_DAYS = frozenset({*DAY_NAMES, *(f"{day}s" for day in DAY_NAMES), "semaine", "jours", "jour", "weekend"})


@dataclass(frozen=True)
class Told:
    """When one may come, as far as a row says."""

    opening: Opening | None = None
    words: str | None = None
    """The cells themselves, where something of them was not read."""


def read_hours(line: Line) -> tuple[Told, Problems]:
    """Read the hours of a row; a column of its own may say whether one needs an appointment."""
    opening, problems = _of_days(line) if _has_day_columns(line) else _of_cell(line)
    appointment, of_appointment = line.read("appointment", read_appointment)
    opening = _by_appointment(opening, appointment)
    words = None if opening is None or opening.is_complete else "\n".join(_cells(line))
    return Told(opening, words), (*problems, *of_appointment)


def _of_cell(line: Line) -> tuple[Opening | None, Problems]:
    """Read the hours of one cell, behind the days where another cell names them."""
    days, hours = said(line.text("days")), said(line.text("hours"))
    text = hours if _names_a_day(hours) else f"{days} {hours}".strip()
    if not text:
        return None, ()
    opening, problems = read_french(text)
    return opening, line.named("hours" if hours else "days", tuple(problems))


def _names_a_day(text: str) -> bool:
    return not _DAYS.isdisjoint(fold(text).replace(",", " ").replace(":", " ").split())


def _has_day_columns(line: Line) -> bool:
    return any(said(line.text(day)) for day in DAY_NAMES)


def _of_days(line: Line) -> tuple[Opening | None, Problems]:
    """Read a column for each day; what stands in the cell of hours amends them, as a comment does."""
    cells = {Weekday(rank): line.text(day) for rank, day in enumerate(DAY_NAMES) if day in line.columns}
    opening, problems = read_days(cells, said(line.text("hours")))
    words = {"commentaire": "hours"}
    named = (
        replace(problem, field=line.columns.get(words.get(problem.field, problem.field), problem.field))
        for problem in problems
    )
    return opening, tuple(named)


def _cells(line: Line) -> Iterator[str]:
    yield from (f"{day} : {line.text(day)}" for day in DAY_NAMES if said(line.text(day)))
    yield from filter(None, [" ".join(filter(None, (said(line.text(word)) for word in ("days", "hours"))))])


def _by_appointment(opening: Opening | None, appointment: Appointment | None) -> Opening | None:
    """Give what a column of its own says of appointments to the hours that say nothing of them."""
    if opening is None or appointment is None:
        return opening
    slots = (
        replace(slot, appointment=appointment) if slot.appointment is Appointment.NONE else slot
        for slot in opening.slots
    )
    return replace(opening, slots=tuple(slots))
