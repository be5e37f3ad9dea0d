"""What one day is made of: the layers slots, doubts and exceptions lay on it, and which of them shows.

Every layer belongs to the day it starts on and may run into the next one. From the lowest to the highest:

- the ground: closed, season over when no slot is in force for a long while, unknown when nothing at all is said;
- a closure of the whole day. It takes away what starts on its dates, past midnight too; the end of the evening
  before stays open, for it belongs to the evening before;
- slots by appointment, then slots in doubt, then open slots: a place is open when one of its slots surely is;
- words nobody could read, on the days and times they touch;
- other exceptions: an extra opening, a closure with times, which cuts its minutes of the clock whatever day they
  belong to. Of two, the one with the fewer dates wins, then the one with times, then the closure, then the surest
  opening. An extra opening adds to the usual hours; one without times leaves the whole day in doubt.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import IntEnum, StrEnum
from itertools import pairwise
from typing import NamedTuple

from portal.hours.matching import Match
from portal.hours.slots import (
    DAY,
    WHOLE_DAY,
    Appointment,
    DatedException,
    ExceptionKind,
    Mode,
    Opening,
    Slot,
)

PUBLIC_HOLIDAY_DOUBT = "jour férié : à vérifier"
SCHOOL_HOLIDAY_DOUBT = "vacances scolaires pas encore connues : à vérifier"
TIMES_DOUBT = "horaires non précisés : à vérifier"


class StateCode(StrEnum):
    """The six answers to "can I come?"."""

    OPEN = "open"
    CLOSED = "closed"
    APPOINTMENT = "appointment"
    EXCEPTIONAL = "exceptional"
    SEASON_OVER = "season_over"
    UNKNOWN = "unknown"


class Status(NamedTuple):
    """What holds for a while, and why."""

    code: StateCode
    mode: Mode | None = None
    reason: str = ""


class Level(IntEnum):
    """Which layer shows over which."""

    GROUND = 0
    WHOLE_CLOSURE = 1
    BY_APPOINTMENT = 2
    DOUBT = 3
    OPEN = 4
    UNREAD = 5
    EXCEPTION = 6


_LEVELS = tuple(Level)


class Layer(NamedTuple):
    """Minutes of a day and what is said of them; minutes past 1440 lie on the following day."""

    start: int
    end: int
    priority: tuple[int, ...]
    status: Status


class Shown(NamedTuple):
    """Minutes of a day and what shows there."""

    start: int
    end: int
    status: Status
    level: Level


_MODES = (Mode.PHONE, Mode.VIDEO, Mode.HOME, Mode.ON_SITE)
"""Of two open at once the last one is named: being received on site says more than being answered."""

_DOUBTS: Mapping[int, str] = {Match.HOLIDAY_DOUBT: PUBLIC_HOLIDAY_DOUBT, Match.SCHOOL_DOUBT: SCHOOL_HOLIDAY_DOUBT}


def layers_of(opening: Opening, matches: Sequence[int], exceptions: Sequence[DatedException]) -> tuple[Layer, ...]:
    """Lay out what starts on one day.

    `matches` holds what the rule of each slot, then of each touching unread, says of that day; `exceptions` are those
    of the day.
    """
    n_slots = len(opening.slots)
    usual = list(_slot_layers(opening.slots, matches[:n_slots]))
    usual += _unread_layers(opening, matches[n_slots:])
    whole = whole_closure(exceptions)
    if whole is None:
        ground = Status(_ground(opening, matches[:n_slots]))
        return (Layer(0, DAY, (Level.GROUND,), ground), *usual, *_exception_layers(exceptions))
    status = Status(StateCode.EXCEPTIONAL, reason=whole.reason)
    end = max([DAY, *(layer.end for layer in usual)])
    # Past midnight it gives way to the closure of the next day, whose reason is closer.
    closed = (Layer(0, DAY, (Level.WHOLE_CLOSURE, 1), status), Layer(DAY, end, (Level.WHOLE_CLOSURE, 0), status))
    return (*closed, *_exception_layers(surviving(exceptions)))


def show(layers: Iterable[Layer]) -> tuple[Shown, ...]:
    """Tell what shows from minute 0 to 1440, neighbours that say the same joined."""
    # The reason settles what nothing else does, so that the order in which things were written never counts.
    present = sorted(layers, key=lambda layer: layer.status.reason)
    present.sort(key=lambda layer: layer.priority, reverse=True)
    bounds = {0, DAY, *(layer.start for layer in present), *(layer.end for layer in present)}
    cuts = sorted(bound for bound in bounds if bound <= DAY)
    shown: list[Shown] = []
    for start, end in pairwise(cuts):
        top = next(layer for layer in present if layer.start <= start and layer.end >= end)
        level = _LEVELS[top.priority[0]]
        if shown and shown[-1].status == top.status and shown[-1].level == level:
            shown[-1] = shown[-1]._replace(end=end)
        else:
            shown.append(Shown(start, end, top.status, level))
    return tuple(shown)


def tails_of(layers: Iterable[Layer]) -> Iterator[Layer]:
    """Give what runs into the following day, in the minutes of that day."""
    for start, end, priority, status in layers:
        if end > DAY:
            yield Layer(max(0, start - DAY), end - DAY, priority, status)


def whole_closure(exceptions: Iterable[DatedException]) -> DatedException | None:
    """Find the closure of the whole day among the exceptions of a day, the one with the fewest dates first."""
    closures = [one for one in exceptions if one.kind is ExceptionKind.CLOSED and not one.times]
    return min(closures, key=lambda one: (n_dates(one), one.reason), default=None)


def surviving(exceptions: Sequence[DatedException]) -> tuple[DatedException, ...]:
    """Leave out the extra openings of a day that a closure of the whole day with fewer dates takes away."""
    whole = whole_closure(exceptions)
    return tuple(
        one
        for one in exceptions
        if one.kind is not ExceptionKind.EXTRA or whole is None or n_dates(one) <= n_dates(whole)
    )


def n_dates(exception: DatedException) -> int:
    """Count the dates of an exception."""
    return (exception.last - exception.first).days + 1


def exceptions_on(exceptions: Iterable[DatedException], day: date) -> tuple[int, ...]:
    """Give the places in the list of the exceptions that change something on a day; messages change nothing."""
    return tuple(
        place
        for place, one in enumerate(exceptions)
        if one.first <= day <= one.last and one.kind is not ExceptionKind.MESSAGE
    )


def _ground(opening: Opening, matches: Sequence[int]) -> StateCode:
    if not opening.slots:
        # A reader that held the doubt to some days has read the others; with no word at all nothing is known.
        touching = any(unread.touches is not None for unread in opening.unread)
        return StateCode.CLOSED if touching else StateCode.UNKNOWN
    in_force = any(match != Match.OUT for match in matches)
    return StateCode.CLOSED if in_force else StateCode.SEASON_OVER


def _slot_layers(slots: Sequence[Slot], matches: Sequence[int]) -> Iterator[Layer]:
    for slot, match in zip(slots, matches, strict=True):
        if match >= Match.YES:
            status = _slot_status(slot, match)
            priority = _priority(status)
            for span in slot.times or (WHOLE_DAY,):
                yield Layer(span.start, span.end, priority, status)


def _slot_status(slot: Slot, match: int) -> Status:
    if match in _DOUBTS:
        return Status(StateCode.UNKNOWN, reason=_DOUBTS[match])
    if slot.appointment is Appointment.REQUIRED:
        return Status(StateCode.APPOINTMENT, slot.mode)
    if not slot.times:
        return Status(StateCode.UNKNOWN, reason=TIMES_DOUBT)
    return Status(StateCode.OPEN, slot.mode)


def _priority(status: Status) -> tuple[int, ...]:
    if status.mode is None:
        return (Level.DOUBT,)
    level = Level.OPEN if status.code is StateCode.OPEN else Level.BY_APPOINTMENT
    return (level, _MODES.index(status.mode))


def _unread_layers(opening: Opening, matches: Sequence[int]) -> Iterator[Layer]:
    touching = [unread for unread in opening.unread if unread.touches is not None]
    for unread, match in zip(touching, matches, strict=True):
        if match >= Match.YES:
            status = Status(StateCode.UNKNOWN, reason=unread.text)
            for span in unread.times or (WHOLE_DAY,):
                yield Layer(span.start, span.end, (Level.UNREAD,), status)


def _exception_layers(exceptions: Iterable[DatedException]) -> Iterator[Layer]:
    for one in exceptions:
        closes = one.kind is ExceptionKind.CLOSED
        if closes and not one.times:
            continue
        status = _exception_status(one)
        priority = (Level.EXCEPTION, -n_dates(one), bool(one.times), closes, *_priority(status))
        for span in one.times or (WHOLE_DAY,):
            yield Layer(span.start, span.end, priority, status)


def _exception_status(one: DatedException) -> Status:
    if one.kind is ExceptionKind.CLOSED:
        return Status(StateCode.EXCEPTIONAL, reason=one.reason)
    if one.appointment is Appointment.REQUIRED:
        return Status(StateCode.APPOINTMENT, one.mode, one.reason)
    if not one.times:
        return Status(StateCode.UNKNOWN, reason=one.reason or TIMES_DOUBT)
    return Status(StateCode.OPEN, one.mode, one.reason)
