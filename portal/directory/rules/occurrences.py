"""Which days are written out as occurrences: a window that moves with the calendar."""

from datetime import date, timedelta

WEEKS = 13


def window(today: date) -> tuple[date, date]:
    """Give the first and last day written out; yesterday is in, for what runs past midnight."""
    return today - timedelta(days=1), today + timedelta(weeks=WEEKS)
