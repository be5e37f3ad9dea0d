"""Take away the hours that a closure or an exception names: "fermé le mercredi", "sauf les jours fériés", "en août"."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from portal.hours.french.calendar_sets import CannotSay, meet
from portal.hours.french.parts import Choice
from portal.hours.french.pieces import Draft, Piece
from portal.hours.french.scope import Scope, scopes_of, wide_rules
from portal.hours.french.statement import Statement
from portal.hours.slots import (
    EVERY_DAY,
    DatedException,
    DayRule,
    ExceptionKind,
    PublicHolidays,
    TimeSpan,
    Weekday,
)

Reader = Callable[[Statement, int], None]


@dataclass(frozen=True)
class Closing:
    """A closure, its words, and the hours it takes from."""

    draft: Draft
    statement: Statement
    words: str
    days: frozenset[Weekday] | None = None
    """The days of the column it stands in."""
    reason: str = ""


def close(closing: Closing, number: int) -> None:
    """Take away what a closure names; keep the words in doubt when there is nothing to take from."""
    statement = closing.statement
    if statement.is_exception and statement.times:
        days = [DayRule(days=choice.rule.days) for choice in statement.choices]
        rules = days or wide_rules(statement, [])
        closing.draft.doubt("exception-avec-heures", closing.words, rules)
    elif not _says_when(statement):
        _close_without_days(closing)
    elif _is_dated(statement):
        _close_dates(closing)
    else:
        _close_days(closing, number)


def _says_when(statement: Statement) -> bool:
    return bool(statement.choices or statement.whens or statement.halves or statement.public or statement.times)


def _close_without_days(closing: Closing) -> None:
    """Read "fermé" by itself: in the column of a day it is plain; elsewhere nobody knows since when."""
    if closing.days is None or closing.draft.pieces:
        rule = DayRule(days=closing.days or EVERY_DAY)
        closing.draft.doubt("fermeture-sans-date", closing.words, [rule])


def _is_dated(statement: Statement) -> bool:
    """Tell whether a closure stands on dates of one year, which makes it an exception and not a rule."""
    if statement.choices or statement.public or len(statement.whens) != 1:
        return False
    return all(rule.dates or (rule.valid_from and rule.valid_to) for rule in statement.whens[0])


def _close_dates(closing: Closing) -> None:
    statement = closing.statement
    times = tuple(statement.times or statement.halves)
    for rule in statement.whens[0]:
        for first, last in _ranges(rule):
            closing.draft.exceptions.append(DatedException(first, last, ExceptionKind.CLOSED, times, closing.reason))
    if not closing.draft.pieces and not closing.draft.unread and closing.days is None:
        closing.draft.doubt("heures-manquantes", closing.words, [DayRule()])


def _ranges(rule: DayRule) -> list[tuple[date, date]]:
    if rule.dates:
        return [(day, day) for day in sorted(rule.dates)]
    return [(rule.valid_from, rule.valid_to)] if rule.valid_from and rule.valid_to else []


def _close_days(closing: Closing, number: int) -> None:
    statement = closing.statement
    choices = statement.choices or [Choice(DayRule(days=closing.days or EVERY_DAY))]
    if statement.public and not statement.choices:
        choices = [Choice(DayRule(public_holidays=PublicHolidays.ONLY), is_holiday=True)]
    scopes = scopes_of(statement, choices)
    if not closing.draft.pieces:
        _doubt_the_rest(closing, scopes)
    for scope in scopes:
        _doubt_border(closing, scope, number)
        halves: list[TimeSpan | None] = [*statement.times] or [scope.half]
        for half in halves:
            _take(closing, scope, half, number)


def _take(closing: Closing, scope: Scope, half: TimeSpan | None, number: int) -> None:
    if scope.is_holiday:
        closing.draft.pieces = [
            _closed_on_holidays(piece) if _concerns(closing, piece, scope, number) else piece
            for piece in closing.draft.pieces
        ]
        return
    closing.draft.amend(
        replace(scope.rule, public_holidays=PublicHolidays.UNSTATED),
        half,
        closing.words,
        lambda _piece: None,
        lambda piece: _concerns(closing, piece, scope, number),
    )


def _closed_on_holidays(piece: Piece) -> Piece:
    if piece.rule.public_holidays is PublicHolidays.ONLY:
        return piece
    return replace(piece, rule=replace(piece.rule, public_holidays=PublicHolidays.CLOSED))


def _concerns(closing: Closing, piece: Piece, scope: Scope, number: int) -> bool:
    """Tell whether an exception speaks of a piece: a closure does always, "sauf" of the statement it follows."""
    statement = closing.statement
    if statement.is_closed or (statement.is_shared and not statement.choices) or piece.origin < 0:
        return True
    return piece.origin == _target(closing, scope, number)


def _target(closing: Closing, scope: Scope, number: int) -> int:
    """Find the statement nearest before an exception that it can take something from."""
    named = [piece.origin for piece in closing.draft.pieces if _meets(piece, scope)]
    before = [origin for origin in named if origin < number]
    return max(before or named, default=-1)


def _meets(piece: Piece, scope: Scope) -> bool:
    try:
        return bool(meet(replace(piece.rule, public_holidays=PublicHolidays.UNSTATED), _plain(scope.rule)))
    except CannotSay:
        return True


def _plain(rule: DayRule) -> DayRule:
    return replace(rule, public_holidays=PublicHolidays.UNSTATED)


def _doubt_border(closing: Closing, scope: Scope, number: int) -> None:
    """Doubt whether an exception holds for statements further back; on public holidays nobody said they open."""
    if scope.is_holiday or closing.statement.is_closed:
        return
    for piece in closing.draft.pieces:
        if piece.origin < number and _meets(piece, scope) and not _concerns(closing, piece, scope, number):
            closing.draft.doubt("portee-incertaine", closing.words, meet(piece.rule, _plain(scope.rule)), piece.times)


def _doubt_the_rest(closing: Closing, scopes: list[Scope]) -> None:
    """Say that a closure alone tells nothing of the other days."""
    if closing.draft.unread or closing.days is not None:
        return
    shut = [scope.rule.days for scope in scopes if not scope.half and scope.rule == DayRule(days=scope.rule.days)]
    left = EVERY_DAY - frozenset(day for days in shut for day in days) if shut != [EVERY_DAY] else EVERY_DAY
    closing.draft.doubt("heures-manquantes", closing.words, [DayRule(days=left or EVERY_DAY)])
