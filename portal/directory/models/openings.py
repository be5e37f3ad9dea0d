"""Slots, exceptions and unread words: the rows of an opening, one for one with the values of `portal.hours`.

They belong to whoever has the opening: an access point, or a tour's stop; `rules/openings.py` says which one holds.
"""

from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from typing import Any, ClassVar, TypeVar

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from portal.core.database import Base, words
from portal.core.register import PLACES_AND_THINGS
from portal.directory.models.columns import Dates, Days, Ranks, Seasons, Times, Zones
from portal.directory.models.identities import Identity
from portal.hours.slots import (
    EVERY_DAY,
    Appointment,
    DatedException,
    DayRule,
    ExceptionKind,
    Mode,
    Opening,
    PublicHolidays,
    SchoolHolidays,
    Season,
    Slot,
    TimeSpan,
    Unread,
    Weekday,
    Weeks,
)


class _Line:
    """A line of an opening: whose, and in which place."""

    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, sort_order=-1)
    times: Mapped[tuple[TimeSpan, ...]] = mapped_column(Times, default=())

    @declared_attr
    def owner_id(cls) -> Mapped[int]:  # noqa: N805 - SQLAlchemy gives the class
        """Name the access point or stop by its number."""
        return mapped_column(
            ForeignKey("identity.id", ondelete="CASCADE"), primary_key=True, autoincrement=False, sort_order=-2
        )

    @declared_attr
    def owner(cls) -> Mapped[Identity]:  # noqa: N805 - as above
        """Name the access point or stop as an object."""
        return relationship(Identity, lazy="raise")


class _RuledLine(_Line):
    """A line that says on which days it holds."""

    days: Mapped[frozenset[Weekday]] = mapped_column(Days, default=EVERY_DAY)
    dates: Mapped[frozenset[date]] = mapped_column(Dates, default=frozenset())
    weeks: Mapped[Weeks] = mapped_column(words(Weeks), default=Weeks.EVERY)
    nth: Mapped[frozenset[int]] = mapped_column(Ranks, default=frozenset())
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    season: Mapped[Season | None] = mapped_column(Seasons)
    public_holidays: Mapped[PublicHolidays] = mapped_column(words(PublicHolidays), default=PublicHolidays.UNSTATED)
    school_holidays: Mapped[SchoolHolidays] = mapped_column(words(SchoolHolidays), default=SchoolHolidays.ALWAYS)
    zones: Mapped[frozenset[str]] = mapped_column(Zones, default=frozenset())


class SlotRow(_RuledLine, Base):
    """A repeating opening."""

    __tablename__ = "slot"
    REGISTER: ClassVar = PLACES_AND_THINGS

    mode: Mapped[Mode] = mapped_column(words(Mode), default=Mode.ON_SITE)
    appointment: Mapped[Appointment] = mapped_column(words(Appointment), default=Appointment.NONE)
    note: Mapped[str] = mapped_column(Text, default="")


class UnreadRow(_RuledLine, Base):
    """Words nobody could read; without `touches`, they stand beside the hours and the rule says nothing."""

    __tablename__ = "unread"
    REGISTER: ClassVar = PLACES_AND_THINGS

    text: Mapped[str] = mapped_column(Text)
    touches: Mapped[bool]


class ExceptionRow(_Line, Base):
    """A dated closure, extra opening or message."""

    __tablename__ = "exception"
    REGISTER: ClassVar = PLACES_AND_THINGS
    __table_args__ = (CheckConstraint("first <= last", name="dates_in_order"),)

    first: Mapped[date]
    last: Mapped[date]
    kind: Mapped[ExceptionKind] = mapped_column(words(ExceptionKind))
    reason: Mapped[str] = mapped_column(Text, default="")
    mode: Mapped[Mode] = mapped_column(words(Mode), default=Mode.ON_SITE)
    appointment: Mapped[Appointment] = mapped_column(words(Appointment), default=Appointment.NONE)


OpeningLine = SlotRow | ExceptionRow | UnreadRow
LINE_TABLES: tuple[type[OpeningLine], ...] = (SlotRow, ExceptionRow, UnreadRow)
Ruled = TypeVar("Ruled", bound=_RuledLine)


def rows_of(opening: Opening) -> list[OpeningLine]:
    """Write an opening as rows, each in its place, without their owner."""
    rows: list[OpeningLine] = []
    for position, slot in enumerate(opening.slots):
        row = SlotRow(position=position, times=slot.times)
        row.mode, row.appointment, row.note = slot.mode, slot.appointment, slot.note
        rows.append(_ruled(row, slot.rule))
    for position, dated in enumerate(opening.exceptions):
        rows.append(ExceptionRow(position=position, **vars(dated)))
    for position, unread in enumerate(opening.unread):
        line = UnreadRow(position=position, times=unread.times, text=unread.text)
        line.touches = unread.touches is not None
        rows.append(_ruled(line, unread.touches or DayRule()))
    return rows


def values_of(line: OpeningLine) -> dict[str, Any]:
    """List what a new line says, by column."""
    return {name: value for name, value in vars(line).items() if not name.startswith("_")}


def opening_of(rows: Iterable[OpeningLine]) -> Opening:
    """Read an opening back from its rows, whatever their order."""
    in_order = sorted(rows, key=lambda row: row.position)
    return Opening(
        slots=tuple(_slot(row) for row in in_order if isinstance(row, SlotRow)),
        exceptions=tuple(_exception(row) for row in in_order if isinstance(row, ExceptionRow)),
        unread=tuple(_unread(row) for row in in_order if isinstance(row, UnreadRow)),
    )


_RULE_FIELDS = tuple(field.name for field in fields(DayRule))


def _ruled(row: Ruled, rule: DayRule) -> Ruled:
    for name in _RULE_FIELDS:
        setattr(row, name, getattr(rule, name))
    return row


def rule_of(row: _RuledLine) -> DayRule:
    """Read the days of a line back."""
    return DayRule(**{name: getattr(row, name) for name in _RULE_FIELDS})


def _slot(row: SlotRow) -> Slot:
    return Slot(times=row.times, rule=rule_of(row), mode=row.mode, appointment=row.appointment, note=row.note)


def _exception(row: ExceptionRow) -> DatedException:
    return DatedException(**{field.name: getattr(row, field.name) for field in fields(DatedException)})


def _unread(row: UnreadRow) -> Unread:
    return Unread(text=row.text, touches=rule_of(row) if row.touches else None, times=row.times)
