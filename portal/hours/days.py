"""What shows on each day of an opening in the calendar of its place, remembered by kind of day.

Most weeks are alike: two days on which the rules say the same, after two evenings that are the same, look the same.
Nothing kept here depends on the present.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

import numpy as np

from portal.hours import layers, matching, wall
from portal.hours.calendar import Calendar
from portal.hours.layers import Layer, Shown, Status
from portal.hours.matching import Flags, Match
from portal.hours.slots import DayRule, Opening

FIRST_DAY = date(matching.FIRST_YEAR, 1, 2).toordinal()
LAST_DAY = date(matching.LAST_YEAR, 12, 30).toordinal()
"""Days are given by their ordinals; nothing is said of those before the first and after the last."""


LONGEST_BREAK = 45
"""Days without any slot in force that are still a closure between two openings ("fermé en août"), not a season over.

Before the very first day of all slots no season is over either: it has not begun.
"""


class Kind(NamedTuple):
    """What tells a kind of day from another for one opening."""

    matches: bytes
    """What the rule of each slot, then of each touching unread, says of it."""
    exceptions: tuple[int, ...]
    """The places of its exceptions in the list of the opening."""


class _Page(NamedTuple):
    """A year of the opening: what each of its rules says of each day."""

    first: int
    last: int
    tables: tuple[bytes, ...]


class Days:
    """The days of one opening."""

    __slots__ = ("_layers", "_page", "_pages", "_rules", "_shown", "calendar", "opening")

    def __init__(self, opening: Opening, calendar: Calendar) -> None:
        self.opening = opening
        self.calendar = calendar
        touching = [unread.touches for unread in opening.unread if unread.touches is not None]
        self._rules: tuple[DayRule, ...] = (*(slot.rule for slot in opening.slots), *touching)
        self._page = _Page(1, 0, ())
        self._pages: dict[int, _Page] = {}
        self._layers: dict[Kind, tuple[Layer, ...]] = {}
        self._shown: dict[tuple[Kind, Kind], tuple[Shown, ...]] = {}

    def kind_of(self, day: int) -> Kind:
        """Give what tells a day from others."""
        # Taken once and put back whole: another thread may be turning to another year meanwhile.
        page = self._page
        if not page.first <= day <= page.last:
            year = date.fromordinal(day).year
            page = self._page = self._pages.get(year) or self._pages.setdefault(year, self._page_of(year))
        place = day - page.first
        exceptions: tuple[int, ...] = ()
        if self.opening.exceptions:
            exceptions = layers.exceptions_on(self.opening.exceptions, date.fromordinal(day))
        return Kind(bytes([table[place] for table in page.tables]), exceptions)

    def shown_on(self, day: int) -> tuple[Shown, ...]:
        """Tell what shows on the wall clock of a day, from minute 0 to 1440."""
        return self.shown_after(self.kind_of(day - 1), self.kind_of(day))

    def shown_after(self, before: Kind, kind: Kind) -> tuple[Shown, ...]:
        """Tell what shows on a kind of day that follows another kind of day."""
        shown = self._shown.get((before, kind))
        if shown is None:
            tails = layers.tails_of(self._layers_of(before))
            shown = self._shown[before, kind] = layers.show([*self._layers_of(kind), *tails])
        return shown

    def walk(self, first: int, last: int) -> Iterator[tuple[int, int, Status]]:
        """Walk from one day to another, both included, in absolute minutes."""
        before = self.kind_of(first - 1)
        for day in range(first, last + 1):
            kind = self.kind_of(day)
            yield from self.absolute(day, self.shown_after(before, kind))
            before = kind

    def absolute(self, day: int, shown: tuple[Shown, ...]) -> Iterator[tuple[int, int, Status]]:
        """Put what shows on a day into absolute minutes."""
        for piece in wall.pieces_of(day, self.calendar.time_zone):
            for start, end, status, _ in shown:
                first, last = max(start, piece.start), min(end, piece.end)
                if first < last:
                    yield first + piece.shift, last + piece.shift, status

    def landmarks(self) -> Iterator[int]:
        """Give the days the opening names, on which something may change that never changed before."""
        for rule in self._rules:
            yield from (day.toordinal() for day in (rule.valid_from, *rule.dates) if day is not None)
            if rule.valid_to is not None:
                yield rule.valid_to.toordinal() + 1
        for one in self.opening.exceptions:
            yield one.first.toordinal()
            yield one.last.toordinal() + 1

    def _layers_of(self, kind: Kind) -> tuple[Layer, ...]:
        known = self._layers.get(kind)
        if known is None:
            exceptions = tuple(self.opening.exceptions[place] for place in kind.exceptions)
            known = self._layers[kind] = layers.layers_of(self.opening, kind.matches, exceptions)
        return known

    def _page_of(self, year: int) -> _Page:
        tables = tuple(matching.days_of_year(rule, self.calendar, year) for rule in self._rules)
        slots = self._rules[: len(self.opening.slots)]
        if any(rule.season or rule.valid_from for rule in slots):
            # Other rules never come into force again, so no break ends with them.
            tables = (_rested(tables[0], self._breaks(slots, year)), *tables[1:])
        return _Page(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal(), tables)

    def _breaks(self, rules: Sequence[DayRule], year: int) -> Flags:
        """Tell which days of a year lie in a short break of all slots, or before the first of them."""
        years = (year - 1, year, year + 1)
        tables = [b"".join(matching.days_of_year(rule, self.calendar, one) for one in years) for rule in rules]
        in_force = np.any([np.frombuffer(table, dtype=np.uint8) != Match.OUT for table in tables], axis=0)
        breaks = np.zeros(len(in_force), dtype=np.bool_)
        held = np.flatnonzero(in_force)
        lengths = np.diff(held) - 1
        for place in np.flatnonzero((lengths > 0) & (lengths <= LONGEST_BREAK)):
            breaks[held[place] + 1 : held[place + 1]] = True
        begin = date(year - 1, 1, 1).toordinal()
        first = date(year, 1, 1).toordinal() - begin
        births = [rule.valid_from.toordinal() for rule in rules if rule.valid_from is not None]
        if len(births) == len(rules):
            breaks[: max(0, min(births) - begin)] = True
        return breaks[first : first + date(year + 1, 1, 1).toordinal() - date(year, 1, 1).toordinal()]


def _rested(table: bytes, breaks: Flags) -> bytes:
    """Say of the days of a break that the slot rests, where it said that it was over."""
    days = np.frombuffer(table, dtype=np.uint8)
    return np.where(breaks & (days == Match.OUT), np.uint8(Match.NO), days).astype(np.uint8).tobytes()
