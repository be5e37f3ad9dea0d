"""Many schedules at once: their states over a window of days, laid out in arrays, asked for one instant in one go.

A search asks "which of these 50,000 are open now?"; walking 50,000 schedules would take seconds. Here each distinct
schedule is walked once for the whole window, and an instant costs one binary search in a sorted column. The window is
dated by its makers: nothing here knows the present, and an instant outside the window is refused.
"""

from array import array
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from portal.hours import wall
from portal.hours.calendar import PARIS
from portal.hours.days import Days
from portal.hours.layers import StateCode
from portal.hours.schedule import Schedule

CODES = tuple(StateCode)
"""The state each number in the arrays stands for."""

_NUMBER = {code: number for number, code in enumerate(CODES)}

Numbers = NDArray[np.uint8]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Window:
    """The local days schedules are compiled for."""

    first: date
    n_days: int
    zone: ZoneInfo = PARIS

    @property
    def minutes(self) -> range:
        """Give the absolute minutes from its first midnight to its last."""
        first = self.first.toordinal()
        return range(wall.midnight(first, self.zone), wall.midnight(first + self.n_days, self.zone))


class CompiledSchedules:
    """The states of many schedules over a window."""

    def __init__(self, schedules: Sequence[Schedule], window: Window) -> None:
        self.window = window
        self._minutes = window.minutes
        distinct, self._which = _distinct(schedules)
        starts, codes, ends = array("q"), bytearray(), array("q", [0])
        for schedule in distinct:
            for minute, code in changes_of(schedule, self._minutes):
                starts.append(minute - self._minutes.start)
                codes.append(_NUMBER[code])
            ends.append(len(starts))
        self._bases = np.arange(len(distinct), dtype=np.int64) * len(self._minutes)
        relative = np.array(starts, dtype=np.int64)
        # One sorted column for all: schedule after schedule, each with the minutes at which its state changes.
        self._keys = relative + np.repeat(self._bases, np.diff(np.array(ends)))
        self._codes: Numbers = np.frombuffer(bytes(codes), dtype=np.uint8)
        self._changes = np.unique(relative)

    def __len__(self) -> int:
        """Count the schedules asked for, equal ones included."""
        return len(self._which)

    @property
    def n_distinct(self) -> int:
        """Count the schedules that differ."""
        return len(self._bases)

    @property
    def n_bytes(self) -> int:
        """Give the memory the arrays take."""
        return sum(part.nbytes for part in (self._keys, self._codes, self._bases, self._which, self._changes))

    def covers(self, instant: datetime) -> bool:
        """Tell whether an instant lies in the window."""
        return self._minute(instant) in self._minutes

    def numbers_at(self, instant: datetime) -> Numbers:
        """Give the state of each schedule at an instant, as its number in `CODES`."""
        return self._codes[self._places_at(self._minute(instant))][self._which]

    def mask_at(self, instant: datetime, codes: Iterable[StateCode] = (StateCode.OPEN,)) -> Mask:
        """Tell which schedules are in one of these states at an instant."""
        return _one_of(codes)[self.numbers_at(instant)]

    def mask_during(self, start: datetime, end: datetime, codes: Iterable[StateCode] = (StateCode.OPEN,)) -> Mask:
        """Tell which schedules are in one of these states at some time from an instant to another, not included."""
        first, last = self._minute(start), self._minute(end - timedelta(microseconds=1))
        n_until = np.concatenate(([0], np.cumsum(_one_of(codes)[self._codes])))
        found: Mask = n_until[self._places_at(last) + 1] > n_until[self._places_at(first)]
        return found[self._which]

    def next_change(self, instant: datetime) -> datetime:
        """Give the instant until which all states surely stay what they are, at most the end of the window."""
        minute = self._minute(instant) - self._minutes.start
        place = int(np.searchsorted(self._changes, minute, side="right"))
        change = int(self._changes[place]) if place < len(self._changes) else len(self._minutes)
        return wall.instant_of(self._minutes.start + change, self.window.zone)

    def _minute(self, instant: datetime) -> int:
        return wall.minute_of(instant, self.window.zone)

    def _places_at(self, minute: int) -> NDArray[np.intp]:
        if minute not in self._minutes:
            # Answering "not open" for a time nobody compiled would be a lie.
            instant = wall.instant_of(minute, self.window.zone)
            message = f"{instant} lies outside the {self.window.n_days} days compiled from {self.window.first}"
            raise ValueError(message)
        return np.searchsorted(self._keys, self._bases + (minute - self._minutes.start), side="right") - 1


def _one_of(codes: Iterable[StateCode]) -> Mask:
    wanted = {_NUMBER[code] for code in codes}
    return np.array([number in wanted for number in range(len(CODES))])


def _distinct(schedules: Sequence[Schedule]) -> tuple[list[Schedule], NDArray[np.intp]]:
    """Give the schedules that differ, and for each one asked the place of its equal."""
    by_value: dict[Hashable, int] = {}
    by_identity: dict[int, int] = {}
    distinct: list[Schedule] = []
    which = np.empty(len(schedules), dtype=np.intp)
    for number, schedule in enumerate(schedules):
        place = by_identity.get(id(schedule))
        if place is None:
            place = by_value.setdefault((schedule.opening, schedule.calendar), len(distinct))
            by_identity[id(schedule)] = place
            if place == len(distinct):
                distinct.append(schedule)
        which[number] = place
    return distinct, which


def changes_of(schedule: Schedule, minutes: range) -> Iterator[tuple[int, StateCode]]:
    """Walk through the minutes of a window at which the state code changes, the first being its start."""
    zone = schedule.calendar.time_zone
    # Days of its own, forgotten afterwards: what 50,000 schedules remember of their days would fill the memory.
    days = Days(schedule.opening, schedule.calendar)
    code = None
    for start, end, status in days.walk(wall.day_of(minutes.start, zone), wall.day_of(minutes.stop - 1, zone)):
        if status.code is not code and end > minutes.start and start < minutes.stop:
            code = status.code
            yield max(start, minutes.start), code
