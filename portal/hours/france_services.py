"""Read the hours of France services lists: a cell per day, a free comment, a yes or no about appointments.

A comment amends the days when it is understood; otherwise it stands beside them. The cells of the current generation
are strict ("08:30 - 12:00 / 13:30 - 17:00", "00:00 - 00:00" for a closed half-day), the older ones are free French.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from portal.core.problems import Problem
from portal.core.text import fold
from portal.hours.canonical import canonical, glued
from portal.hours.french import faults, read_comment, read_day
from portal.hours.slots import DAY, Appointment, DayRule, Opening, Slot, Unread, Weekday

DAY_NAMES = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_CLOSED = frozenset({"", "-", "--", "/", "na", "ferme", "fermee", "neant", "x"})
_PAIR = r"\d{1,2}:\d{2}\s*[-–—]\s*\d{1,2}:\d{2}"
_STRICT = re.compile(rf"\s*{_PAIR}(?:\s*/\s*{_PAIR}){{0,9}}\s*")
_TIME = re.compile(r"(\d{1,2}):(\d{2})")
_HOUR = 60
_APPOINTMENTS = {"oui": Appointment.POSSIBLE, "non": Appointment.NONE, "": Appointment.NONE}


def read_days(cells: Mapping[Weekday, str], comment: str = "", appointment: str = "") -> tuple[Opening, list[Problem]]:
    """Read the cells of a week, then let the comment and the appointment column amend them.

    An empty cell among others means closed that day; a week of empty cells means that nobody wrote the hours.
    """
    openings, problems = _cells(cells)
    manner = _APPOINTMENTS.get(fold(appointment).strip())
    if manner is None:
        problems.append(faults.fault("rendez-vous-inconnu", appointment, "rendez-vous"))
    slots = tuple(
        replace(slot, appointment=manner or slot.appointment) for opening in openings for slot in opening.slots
    )
    unread = tuple(words for opening in openings for words in opening.unread)
    amended, remarks = read_comment(comment, slots)
    problems += [replace(problem, field="commentaire") for problem in remarks]
    return canonical(replace(amended, unread=unread + amended.unread)), problems


def _cells(cells: Mapping[Weekday, str]) -> tuple[list[Opening], list[Problem]]:
    filled = {day: cell for day, cell in cells.items() if fold(cell).strip(" .\u00a0\t\n") not in _CLOSED}
    openings: dict[Weekday, Opening] = {}
    problems: list[Problem] = []
    for day, cell in sorted(filled.items()):
        openings[day], found = _cell(cell, day)
        problems += [replace(problem, field=DAY_NAMES[day]) for problem in found]
    if any(problem.code == "saison-sans-dates" for problem in problems):
        problems += _doubt_seasons(openings, filled)
    return list(openings.values()), problems


def _doubt_seasons(openings: dict[Weekday, Opening], cells: Mapping[Weekday, str]) -> list[Problem]:
    """Doubt the other seasons of a row whose seasons contradict one another: the mistake is the same in all."""
    problems = []
    for day, opening in openings.items():
        if any(slot.rule.season for slot in opening.slots):
            openings[day] = Opening(unread=(Unread(cells[day].strip(), DayRule(days=frozenset({day}))),))
            problems.append(faults.fault("ligne-a-verifier", cells[day], DAY_NAMES[day]))
    return problems


def _cell(cell: str, day: Weekday) -> tuple[Opening, list[Problem]]:
    days = frozenset({day})
    if _STRICT.fullmatch(cell):
        return _strict(cell, days)
    return read_day(cell, days)


def _strict(cell: str, days: frozenset[Weekday]) -> tuple[Opening, list[Problem]]:
    minutes = [int(hour) * _HOUR + int(minute) for hour, minute in _TIME.findall(cell)]
    pairs = [pair for pair in zip(minutes[::2], minutes[1::2], strict=True) if pair != (0, 0)]
    if not _are_times(cell) or any(start >= end for start, end in pairs):
        return Opening(unread=(Unread(cell.strip(), DayRule(days=days)),)), [faults.fault("heures-inversees", cell)]
    if not pairs:
        return Opening(), []
    times = glued(pairs)
    overlaps = sum(end - start for start, end in pairs) > sum(span.end - span.start for span in times)
    problems = [faults.fault("plages-chevauchantes", cell)] if overlaps else []
    return Opening(slots=(Slot(times, DayRule(days=days)),)), problems


def _are_times(cell: str) -> bool:
    return all(int(minute) < _HOUR and int(hour) * _HOUR + int(minute) <= DAY for hour, minute in _TIME.findall(cell))
