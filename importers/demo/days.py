"""Days told from a reference day, so that closures and tours of the demonstration are always around now."""

import re
from datetime import date, timedelta

_DAY = re.compile(r"(J|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)([+-]\d{1,4})?")
_IN_TEXT = re.compile(r"\{([^{}]+)\}")
_WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
DAY_FORM = _DAY.pattern
DAY_EXAMPLE = "J+10, J-3 ou mardi+7"


def read_day(words: str, *, reference_day: date) -> date | None:
    """Read "J-3" or "mardi+7" (the first Tuesday from the reference day, and seven days more)."""
    parts = _DAY.fullmatch(words)
    if parts is None:
        return None
    anchor, days = parts[1], int(parts[2] or 0)
    ahead = 0 if anchor == "J" else (_WEEKDAYS.index(anchor) - reference_day.weekday()) % 7
    return reference_day + timedelta(days=ahead + days)


def write_day(day: date) -> str:
    """Write a date as a sentence holds it: "1er décembre 2026"."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number} {_MONTHS[day.month - 1]} {day.year}"


def fill_days(text: str, *, reference_day: date) -> str:
    """Replace "{J+10}" in a sentence by the day it means; what is no day stays as it stands."""

    def written(part: re.Match[str]) -> str:
        day = read_day(part[1], reference_day=reference_day)
        return part[0] if day is None else write_day(day)

    return _IN_TEXT.sub(written, text)
