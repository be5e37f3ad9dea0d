"""Times of GTFS: hours that go on past midnight, of the day a trip began on."""

import re

from portal.hours.slots import DAY

_TIME = re.compile(r"\s*(\d{1,3}):([0-5]\d)(?::[0-5]\d(?:\.\d+)?)?\s*", re.ASCII)
_LATEST = 4 * DAY
"""No trip of a territory goes on for days: a later hour is a slip of the pen."""


def minute_of(text: str) -> int | None:
    """Read "7:05:00" or "25:10:00" as minutes since the noon minus twelve hours of the day; None when it is no time."""
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    minute = int(found[1]) * 60 + int(found[2])
    return minute if minute < _LATEST else None
