"""One way to write each opening: two openings that say the same thing become equal values.

Readers return it and round trips compare it. Slots are cut into atoms (one day, one stretch of time), the atoms that
complete one another are joined (even and odd weeks make every week), and days that share their times come together.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations, pairwise
from typing import Any

from portal.hours.slots import (
    DAY,
    DatedException,
    DayRule,
    Opening,
    PublicHolidays,
    SchoolHolidays,
    Slot,
    TimeSpan,
    Unread,
    Weekday,
    Weeks,
)

EVERY_NTH = 0
"""Stands for a rule that does not count the days of the month."""

Stretch = tuple[int, int]

SOME_TIME: Stretch = (-1, -1)
"""Stands for a slot without times."""


@dataclass(frozen=True)
class _Variant:
    """The conditions that can complete one another."""

    weeks: Weeks
    nth: int
    public_holidays: PublicHolidays
    school_holidays: SchoolHolidays
    zones: frozenset[str]


@dataclass(frozen=True)
class _Place:
    """Where an atom stands: everything of its slot but the conditions above and the times."""

    frame: Slot
    day: Weekday | date


_JOINED: dict[str, dict[frozenset[Any], Any]] = {
    "weeks": {
        frozenset({Weeks.EVEN, Weeks.ODD}): Weeks.EVERY,
        frozenset({Weeks.EVEN, Weeks.EVERY}): Weeks.EVERY,
        frozenset({Weeks.ODD, Weeks.EVERY}): Weeks.EVERY,
    },
    "public_holidays": {
        frozenset({PublicHolidays.CLOSED, PublicHolidays.ONLY}): PublicHolidays.OPEN,
        frozenset({PublicHolidays.CLOSED, PublicHolidays.OPEN}): PublicHolidays.OPEN,
        frozenset({PublicHolidays.ONLY, PublicHolidays.OPEN}): PublicHolidays.OPEN,
        frozenset({PublicHolidays.UNSTATED, PublicHolidays.OPEN}): PublicHolidays.OPEN,
        frozenset({PublicHolidays.UNSTATED, PublicHolidays.CLOSED}): PublicHolidays.UNSTATED,
    },
    "school_holidays": {
        frozenset({SchoolHolidays.EXCEPT, SchoolHolidays.ONLY}): SchoolHolidays.ALWAYS,
    },
}


def canonical(opening: Opening) -> Opening:
    """Write an opening in the one form that all openings of the same meaning share."""
    return Opening(
        slots=canonical_slots(opening.slots),
        exceptions=tuple(sorted(set(opening.exceptions), key=_exception_order)),
        unread=_canonical_unread(opening.unread),
    )


def canonical_slots(slots: Iterable[Slot]) -> tuple[Slot, ...]:
    """Cut slots into atoms, join what belongs together, and put the result in order."""
    before: tuple[Slot, ...] = ()
    after = tuple(slots)
    while after != before:
        before, after = after, _once(after)
    return after


def _once(slots: tuple[Slot, ...]) -> tuple[Slot, ...]:
    atoms: dict[_Place, dict[_Variant, list[Stretch]]] = defaultdict(lambda: defaultdict(list))
    for slot in slots:
        for place in _places(slot):
            for variant in _variants(slot.rule):
                atoms[place][variant].extend((span.start, span.end) for span in slot.times)
                if not slot.times:
                    atoms[place][variant].append(SOME_TIME)
    days: dict[tuple[Slot, _Variant, frozenset[int], tuple[TimeSpan, ...]], set[Weekday | date]] = defaultdict(set)
    for place, variants in atoms.items():
        for variant, nth, times in _joined(variants):
            days[place.frame, variant, nth, times].add(place.day)
    return tuple(sorted((_slot(*key, found) for key, found in days.items()), key=_slot_order))


def _places(slot: Slot) -> Iterator[_Place]:
    rule = slot.rule
    frame = replace(
        slot,
        times=(),
        rule=DayRule(valid_from=rule.valid_from, valid_to=rule.valid_to, season=rule.season),
    )
    for day in rule.dates or rule.days:
        yield _Place(frame, day)


def _variants(rule: DayRule) -> Iterator[_Variant]:
    zones = frozenset() if rule.school_holidays is SchoolHolidays.ALWAYS else rule.zones
    weeks = Weeks.EVERY if rule.dates else rule.weeks
    # Who names a date has said what happens on it: open and unstated are the same there.
    named = bool(rule.dates) and rule.public_holidays is PublicHolidays.OPEN
    public = PublicHolidays.UNSTATED if named else rule.public_holidays
    for nth in (frozenset() if rule.dates else rule.nth) or {EVERY_NTH}:
        yield _Variant(weeks, nth, public, rule.school_holidays, zones)


def _joined(
    variants: dict[_Variant, list[Stretch]],
) -> Iterator[tuple[_Variant, frozenset[int], tuple[TimeSpan, ...]]]:
    """Join, on each elementary stretch of a day, the conditions that complete one another."""
    cuts = sorted({minute for spans in variants.values() for span in spans for minute in span if minute < DAY} | {DAY})
    pieces: dict[Stretch, set[_Variant]] = defaultdict(set)
    for variant, spans in variants.items():
        for span in spans:
            for piece in _pieces(span, cuts):
                pieces[piece].add(variant)
    spans_of: dict[tuple[_Variant, frozenset[int]], list[Stretch]] = defaultdict(list)
    for piece, standing in pieces.items():
        for key in _with_nth_together(_settled(standing)):
            spans_of[key].append(piece)
    for (variant, nth), found in spans_of.items():
        for times in _with_some_time_apart(found):
            yield variant, nth, times


def _with_some_time_apart(spans: list[Stretch]) -> Iterator[tuple[TimeSpan, ...]]:
    if SOME_TIME in spans:
        yield ()
    known = [span for span in spans if span != SOME_TIME]
    if known:
        yield glued(known)


def _pieces(span: Stretch, cuts: list[int]) -> Iterator[Stretch]:
    """Cut a span at every minute where another begins or ends; what lies past midnight stays with its evening."""
    inside = [span[0], *(cut for cut in cuts if span[0] < cut < min(span[1], DAY)), span[1]]
    yield from pairwise(inside)


def _settled(variants: set[_Variant]) -> set[_Variant]:
    """Join pairs that differ by one condition until nothing more can be joined."""
    while True:
        ordered = sorted(variants, key=_variant_order)
        for one, other in combinations(ordered, 2):
            union = _union(one, other)
            if union is not None:
                variants = (variants - {one, other}) | {union}
                break
        else:
            return variants


def _union(one: _Variant, other: _Variant) -> _Variant | None:
    for field, table in _JOINED.items():
        mine, theirs = getattr(one, field), getattr(other, field)
        joined = table.get(frozenset({mine, theirs}))
        if joined is not None and replace(one, **{field: theirs}) == other:
            return _tidy(replace(one, **{field: joined}))
    if EVERY_NTH in {one.nth, other.nth} and replace(one, nth=other.nth) == other:
        return replace(one, nth=EVERY_NTH)
    return _always(one, other)


def _always(one: _Variant, other: _Variant) -> _Variant | None:
    """Let a rule that ignores school holidays swallow the same rule of some of them."""
    for wide, narrow in ((one, other), (other, one)):
        plain = replace(narrow, school_holidays=SchoolHolidays.ALWAYS, zones=frozenset())
        if wide.school_holidays is SchoolHolidays.ALWAYS and plain == wide:
            return wide
    return None


def _tidy(variant: _Variant) -> _Variant:
    return replace(variant, zones=frozenset()) if variant.school_holidays is SchoolHolidays.ALWAYS else variant


def _with_nth_together(variants: set[_Variant]) -> Iterator[tuple[_Variant, frozenset[int]]]:
    counted: dict[_Variant, set[int]] = defaultdict(set)
    for variant in variants:
        counted[replace(variant, nth=EVERY_NTH)].add(variant.nth)
    for variant, nth in counted.items():
        whole = EVERY_NTH in nth or {1, 2, 3, 4, 5} <= nth or {-1, -2, -3, -4, -5} <= nth
        yield variant, frozenset() if whole else frozenset(nth)


def glued(spans: Iterable[Stretch]) -> tuple[TimeSpan, ...]:
    """Join the spans of a day that touch or overlap, in order."""
    result: list[Stretch] = []
    for start, end in sorted(spans):
        if result and start <= result[-1][1] and max(end, result[-1][1]) - result[-1][0] <= DAY:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return tuple(TimeSpan(start, end) for start, end in result)


def _slot(
    frame: Slot, variant: _Variant, nth: frozenset[int], times: tuple[TimeSpan, ...], found: set[Weekday | date]
) -> Slot:
    dates = frozenset(day for day in found if isinstance(day, date))
    rule = replace(
        frame.rule,
        days=DayRule().days if dates else frozenset(day for day in found if isinstance(day, Weekday)),
        dates=dates,
        weeks=variant.weeks,
        nth=nth,
        public_holidays=variant.public_holidays,
        school_holidays=variant.school_holidays,
        zones=variant.zones,
    )
    return replace(frame, rule=rule, times=times)


def _variant_order(variant: _Variant) -> tuple[object, ...]:
    return (
        variant.weeks,
        variant.nth,
        variant.public_holidays,
        variant.school_holidays,
        tuple(sorted(variant.zones)),
    )


def _slot_order(slot: Slot) -> tuple[object, ...]:
    rule = slot.rule
    season = (rule.season.first, rule.season.last) if rule.season else ()
    return (
        sorted(rule.dates),
        rule.valid_from or date.min,
        rule.valid_to or date.max,
        season,
        _SCHOOL_ORDER[rule.school_holidays],
        sorted(rule.zones),
        _PUBLIC_ORDER[rule.public_holidays],
        _WEEKS_ORDER[rule.weeks],
        sorted(rule.nth),
        sorted(rule.days),
        slot.times,
        slot.mode,
        slot.appointment,
        slot.note,
    )


_SCHOOL_ORDER = {kind: rank for rank, kind in enumerate(SchoolHolidays)}
_PUBLIC_ORDER = {PublicHolidays.ONLY: 1, **dict.fromkeys(set(PublicHolidays) - {PublicHolidays.ONLY}, 0)}
_WEEKS_ORDER = {kind: rank for rank, kind in enumerate(Weeks)}


def _exception_order(exception: DatedException) -> tuple[object, ...]:
    return (
        exception.first,
        exception.last,
        exception.kind,
        exception.times,
        exception.reason,
        exception.mode,
        exception.appointment,
    )


def _canonical_unread(unread: tuple[Unread, ...]) -> tuple[Unread, ...]:
    """Join doubts as slots are joined; a doubt holds on public holidays unless they were told apart."""
    beside = dict.fromkeys(words for words in unread if words.touches is None)
    touching = (
        Slot(words.times, _on_holidays_too(words.touches), note=words.text) for words in unread if words.touches
    )
    joined = (Unread(slot.note, slot.rule, slot.times) for slot in canonical_slots(touching))
    return (*joined, *beside)


def _on_holidays_too(rule: DayRule) -> DayRule:
    unstated = rule.public_holidays is PublicHolidays.UNSTATED and not rule.dates
    return replace(rule, public_holidays=PublicHolidays.OPEN) if unstated else rule
