"""The formats of hours a person may type or paste, each with the reader it goes to."""

import csv
import io
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum

from portal.core.problems import Problem
from portal.core.text import fold
from portal.hours.dila import read_ranges
from portal.hours.france_services import DAY_NAMES, read_days
from portal.hours.french import read_french
from portal.hours.gtfs import read_gtfs
from portal.hours.osm import read_osm
from portal.hours.slots import DayRule, Opening, Unread, Weekday

Read = tuple[Opening, tuple[Problem, ...]]

EMPTY = Problem(code="horaires-vides", text="Les horaires sont vides : indiquez les jours et les heures.")


class Format(StrEnum):
    """How hours are written."""

    FRENCH = "french"
    FRANCE_SERVICES = "france-services"
    DILA = "dila"
    OSM = "osm"
    GTFS = "gtfs"


def read_hours(text: str, written: Format, today: date) -> Read:
    """Read hours in a format; empty ones are a problem in all of them."""
    return _READERS[written](text, today) if text.strip() else (Opening(), (EMPTY,))


def _french(text: str, _today: date) -> Read:
    opening, problems = read_french(text)
    return opening, tuple(problems)


def _osm(text: str, _today: date) -> Read:
    return read_osm(text)


def _gtfs(text: str, today: date) -> Read:
    """Read `calendar.txt`, `calendar_dates.txt` or both, a blank line between them."""
    calendars: list[Mapping[str, str]] = []
    changes: list[Mapping[str, str]] = []
    for table in text.replace("\r\n", "\n").split("\n\n"):
        rows = _rows(table)
        (changes if rows and "exception_type" in rows[0] else calendars).extend(rows)
    return read_gtfs(calendars, changes, today=today)


def _rows(table: str) -> list[Mapping[str, str]]:
    lines = [line for line in table.lstrip("\ufeff").splitlines() if line.strip()]
    reader = csv.DictReader(io.StringIO("\n".join(lines)), restkey="", restval="")
    try:
        return [{key.strip(): value for key, value in row.items() if isinstance(value, str)} for row in reader]
    except csv.Error:
        return []


_COLUMN = re.compile(r"(?:^|;|\n)\s*([^\W\d]\w*)\s*=")


def _france_services(text: str, _today: date) -> Read:
    """Read the columns of a week, as `lundi=…; mardi=…` or as the JSON of a row."""
    cells: dict[Weekday, str] = {}
    besides = {"comment": "", "rdv": ""}
    problems: list[Problem] = []
    for name, cell in _columns(text).items():
        folded = fold(name)
        day = next((day for day in Weekday if folded.endswith(DAY_NAMES[day])), None)
        beside = next((word for word in besides if word in folded), None)
        if day is not None:
            cells[day] = cell
        elif beside is not None:
            besides[beside] = cell
        elif not _is_row(text) or folded.startswith("h_"):
            problems.append(replace(_UNKNOWN_COLUMN, value=name))
    if not cells:
        return Opening(unread=(Unread(text, DayRule()),)), (*problems, replace(_NO_COLUMN, value=text))
    opening, found = read_days(cells, besides["comment"], besides["rdv"])
    return opening, (*problems, *found)


def _is_row(text: str) -> bool:
    """Tell whether a whole row was pasted: most of its columns are about something else."""
    return text.lstrip().startswith("{")


_UNKNOWN_COLUMN = Problem(
    code="colonne-inconnue", text="Cette colonne n’est pas connue : nommez-la lundi à dimanche, commentaire ou rdv."
)
_NO_COLUMN = Problem(
    code="colonnes-absentes", text="Aucune colonne de jour n’est reconnue : écrivez « lundi=08:30 - 12:00; mardi=… »."
)


def _columns(text: str) -> Mapping[str, str]:
    decoded = _decoded(text)
    if isinstance(decoded, dict):
        return {str(name): cell if isinstance(cell, str) else "" for name, cell in decoded.items()}
    pieces = _COLUMN.split(text)
    return dict(zip(pieces[1::2], (cell.strip() for cell in pieces[2::2]), strict=True))


def _dila(text: str, _today: date) -> Read:
    """Read a list of ranges, or a record that holds one under `plage_ouverture`."""
    decoded = _decoded(text)
    if isinstance(decoded, dict):
        ranges = decoded.get("plage_ouverture", decoded if _is_range(decoded) else text)
        comment = decoded.get("commentaire_plage_ouverture", "")
        opening, problems = read_ranges([ranges] if isinstance(ranges, dict) else ranges, comment)
    else:
        opening, problems = read_ranges(text)
    return opening, tuple(problems)


def _is_range(record: Mapping[str, object]) -> bool:
    return "nom_jour_debut" in record


def _decoded(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


_READERS: Mapping[Format, Callable[[str, date], Read]] = {
    Format.FRENCH: _french,
    Format.FRANCE_SERVICES: _france_services,
    Format.DILA: _dila,
    Format.OSM: _osm,
    Format.GTFS: _gtfs,
}
