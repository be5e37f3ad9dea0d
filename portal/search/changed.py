"""Which services the change log speaks of: what must be put into the index again since its mark."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from portal.core.changes import FIELD, read_parts
from portal.core.models import Change, ChangeHead, ChangeValues
from portal.directory.models.access_points import AccessPoint, Stop
from portal.directory.models.services import Service
from portal.directory.rules.choices import Kind
from portal.directory.rules.public_ids import number_of, public_id

MOST_CHANGES = 20_000
"""Changes read at once; the rest follows in the next turn."""
MOST_TOLD = 500
"""Changes whose rows are told apart for who keeps what they showed."""


@dataclass(frozen=True)
class Changed:
    """Services touched since a mark, and the mark up to which this is all."""

    services: frozenset[int]
    mark: int


def last_change(session: Session) -> int:
    """Give the number of the last change of the log. One query."""
    return session.scalar(select(ChangeHead.length)) or 0


@dataclass(frozen=True)
class Told:
    """What the log tells since a mark: how far it reaches, and the numbers of the rows it speaks of."""

    mark: int
    parts: frozenset[int] | None
    """None when there are too many to be told apart: then anything may have changed."""


def told_since(session: Session, mark: int) -> Told:
    """Read which rows were changed since a mark; an access point that comes or goes tells its service. One query."""
    rows = session.execute(_TOLD, {"mark": mark}).all()
    length: int = rows[0].length if rows else 0
    if len(rows) > MOST_TOLD:
        return Told(length, None)
    numbers = {number for row in rows if (number := number_of(row.subject_key or "")) is not None}
    return Told(length, frozenset(numbers.union(*(_services_told(row.ChangeValues) for row in rows))))


def services_changed(session: Session, *, since: int) -> Changed:
    """Gather the services that the changes after a mark speak of. A handful of queries."""
    rows = session.execute(
        select(Change.number, Change.subject_kind, Change.subject_key)
        .where(Change.number > since)
        .order_by(Change.number)
        .limit(MOST_CHANGES)
    ).all()
    if not rows:
        return Changed(frozenset(), since)
    touched: dict[str, set[int]] = defaultdict(set)
    for _, kind, key in rows:
        number = number_of(key)
        if number is not None:
            touched[kind].add(number)
    return Changed(frozenset(_services(session, touched)), rows[-1][0])


def _services(session: Session, touched: Mapping[str, set[int]]) -> set[int]:
    found = set(touched.get(Kind.SERVICE, ()))
    doors = touched.get(Kind.ACCESS_POINT, set())
    ways = (
        (Service.id, Service.structure_id, touched.get(Kind.STRUCTURE)),
        (AccessPoint.service_id, AccessPoint.id, doors),
        (AccessPoint.service_id, AccessPoint.place_id, touched.get(Kind.PLACE)),
        (AccessPoint.service_id, AccessPoint.stop_id, touched.get(Kind.STOP)),
    )
    for chosen, column, numbers in ways:
        for some in _in_pieces(numbers or ()):
            found |= {*session.scalars(select(chosen).where(column.in_(some)))}
    tours = select(AccessPoint.service_id).join(Stop, Stop.id == AccessPoint.stop_id)
    for some in _in_pieces(touched.get(Kind.TOUR, ())):
        found |= {*session.scalars(tours.where(Stop.tour_id.in_(some)))}
    return found | _services_left(session, doors)


def _services_left(session: Session, doors: Iterable[int]) -> set[int]:
    """Find the services that access points belonged to, as the log tells: a row that is deleted says it no more."""
    found: set[int] = set()
    for some in _in_pieces(doors):
        keys = [public_id(number) for number in some]
        told = session.scalars(
            select(ChangeValues)
            .join(Change, Change.number == ChangeValues.number)
            .where(Change.subject_kind == Kind.ACCESS_POINT, Change.subject_key.in_(keys))
        )
        for values in told:
            found |= _services_told(values)
    return found


def _services_told(values: ChangeValues | None) -> set[int]:
    """Find the services that an access point had before a change and after it, unless that was erased."""
    told = () if values is None else read_parts(values).get(f"{FIELD}service") or ()
    numbers = (number_of(public) for public in told if isinstance(public, str))
    return {number for number in numbers if number is not None}


_TOLD = (
    select(ChangeHead.length, Change.subject_key, ChangeValues)
    .select_from(ChangeHead)
    .outerjoin(Change, Change.number > bindparam("mark"))
    .outerjoin(ChangeValues, (ChangeValues.number == Change.number) & (Change.subject_kind == Kind.ACCESS_POINT))
    .limit(MOST_TOLD + 1)
)


def _in_pieces(numbers: Iterable[int], size: int = 5000) -> Iterable[list[int]]:
    """Cut a list into pieces a statement can hold."""
    ordered = sorted(numbers)
    return (ordered[start : start + size] for start in range(0, len(ordered), size))
