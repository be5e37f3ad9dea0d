"""Group tokens into parts: what each stretch of words says, before asking how the parts go together."""

from typing import TYPE_CHECKING

from portal.hours.french.clock_parts import read_times
from portal.hours.french.day_parts import read_days
from portal.hours.french.lexicon import Kind
from portal.hours.french.parts import HALVES, Choice, Cursor, Part, PartKind
from portal.hours.french.tokens import Token
from portal.hours.french.year_parts import read_stretch
from portal.hours.slots import EVERY_DAY, WHOLE_DAY, DayRule, PublicHolidays, SchoolHolidays

if TYPE_CHECKING:
    from collections.abc import Callable

_SILENT = frozenset({Kind.NOISE, Kind.ARTICLE, Kind.FROM, Kind.TO, Kind.DURING, Kind.ONLY, Kind.CONTACT, Kind.EVERY})
"""Words that change nothing when they stand outside a group."""

_PLAIN = {
    Kind.EXCEPT: PartKind.EXCEPT,
    Kind.CLOSED: PartKind.CLOSED,
    Kind.OPEN: PartKind.OPEN,
    Kind.APPOINTMENT: PartKind.APPOINTMENT,
    Kind.MODE: PartKind.MODE,
    Kind.REST: PartKind.REST,
    Kind.REASON: PartKind.REASON,
    Kind.COLON: PartKind.COLON,
    Kind.BREAK: PartKind.BREAK,
    Kind.AND: PartKind.COMMA,
}
HAZARD, AWAY, HOURS, BOOKING, OTHERS, FIGURE = "hazard", "away", "hours", "booking", "others", "figure"
_MARKED = {
    Kind.HAZARD: HAZARD,
    Kind.AWAY: AWAY,
    Kind.BOOKING: BOOKING,
    Kind.LAST_ENTRY: BOOKING,
    Kind.OTHERS: OTHERS,
}
"""Words that open nothing, and what their doubt touches."""


def parts_of(tokens: list[Token]) -> list[Part]:
    """Group all the tokens of a text; what fits nowhere becomes an unknown part."""
    cursor = Cursor(tokens)
    lone_label = len({token.words for token in tokens if token.kind is Kind.LABEL}) <= 1
    parts: list[Part] = []
    while cursor.peek() is not None:
        before = cursor.place
        part = _grouped(cursor) or _single(cursor, lone_label=lone_label)
        if cursor.place == before:
            cursor.take()
        parts += [part] if part is not None else []
    return parts


def _grouped(cursor: Cursor) -> Part | None:
    readers: tuple[Callable[[Cursor], Part | None], ...] = (
        _included,
        _aside,
        _other_end,
        _always,
        read_stretch,
        read_times,
        read_days,
        _other_days,
        _half,
        _holidays,
    )
    for reader in readers:
        before = cursor.place
        part = reader(cursor)
        if part is not None:
            return part
        cursor.place = before
    return None


def _included(cursor: Cursor) -> Part | None:
    """Read "y compris les jours fériés" and "même pendant les vacances scolaires"."""
    since = cursor.place
    if cursor.take(Kind.INCLUDED) is None:
        return None
    cursor.skip(Kind.ARTICLE, Kind.DURING, Kind.FROM)
    token = cursor.take(Kind.PUBLIC, Kind.HOLIDAYS)
    if token is None:
        return None
    if token.kind is Kind.PUBLIC:
        return cursor.part(PartKind.PUBLIC, since, word="open")
    return cursor.part(PartKind.WHEN, since, rules=(DayRule(school_holidays=SchoolHolidays.ALWAYS),), word="always")


def _always(cursor: Cursor) -> Part | None:
    """Read "24/7" and "24h/24 7j/7", which name days and times at once."""
    since = cursor.place
    if cursor.sees(Kind.ALWAYS) and cursor.sees_word("24/7"):
        cursor.take()
        return _never_shut(cursor, since)
    if cursor.take(Kind.ALL_DAY):
        while cursor.sees(Kind.AND, Kind.MARK) and cursor.sees(Kind.ALWAYS, Kind.DAYS, ahead=1):
            cursor.take()
        if cursor.take(Kind.ALWAYS):
            return _never_shut(cursor, since)
    return None


def _never_shut(cursor: Cursor, since: int) -> Part:
    rule = DayRule(days=EVERY_DAY, public_holidays=PublicHolidays.OPEN)
    return cursor.part(PartKind.TIMES, since, times=(WHOLE_DAY,), rules=(rule,))


def _half(cursor: Cursor) -> Part | None:
    since = cursor.place
    cursor.skip(Kind.ARTICLE, Kind.DURING, Kind.FROM)
    token = cursor.take(Kind.HALF)
    return cursor.part(PartKind.HALF, since, times=(HALVES[token.number],), word=token.word) if token else None


def _aside(cursor: Cursor) -> Part | None:
    """Read "ou sur rendez-vous" and "sur rendez-vous en dehors de ces horaires", which leave the hours as they are."""
    since = cursor.place
    if cursor.sees_word("ou") and cursor.sees(Kind.APPOINTMENT, ahead=1) and cursor.sees_word("required", ahead=1):
        cursor.place += 2
        is_besides = cursor.take(Kind.BESIDES) is not None
        return cursor.part(PartKind.ASIDE, since, word="" if is_besides else "or")
    for first, last in ((Kind.APPOINTMENT, Kind.BESIDES), (Kind.BESIDES, Kind.APPOINTMENT)):
        cursor.place = since
        if cursor.take(first):
            cursor.skip(Kind.MARK, Kind.COLON, Kind.ONLY)
            if cursor.take(last):
                return cursor.part(PartKind.ASIDE, since)
    return None


def _other_end(cursor: Cursor) -> Part | None:
    """Read "(16h le vendredi)" and "(vendredi 16h)", another end for the times before."""
    since = cursor.place
    if not cursor.sees_word("("):
        return None
    cursor.take()
    cursor.skip(Kind.UNTIL)
    time, days = cursor.take(Kind.TIME), read_days(cursor)
    cursor.skip(Kind.COLON, Kind.UNTIL, Kind.TO)
    time = time or cursor.take(Kind.TIME)
    if time is None or days is None or days.problem or not cursor.sees_word(")"):
        return None
    cursor.take()
    return cursor.part(PartKind.ENDS, since, choices=days.choices, word=str(time.number), notices=days.notices)


def _other_days(cursor: Cursor) -> Part | None:
    since = cursor.place
    cursor.skip(Kind.FROM, Kind.ARTICLE)
    if cursor.take(Kind.OTHER_DAYS) is None:
        return None
    return cursor.part(PartKind.DAYS, since, choices=(Choice(is_others=True),))


def _holidays(cursor: Cursor) -> Part | None:
    since = cursor.place
    cursor.skip(Kind.ARTICLE, Kind.DURING, Kind.FROM, Kind.EVERY)
    if cursor.take(Kind.PUBLIC) is None:
        return None
    is_open = cursor.take(Kind.INCLUDED) is not None
    return cursor.part(PartKind.PUBLIC, since, word="open" if is_open else "plain")


def _single(cursor: Cursor, *, lone_label: bool) -> Part | None:
    since = cursor.place
    token = cursor.take()
    if token is not None and token.kind is Kind.TO and _is_half_range(cursor):
        # "au dimanche" with no "du jeudi" before it, or the other way round: nobody knows where the range lies.
        return cursor.part(PartKind.UNKNOWN, since, word=OTHERS)
    if token is None or token.kind in _SILENT or (token.kind is Kind.LABEL and lone_label):
        is_hours = token is not None and token.kind is Kind.NOISE and "horaire" in token.words
        return cursor.part(PartKind.UNKNOWN, since, word=HOURS) if is_hours else None
    if token.kind in _PLAIN:
        return cursor.part(_PLAIN[token.kind], since, word=token.word)
    if token.kind is Kind.MARK:
        return cursor.part(PartKind.COMMA, since, word=token.word) if token.word not in "([" else None
    if token.word[0].isdigit() or (token.kind is Kind.WORD and _touches_figures(cursor, token)):
        # A stray figure may be part of a time: nothing is sure of that day.
        return cursor.part(PartKind.UNKNOWN, since, word=FIGURE)
    word = {
        Kind.HAZARD: HAZARD,
        Kind.AWAY: AWAY,
        Kind.BOOKING: BOOKING,
        Kind.LAST_ENTRY: BOOKING,
        Kind.OTHERS: OTHERS,
    }.get(token.kind, "")
    return cursor.part(PartKind.UNKNOWN, since, word=word)


def _touches_figures(cursor: Cursor, token: Token) -> bool:
    """Tell a word that is glued to figures, such as the I of "I3h30"."""
    following, before = cursor.peek(), cursor.peek(-2) if cursor.place > 1 else None
    figures = {Kind.TIME, Kind.NUMBER}
    is_before = following is not None and following.kind in figures and following.start == token.end
    return is_before or (before is not None and before.kind in figures and before.end == token.start)


def _is_half_range(cursor: Cursor) -> bool:
    """Tell an "au" that stands beside one day only."""
    if cursor.sees(Kind.DAY):
        return True
    return cursor.place > 2 and cursor.sees(Kind.DAY, ahead=-2) and cursor.sees_word("du", -3)  # noqa: PLR2004  du, day, au
