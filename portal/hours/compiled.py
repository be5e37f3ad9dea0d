"""A schedule over a window of days: the minutes at which its state changes.

A search asks "which of these 50,000 are open now?"; walking 50,000 schedules would take seconds. Each distinct schedule
is walked once for the whole window, and what is found is kept where the search asks. The window is dated by its makers:
nothing here knows the present.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from portal.hours import wall
from portal.hours.calendar import PARIS
from portal.hours.days import Days
from portal.hours.layers import StateCode
from portal.hours.schedule import Schedule


@dataclass(frozen=True)
class Window:
    """The local days that schedules are walked for."""

    first: date
    n_days: int
    zone: ZoneInfo = PARIS

    @property
    def minutes(self) -> range:
        """Give the absolute minutes from its first midnight to its last."""
        first = self.first.toordinal()
        return range(wall.midnight(first, self.zone), wall.midnight(first + self.n_days, self.zone))


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
