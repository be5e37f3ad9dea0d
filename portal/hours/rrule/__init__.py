"""iCalendar recurrences: RRULE, EXDATE and RDATE, read into an opening and written from a schedule."""

from portal.hours.rrule.reader import read_rrule
from portal.hours.rrule.writer import Event, write_rrule

__all__ = ["Event", "read_rrule", "write_rrule"]
