"""Lay one rule over the earlier ones."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date

from portal.hours.canonical import canonical_slots
from portal.hours.osm.comments import Remark, read_comment
from portal.hours.osm.day_sets import may_meet, split, without
from portal.hours.osm.values import Doubt, Joined, Modifier, Rule, Times
from portal.hours.slots import (
    DAY,
    EVERY_DAY,
    WHOLE_DAY,
    Appointment,
    DatedException,
    DayRule,
    ExceptionKind,
    PublicHolidays,
    Slot,
    TimeSpan,
    Unread,
    Weekday,
)

DAYS_OF_WEEK = 7


@dataclass(frozen=True)
class Layers:
    """What the rules so far amount to."""

    slots: tuple[Slot, ...] = ()
    exceptions: tuple[DatedException, ...] = ()
    unread: tuple[Unread, ...] = ()
    doubts: tuple[tuple[Doubt, str], ...] = ()
    alone: bool = False
    """Whether the text has one rule only."""


def lay(layers: Layers, rule: Rule) -> Layers:
    """Lay a rule over the earlier ones, as its separator and its modifier say."""
    remark = read_comment(rule.comment)
    doubts = _doubts_of(layers, rule, remark)
    if doubts:
        return lay_words(layers, rule, *doubts)
    if rule.modifier is Modifier.CLOSED:
        return _lay_closure(layers, rule)
    if rule.modifier is Modifier.UNKNOWN:
        return _lay_silence(layers, rule)
    return _lay_opening(layers, rule, remark)


def _doubts_of(layers: Layers, rule: Rule, remark: Remark) -> tuple[Doubt, ...]:
    """List the reasons not to take a rule at its word."""
    doubts = [*rule.doubts, *rule.days.doubts]
    certain = rule.modifier is not Modifier.UNKNOWN
    if certain and remark.touches_hours and not (rule.modifier is Modifier.CLOSED and _is_plain_reason(rule.comment)):
        doubts.append(Doubt.COMMENT)
    if rule.times is not None and not rule.times.known and rule.modifier is Modifier.CLOSED:
        doubts += rule.times.doubts
    if rule.modifier is None and rule.times is None and not doubts:
        doubts += _doubts_without_times(layers, rule, remark)
    return tuple(doubts)


def _is_plain_reason(comment: str) -> bool:
    """Tell whether the words beside a closure only say why."""
    return not any(word in comment.casefold() for word in ("sauf", "except", "rendez", "rdv", "appoint", "possible"))


def _doubts_without_times(layers: Layers, rule: Rule, remark: Remark) -> list[Doubt]:
    if remark.appointment is Appointment.REQUIRED and (rule.days.stated or layers.alone):
        return []
    return [Doubt.NO_TIMES if rule.days.stated else Doubt.COMMENT]


def lay_words(layers: Layers, rule: Rule, *doubts: Doubt) -> Layers:
    """Keep a rule as words: its days are in doubt, and only its times when no earlier hours stood there."""
    earlier = any(may_meet(slot.rule, box) for slot in layers.slots for box in rule.days.rules)
    replacing = earlier and rule.joined is Joined.REPLACING and rule.modifier is not Modifier.CLOSED
    times = () if rule.times is None or replacing else (*rule.times.known, *rule.times.doubtful)
    harmless = not rule.days.stated and rule.times is None and not _speaks_of_hours(rule)
    # `unknown "words"` is how doubts are written: the words are the comment.
    words = rule.comment if rule.modifier is Modifier.UNKNOWN and rule.comment else rule.text
    touched: tuple[DayRule | None, ...] = (None,) if harmless else rule.days.rules
    return replace(
        layers,
        unread=(*layers.unread, *(Unread(words, box, tuple(sorted(times))) for box in touched)),
        doubts=(*layers.doubts, *((doubt, rule.text) for doubt in doubts)),
    )


def _speaks_of_hours(rule: Rule) -> bool:
    remark = read_comment(rule.comment)
    return bool(rule.doubts) or remark.touches_hours or remark.appointment is not Appointment.NONE


def _lay_closure(layers: Layers, rule: Rule) -> Layers:
    dated = [box for box in rule.days.rules if is_dated(box)]
    spans = rule.times.known if rule.times else ()
    for box in rule.days.rules:
        if box not in dated:
            layers = _without_box(layers, box, spans)
    closures = tuple(_exception(box, ExceptionKind.CLOSED, spans, rule.comment) for box in dated)
    return replace(layers, exceptions=(*layers.exceptions, *closures))


def _lay_silence(layers: Layers, rule: Rule) -> Layers:
    """Take back what was said: `PH unknown` is our "unstated", anything else is in doubt."""
    only_holidays = all(box.public_holidays is PublicHolidays.ONLY for box in rule.days.rules)
    if not (only_holidays and rule.times is None):
        return lay_words(layers, rule, Doubt.UNKNOWN)
    slots = layers.slots
    for box in rule.days.rules:
        slots = tuple(part for slot in slots for part in _with_silent_holidays(slot, box))
    return replace(layers, slots=canonical_slots(slots))


def _with_silent_holidays(slot: Slot, box: DayRule) -> list[Slot]:
    left, inside = split(slot.rule, replace(box, public_holidays=PublicHolidays.UNSTATED))
    silent = [
        replace(part, public_holidays=PublicHolidays.UNSTATED)
        for part in inside
        if part.public_holidays is not PublicHolidays.ONLY
    ]
    return [replace(slot, rule=part) for part in (*left, *silent)]


def _lay_opening(layers: Layers, rule: Rule, remark: Remark) -> Layers:
    times = rule.times or Times(known=(WHOLE_DAY,) if rule.modifier is Modifier.OPEN else ())
    opens = bool(times.known) or rule.times is None
    weekly = any(not is_dated(slot.rule) for slot in layers.slots)
    exceptional = [box for box in rule.days.rules if weekly and is_dated(box) and not rule.is_disturbed]
    layers = _without_overridden_exceptions(layers, rule)
    if rule.joined is Joined.REPLACING:
        for box in rule.days.rules:
            layers = _closed_first(layers, box) if box in exceptional else _without_box(layers, box, ())
    model = Slot(times.known, mode=remark.mode, appointment=remark.appointment, note=remark.note)
    extra = tuple(
        replace(
            _exception(box, ExceptionKind.EXTRA, times.known, remark.note),
            mode=remark.mode,
            appointment=remark.appointment,
        )
        for box in exceptional
        if opens
    )
    usual = [box for box in _boxes_of(rule) if box not in exceptional]
    slots = tuple(replace(model, rule=_as_dates(box)) for box in usual if opens)
    layers = replace(
        layers,
        slots=canonical_slots((*layers.slots, *slots)),
        exceptions=(*layers.exceptions, *extra),
    )
    return _with_doubtful_times(layers, rule, times)


def _boxes_of(rule: Rule) -> tuple[DayRule, ...]:
    """Give the days of a rule; an appointment on days nobody named says nothing of public holidays."""
    return rule.days.rules if rule.days.stated or rule.times or rule.modifier else (DayRule(),)


def _with_doubtful_times(layers: Layers, rule: Rule, times: Times) -> Layers:
    if not times.doubts:
        return layers
    unread = tuple(Unread(rule.text, box, times.doubtful) for box in rule.days.rules)
    doubts = tuple((doubt, rule.text) for doubt in times.doubts)
    return replace(layers, unread=(*layers.unread, *unread), doubts=(*layers.doubts, *doubts))


def _without_box(layers: Layers, box: DayRule, spans: tuple[TimeSpan, ...]) -> Layers:
    """Take days, or some times of them, away from the earlier slots and doubts."""
    slots = canonical_slots(part for slot in layers.slots for part in _slot_without(slot, box, spans))
    if spans:
        return replace(layers, slots=slots)
    unread = tuple(
        replace(words, touches=part)
        for words in layers.unread
        for part in ([None] if words.touches is None else without(words.touches, box))
    )
    return replace(layers, slots=slots, unread=unread)


def _slot_without(slot: Slot, box: DayRule, spans: tuple[TimeSpan, ...]) -> list[Slot]:
    left, inside = split(slot.rule, box)
    times = _times_without(slot.times, spans) if spans else ()
    kept = [replace(slot, rule=part, times=times) for part in inside if times]
    return [*(replace(slot, rule=part) for part in left), *kept]


def _times_without(times: tuple[TimeSpan, ...], spans: tuple[TimeSpan, ...]) -> tuple[TimeSpan, ...]:
    for span in spans:
        times = tuple(
            TimeSpan(start, end)
            for time in times
            for start, end in ((time.start, min(time.end, span.start)), (max(time.start, span.end), time.end))
            if start < end and start < DAY
        )
    return times


def is_dated(box: DayRule) -> bool:
    """Tell whether a rule is a plain stretch of the calendar."""
    if box.dates:
        return True
    stretch = DayRule(valid_from=box.valid_from, valid_to=box.valid_to, public_holidays=box.public_holidays)
    holidays = box.public_holidays in {PublicHolidays.UNSTATED, PublicHolidays.OPEN}
    return box == stretch and holidays and box.valid_from is not None and box.valid_to is not None


def _as_dates(box: DayRule) -> DayRule:
    """Write a single day as a date."""
    if is_dated(box) and box.valid_from is not None and box.valid_from == box.valid_to:
        return DayRule(dates=frozenset({box.valid_from}), public_holidays=box.public_holidays)
    return box


def _exception(box: DayRule, kind: ExceptionKind, times: tuple[TimeSpan, ...], reason: str) -> DatedException:
    return DatedException(box.valid_from or date.min, box.valid_to or date.max, kind, times, reason)


def _closed_first(layers: Layers, box: DayRule) -> Layers:
    closure = _exception(box, ExceptionKind.CLOSED, (), "")
    return replace(layers, exceptions=(*layers.exceptions, closure))


def _without_overridden_exceptions(layers: Layers, rule: Rule) -> Layers:
    """Doubt a dated exception that a later rule replaces: it was surely meant, and it is surely overridden."""
    lost = [
        (exception, stretch)
        for exception in layers.exceptions
        for stretch in [as_stretch(exception.first, exception.last)]
        if any(may_meet(stretch, box) and not _is_narrower(box, exception) for box in rule.days.rules)
    ]
    kept = [exception for exception in layers.exceptions if exception not in [gone for gone, _ in lost]]
    doubt = ((Doubt.OVERLAP, rule.text),) if lost else ()
    return replace(
        layers,
        exceptions=tuple(kept),
        unread=(*layers.unread, *(Unread(rule.text, stretch) for _, stretch in lost)),
        doubts=(*layers.doubts, *doubt),
    )


def _is_narrower(box: DayRule, exception: DatedException) -> bool:
    """Tell whether dates are at most as many as those of an exception, and so win over it of themselves."""
    exceptional = exception.last - exception.first
    return is_dated(box) and (box.valid_to or date.max) - (box.valid_from or date.min) <= exceptional


def as_stretch(first: date, last: date) -> DayRule:
    """Give dates as a rule, with only the weekdays they fall on."""
    n_days = min((last - first).days, DAYS_OF_WEEK - 1) + 1
    days = frozenset(Weekday((first.weekday() + step) % DAYS_OF_WEEK) for step in range(n_days))
    return DayRule(days=days, valid_from=first, valid_to=last)


def lay_fallback(layers: Layers, rule: Rule) -> Layers:
    """Doubt the times that no plain weekly slot speaks of, on the days of the rule."""
    days = {day for box in rule.days.rules for day in box.days}
    by_times: dict[tuple[TimeSpan, ...], set[Weekday]] = defaultdict(set)
    for day in days:
        by_times[_times_without((WHOLE_DAY,), _plain_times(layers, day))].add(day)
    unread = tuple(
        Unread(rule.text, DayRule(days=frozenset(found), public_holidays=PublicHolidays.OPEN), times)
        for times, found in by_times.items()
        if times
    )
    return replace(layers, unread=(*layers.unread, *unread), doubts=(*layers.doubts, (Doubt.FALLBACK, rule.text)))


def _plain_times(layers: Layers, day: Weekday) -> tuple[TimeSpan, ...]:
    return tuple(
        span
        for slot in layers.slots
        if day in slot.rule.days and replace(slot.rule, days=EVERY_DAY) in _PLAIN_RULES
        for span in slot.times
    )


_PLAIN_RULES = {DayRule(public_holidays=kind) for kind in PublicHolidays if kind is not PublicHolidays.ONLY}
