"""Column types for the values of an opening: each is stored as a short text that a person can read."""

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Any, Generic, TypeVar

from sqlalchemy import Dialect, Enum, Text
from sqlalchemy.types import TypeDecorator

from portal.hours.slots import MonthDay, Season, TimeSpan, Weekday

Value = TypeVar("Value")


def codes(kind: type[StrEnum], *, length: int) -> Enum:
    """Store an enumeration of foreign codes, longer than our own words."""
    return Enum(
        kind,
        native_enum=False,
        length=length,
        create_constraint=False,
        values_callable=lambda each: [member.value for member in each],
    )


class Written(TypeDecorator[Value], Generic[Value]):
    """Store a value as a text, by a pair of functions that undo each other."""

    impl = Text
    cache_ok = True
    write: Callable[[Any], str]
    read: Callable[[str], Any]

    def process_bind_param(self, value: Value | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Write the value."""
        return None if value is None else type(self).write(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Value | None:  # noqa: ARG002 - as above
        """Read the value back."""
        return None if value is None else type(self).read(value)


def _write_times(times: tuple[TimeSpan, ...]) -> str:
    return ",".join(f"{span.start}-{span.end}" for span in times)


def _read_times(text: str) -> tuple[TimeSpan, ...]:
    return tuple(TimeSpan(*map(int, span.split("-"))) for span in text.split(",") if span)


class Times(Written[tuple[TimeSpan, ...]]):
    """Spans of a day in minutes, in their order: `540-720,810-1050`."""

    cache_ok = True
    write = staticmethod(_write_times)
    read = staticmethod(_read_times)


class Days(Written[frozenset[Weekday]]):
    """Days of the week, Monday being 0: `01234`."""

    cache_ok = True
    write = staticmethod(lambda days: "".join(str(int(day)) for day in sorted(days)))
    read = staticmethod(lambda text: frozenset(Weekday(int(day)) for day in text))


class Dates(Written[frozenset[date]]):
    """Dates in order: `2026-11-03,2026-12-01`."""

    cache_ok = True
    write = staticmethod(lambda dates: ",".join(day.isoformat() for day in sorted(dates)))
    read = staticmethod(lambda text: frozenset(date.fromisoformat(day) for day in text.split(",") if day))


class Ranks(Written[frozenset[int]]):
    """Ranks in the month: `1,3` or `-1`."""

    cache_ok = True
    write = staticmethod(lambda ranks: ",".join(str(rank) for rank in sorted(ranks)))
    read = staticmethod(lambda text: frozenset(int(rank) for rank in text.split(",") if rank))


class Zones(Written[frozenset[str]]):
    """Zones of the school holidays: `A,C`."""

    cache_ok = True
    write = staticmethod(lambda zones: ",".join(sorted(zones)))
    read = staticmethod(lambda text: frozenset(zone for zone in text.split(",") if zone))


def _write_season(season: Season) -> str:
    first, last = season.first, season.last
    return f"{first.month:02}-{first.day:02}/{last.month:02}-{last.day:02}"


def _read_season(text: str) -> Season:
    first, last = (MonthDay(*map(int, end.split("-"))) for end in text.split("/"))
    return Season(first=first, last=last)


class Seasons(Written[Season]):
    """A season of the year: `06-15/09-15`."""

    cache_ok = True
    write = staticmethod(_write_season)
    read = staticmethod(_read_season)
