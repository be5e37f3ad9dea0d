"""Makes the rows of a record nobody knew: structure, service, and each way of access with its place.

One by one, by the operations of the directory: for what is decided again while others wait, and for tours, which are
looked for as they are written. `preparing` makes all others ready beforehand.
"""

from sqlalchemy import select

from portal.core.text import fold, slug
from portal.directory.models.access_points import Stop, Tour
from portal.directory.models.places import Place
from portal.directory.models.services import Service
from portal.directory.models.structures import Structure
from portal.directory.operations.access_points import create_access_point
from portal.directory.operations.lifecycle import note_import, publish_service
from portal.directory.operations.places import create_place, link_places
from portal.directory.operations.services import create_service
from portal.directory.operations.structures import create_structure
from portal.directory.operations.tours import add_stop, create_tour
from portal.directory.rules.choices import AccessPointKind
from portal.intake.operations.writer import RunWriter, Verb
from portal.intake.planning import spot_to_link
from portal.intake.record import AccessRecord, PlaceRecord, StructureRecord
from portal.intake.rules.contents import access_values, place_values, service_values, structure_values
from portal.intake.rules.staged import Planned

Roles = dict[str, int]
"""Role of a record -> number of the row that stands for it."""


def create_record(writer: RunWriter, planned: Planned, *, trace: int) -> Roles:
    """Make and publish a service with all that leads to it."""
    record = planned.reading.record
    structure = _structure(writer, planned, trace)
    service = create_service(writer.session, structure=structure, act=writer.act, **service_values(record))
    writer.note(Verb.CREATE, trace=trace, row=service)
    roles = {"structure": structure.id, "service": service.id}
    for access in record.access:
        roles |= create_access(writer, planned, access, service, trace=trace)
    publish_service(writer.session, service=service, act=writer.act)
    note_import(service=service, on=writer.today, source=writer.source)
    writer.versions[service.id] = service.version
    writer.note(Verb.CHANGE, trace=trace, row=service, before={})
    return roles


def create_access(writer: RunWriter, planned: Planned, access: AccessRecord, service: Service, *, trace: int) -> Roles:
    """Make a way to reach a service."""
    role = f"access.{access.key}"
    where, roles = _where(writer, planned, access, service, trace)
    door = create_access_point(
        writer.session, service=service, kind=access.kind, act=writer.act, at=where, **access_values(access)
    )
    writer.note(Verb.CREATE, trace=trace, row=door)
    return roles | {role: door.id}


def _where(
    writer: RunWriter, planned: Planned, access: AccessRecord, service: Service, trace: int
) -> tuple[Place | Stop | None, Roles]:
    if access.place is None:
        return None, {}
    role = f"access.{access.key}.place"
    if access.kind is not AccessPointKind.TOUR_STOP:
        place = _place(writer, planned, access, access.place, trace)
        return place, {role: place.id}
    structure = writer.session.get_one(Structure, service.structure_id)
    tour = _tour(writer, structure, access.tour or "", trace)
    place = _place(writer, planned, access, access.place, trace)
    stop = add_stop(writer.session, tour=tour, place=place, act=writer.act)
    writer.note(Verb.CREATE, trace=trace, row=stop)
    return stop, {role: place.id}


def _structure(writer: RunWriter, planned: Planned, trace: int) -> Structure:
    record = planned.reading.record.structure
    siret = record.official_ids.get("siret", "")
    number = planned.structure or (writer.sirets.get(siret) if siret else writer.names.get(fold(record.name)))
    found = None if number is None else writer.bodies.get(number) or writer.session.get(Structure, number)
    structure = found or _make_structure(writer, record, siret, trace)
    writer.bodies[structure.id] = structure
    return structure


def _make_structure(writer: RunWriter, record: StructureRecord, siret: str, trace: int) -> Structure:
    structure = create_structure(writer.session, act=writer.act, **structure_values(record))
    writer.note(Verb.CREATE, trace=trace, row=structure)
    if siret:
        writer.sirets[siret] = structure.id
    else:
        writer.names[fold(record.name)] = structure.id
    return structure


def _place(writer: RunWriter, planned: Planned, access: AccessRecord, record: PlaceRecord, trace: int) -> Place:
    owner = planned.reading.record
    place = create_place(writer.session, act=writer.act, **place_values(record, owner))
    writer.note(Verb.CREATE, trace=trace, row=place)
    spot = spot_to_link(record, owner.concepts)
    same = planned.links.get(access.key) or (None if spot is None else writer.places.same_as(spot))
    other = None if same is None else writer.session.get(Place, same)
    if other is not None and other.linked_to_id is None:
        link_places(writer.session, place=place, to=other, act=writer.act)
        writer.note(Verb.LINK, trace=trace, row=place)
    elif spot is not None:
        writer.places.add(place.id, spot)
    return place


def _tour(writer: RunWriter, structure: Structure, name: str, trace: int) -> Tour:
    writer.session.flush()
    query = select(Tour).where(Tour.structure_id == structure.id, Tour.slug == slug(name)).order_by(Tour.id)
    tour = writer.session.scalars(query.limit(1)).first()
    if tour is None:
        tour = create_tour(writer.session, structure=structure, act=writer.act, name=name)
        writer.note(Verb.CREATE, trace=trace, row=tour)
    return tour
