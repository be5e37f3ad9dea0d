"""Corrections: a person's word over a source's, kept with its author and reason until somebody withdraws it."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.changes import Act, Subject, record_change
from portal.core.errors import Conflict, Invalid
from portal.directory.models.access_points import AccessPoint
from portal.directory.models.identities import Identified, Identity
from portal.directory.models.places import Place
from portal.directory.models.services import Service
from portal.directory.models.structures import Structure
from portal.directory.rules.choices import Kind
from portal.directory.rules.public_ids import number_of
from portal.intake.models.decisions import Correction
from portal.intake.models.traces import Trace, TraceRow
from portal.intake.operations.updating import set_written
from portal.intake.queries.standing import TABLES, standing
from portal.intake.rules.fields import FIELDS, Part
from portal.intake.rules.values import Json

PARTS = {
    Kind.SERVICE: Part.SERVICE,
    Kind.STRUCTURE: Part.STRUCTURE,
    Kind.PLACE: Part.PLACE,
    Kind.ACCESS_POINT: Part.ACCESS,
}


class FieldUnknown(Invalid):
    """A correction names a field there is."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"Le champ « {name} » n’existe pas. Nommez par exemple title, summary, structure.name, place.address ou "
            "access.opening."
        )


class SeveralDoors(Invalid):
    """A service with several ways of access needs to be told which."""

    def __init__(self, part: str, ids: list[str]) -> None:
        listed = ", ".join(f"{part}.{each}" for each in ids)
        super().__init__(f"Ce service se rend en plusieurs endroits : précisez lequel, par exemple {listed}.")


class NothingToCorrect(Conflict):
    """A correction says something else than what stands."""

    def __init__(self) -> None:
        super().__init__("La fiche dit déjà cela : rien n’a été modifié.")


class Target(NamedTuple):
    """The field of a row that is corrected."""

    row: Identified
    part: Part
    field: str


def record_correction(session: Session, *, target: Target, value: Json, act: Act) -> Correction:
    """Put a person's word in the place of a source's; `value` is written as JSON.

    A value that stands already may be confirmed: it then holds against what the source will say.
    """
    before = said_of(session, target)
    earlier = _standing(session, target)
    if before == value and earlier is not None:
        raise NothingToCorrect
    if earlier is not None:
        withdraw_correction(session, correction=earlier, act=act)
        session.flush()
    set_written(session, target.row, {target.field: value}, act)
    correction = Correction(
        row_id=target.row.id,
        field=target.field,
        value=value,
        replaced=before,
        sources_said=_sources(session, target),
        author=act.by.name,
        reason=act.reason,
        at=act.at,
    )
    session.add(correction)
    session.flush()
    return correction


def said_of(session: Session, target: Target) -> Json:
    """Tell what stands in a field today, as JSON."""
    session.flush()
    return standing(session, [target.row.id])[target.row.id].values[target.field]


def shown_of(session: Session, target: Target) -> Json:
    """Tell what a sheet shows of a field today: a service without contacts shows those of its structure."""
    said = said_of(session, target)
    if target.field != "contacts" or said or not isinstance(target.row, Service):
        return said
    return said_of(session, Target(session.get_one(Structure, target.row.structure_id), Part.STRUCTURE, "contacts"))


def withdraw_correction(session: Session, *, correction: Correction, act: Act) -> None:
    """Let the sources speak again; what stands in the directory stays until they say something new."""
    correction.withdrawn_at = act.at
    identity = session.get_one(Identity, correction.row_id)
    row = session.get_one(TABLES[PARTS[identity.kind]], correction.row_id)
    record_change(
        session, subject=Subject(identity.kind, row.public_id), verb="withdraw_correction", fields={}, act=act
    )


def target_of(session: Session, *, service: Service, name: str) -> Target:
    """Find what a field named by a person stands for: `title`, `structure.name`, `place.address`, `access.ID.url`."""
    head, _, field = name.rpartition(".")
    part, _, public_id = head.partition(".")
    if not head:
        return _checked(service, Part.SERVICE, field, name)
    if head == Part.STRUCTURE:
        return _checked(session.get_one(Structure, service.structure_id), Part.STRUCTURE, field, name)
    if part not in {Part.PLACE, Part.ACCESS}:
        raise FieldUnknown(name)
    return _checked(_door(session, service, Part(part), public_id), Part(part), field, name)


def _checked(row: Identified, part: Part, field: str, name: str) -> Target:
    if field not in FIELDS[part]:
        raise FieldUnknown(name)
    return Target(row, part, field)


def _door(session: Session, service: Service, part: Part, public_id: str) -> AccessPoint | Place:
    session.flush()
    query = select(AccessPoint).where(AccessPoint.service_id == service.id).order_by(AccessPoint.id)
    doors = session.scalars(query).all()
    numbers = [each.id if part is Part.ACCESS else each.place_id for each in doors]
    there = sorted({number for number in numbers if number is not None})
    table: Any = TABLES[part]
    if public_id:
        there = [number for number in there if number == number_of(public_id)]
    rows: list[AccessPoint | Place] = [session.get_one(table, number) for number in there]
    if len(rows) > 1:
        raise SeveralDoors(part.value, [row.public_id for row in rows])
    if not rows:
        raise FieldUnknown(f"{part.value}.{public_id}".rstrip("."))
    return rows[0]


def _standing(session: Session, target: Target) -> Correction | None:
    query = select(Correction).where(Correction.row_id == target.row.id, Correction.field == target.field)
    return session.scalar(query.where(Correction.withdrawn_at.is_(None)))


def _sources(session: Session, target: Target) -> Mapping[str, Json]:
    """List what each trace says of the field today."""
    query = (
        select(TraceRow.role, Trace.id, Trace.said)
        .join(Trace, Trace.id == TraceRow.trace_id)
        .where(TraceRow.row_id == target.row.id)
    )
    found: dict[str, Json] = {}
    for role, trace, said in session.execute(query):
        name = target.field if role == "service" else f"{role}.{target.field}"
        if name in said:
            found[str(trace)] = said[name]
    return found
