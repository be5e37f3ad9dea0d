"""The times a visitor can ask for, as values: `samedi`, `demain-matin`, `2026-12-01T18:30`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from search_index.times import Span

DAY = 1440
_WEEK = 7
_YEARS = range(2000, 2100)
_FRIDAY, _SATURDAY, _SUNDAY = 4, 5, 6


class DayName(StrEnum):
    """A day that depends on today; the value is what a URL carries."""

    NOW = "maintenant"
    TODAY = "aujourdhui"
    TOMORROW = "demain"
    AFTER_TOMORROW = "apres-demain"
    MONDAY = "lundi"
    TUESDAY = "mardi"
    WEDNESDAY = "mercredi"
    THURSDAY = "jeudi"
    FRIDAY = "vendredi"
    SATURDAY = "samedi"
    SUNDAY = "dimanche"
    WORKDAY = "jour-de-semaine"
    """The next day from Monday to Friday: what is meant by a habit, such as "tôt le matin"."""
    WEEK = "cette-semaine"
    NEXT_WEEK = "semaine-prochaine"
    WEEKEND = "week-end"

    @property
    def is_long(self) -> bool:
        """Tell whether it is more than one day: no hours are told apart inside it."""
        return self in {DayName.WEEK, DayName.NEXT_WEEK, DayName.WEEKEND}


WEEKDAYS = (
    DayName.MONDAY,
    DayName.TUESDAY,
    DayName.WEDNESDAY,
    DayName.THURSDAY,
    DayName.FRIDAY,
    DayName.SATURDAY,
    DayName.SUNDAY,
)


@dataclass(frozen=True, order=True)
class Hours:
    """Minutes of a day, the end not included; an instant is one minute."""

    start: int = 0
    end: int = DAY

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end <= DAY:
            message = f"no minutes of a day: {self.start}-{self.end}"
            raise ValueError(message)


WHOLE_DAY = Hours()
EARLY = Hours(5 * 60, 8 * 60)
MORNING = Hours(6 * 60, 12 * 60)
# A desk that closes at noon and opens at two is not open "entre midi et deux".
LUNCH = Hours(12 * 60 + 30, 13 * 60 + 30)
AFTERNOON = Hours(13 * 60, 18 * 60)
EVENING = Hours(18 * 60, DAY)
_USUALLY_BEGINS, _USUALLY_ENDS = 7 * 60, 20 * 60
_PARTS: Mapping[str, Hours] = {
    "tot-le-matin": EARLY,
    "matin": MORNING,
    "midi": LUNCH,
    "apres-midi": AFTERNOON,
    "soir": EVENING,
}
_PART_NAMES = {hours: name for name, hours in _PARTS.items()}


@dataclass(frozen=True)
class When:
    """A day, named or dated, and hours of it."""

    day: DayName | date
    hours: Hours = WHOLE_DAY

    def __post_init__(self) -> None:
        if isinstance(self.day, DayName) and self.hours != WHOLE_DAY and (self.day.is_long or self.day is DayName.NOW):
            message = f"{self.day} has no hours"
            raise ValueError(message)

    @property
    def is_at_odd_hours(self) -> bool:
        """Tell whether it is early, late, at night or on a Sunday: when usual services rest."""
        if self.hours == WHOLE_DAY:
            return self.day is DayName.SUNDAY
        return (self.hours.start < _USUALLY_BEGINS and self.hours != MORNING) or self.hours.end > _USUALLY_ENDS

    def __str__(self) -> str:
        """Write it as a URL does."""
        if isinstance(self.day, DayName):
            return self.day.value if self.hours == WHOLE_DAY else f"{self.day}-{_write_hours(self.hours)}"
        if self.hours.end - self.hours.start == 1:
            return f"{self.day}T{self.hours.start // 60:02}:{self.hours.start % 60:02}"
        return str(self.day) if self.hours == WHOLE_DAY else f"{self.day}-{_write_hours(self.hours)}"


NOW = When(DayName.NOW)

_CLOCK = r"([01]?\d|2[0-4])h([0-5]\d)?"
_HOURS = re.compile(rf"(?:(apres|avant)-)?{_CLOCK}(?:-{_CLOCK})?", re.ASCII)
_INSTANT = re.compile(r"(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):([0-5]\d)(?::\d\d)?", re.ASCII)
_DATED = re.compile(r"(\d{4}-\d\d-\d\d)(?:-(.+))?", re.ASCII)


def read_when(text: str) -> When | None:
    """Read what a URL carries; None when it is no time we know."""
    instant = _INSTANT.fullmatch(text)
    if instant:
        minute = int(instant[2]) * 60 + int(instant[3])
        return _when(_date(instant[1]), Hours(minute, minute + 1))
    dated = _DATED.fullmatch(text)
    if dated:
        return _when(_date(dated[1]), _read_hours(dated[2]))
    # The longest name first: "jour-de-semaine-matin" begins with no shorter one, "semaine-prochaine" might.
    for name in sorted(DayName, key=len, reverse=True):
        if text == name or text.startswith(f"{name}-"):
            return _when(name, _read_hours(text[len(name) + 1 :]))
    return None


def _when(day: DayName | date | None, hours: Hours | None) -> When | None:
    if day is None or hours is None:
        return None
    is_without_hours = isinstance(day, DayName) and (day.is_long or day is DayName.NOW)
    return None if is_without_hours and hours != WHOLE_DAY else When(day, hours)


def _date(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in _YEARS else None


def _write_hours(hours: Hours) -> str:
    if hours in _PART_NAMES:
        return _PART_NAMES[hours]
    if hours.end - hours.start == 1:
        return _write_clock(hours.start)
    if hours.end == DAY:
        return f"apres-{_write_clock(hours.start)}"
    return f"{_write_clock(hours.start)}-{_write_clock(hours.end)}"


def _write_clock(minute: int) -> str:
    return f"{minute // 60}h{minute % 60:02}" if minute % 60 else f"{minute // 60}h"


def _read_hours(text: str | None) -> Hours | None:
    if not text:
        return WHOLE_DAY
    if text in _PARTS:
        return _PARTS[text]
    found = _HOURS.fullmatch(text)
    if found is None:
        return None
    side, hour, minute, last_hour, last_minute = found.groups()
    start = int(hour) * 60 + int(minute or 0)
    return hours_said(side, start, None if last_hour is None else int(last_hour) * 60 + int(last_minute or 0))


def hours_said(side: str | None, start: int, end: int | None = None) -> Hours | None:
    """Make the hours of "après 18h", "avant 9h", "à 14h", "de 14h à 16h"; None for what no day holds."""
    first, last = start, end if end is not None else start + 1
    if side == "avant":
        first, last = 0, start
    elif side == "apres":
        last = DAY
    return Hours(first, last) if 0 <= first < last <= DAY else None


def span_of(when: When, now: datetime) -> Span:
    """Give the absolute minutes meant, seen from an instant of the territory; what has passed today is left out."""
    if when.day is DayName.NOW:
        minute = _minute(now)
        return Span(minute, minute)
    first, last = days_of(when, now)
    start, end = _at(first, when.hours.start, now), _at(last, when.hours.end, now)
    # Of today only what is left counts, unless nothing is.
    return Span(max(start, min(_minute(now), end - 1)), max(end - 1, start))


def days_of(when: When, now: datetime) -> tuple[date, date]:
    """Give the first and last day meant, seen from an instant of the territory."""
    today = now.date()
    if isinstance(when.day, date):
        return when.day, when.day
    if when.day is DayName.WEEK:
        # On a Saturday, "cette semaine" is no longer the one that ends: what is asked for lies ahead.
        n_days = _SUNDAY - today.weekday()
        return today, today + timedelta(days=n_days if today.weekday() <= _FRIDAY else n_days + _WEEK)
    if when.day is DayName.NEXT_WEEK:
        monday = today + timedelta(days=_WEEK - today.weekday())
        return monday, monday + timedelta(days=_SUNDAY)
    if when.day is DayName.WEEKEND:
        sunday = today + timedelta(days=_SUNDAY - today.weekday())
        return max(today, sunday - timedelta(days=1)), sunday
    day = _single_day(when.day, when.hours, now)
    return day, day


def coming(name: DayName, today: date) -> date:
    """Give the next day of a name after today: on a Saturday, the Saturday of next week."""
    return today + timedelta(days=(WEEKDAYS.index(name) - today.weekday() - 1) % _WEEK + 1)


def a_week_later(when: When, now: datetime) -> When | None:
    """Give the same hours a week later, where the name of today's weekday may have meant that day, too."""
    is_today = when.day in WEEKDAYS and days_of(when, now)[0] == now.date()
    return When(now.date() + timedelta(days=_WEEK), when.hours) if is_today else None


def _single_day(name: DayName, hours: Hours, now: datetime) -> date:
    today, is_over = now.date(), now.hour * 60 + now.minute >= hours.end
    plain = {DayName.TODAY: 0, DayName.NOW: 0, DayName.TOMORROW: 1, DayName.AFTER_TOMORROW: 2}
    if name in plain:
        return today + timedelta(days=plain[name])
    day = today + timedelta(days=1) if is_over else today
    if name is DayName.WORKDAY:
        return day if day.weekday() <= _FRIDAY else day + timedelta(days=_WEEK - day.weekday())
    return day + timedelta(days=(WEEKDAYS.index(name) - day.weekday()) % _WEEK)


def _minute(instant: datetime) -> int:
    return int(instant.timestamp() // 60)


def _at(day: date, minute: int, now: datetime) -> int:
    # Wall time: on the night of the clock change, eight o'clock is not the 480th minute of the day.
    naive = datetime.combine(day, time.min) + timedelta(minutes=minute)
    return _minute(naive.replace(tzinfo=now.tzinfo))
