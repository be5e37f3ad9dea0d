"""Read the rules of a segment: dates, weekdays, times, what they mean, a comment."""

import re
from dataclasses import replace

from portal.hours.osm.cursor import Cursor, UnreadableWords
from portal.hours.osm.dates import MONTHS, read_dates, read_weeks, starts_dates
from portal.hours.osm.day_sets import Inexpressible, shared
from portal.hours.osm.times import read_times, starts_times
from portal.hours.osm.tokens import Kind, Segment, Token
from portal.hours.osm.values import Days, Doubt, Joined, Modifier, Rule, Times
from portal.hours.osm.weekdays import DAYS, day_range, read_weekdays, starts_weekdays
from portal.hours.slots import EVERY_DAY, WHOLE_DAY, DayRule, PublicHolidays, SchoolHolidays, Weekday

_MODIFIERS = {"open": Modifier.OPEN, "off": Modifier.CLOSED, "closed": Modifier.CLOSED, "unknown": Modifier.UNKNOWN}
_NEUTRAL_WORDS = {*MONTHS, *_MODIFIERS, "week", "sunrise", "sunset", "dawn", "dusk", "day", "days", "easter"}
_MAY_BE_DAYS = re.compile(
    "lun|mar|mer|jeu|ven|sam|dim|mon|tue|wed|thu|fri|sat|sun|lu$|ma$|me$|je$|ve$|di$|jour|tou|quoti|week|sem|every|dai"
    "|all|day|f[ée]r|vac|hol|ph|sh|sauf|hors|exce|autre|other|du$|au$|to$|from"
)
_ALWAYS = Days((DayRule(public_holidays=PublicHolidays.OPEN),))


def read_segment(segment: Segment) -> list[Rule]:
    """Read the rules of a segment; if one word of it is strange, the whole segment is in doubt."""
    cursor = Cursor(segment.tokens)
    try:
        return _rules(cursor, segment)
    except (UnreadableWords, Inexpressible):
        days = Days((DayRule(days=_days_named(segment.tokens)),))
        return [Rule(segment.text, Joined(segment.separator), days, doubts=(Doubt.SYNTAX,))]


def _rules(cursor: Cursor, segment: Segment) -> list[Rule]:
    rules = [_rule(cursor, segment, Joined(segment.separator))]
    while cursor.take_mark(","):
        rules.append(_rule(cursor, segment, Joined.ADDING))
    if not cursor.at_end:
        raise UnreadableWords
    return rules


def _rule(cursor: Cursor, segment: Segment, joined: Joined) -> Rule:
    start = cursor.position
    days, times = _days_and_times(cursor)
    modifier = _MODIFIERS.get(cursor.take_word(*_MODIFIERS))
    comments = []
    while cursor.next.kind is Kind.COMMENT:
        comments.append(cursor.take().text)
    if cursor.position == start:
        raise UnreadableWords
    pieces = segment.tokens[start : cursor.position]
    offset = segment.tokens[0].start
    words = segment.text[pieces[0].start - offset : pieces[-1].end - offset]
    return Rule(words, joined, days, times, modifier, " ".join(comments))


def _days_and_times(cursor: Cursor) -> tuple[Days, Times | None]:
    if cursor.next.kind is Kind.ALWAYS:
        cursor.take()
        return _ALWAYS, Times(known=(WHOLE_DAY,))
    days = _days(cursor)
    return days, read_times(cursor) if starts_times(cursor) else None


def _days(cursor: Cursor) -> Days:
    found: list[Days] = []
    if starts_dates(cursor):
        found.append(read_dates(cursor))
    if cursor.take_word("week"):
        found.append(read_weeks(cursor))
    if found:
        cursor.take_mark(":")
    if starts_weekdays(cursor):
        found.append(read_weekdays(cursor))
        cursor.take_mark(":")
    return _every_day_is_open(_meeting(found)) if found else _ALWAYS


def _every_day_is_open(days: Days) -> Days:
    """Take "every day" at its word: a rule that names no weekday holds on public holidays too."""
    return replace(
        days,
        rules=tuple(
            replace(rule, public_holidays=PublicHolidays.OPEN) if _is_every_day(rule) else rule for rule in days.rules
        ),
    )


def _is_every_day(rule: DayRule) -> bool:
    unnamed = rule.days == EVERY_DAY and not rule.nth
    unstated = rule.public_holidays is PublicHolidays.UNSTATED and rule.school_holidays is SchoolHolidays.ALWAYS
    return unnamed and unstated


def _meeting(found: list[Days]) -> Days:
    """Keep the days that every part of the selector names."""
    rules = list(found[0].rules)
    for days in found[1:]:
        rules = [both for rule in rules for other in days.rules for both in shared(rule, other)]
    return Days(
        rules=tuple(rules),
        stated=any(days.stated for days in found),
        doubts=tuple(dict.fromkeys(doubt for days in found for doubt in days.doubts)),
    )


def _days_named(tokens: tuple[Token, ...]) -> frozenset[Weekday]:
    """Give the weekdays a strange segment speaks of, or every day when other words of it may be days."""
    words = [token.text for token in tokens if token.kind is Kind.WORD]
    if any(_MAY_BE_DAYS.match(word) for word in words if word not in {*DAYS, *_NEUTRAL_WORDS}):
        return EVERY_DAY
    named: set[Weekday] = set()
    for place, token in enumerate(tokens):
        if token.text in DAYS:
            named |= day_range(token.text, _range_end(tokens[place + 1 : place + 3]) or token.text)
    return frozenset(named) or EVERY_DAY


def _range_end(tokens: tuple[Token, ...]) -> str:
    words = [token.text for token in tokens]
    return words[1] if len(words) > 1 and words[0] == "-" and words[1] in DAYS else ""
