"""From the wall clock to absolute minutes and back, the two nights a year included.

A local day is cut into the pieces its clock really shows: one piece on usual days, two when the clock jumps. The
missing hour lies in no piece, so spans over it shrink; the doubled hour lies in two, so it counts both times.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from portal.hours.slots import DAY

_EPOCH_DAY = date(1970, 1, 1).toordinal()
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MINUTE = timedelta(minutes=1)


class Piece(NamedTuple):
    """Minutes of the wall clock of one day that follow each other, and what to add to get absolute minutes."""

    start: int
    end: int
    shift: int


def minute_of(instant: datetime, zone: ZoneInfo) -> int:
    """Give the absolute minute an instant lies in; an instant without offset is time of the zone."""
    aware = instant if instant.tzinfo is not None else instant.replace(tzinfo=zone)
    return (aware.astimezone(UTC) - _EPOCH) // _MINUTE


def instant_of(minute: int, zone: ZoneInfo) -> datetime:
    """Give the instant an absolute minute begins at, in the zone."""
    return (_EPOCH + minute * _MINUTE).astimezone(zone)


def day_of(minute: int, zone: ZoneInfo) -> int:
    """Give the ordinal of the local day an absolute minute lies in."""
    return instant_of(minute, zone).toordinal()


def midnight(day: int, zone: ZoneInfo) -> int:
    """Give the absolute minute at which a local day begins."""
    piece = pieces_of(day, zone)[0]
    return piece.start + piece.shift


@lru_cache(maxsize=16384)
def pieces_of(day: int, zone: ZoneInfo) -> tuple[Piece, ...]:
    """Cut a local day, given by its ordinal, into the pieces its clock shows."""
    start = (day - _EPOCH_DAY) * DAY
    before, after = _offset(start - DAY, zone), _offset(start + 2 * DAY, zone)
    if before == after:
        return (Piece(0, DAY, start - before),)
    jump = _jump(start - DAY, start + 2 * DAY, zone)
    early = Piece(0, min(DAY, jump + before - start), start - before)
    late = Piece(max(0, jump + after - start), DAY, start - after)
    return tuple(piece for piece in (early, late) if piece.start < piece.end)


def absolute_spans(day: int, start: int, end: int, zone: ZoneInfo) -> Iterator[tuple[int, int]]:
    """Give the absolute minutes of a span that starts on a local day, in one piece wherever the clock allows it."""
    current: tuple[int, int] | None = None
    for offset in (0, DAY):
        for piece in pieces_of(day + bool(offset), zone):
            first, last = max(start - offset, piece.start), min(end - offset, piece.end)
            if first >= last:
                continue
            if current is not None and current[1] == first + piece.shift:
                current = (current[0], last + piece.shift)
                continue
            if current is not None:
                yield current
            current = (first + piece.shift, last + piece.shift)
    if current is not None:
        yield current


def _offset(minute: int, zone: ZoneInfo) -> int:
    return int((instant_of(minute, zone).utcoffset() or timedelta()) // _MINUTE)


def _jump(low: int, high: int, zone: ZoneInfo) -> int:
    """Find the absolute minute between the two from which the later offset holds."""
    after = _offset(high, zone)
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(middle, zone) == after:
            high = middle
        else:
            low = middle
    return high
