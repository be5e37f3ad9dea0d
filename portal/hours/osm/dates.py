"""Read the dates of a rule: years, months, days of the year, weeks."""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

from portal.hours.osm.cursor import Cursor, UnreadableWords
from portal.hours.osm.tokens import Kind
from portal.hours.osm.values import Days, Doubt
from portal.hours.slots import DayRule, MonthDay, Season, Weekday, Weeks

MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
_LEAP_YEAR = 2024
_EARLIEST_EASTER, _LATEST_EASTER = date(2024, 3, 22), date(2024, 4, 25)
_LAST_WEEK = 53
_YEAR_FIGURES = 4
_ODD = frozenset(range(1, _LAST_WEEK + 1, 2))
_EVEN = frozenset(range(2, _LAST_WEEK + 1, 2))


@dataclass(frozen=True)
class _Point:
    """A year, month and day of which some are given."""

    year: int | None
    month: int
    day: int | None


def starts_dates(cursor: Cursor) -> bool:
    """Tell whether a year, a month or Easter stands at this place."""
    return _is_year(cursor) or (cursor.next.kind is Kind.WORD and cursor.next.text in {*MONTHS, "easter"})


def _is_year(cursor: Cursor, ahead: int = 0) -> bool:
    token = cursor.ahead(ahead)
    return token.kind is Kind.NUMBER and len(token.text) == _YEAR_FIGURES


def read_dates(cursor: Cursor) -> Days:
    """Read a list of dates and stretches of dates."""
    found = [_one(cursor, None)]
    while cursor.next.text == "," and _date_follows(cursor):
        cursor.take()
        found.append(_one(cursor, found[-1].rules[0]))
    return Days(
        rules=tuple(rule for days in found for rule in days.rules),
        stated=True,
        doubts=tuple(doubt for days in found for doubt in days.doubts),
    )


def _date_follows(cursor: Cursor) -> bool:
    token = cursor.ahead(1)
    return token.kind is Kind.NUMBER or token.text in {*MONTHS, "easter"}


def _one(cursor: Cursor, before: DayRule | None) -> Days:
    if cursor.take_word("easter"):
        return _easter(cursor)
    if _is_year(cursor) and cursor.ahead(1).text not in MONTHS:
        return _years(cursor)
    first = _point(cursor, _point_before(before))
    if first.year is None and before is not None and before.valid_from is not None:
        raise UnreadableWords  # 2026 Dec 24,Dec 31: the year of the second date is anyone's guess
    if first.year is not None and cursor.take_mark("+"):
        return Days((replace(_stretch(first, first), valid_to=None),))
    if not cursor.take_mark("-"):
        return Days((_stretch(first, first),))
    return Days((_stretch(first, _point(cursor, first)),))


def _point_before(rule: DayRule | None) -> _Point | None:
    """Let `Dec 24,26` keep its month."""
    if rule is None or rule.season is None:
        return None
    return _Point(None, rule.season.last.month, rule.season.last.day)


def _point(cursor: Cursor, before: _Point | None) -> _Point:
    year = cursor.take_number() if _is_year(cursor) else None
    word = cursor.take_word(*MONTHS)
    if not word and (before is None or before.day is None or year is not None):
        raise UnreadableWords
    month = MONTHS[word] if word else before.month if before else 0
    has_day = cursor.next.kind is Kind.NUMBER and not _is_year(cursor)
    if not word and not has_day:
        raise UnreadableWords
    day = cursor.take_number() if has_day else None
    if day is not None and not 1 <= day <= monthrange(_LEAP_YEAR, month)[1]:
        raise UnreadableWords
    if year is None and before is not None:
        year = before.year
    return _Point(year, month, day)


def _stretch(first: _Point, last: _Point) -> DayRule:
    start = MonthDay(first.month, first.day or 1)
    end = MonthDay(last.month, last.day or monthrange(_LEAP_YEAR, last.month)[1])
    if (first.day is None) != (last.day is None) or (first.year is None and last.year is not None):
        raise UnreadableWords
    if first.year is None or last.year is None:
        return DayRule(season=Season(start, end))
    valid_from = _day(first.year, start)
    valid_to = _day(last.year, end if last.day else MonthDay(end.month, monthrange(last.year, end.month)[1]))
    if valid_from > valid_to:
        raise UnreadableWords
    return DayRule(valid_from=valid_from, valid_to=valid_to)


def _day(year: int, day: MonthDay) -> date:
    if day == MonthDay(2, 29) and monthrange(year, 2)[1] < day.day:
        raise UnreadableWords
    return _new_year(year).replace(month=day.month, day=day.day)


def _new_year(year: int) -> date:
    if not date.min.year < year < date.max.year:
        raise UnreadableWords
    return date(year, 1, 1)


def _years(cursor: Cursor) -> Days:
    first = _new_year(cursor.take_number())
    if cursor.take_mark("+"):
        return _with_months(cursor, DayRule(valid_from=first))
    last = _new_year(cursor.take_number()) if cursor.take_mark("-") else first
    if last < first:
        raise UnreadableWords
    rule = DayRule(valid_from=first, valid_to=last.replace(month=12, day=31))
    if cursor.take_mark("/"):
        cursor.take_number()
        return Days((rule,), doubts=(Doubt.YEARS,))
    return _with_months(cursor, rule)


def _with_months(cursor: Cursor, years: DayRule) -> Days:
    """Read `2026-2027 Jun-Sep`: the months of each of those years."""
    if not (cursor.next.kind is Kind.WORD and cursor.next.text in MONTHS):
        return Days((years,))
    months = read_dates(cursor)
    if any(rule.season is None for rule in months.rules):
        raise UnreadableWords
    return Days(
        rules=tuple(replace(rule, valid_from=years.valid_from, valid_to=years.valid_to) for rule in months.rules),
        doubts=months.doubts,
    )


def _easter(cursor: Cursor) -> Days:
    """Keep the weeks where Easter can fall: the model has no movable day of its own."""
    sign = 1 if cursor.take_mark("+") else -1 if cursor.take_mark("-") else 0
    offset = sign * cursor.take_number() if sign else 0
    if sign and not cursor.take_word("day", "days"):
        raise UnreadableWords
    if not -60 <= offset <= 60:  # noqa: PLR2004 - Pentecost Monday is the farthest movable day, 50 days on
        raise UnreadableWords
    first, last = (day + timedelta(offset) for day in (_EARLIEST_EASTER, _LATEST_EASTER))
    season = Season(MonthDay(first.month, first.day), MonthDay(last.month, last.day))
    weekday = Weekday((Weekday.SUNDAY + offset) % len(Weekday))
    return Days((DayRule(days=frozenset({weekday}), season=season),), doubts=(Doubt.EASTER,))


def read_weeks(cursor: Cursor) -> Days:
    """Read `week 1-53/2`: odd and even weeks are of the model, other lists are not."""
    weeks: set[int] = set()
    while True:
        first = cursor.take_number()
        last = cursor.take_number() if cursor.take_mark("-") else first
        step = cursor.take_number() if cursor.take_mark("/") else 1
        if not (1 <= first <= last <= _LAST_WEEK and step):
            raise UnreadableWords
        weeks |= set(range(first, last + 1, step))
        if cursor.next.text != "," or cursor.ahead(1).kind is not Kind.NUMBER:
            break
        cursor.take()
    known = {_ODD: Weeks.ODD, _EVEN: Weeks.EVEN, _ODD | _EVEN: Weeks.EVERY}.get(frozenset(weeks))
    return Days((DayRule(weeks=known or Weeks.EVERY),), stated=True, doubts=() if known else (Doubt.WEEKS,))
