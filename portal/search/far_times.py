"""The states of schedules on days that the index does not hold, compiled once for all who ask for the same days."""

from collections.abc import Iterable, Mapping

from portal.search.timetables import Hours, timetables_of
from search_index.times import Changes, Span, Timetables

MOST_KEPT = 8
"""Spans of days kept in each process: the next ones that somebody asks for push out the first."""


class FarTimes:
    """Compiles schedules; the key of one says all that decides its states, so what was compiled stays true."""

    def __init__(self) -> None:
        self._told: dict[Span, dict[str, Changes]] = {}

    def over(self, keys: Iterable[str], known: Mapping[str, Hours], days: Span) -> Timetables:
        """Give the states of some schedules over some days; one whose hours nobody knows has none."""
        told = self._told.get(days)
        if told is None:
            told = self._told[days] = {}
            for oldest in [*self._told][:-MOST_KEPT]:
                self._told.pop(oldest, None)
        met = [key for key in keys if key in known]
        told.update(timetables_of(((key, known[key]) for key in met if key not in told), days).changes)
        return Timetables(days, {key: told[key] for key in met if key in told})
