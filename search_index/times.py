"""When schedules are in which state: the minutes at which each one changes, over a window of days.

Minutes are counted by the caller (absolute ones, so that a night of the clock change has its own); the library only
compares them.
"""

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
