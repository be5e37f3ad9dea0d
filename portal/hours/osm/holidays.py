"""Part an opening into its usual week and what changes on school and public holidays, as the notation wants it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from portal.hours.canonical import canonical_slots
from portal.hours.slots import (
    EVERY_DAY,
    PublicHolidays,
    SchoolHolidays,
    Slot,
    Weekday,
)

Slots = tuple[Slot, ...]


@dataclass(frozen=True)
class Change:
    """What replaces the usual week on holidays: days that close or fall silent, or slots."""

    holiday: str
    """`SH` or `PH`."""
    word: str = ""
    """`off` or `unknown`, for `days`."""
    days: frozenset[Weekday] = frozenset()
    slots: Slots = ()


def usual(slots: Slots) -> Slots:
    """Give the week as it is without any holiday."""
    outside = (
        slot
        for slot in slots
        if slot.rule.public_holidays is not PublicHolidays.ONLY and slot.rule.school_holidays is not SchoolHolidays.ONLY
    )
    return canonical_slots(_without_school(_without_public(slot)) for slot in outside)


def changes(slots: Slots) -> tuple[Change, ...]:
    """List what to write after the usual week."""
    return (*_school_changes(slots), *_public_changes(slots))


def _without_public(slot: Slot, public: PublicHolidays = PublicHolidays.UNSTATED) -> Slot:
    return replace(slot, rule=replace(slot.rule, public_holidays=public))


def _without_school(slot: Slot) -> Slot:
    return replace(slot, rule=replace(slot.rule, school_holidays=SchoolHolidays.ALWAYS, zones=frozenset()))


def _on(slots: Iterable[Slot], day: Weekday) -> Slots:
    found = (slot for slot in slots if day in slot.rule.days and not slot.rule.dates)
    return canonical_slots(replace(slot, rule=replace(slot.rule, days=frozenset({day}))) for slot in found)


def _school_changes(slots: Slots) -> tuple[Change, ...]:
    week = [_without_public(slot) for slot in slots if slot.rule.public_holidays is not PublicHolidays.ONLY]
    before = [_without_school(slot) for slot in week if slot.rule.school_holidays is not SchoolHolidays.ONLY]
    during = [_without_school(slot) for slot in week if slot.rule.school_holidays is not SchoolHolidays.EXCEPT]
    differing = {day for day in EVERY_DAY if _on(before, day) != _on(during, day)}
    return _closing_or_not("SH", during, differing, _days_of(before))


def _days_of(slots: Iterable[Slot]) -> frozenset[Weekday]:
    return frozenset(day for slot in slots if not slot.rule.dates for day in slot.rule.days)


def _closing_or_not(
    holiday: str, during: list[Slot], differing: set[Weekday], usual_days: frozenset[Weekday]
) -> tuple[Change, ...]:
    closing = frozenset(day for day in differing if not _on(during, day))
    opening = canonical_slots(slot for day in differing - closing for slot in _on(during, day))
    return (
        *_worded(holiday, "off", closing, usual_days),
        *((Change(holiday, slots=opening),) if opening else ()),
    )


def _worded(holiday: str, word: str, days: frozenset[Weekday], usual_days: frozenset[Weekday]) -> tuple[Change, ...]:
    """Name the days only where the others differ."""
    if not days:
        return ()
    return (Change(holiday, word, EVERY_DAY if days >= usual_days else days),)


def _public_changes(slots: Slots) -> tuple[Change, ...]:
    week = usual(slots)
    stated = [slot for slot in slots if slot.rule.public_holidays in {PublicHolidays.OPEN, PublicHolidays.ONLY}]
    during = [_without_public(slot, PublicHolidays.ONLY) for slot in stated]
    silent = frozenset(day for day in EVERY_DAY if _is_silent(slots, day))
    wrong = {day for day in EVERY_DAY - silent if not _is_said(slots, week, day)}
    unsaid = frozenset(day for day in silent if _default(week, day) - {PublicHolidays.UNSTATED})
    return (
        *_closing_or_not("PH", during, wrong, _days_of(week)),
        *_worded("PH", "unknown", unsaid, _days_of(week)),
    )


def _kinds(slots: Iterable[Slot], day: Weekday) -> set[PublicHolidays]:
    return {slot.rule.public_holidays for slot in slots if day in slot.rule.days and not slot.rule.dates}


def _is_silent(slots: Slots, day: Weekday) -> bool:
    """Tell whether nobody said what happens on a holiday that falls on this weekday."""
    return _kinds(slots, day) == {PublicHolidays.UNSTATED}


def _is_said(slots: Slots, week: Slots, day: Weekday) -> bool:
    """Tell whether the usual week alone already says it: a rule of every day is open on holidays."""
    return _kinds(slots, day) <= {PublicHolidays.OPEN} and _default(week, day) <= {PublicHolidays.OPEN}


def _default(week: Slots, day: Weekday) -> set[PublicHolidays]:
    return {
        PublicHolidays.OPEN if slot.rule.days == EVERY_DAY and not slot.rule.nth else PublicHolidays.UNSTATED
        for slot in week
        if day in slot.rule.days and not slot.rule.dates
    }
