"""Read the times of a rule: spans, spans past midnight, and those that only the sun or the keeper knows."""

from portal.hours.osm.cursor import Cursor, UnreadableWords
from portal.hours.osm.tokens import Kind
from portal.hours.osm.values import Doubt, Times
from portal.hours.slots import DAY, TimeSpan

_SUN = ("sunrise", "sunset", "dawn", "dusk")
_LAST_MINUTE = 2 * DAY


def starts_times(cursor: Cursor) -> bool:
    """Tell whether times stand at this place."""
    token = cursor.next
    sun = token.kind is Kind.WORD and token.text in _SUN
    return sun or token.kind is Kind.TIME or (token.kind is Kind.MARK and token.text == "(")


def read_times(cursor: Cursor) -> Times:
    """Read a list of times separated by commas."""
    spans = [_span(cursor)]
    while cursor.next.text == "," and _times_follow(cursor):
        cursor.take()
        spans.append(_span(cursor))
    return Times(
        known=tuple(sorted({span for part in spans for span in part.known})),
        doubtful=tuple(sorted({span for part in spans for span in part.doubtful})),
        doubts=tuple(dict.fromkeys(doubt for part in spans for doubt in part.doubts)),
    )


def _times_follow(cursor: Cursor) -> bool:
    token = cursor.ahead(1)
    return token.kind is Kind.TIME or token.text in {*_SUN, "("}


def _span(cursor: Cursor) -> Times:
    start = _minute(cursor)
    if cursor.take_mark("+"):
        return _in_doubt(start, None, Doubt.OPEN_END)
    if not cursor.take_mark("-"):
        return _in_doubt(start, None, Doubt.POINT)
    end = _minute(cursor)
    if start is None or end is None:
        cursor.take_mark("+")
        return _in_doubt(start, end, Doubt.SUN)
    if cursor.take_mark("/"):  # 10:00-16:00/01:30 is a list of moments, such as departures
        cursor.take()
        return _in_doubt(start, end, Doubt.POINT)
    known = _time_span(start, end)
    if not cursor.take_mark("+"):
        return Times(known=(known,))
    rest = (TimeSpan(known.end, DAY),) if known.end < DAY else ()
    return Times(known=(known,), doubtful=rest, doubts=(Doubt.OPEN_END,))


def _in_doubt(start: int | None, end: int | None, doubt: Doubt) -> Times:
    """Keep the widest stretch the words can mean."""
    first = start if start is not None and start < DAY else 0
    last = end if end is not None and first < end <= DAY else DAY
    return Times(doubtful=(TimeSpan(first, last),), doubts=(doubt,))


def _time_span(start: int, end: int) -> TimeSpan:
    # 00:00-00:00 is the whole day for the notation, and a closed half-day in French public lists: nobody can tell.
    if start >= DAY or start == end:
        raise UnreadableWords
    later = end if end > start else end + DAY
    if not start < later <= start + DAY:
        raise UnreadableWords
    return TimeSpan(start, later)


def _minute(cursor: Cursor) -> int | None:
    """Read a moment of the day; None is one that follows the sun."""
    if cursor.take_word(*_SUN):
        return None
    if cursor.take_mark("("):
        _skip_sun(cursor)
        return None
    if cursor.next.kind is not Kind.TIME:
        raise UnreadableWords
    hours, minutes = (int(figures) for figures in cursor.take().text.split(":"))
    if minutes >= 60 or hours * 60 + minutes > _LAST_MINUTE:  # noqa: PLR2004 - minutes of an hour
        raise UnreadableWords
    return hours * 60 + minutes


def _skip_sun(cursor: Cursor) -> None:
    """Go past `(sunset-01:00)`."""
    if not cursor.take_word(*_SUN):
        raise UnreadableWords
    if not (cursor.take_mark("+") or cursor.take_mark("-")) or cursor.take().kind is not Kind.TIME:
        raise UnreadableWords
    if not cursor.take_mark(")"):
        raise UnreadableWords
