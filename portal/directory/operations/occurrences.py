"""Occurrences: the next thirteen weeks written out, kept true by touching only what differs."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import Table, bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from portal.directory.models.access_points import AccessPoint, Stop
from portal.directory.models.occurrences import Occurrence
from portal.directory.models.services import Service
from portal.directory.queries.openings import Held, held_openings
from portal.directory.rules.occurrences import window
from portal.hours.slots import Appointment, Mode

_TABLE = cast("Table", Occurrence.__table__)
_LATER = "access points to refresh later"
CHUNK = 500
"""Access points looked at together: enough to spare queries, few enough to spare memory."""


@dataclass(frozen=True)
class Refreshed:
    """What refreshing the occurrences changed."""

    added: int = 0
    removed: int = 0
    kept: int = 0

    def __add__(self, other: "Refreshed") -> "Refreshed":
        return Refreshed(self.added + other.added, self.removed + other.removed, self.kept + other.kept)


class _Key(NamedTuple):
    """What tells an occurrence from another."""

    access_point_id: int
    starts_at: datetime
    ends_at: datetime
    mode: Mode
    appointment: Appointment


class _Rest(NamedTuple):
    """What else an occurrence says."""

    day: date
    is_certain: bool


def refresh_occurrences(session: Session, *, now: datetime) -> Refreshed:
    """Write out the next thirteen weeks of every access point; doing it twice changes nothing more."""
    numbers = session.scalars(select(AccessPoint.id).order_by(AccessPoint.id)).all()
    result = Refreshed()
    for chunk in chunks(numbers):
        result += refresh_access_points(session, numbers=chunk, now=now)
        # What was read for this chunk is of no use to the next one.
        session.expire_all()
    return result


@contextmanager
def refreshing_later(session: Session, *, now: datetime) -> Iterator[None]:
    """Refresh together, at the end of the block, the occurrences of all that changes within it: for imports."""
    with collecting_refreshes(session) as later:
        yield
    session.flush()
    for chunk in chunks(sorted(later)):
        refresh_access_points(session, numbers=chunk, now=now)


@contextmanager
def collecting_refreshes(session: Session) -> Iterator[set[int]]:
    """Gather, instead of refreshing them, the access points of all that changes within the block.

    Whoever gathers them refreshes them, or asks the job of `jobs.py` to.
    """
    later: set[int] = set()
    session.info[_LATER] = later
    try:
        yield later
    finally:
        del session.info[_LATER]


def chunks(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    """Cut a list of access points into what is looked at together."""
    for first in range(0, len(numbers), CHUNK):
        yield numbers[first : first + CHUNK]


def refresh_service(session: Session, *, service: Service, now: datetime) -> Refreshed:
    """Write out the next thirteen weeks of one service."""
    session.flush()
    numbers = session.scalars(select(AccessPoint.id).where(AccessPoint.service_id == service.id)).all()
    return refresh_access_points(session, numbers=numbers, now=now)


def refresh_around(session: Session, *, changed: Collection[int], services: Collection[int], now: datetime) -> None:
    """Refresh access points, and the telephones of their services: they keep the holidays of the places.

    An import refreshes what it changed; the telephones it did not touch wait for the job of `jobs.py`.
    """
    telephones: Sequence[int] = ()
    if session.info.get(_LATER) is None:
        session.flush()
        without_place = select(AccessPoint.id).where(
            AccessPoint.service_id.in_(services), AccessPoint.place_id.is_(None)
        )
        telephones = session.scalars(without_place).all()
    refresh_access_points(session, numbers={*changed, *telephones}, now=now)


def refresh_stop(session: Session, *, stop: Stop, now: datetime) -> Refreshed:
    """Write out the next thirteen weeks of what a tour brings to a stop."""
    session.flush()
    numbers = session.scalars(select(AccessPoint.id).where(AccessPoint.stop_id == stop.id)).all()
    return refresh_access_points(session, numbers=numbers, now=now)


def refresh_access_points(session: Session, *, numbers: Collection[int], now: datetime) -> Refreshed:
    """Write out the next thirteen weeks of some access points; those of closed services have none."""
    later: set[int] | None = session.info.get(_LATER)
    if later is not None:
        later.update(numbers)
        return Refreshed()
    if not numbers:
        return Refreshed()
    session.flush()
    wanted = dict(item for held in held_openings(session, numbers) for item in _wanted(held, now))
    present = _present(session, numbers)
    gone = [key for key in present if key not in wanted]
    new = [key for key in wanted if key not in present]
    altered = [key for key in wanted if key in present and wanted[key] != present[key]]
    _delete(session, gone)
    _update(session, [(key, wanted[key]) for key in altered])
    if new:
        session.execute(insert(_TABLE), [key._asdict() | wanted[key]._asdict() for key in new])
    return Refreshed(added=len(new), removed=len(gone), kept=len(present) - len(gone))


def _wanted(held: Held, now: datetime) -> Iterator[tuple[_Key, _Rest]]:
    zone = held.calendar.time_zone
    certain: dict[_Key, _Rest] = {}
    for one in held.dated(*window(now.astimezone(zone).date())):
        key = _Key(held.access_point_id, one.start.astimezone(UTC), one.end.astimezone(UTC), one.mode, one.appointment)
        sure = one.is_certain or (key in certain and certain[key].is_certain)
        certain[key] = _Rest(one.start.astimezone(zone).date(), sure)
    yield from certain.items()


def _present(session: Session, numbers: Collection[int]) -> dict[_Key, _Rest]:
    columns = (*(getattr(Occurrence, name) for name in _Key._fields), Occurrence.day, Occurrence.is_certain)
    rows = session.execute(select(*columns).where(Occurrence.access_point_id.in_(numbers)))
    return {_Key(*row[: len(_Key._fields)]): _Rest(*row[len(_Key._fields) :]) for row in rows}


_THIS_ONE = tuple(_TABLE.c[name] == bindparam(f"the_{name}") for name in _Key._fields)


def _named(key: _Key) -> dict[str, Any]:
    return {f"the_{name}": value for name, value in key._asdict().items()}


def _delete(session: Session, keys: Sequence[_Key]) -> None:
    if keys:
        session.execute(delete(_TABLE).where(*_THIS_ONE), [_named(key) for key in keys])


def _update(session: Session, altered: Sequence[tuple[_Key, _Rest]]) -> None:
    if altered:
        session.execute(
            update(_TABLE).where(*_THIS_ONE),
            [_named(key) | rest._asdict() for key, rest in altered],
        )
