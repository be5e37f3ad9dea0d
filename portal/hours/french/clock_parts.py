"""Read the times of a day: pairs, chains, open ends, nights; nothing is paired that could be paired otherwise."""

from dataclasses import dataclass
from itertools import pairwise

from portal.hours.french.lexicon import Kind
from portal.hours.french.parts import Cursor, Part, PartKind
from portal.hours.slots import DAY, WHOLE_DAY, TimeSpan

HOUR = 60
_NIGHT_BEGINS, _NIGHT_ENDS = 18 * HOUR, 6 * HOUR
"""A reversed pair is a night only if it begins in the evening and ends before dawn: "22h-2h", never "17h-9h"."""

_LONGEST_JOINT = 3


@dataclass
class _Run:
    """Times that follow one another, cut where the text begins a new pair."""

    chains: list[list[int]]
    notices: list[str]


def read_times(cursor: Cursor) -> Part | None:
    """Read a run of times, or what stands for one (`24h/24`)."""
    since = cursor.place
    if cursor.take(Kind.ALL_DAY):
        return cursor.part(PartKind.TIMES, since, times=(WHOLE_DAY,))
    before = cursor.peek()
    cursor.skip(Kind.FROM)
    opener = cursor.take(Kind.UNTIL, Kind.SINCE, Kind.BETWEEN)
    if opener is None:
        cursor.skip(Kind.TO)
    if before is None or not _begins_times(cursor):
        cursor.place = since
        return None
    run = _run(cursor, is_between=opener is not None and opener.kind is Kind.BETWEEN)
    return _part(cursor, since, run, opener.kind if opener else None)


def _begins_times(cursor: Cursor) -> bool:
    if cursor.sees(Kind.TIME):
        return True
    return cursor.sees(Kind.NUMBER) and _is_link(cursor, 1) and cursor.sees(Kind.TIME, ahead=2)


def _is_link(cursor: Cursor, ahead: int) -> bool:
    if cursor.sees(Kind.TO, ahead=ahead):
        return True
    if cursor.sees(Kind.UNTIL, ahead=ahead):
        return cursor.sees_word("jusqu jusque", ahead)
    return cursor.sees(Kind.MARK, ahead=ahead) and cursor.sees_word("- /", ahead)


def _run(cursor: Cursor, *, is_between: bool) -> _Run:
    run = _Run([[]], [])
    _take_time(cursor, run)
    if is_between and cursor.sees(Kind.AND) and cursor.sees(Kind.TIME, ahead=1):
        cursor.take()
        _take_time(cursor, run)
    while True:
        if _is_link(cursor, 0) and _is_time(cursor, 1):
            cursor.take()
            _take_time(cursor, run)
        elif (length := _joint(cursor)) is not None:
            for _ in range(length):
                cursor.take()
            run.chains.append([])
            _take_time(cursor, run)
        else:
            return run


def _is_time(cursor: Cursor, ahead: int) -> bool:
    if cursor.sees(Kind.TIME, ahead=ahead):
        return True
    number = cursor.peek(ahead)
    bare = number is not None and number.kind is Kind.NUMBER and number.number * HOUR <= DAY
    follower = cursor.peek(ahead + 1)
    is_loose = follower is None or follower.kind in {Kind.MARK, Kind.BREAK, Kind.AND, Kind.CLOSED, Kind.APPOINTMENT}
    # "8h30-12" is a time; "9h - 12 mai" or "9h-12 rue" is not.
    return bare and (is_loose or (_is_link(cursor, ahead + 1) and cursor.sees(Kind.TIME, ahead=ahead + 2)))


def _joint(cursor: Cursor) -> int | None:
    """Count the words between a pair and the next: "et de", ",", "/ de", or nothing at all."""
    ahead = 0
    while cursor.sees(Kind.AND, Kind.FROM, ahead=ahead) or cursor.sees_word(", / -", ahead):
        ahead += 1
    if ahead > _LONGEST_JOINT or not cursor.sees(Kind.TIME, Kind.NUMBER, ahead=ahead):
        return None
    if cursor.sees(Kind.NUMBER, ahead=ahead):
        is_time = _is_link(cursor, ahead + 1) and cursor.sees(Kind.TIME, ahead=ahead + 2)
        return ahead if is_time else None
    return ahead


def _take_time(cursor: Cursor, run: _Run) -> None:
    token = cursor.take(Kind.TIME, Kind.NUMBER)
    if token is None:
        return
    if token.kind is Kind.NUMBER:
        is_followed = _is_link(cursor, 0) and cursor.sees(Kind.TIME, ahead=1)
        if not is_followed:
            run.notices.append("heure-sans-h")
        run.chains[-1].append(token.number * HOUR)
        return
    run.chains[-1].append(token.number)


def _part(cursor: Cursor, since: int, run: _Run, opener: Kind | None) -> Part:
    spans: list[TimeSpan] = []
    problem = ""
    for chain in run.chains:
        found, fault = _spans(chain)
        spans += found
        problem = problem or fault
    if problem == "heure-seule" and len(run.chains) == 1 and opener in {Kind.UNTIL, Kind.SINCE}:
        problem, spans = "heure-ouverte", [_open_end(run.chains[0][0], opener)]
    elif problem:
        spans = []
    elif _overlap(spans):
        problem = "plages-chevauchantes"
    return cursor.part(
        PartKind.TIMES, since, times=tuple(sorted(spans)), problem=problem, notices=tuple(dict.fromkeys(run.notices))
    )


def _open_end(minute: int, opener: Kind) -> TimeSpan:
    """Say what an open end leaves in doubt: everything on its open side."""
    if opener is Kind.UNTIL:
        return TimeSpan(0, max(minute, 1))
    return TimeSpan(minute % DAY, DAY)


def _spans(chain: list[int]) -> tuple[list[TimeSpan], str]:
    if len(chain) == 1:
        return [], "heure-seule"
    if len(chain) % 2:
        return [], "heures-impaires"
    if any(later <= earlier for earlier, later in pairwise(chain[:-1])):
        return [], "heures-inversees"
    spans = []
    for start, end in zip(chain[::2], chain[1::2], strict=True):
        found = span_of(start, end)
        if found is None:
            return [], "heures-egales" if start == end else "heures-inversees"
        spans.append(found)
    return spans, ""


def span_of(start: int, end: int) -> TimeSpan | None:
    """Make a span of two times as written; None when they stand the wrong way round."""
    first = start % DAY
    last = DAY if end == 0 else end
    if first < last and start != end:
        return TimeSpan(first, last)
    if first >= _NIGHT_BEGINS and last <= _NIGHT_ENDS:
        return TimeSpan(first, last + DAY)
    return None


def _overlap(spans: list[TimeSpan]) -> bool:
    return any(later.start < earlier.end for earlier, later in pairwise(sorted(spans)))
