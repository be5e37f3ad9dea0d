"""Say which days and times a statement speaks of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from portal.hours.french.calendar_sets import CannotSay, meet, without
from portal.hours.french.grouping import FIGURE
from portal.hours.french.parts import Choice
from portal.hours.french.statement import Statement
from portal.hours.slots import DayRule, PublicHolidays, TimeSpan


@dataclass(frozen=True)
class Scope:
    """Some days, and the half of them that is meant when one is."""

    rule: DayRule
    half: TimeSpan | None = None
    is_holiday: bool = False
    is_general: bool = False


def scopes_of(statement: Statement, choices: Sequence[Choice]) -> list[Scope]:
    """Join each choice of days with each stretch of the year; refuse what no rule can say."""
    half = statement.halves[0] if statement.halves else None
    found = [
        Scope(rule, choice.half or half, choice.is_holiday, choice.is_general)
        for choice in choices
        for rule in joined([choice.rule], statement.whens)
    ]
    for taken in statement.minus:
        found = [kept for scope in found for kept in _taken_out(scope, taken)]
    return found


def joined(rules: Iterable[DayRule], whens: Iterable[tuple[DayRule, ...]]) -> list[DayRule]:
    """Narrow rules by stretches of the year: one of each set must hold."""
    found = list(rules)
    for stretches in whens:
        found = [rule for one in found for other in stretches for rule in meet(one, other)]
    return found


def _taken_out(scope: Scope, taken: Choice) -> list[Scope]:
    if taken.half is not None:
        # Part of a day: the times will be cut, the day stays.
        return [scope]
    if taken.is_holiday:
        if scope.is_holiday:
            return []
        closed = DayRule(public_holidays=PublicHolidays.CLOSED)
        return [Scope(rule, scope.half, scope.is_holiday, scope.is_general) for rule in meet(scope.rule, closed)]
    rules = without(scope.rule, taken.rule)
    return [Scope(rule, scope.half, scope.is_holiday, scope.is_general) for rule in rules]


def wide_rules(statement: Statement, choices: Sequence[Choice]) -> list[DayRule]:
    """Give the days a doubtful statement may touch: as narrow as can be said, never narrower than the truth."""
    plain = [
        choice.rule if choice.is_holiday else DayRule(days=choice.rule.days, nth=choice.rule.nth) for choice in choices
    ] or [DayRule()]
    is_dated = any(rule.dates for stretches in statement.whens for rule in stretches)
    if FIGURE in statement.unknown and is_dated:
        # "du 2 6 mars": the figure may belong to the dates.
        return plain
    try:
        found = joined(plain, statement.whens)
    except CannotSay:
        found = []
    return list(dict.fromkeys(found)) or plain
