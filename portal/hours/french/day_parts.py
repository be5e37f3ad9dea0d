"""Read which days are meant: names, ranges, lists, nth of the month, halves of a day, sets such as "tous les jours"."""

from dataclasses import replace
from itertools import pairwise

from portal.hours.french.lexicon import Kind
from portal.hours.french.parts import EVERY, HALVES, Choice, Cursor, Part, PartKind
from portal.hours.french.tokens import Token
from portal.hours.slots import DayRule, PublicHolidays, Weekday

_LEAD = (Kind.FROM, Kind.ARTICLE, Kind.EVERY)
AND = "et"
"""Tells, on a list of days, that "et" stands before its last one."""

HALF_RANGE = "du"
"""Tells, on a day, that it begins a range whose end is not beside it."""

_MOST_RANKS = 5
_POSTURE = {"every": PublicHolidays.OPEN, "working": PublicHolidays.CLOSED}


class _List:
    """The days read so far, and what is wrong with them."""

    def __init__(self) -> None:
        self.choices: list[Choice] = []
        self.problem = ""
        self.notices: list[str] = []
        self.repeats_lead = False
        """Tells that the last day has an article of its own: "du mardi et du jeudi"."""


def read_days(cursor: Cursor) -> Part | None:
    """Read a list of days: "lundi, mardi et jeudi matin", "1er et 3e jeudis du mois", "dimanches et jours fériés"."""
    since = cursor.place
    found = _List()
    if not _item(cursor, found):
        cursor.place = since
        return None
    is_closed_list = False
    is_half_range = _opens_range(cursor, since) and len(found.choices) == 1 and not found.choices[0].is_general
    while _joins(cursor) and not (is_closed_list and cursor.sees_word(",")):
        # "lundi et dimanche, du mardi au samedi": after "et", a comma begins something else.
        before, is_dash, is_closed_list = cursor.place, cursor.sees_word("-"), cursor.sees(Kind.AND)
        cursor.skip(Kind.AND, Kind.MARK)
        found.repeats_lead = cursor.sees(Kind.FROM, Kind.ARTICLE)
        if not _item(cursor, found):
            cursor.place = before
            break
        if is_dash:
            # "lundi - mardi - jeudi": a list or a range, nobody can tell.
            found.problem = "jours-ambigus"
    if is_half_range and len(found.choices) > 1 and not found.repeats_lead:
        # "du vendredi et dimanche": a list, or a range that lost its "au".
        found.choices, found.problem = [EVERY], "jours-ambigus"
    if cursor.take(Kind.OUT_OF_TWO):
        found.problem = found.problem or "parite-inconnue"
    _check_halves(found)
    _check_nth(found)
    return cursor.part(
        PartKind.DAYS,
        since,
        choices=tuple(found.choices),
        problem=found.problem,
        word=HALF_RANGE if is_half_range else AND if is_closed_list else "",
        notices=tuple(dict.fromkeys(found.notices)),
    )


def _opens_range(cursor: Cursor, since: int) -> bool:
    """Tell "du lundi", which wants an end, from "le lundi"."""
    return cursor.word_at(since) in {"du", "de"}


def _joins(cursor: Cursor) -> bool:
    return cursor.sees(Kind.AND) or (cursor.sees(Kind.MARK) and cursor.sees_word(", / -"))


def _item(cursor: Cursor, found: _List) -> bool:
    since = cursor.place
    cursor.skip(*_LEAD)
    taken = _set(cursor, found) or _holidays(cursor, found, since) or _named(cursor, found)
    if not taken:
        cursor.place = since
    return taken


def _set(cursor: Cursor, found: _List) -> bool:
    token = cursor.peek()
    if token is None or token.kind not in {Kind.DAYS, Kind.ALWAYS} or token.word == "24/7":
        return False
    cursor.take()
    if cursor.sees(Kind.FROM) and cursor.sees(Kind.DAY, ahead=1):
        # "tous les jours du lundi au vendredi": the range says which days are meant.
        return True
    mask = token.number if token.kind is Kind.DAYS else 0b1111111
    days = frozenset(day for day in Weekday if mask >> day & 1)
    posture = _POSTURE.get("every" if token.kind is Kind.ALWAYS else token.word, PublicHolidays.UNSTATED)
    found.choices.append(Choice(DayRule(days=days, public_holidays=posture), is_general=True))
    return True


def _holidays(cursor: Cursor, found: _List, since: int) -> bool:
    """Take public holidays for days only within a list of days; alone they are a condition."""
    if not cursor.sees(Kind.PUBLIC):
        return False
    leads_on = cursor.sees(Kind.AND, ahead=1) and any(cursor.sees(Kind.DAY, ahead=ahead) for ahead in (2, 3))
    if cursor.sees(Kind.INCLUDED, ahead=1) or not (found.choices or leads_on):
        cursor.place = since
        return False
    cursor.take()
    found.choices.append(Choice(DayRule(public_holidays=PublicHolidays.ONLY), is_holiday=True))
    return True


def _named(cursor: Cursor, found: _List) -> bool:
    nth = _nth(cursor)
    first = cursor.peek()
    if first is None or first.kind is not Kind.DAY or _is_dated(cursor):
        return False
    cursor.take()
    choice = Choice(DayRule(days=frozenset({Weekday(first.number)}), nth=nth))
    choice = _with_half(cursor, choice)
    last = _range_end(cursor)
    if last is not None:
        choice = _ranged(found, choice, first, last)
        choice = choice if choice.half else _with_half(cursor, choice)
    found.notices += ["jour-corrige" for token in (first, last) if token is not None and token.corrected]
    if cursor.take(Kind.OF_MONTH) and not nth:
        # "un mardi du mois": nobody says which.
        found.problem = "jours-ambigus"
    found.choices.append(choice)
    return True


def _nth(cursor: Cursor) -> frozenset[int]:
    """Read "1er et 3e", "dernier": only when a day follows."""
    since, nth = cursor.place, set[int]()
    while len(nth) <= _MOST_RANKS and (token := cursor.take(Kind.ORDINAL)) is not None:
        if token.number in nth:
            break
        nth.add(token.number)
        cursor.skip(Kind.AND, Kind.MARK, Kind.ARTICLE)
    if nth and (not cursor.sees(Kind.DAY) or not nth <= {-2, -1, 1, 2, 3, 4, 5}):
        cursor.place = since
        return frozenset()
    return frozenset(nth)


def _is_dated(cursor: Cursor) -> bool:
    """Tell "samedi 12 décembre" and "samedi 12/12" from a weekday."""
    if cursor.sees(Kind.DATE, ahead=1):
        return True
    if cursor.sees(Kind.ORDINAL, ahead=1):
        return True
    return cursor.sees(Kind.NUMBER, ahead=1) and cursor.sees(Kind.MONTH, ahead=2)


def _with_half(cursor: Cursor, choice: Choice) -> Choice:
    ahead = 1 if cursor.sees(Kind.ARTICLE) else 0
    token = cursor.peek(ahead)
    if token is None or token.kind is not Kind.HALF:
        return choice
    cursor.place += ahead + 1
    return replace(choice, half=HALVES[token.number])


def _range_end(cursor: Cursor) -> Token | None:
    is_dash = cursor.sees(Kind.MARK) and cursor.sees_word("-")
    if not (is_dash or cursor.sees(Kind.TO) or (cursor.sees(Kind.UNTIL) and cursor.sees_word("jusqu"))):
        return None
    ahead = 2 if cursor.sees(Kind.ARTICLE, ahead=1) else 1
    token = cursor.peek(ahead)
    if token is None or token.kind is not Kind.DAY:
        return None
    cursor.place += ahead + 1
    return token


def _ranged(found: _List, choice: Choice, first: Token, last: Token) -> Choice:
    if choice.rule.nth or choice.half:
        found.problem = "jours-ambigus"
    length = (last.number - first.number) % 7
    days = frozenset(Weekday((first.number + step) % 7) for step in range(length + 1))
    return replace(choice, rule=replace(choice.rule, days=days), is_general=True)


def _check_nth(found: _List) -> None:
    """Doubt a rank that may belong to one day or to all: "1er lundi et mardi du mois"."""
    ranked = [bool(choice.rule.nth) for choice in found.choices if not choice.is_holiday]
    if any(earlier and not later for earlier, later in pairwise(ranked)):
        found.problem = "jours-ambigus"


def _check_halves(found: _List) -> None:
    """Doubt a half that may belong to one day or to all: "lundi et jeudi matin"."""
    halves = [choice.half for choice in found.choices]
    if len(halves) > 1 and halves[-1] is not None and halves[0] is None:
        found.notices.append("demi-journee-ambigue")
