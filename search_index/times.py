"""When schedules are in which state: the minutes at which each one changes, over a window of days.

Minutes are counted by the caller (absolute ones, so that a night of the clock change has its own); the library only
compares them.
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum


class State(IntEnum):
    """What holds at a minute."""

    OPEN = 0
    CLOSED = 1
    APPOINTMENT = 2
    EXCEPTIONAL = 3
    """Closed on a date, by exception."""
    SEASON_OVER = 4
    UNKNOWN = 5


WELCOMING = frozenset({State.OPEN, State.APPOINTMENT})
"""States in which somebody is received: what a question about a time looks for."""
Changes = tuple[tuple[int, State], ...]
"""The state of a schedule from each minute on; the first one is that of the window."""


@dataclass(frozen=True)
class Span:
    """Some minutes, the last one included; a single instant is a span of one."""

    first: int
    last: int


@dataclass(frozen=True)
class Timetables:
    """The states of every schedule over one window; outside of it nothing is known."""

    window: Span = Span(0, -1)
    changes: Mapping[str, Changes] = field(default_factory=dict)
    """Key of a schedule -> its states."""

    def state(self, schedule: str, minute: int) -> State:
        """Tell the state of a schedule at a minute."""
        changes = self.changes.get(schedule, ())
        place = bisect_right(changes, minute, key=_first) - 1
        is_known = self.window.first <= minute <= self.window.last and place >= 0
        return changes[place][1] if is_known else State.UNKNOWN

    def receives(self, schedule: str, span: Span) -> bool | None:
        """Tell whether somebody is received at some minute of a span; None when nobody knows."""
        first, last = max(span.first, self.window.first), min(span.last, self.window.last)
        changes = self.changes.get(schedule, ())
        met = {self.state(schedule, first)} if first <= last else set()
        met |= {state for minute, state in changes if first < minute <= last}
        if met & WELCOMING:
            return True
        is_known = changes and State.UNKNOWN not in met and (first, last) == (span.first, span.last)
        return False if is_known else None

    def wait(self, schedule: str, minute: int) -> int | None:
        """Count the minutes until somebody is received; None when that is not known or not in the window."""
        if self.state(schedule, minute) in WELCOMING:
            return 0
        if not self.window.first <= minute <= self.window.last:
            return None
        later = (start for start, state in self.changes.get(schedule, ()) if start > minute and state in WELCOMING)
        start = next(later, self.window.last + 1)
        return start - minute if start <= self.window.last else None


def _first(change: tuple[int, State]) -> int:
    return change[0]
