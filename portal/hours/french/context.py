"""Let statements take from one another what they leave unsaid, before any of them is read.

Words nobody knows cast doubt on their sentence, "les autres jours" means those the other statements leave, "hors
saison" the rest of a year whose season has dates.
"""

from dataclasses import replace

from portal.hours.french.calendar_sets import CannotSay, without
from portal.hours.french.grouping import AWAY, HAZARD, HOURS, OTHERS
from portal.hours.french.parts import Choice
from portal.hours.french.statement import Statement
from portal.hours.french.statements import AMBIGUOUS
from portal.hours.slots import EVERY_DAY, DayRule, SchoolHolidays, Weekday, Weeks

_WEEKEND = frozenset({Weekday.SATURDAY, Weekday.SUNDAY})
_NO_DATES = "saison-sans-dates"


def complete(statements: list[Statement]) -> None:
    """Complete the statements of a text by one another."""
    _check_reasons(statements)
    _name_other_days(statements)
    _check_glued_days(statements)
    _spread_unknown_words(statements)
    _spread_days(statements)
    _spread_every_half(statements)
    _date_the_rest(statements)


def lacks_base(statements: list[Statement]) -> bool:
    """Tell "été : 10h-18h / hiver : 10h-17h": without ordinary hours, nobody knows any day."""
    has_season = any(statement.has_season_word for statement in statements)
    return has_season and not any(
        statement.times and not statement.whens and not statement.closes() for statement in statements
    )


def _check_reasons(statements: list[Statement]) -> None:
    """Take "(congés)" for the reason of a dated closure; elsewhere nobody knows when it holds."""
    for statement in statements:
        rules = [rule for stretches in statement.whens for rule in stretches]
        is_dated = all(rule.dates or rule.valid_to for rule in rules)
        if statement.reason and not (statement.is_closed and rules and is_dated):
            statement.unknown.add(HAZARD)


def _name_other_days(statements: list[Statement]) -> None:
    """Say which days are the other ones; doubt the weekend unless every day named is a closed one."""
    for statement in statements:
        if not any(choice.is_others for choice in statement.choices):
            continue
        named = [one for one in statements if one is not statement and (one.choices or one.whens)]
        left = EVERY_DAY - frozenset(day for one in named for choice in one.choices for day in _days_of(choice))
        if not named or not all(_is_plain(one) for one in named) or not left or len(statement.choices) > 1:
            statement.unknown.add(OTHERS)
            continue
        statement.choices = [Choice(DayRule(days=left), is_general=True)]
        is_sure = statement.closes() or all(one.is_closed for one in named) or not left & _WEEKEND
        statement.problems += [] if is_sure else [AMBIGUOUS]


def _days_of(choice: Choice) -> frozenset[Weekday]:
    return frozenset() if choice.is_holiday else choice.rule.days


def _is_plain(statement: Statement) -> bool:
    return not (statement.whens or statement.halves or statement.minus or statement.is_exception) and all(
        not (choice.half or choice.rule.nth or choice.is_others) for choice in statement.choices
    )


def _check_glued_days(statements: list[Statement]) -> None:
    """Read "lundi mardi 9h-12h" as a list only if no other days are named: a table may have lost an empty cell."""
    n_named = sum(bool(statement.choices) for statement in statements)
    for statement in statements:
        is_list = n_named == 1 and all(
            not (choice.is_general or choice.half or choice.rule.nth) for choice in statement.choices
        )
        statement.problems += [AMBIGUOUS] if statement.is_glued and not is_list else []


def _spread_unknown_words(statements: list[Statement]) -> None:
    """Let a word nobody knows cast its doubt on its whole sentence."""
    marks: dict[int, set[str]] = {}
    for statement in statements:
        marks.setdefault(statement.sentence, set()).update(statement.unknown)
    is_away = any(AWAY in found for found in marks.values())
    for statement in statements:
        found = marks[statement.sentence]
        spread = found | {AWAY} if is_away and found - {HOURS} else found
        statement.unknown = set(spread) if found != {HOURS} else set()


def _spread_days(statements: list[Statement]) -> None:
    """Give "…, l'après-midi 14h-17h" the days of the statement before it."""
    previous: Statement | None = None
    for statement in statements:
        if previous is not None and _takes_days_of(statement, previous):
            halved = [replace(choice, half=None) for choice in previous.choices]
            statement.choices = halved if statement.halves else list(previous.choices)
        if statement.choices or statement.times:
            previous = statement


def _takes_days_of(statement: Statement, previous: Statement) -> bool:
    if statement.choices or statement.public or (statement.closes() and not statement.inherits):
        return False
    is_half = bool(statement.halves) and statement.sentence == previous.sentence
    # "mercredi 14h-18h. Vacances : 8h-18h" may well mean other days; a range of days stays the same.
    is_general = any(choice.is_general for choice in previous.choices)
    follows_condition = bool(statement.heads and statement.times and previous.times and is_general)
    return statement.inherits or is_half or follows_condition


def _spread_every_half(statements: list[Statement]) -> None:
    """Let "tous les matins" mean every day, unless other words say which days."""
    if any(statement.choices and not statement.closes() for statement in statements):
        return
    for statement in statements:
        if statement.is_every_half and not statement.closes():
            statement.choices = [Choice(DayRule(), is_general=True)]


def _date_the_rest(statements: list[Statement]) -> None:
    """Give "le reste de l'année" its dates: those of no part of the year that is named."""
    rests = [statement for statement in statements if statement.is_rest]
    named = [one.whens for one in statements if one.whens and not one.is_rest and not one.closes()]
    for statement in rests:
        if not named:
            statement.problems.append(_NO_DATES)
            continue
        try:
            statement.whens.append(_rest(named))
        except CannotSay:
            statement.problems.append(_NO_DATES)


def _rest(named: list[list[tuple[DayRule, ...]]]) -> tuple[DayRule, ...]:
    """Take every stretch that is named out of the year."""
    left: tuple[DayRule, ...] = (DayRule(),)
    for whens in named:
        if len(whens) > 1 or any(not _is_stretch(rule) for rule in whens[0]):
            raise CannotSay
        for cut in whens[0]:
            left = tuple(piece for rule in left for piece in without(rule, cut))
    return left


def _is_stretch(rule: DayRule) -> bool:
    is_part_of_year = rule.season is not None or rule.valid_to is not None or rule.valid_from is not None
    return is_part_of_year and rule.weeks is Weeks.EVERY and rule.school_holidays is SchoolHolidays.ALWAYS
