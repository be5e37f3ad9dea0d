"""The dated openings of one day: each slot and extra opening on that day, cut by what overrides it.

Unlike a state, an occurrence keeps where it comes from, and two slots open at once give two occurrences. A slot without
times gives none: there is nothing to write in a diary.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from portal.hours import layers
from portal.hours.layers import Level, Shown, StateCode
from portal.hours.matching import Match
from portal.hours.slots import DAY, Appointment, DatedException, ExceptionKind, Mode, Opening, TimeSpan


@dataclass(frozen=True)
class Occurrence:
    """A slot or an extra opening on a date."""

    start: datetime
    end: datetime
    mode: Mode
    appointment: Appointment
    slot: int | None = None
    """Its place among the slots of the opening."""
    exception: int | None = None
    """Its place among the exceptions, for an extra opening."""
    is_certain: bool = True
    """False when something makes it doubtful: an unstated public holiday, unknown holidays, words nobody could read."""


class Part(NamedTuple):
    """A part of an occurrence in the minutes of the day it starts on."""

    start: int
    end: int
    is_certain: bool


class DayContents(NamedTuple):
    """What one day holds, ready to be cut into occurrences."""

    matches: Sequence[int]
    exceptions: Sequence[int]
    shown: Sequence[Shown]
    """What shows on this day and on the next one, in the minutes of this day."""


def slot_parts(opening: Opening, day: DayContents) -> Iterator[tuple[int, Part]]:
    """Give the parts of the slots of a day, each with the place of its slot."""
    if layers.whole_closure(_exceptions(opening, day)) is not None:
        return
    for place, slot in enumerate(opening.slots):
        if day.matches[place] >= Match.YES:
            for span in slot.times:
                for part in _parts(span, slot.appointment, day.shown):
                    is_certain = part.is_certain and day.matches[place] == Match.YES
                    yield place, part._replace(is_certain=is_certain)


def extra_parts(opening: Opening, day: DayContents) -> Iterator[tuple[int, Part]]:
    """Give the parts of the extra openings of a day, each with the place of its exception."""
    surviving = layers.surviving(_exceptions(opening, day))
    for place in day.exceptions:
        one = opening.exceptions[place]
        if one.kind is ExceptionKind.EXTRA and one in surviving:
            for span in one.times:
                for part in _parts(span, one.appointment, day.shown):
                    yield place, part


def two_days(today: Sequence[Shown], tomorrow: Sequence[Shown]) -> tuple[Shown, ...]:
    """Put what shows on two days behind each other, in the minutes of the first."""
    return (*today, *(one._replace(start=one.start + DAY, end=one.end + DAY) for one in tomorrow))


def _exceptions(opening: Opening, day: DayContents) -> tuple[DatedException, ...]:
    return tuple(opening.exceptions[place] for place in day.exceptions)


def _parts(span: TimeSpan, appointment: Appointment, shown: Sequence[Shown]) -> Iterator[Part]:
    current: Part | None = None
    for one in shown:
        start, end = max(span.start, one.start), min(span.end, one.end)
        if start >= end or _is_overridden(appointment, one):
            continue
        is_certain = one.level is not Level.UNREAD and not _is_exceptional(one, StateCode.UNKNOWN)
        if current is not None and (current.end, current.is_certain) == (start, is_certain):
            current = current._replace(end=end)
            continue
        if current is not None:
            yield current
        current = Part(start, end, is_certain)
    if current is not None:
        yield current


def _is_overridden(appointment: Appointment, shown: Shown) -> bool:
    """Tell whether an exception takes minutes away: it closes them, or asks for an appointment where none was."""
    asks = appointment is not Appointment.REQUIRED and _is_exceptional(shown, StateCode.APPOINTMENT)
    return asks or shown.status.code is StateCode.EXCEPTIONAL


def _is_exceptional(shown: Shown, code: StateCode) -> bool:
    return shown.level is Level.EXCEPTION and shown.status.code is code
