"""Write an opening as a secretary would check it, for the tables of cases; independent of the writers."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from portal.hours.slots import (
    DAY,
    EVERY_DAY,
    Appointment,
    DatedException,
    DayRule,
    ExceptionKind,
    Mode,
    Opening,
    PublicHolidays,
    SchoolHolidays,
    Slot,
    TimeSpan,
    Unread,
    Weeks,
)

_DAYS = ("lu", "ma", "me", "je", "ve", "sa", "di")
_PUBLIC = {
    PublicHolidays.CLOSED: "fériés fermé",
    PublicHolidays.OPEN: "fériés ouvert",
    PublicHolidays.ONLY: "fériés seulement",
    PublicHolidays.UNSTATED: "",
}
_SCHOOL = {
    SchoolHolidays.ALWAYS: "",
    SchoolHolidays.EXCEPT: "hors vacances",
    SchoolHolidays.ONLY: "vacances",
}
_WEEKS = {Weeks.EVERY: "", Weeks.EVEN: "semaines paires", Weeks.ODD: "semaines impaires"}
_MODES = {Mode.ON_SITE: "", Mode.PHONE: "téléphone", Mode.VIDEO: "visio", Mode.HOME: "domicile"}
_APPOINTMENTS = {Appointment.NONE: "", Appointment.POSSIBLE: "rdv possible", Appointment.REQUIRED: "rdv"}


def dump(opening: Opening) -> str:
    """Write the whole opening on one line: slots, then dated exceptions, then what is in doubt."""
    parts = [_slot(slot) for slot in opening.slots]
    parts += [_exception(exception) for exception in opening.exceptions]
    parts += sorted({_unread(unread) for unread in opening.unread})
    return " ; ".join(parts)


def _joined(*words: str) -> str:
    return " ".join(word for word in words if word)


def _slot(slot: Slot) -> str:
    return _joined(_rule(slot.rule), _times(slot.times), _MODES[slot.mode], _APPOINTMENTS[slot.appointment])


def _rule(rule: DayRule) -> str:
    nth = "[" + ",".join(str(number) for number in sorted(rule.nth)) + "]" if rule.nth else ""
    zones = "zone " + "".join(sorted(rule.zones)) if rule.zones else ""
    return _joined(
        _days(rule) + nth,
        _WEEKS[rule.weeks],
        _season(rule),
        _valid(rule),
        _SCHOOL[rule.school_holidays],
        zones,
        _PUBLIC[rule.public_holidays],
    )


def _days(rule: DayRule) -> str:
    days = rule.days
    if rule.dates:
        return ",".join(_date(day) for day in sorted(rule.dates))
    if days == EVERY_DAY:
        return "tlj"
    ordered = sorted(days)
    is_range = len(ordered) > 2 and ordered[-1] - ordered[0] == len(ordered) - 1
    return f"{_DAYS[ordered[0]]}-{_DAYS[ordered[-1]]}" if is_range else ",".join(_DAYS[day] for day in ordered)


def _season(rule: DayRule) -> str:
    if rule.season is None:
        return ""
    first, last = rule.season.first, rule.season.last
    return f"{first.day:02}/{first.month:02}..{last.day:02}/{last.month:02}"


def _valid(rule: DayRule) -> str:
    if rule.valid_from is None and rule.valid_to is None:
        return ""
    return f"{_date(rule.valid_from)}..{_date(rule.valid_to)}"


def _date(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _times(times: tuple[TimeSpan, ...]) -> str:
    return ",".join(f"{_clock(span.start)}-{_clock(span.end)}" for span in times)


def _clock(minute: int) -> str:
    minute = minute - DAY if minute > DAY else minute
    hours, minutes = divmod(minute, 60)
    return f"{hours}h{minutes:02}" if minutes else f"{hours}h"


def _exception(exception: DatedException) -> str:
    words = {ExceptionKind.CLOSED: "fermé", ExceptionKind.EXTRA: "ouvert", ExceptionKind.MESSAGE: "message"}
    last = f"-{_date(exception.last)}" if exception.last != exception.first else ""
    dates = _date(exception.first) + last
    manner = _joined(_MODES[exception.mode], _APPOINTMENTS[exception.appointment])
    return _joined(words[exception.kind], dates, _times(exception.times), manner)


def _unread(unread: Unread) -> str:
    if unread.touches is None:
        return "? à côté"
    is_only = unread.touches.public_holidays is PublicHolidays.ONLY
    rule = unread.touches if is_only else replace(unread.touches, public_holidays=PublicHolidays.UNSTATED)
    return _joined("?", _rule(rule), _times(unread.times))


def table(path: Path) -> dict[str, str]:
    """Read a table of cases: a text, a sign of equality, what must be read; the reading may stand on the next line."""
    cases: dict[str, str] = {}
    text = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("    = "):
            cases[text] = line.removeprefix("    = ")
        elif " = " in line and not line.startswith("#"):
            text, _, cases[text] = line.partition(" = ")
        else:
            text = line
    return cases
