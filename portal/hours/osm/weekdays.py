"""Read the weekdays of a rule: `Mo-Fr,PH`, `Th[1,-1]`, `SH Mo-Fr`."""

from dataclasses import dataclass, field

from portal.hours.osm.cursor import Cursor, UnreadableWords
from portal.hours.osm.day_sets import disjoint, shared
from portal.hours.osm.tokens import Kind
from portal.hours.osm.values import Days, Doubt
from portal.hours.slots import EVERY_DAY, DayRule, PublicHolidays, SchoolHolidays, Weekday

DAYS = {"mo": 0, "tu": 1, "we": 2, "th": 3, "fr": 4, "sa": 5, "su": 6}
_HOLIDAYS = {
    "ph": DayRule(public_holidays=PublicHolidays.ONLY),
    "sh": DayRule(school_holidays=SchoolHolidays.ONLY),
}
_LONGEST_MONTH = 5


@dataclass
class _Found:
    """What a list of days has named so far."""

    days: set[Weekday] = field(default_factory=set)
    counted: list[DayRule] = field(default_factory=list)
    holidays: list[DayRule] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    def rules(self) -> tuple[DayRule, ...]:
        """Give the union of what was named, no day twice."""
        plain = [DayRule(days=frozenset(self.days))] if self.days else []
        return tuple(disjoint((*plain, *self.counted, *self.holidays)))


def starts_weekdays(cursor: Cursor) -> bool:
    """Tell whether weekdays or holidays stand at this place."""
    return cursor.next.kind is Kind.WORD and cursor.next.text in {*DAYS, *_HOLIDAYS}


def read_weekdays(cursor: Cursor) -> Days:
    """Read a list of weekdays and holidays; holidays followed by a list without comma narrow it."""
    found = _read_list(cursor)
    if not (found.holidays and not found.days and not found.counted and starts_weekdays(cursor)):
        return Days(found.rules(), stated=True, doubts=tuple(found.doubts))
    narrowed = _read_list(cursor)
    if narrowed.holidays:
        raise UnreadableWords
    rules = [rule for day in narrowed.rules() for holiday in found.rules() for rule in shared(day, holiday)]
    return Days(tuple(rules), stated=True, doubts=(*found.doubts, *narrowed.doubts))


def _read_list(cursor: Cursor) -> _Found:
    found = _Found()
    _read_one(cursor, found)
    while cursor.next.text == "," and cursor.ahead(1).text in {*DAYS, *_HOLIDAYS}:
        cursor.take()
        _read_one(cursor, found)
    return found


def _read_one(cursor: Cursor, found: _Found) -> None:
    holiday = cursor.take_word(*_HOLIDAYS)
    if holiday:
        found.holidays.append(DayRule() if _offset(cursor, found) else _HOLIDAYS[holiday])
        return
    first = cursor.take_word(*DAYS)
    if not first:
        raise UnreadableWords
    days = _range(cursor, first)
    if not cursor.take_mark("["):
        found.days |= days
        return
    nth = _nth(cursor)
    moved = _offset(cursor, found)
    found.counted.append(DayRule() if moved else DayRule(days=days, nth=nth))


def _range(cursor: Cursor, first: str) -> frozenset[Weekday]:
    if not cursor.take_mark("-"):
        return frozenset({Weekday(DAYS[first])})
    last = cursor.take_word(*DAYS)
    if not last:
        raise UnreadableWords
    return day_range(first, last)


def day_range(first: str, last: str) -> frozenset[Weekday]:
    """Give the days from one to another, both included, across Sunday if need be."""
    length = (DAYS[last] - DAYS[first]) % len(EVERY_DAY)
    return frozenset(Weekday((DAYS[first] + step) % len(EVERY_DAY)) for step in range(length + 1))


def _nth(cursor: Cursor) -> frozenset[int]:
    nth: set[int] = set()
    while True:
        sign = -1 if cursor.take_mark("-") else 1
        first = sign * cursor.take_number()
        last = cursor.take_number() if sign > 0 and cursor.take_mark("-") else first
        nth |= set(range(first, last + 1))
        if not cursor.take_mark(","):
            break
    if not cursor.take_mark("]") or not nth or not all(1 <= abs(n) <= _LONGEST_MONTH for n in nth):
        raise UnreadableWords
    return frozenset(nth)


def _offset(cursor: Cursor, found: _Found) -> bool:
    """Go past `+1 day`: the days it leads to are not of the model, so every day is in doubt."""
    if cursor.next.text not in {"+", "-"}:
        return False
    cursor.take()
    cursor.take_number()
    if not cursor.take_word("day", "days"):
        raise UnreadableWords
    found.doubts.append(Doubt.DAY_OFFSET)
    return True
