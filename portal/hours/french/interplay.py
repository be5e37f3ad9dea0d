"""Settle what two statements about the same days mean together: both, the narrower, or nobody knows.

"Du lundi au vendredi 9h-17h, mercredi 9h-12h": the second amends the first. "En juillet : …" replaces in July.
Where adding and replacing give other hours, the difference is in doubt and only that.
"""

from dataclasses import dataclass, replace
from itertools import combinations

from portal.hours.french.calendar_sets import CannotSay, meet, without
from portal.hours.french.pieces import Draft, Piece
from portal.hours.french.spans import minus, overlap
from portal.hours.slots import EVERY_DAY, DayRule, PublicHolidays, TimeSpan, Weeks

CONTRADICTION = "horaires-contradictoires"


@dataclass(frozen=True)
class Said:
    """How a statement was put, as far as it changes what it does to the others."""

    words: str
    heads: bool = False
    inherits: bool = False


def settle(draft: Draft, said: dict[int, Said]) -> None:
    """Let the statements amend one another, two by two."""
    _leave_holidays(draft)
    _doubt_days_left_out(draft, said)
    for first, second in combinations(sorted(said), 2):
        while _changes(draft, first, second, said):
            pass


def _changes(draft: Draft, first: int, second: int, said: dict[int, Said]) -> bool:
    """Confront the pieces of two statements until one of them is cut; tell whether one was."""
    for one in _of(draft, first):
        for other in _of(draft, second):
            before = list(draft.pieces)
            _confront(draft, one, other, said)
            if draft.pieces != before:
                return True
    return False


def _of(draft: Draft, origin: int) -> list[Piece]:
    return [piece for piece in draft.pieces if piece.origin == origin]


def condition(rule: DayRule) -> DayRule:
    """Keep what a rule says of the year, and drop its weekdays."""
    return replace(rule, days=EVERY_DAY, nth=frozenset(), public_holidays=PublicHolidays.UNSTATED)


def _leave_holidays(draft: Draft) -> None:
    """Let hours written for public holidays stand alone on them."""
    if any(piece.rule.public_holidays is PublicHolidays.ONLY for piece in draft.pieces):
        draft.pieces = [
            piece if piece.rule.public_holidays is PublicHolidays.ONLY else _closed_on_holidays(piece)
            for piece in draft.pieces
        ]


def _closed_on_holidays(piece: Piece) -> Piece:
    return replace(piece, rule=replace(piece.rule, public_holidays=PublicHolidays.CLOSED))


def _doubt_days_left_out(draft: Draft, said: dict[int, Said]) -> None:
    """Doubt, in a season with hours of its own, the days that only the ordinary hours name."""
    headed = [piece for piece in draft.pieces if piece.origin in said and said[piece.origin].heads]
    for season in dict.fromkeys(condition(piece.rule) for piece in headed):
        if season == DayRule() or season.weeks is not Weeks.EVERY:
            continue
        own = [piece for piece in headed if condition(piece.rule) == season]
        days = frozenset(day for piece in own for day in piece.rule.days)
        for piece in draft.pieces:
            left = piece.rule.days - days
            if left and condition(piece.rule) == DayRule() and not _is_holiday(piece):
                draft.doubt(CONTRADICTION, said[own[0].origin].words, [replace(season, days=left)], piece.times)


def _is_holiday(piece: Piece) -> bool:
    return piece.rule.public_holidays is PublicHolidays.ONLY


def _confront(draft: Draft, one: Piece, other: Piece, said: dict[int, Said]) -> None:
    if _is_holiday(one) or _is_holiday(other):
        return
    words = said[other.origin].words
    try:
        common = meet(one.rule, other.rule)
    except CannotSay:
        draft.doubt(CONTRADICTION, words, [DayRule(days=one.rule.days & other.rule.days)])
        return
    is_same = one.times == other.times and (one.mode, one.appointment) == (other.mode, other.appointment)
    if common and not is_same and one.mode == other.mode:
        wide, narrow = _ordered(one, other)
        if wide is None or narrow is None:
            _doubt_difference(draft, common, one, other, words)
        else:
            _amend(draft, wide, narrow, common, said)


def _ordered(one: Piece, other: Piece) -> tuple[Piece | None, Piece | None]:
    """Tell which of two is the general rule: the one with more days, or with no condition."""
    for wide, narrow in ((one, other), (other, one)):
        try:
            rest = without(narrow.rule, replace(wide.rule, public_holidays=PublicHolidays.UNSTATED))
        except CannotSay:
            continue
        if not rest:
            return wide, narrow
    return None, None


def _amend(draft: Draft, wide: Piece, narrow: Piece, common: tuple[DayRule, ...], said: dict[int, Said]) -> None:
    has_condition = condition(narrow.rule) != condition(wide.rule)
    if has_condition and said[narrow.origin].heads and condition(narrow.rule).weeks is condition(wide.rule).weeks:
        _replace(draft, wide, narrow)
    elif not has_condition and _adds(wide, narrow, said):
        return
    elif not minus(narrow.times, wide.times) and (wide.is_general or has_condition or narrow.rule.nth):
        # Fewer hours than usual on some days: saying it would be idle if it did not replace.
        _replace(draft, wide, narrow)
    else:
        _doubt_difference(draft, common, wide, narrow, said[narrow.origin].words, keep=narrow.times)


def _adds(wide: Piece, narrow: Piece, said: dict[int, Said]) -> bool:
    """Tell whether two hours for the same days simply follow one another in the day."""
    if overlap(wide.times, narrow.times):
        return False
    same_days = (wide.rule.days, wide.rule.nth) == (narrow.rule.days, narrow.rule.nth)
    by_name = not wide.is_general and narrow.rule.nth == wide.rule.nth
    return same_days or by_name or (wide.has_half and narrow.has_half) or said[narrow.origin].inherits


def _replace(draft: Draft, wide: Piece, narrow: Piece) -> None:
    draft.amend(
        replace(narrow.rule, public_holidays=PublicHolidays.UNSTATED),
        None,
        "",
        lambda _piece: None,
        lambda piece: piece == wide,
    )


def _doubt_difference(
    draft: Draft,
    common: tuple[DayRule, ...],
    one: Piece,
    other: Piece,
    words: str,
    *,
    keep: tuple[TimeSpan, ...] = (),
) -> None:
    """Doubt the hours that hold in one reading only."""
    rules = [replace(rule, public_holidays=PublicHolidays.UNSTATED) for rule in common]
    either = minus(one.times, other.times) if keep else minus(one.times, other.times) + minus(other.times, one.times)
    if either or not keep:
        draft.doubt(CONTRADICTION, words, rules, tuple(sorted(either)) or one.times)
