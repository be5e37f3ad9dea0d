"""What a new record may turn out to be: services with its identifiers, contacts or place; structures and places."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.text import fold
from portal.directory.models.access_points import AccessPoint
from portal.directory.models.contacts import Contact
from portal.directory.models.places import Place
from portal.directory.models.services import Service, ServiceConcept
from portal.directory.models.structures import Structure
from portal.directory.queries.leaves import contact_line
from portal.directory.rules.choices import Precision, Status
from portal.directory.rules.contact_lines import ContactLine
from portal.geography.models import Commune
from portal.geography.points import Point
from portal.intake.models.sources import Feed
from portal.intake.models.traces import OfficialId, Trace, TraceRow
from portal.intake.rules.addresses import Spot
from portal.intake.rules.matching import Portrait

SERVICE = "service"


def known_communes(session: Session, codes: Collection[str]) -> frozenset[str]:
    """Tell which of some INSEE codes are communes of today. One query."""
    return frozenset(session.scalars(select(Commune.code).where(Commune.code.in_(codes))))


def services_by_ids(session: Session, ids: Collection[tuple[str, str]]) -> Mapping[tuple[str, str], list[int]]:
    """Give the services that bear some official identifiers. One query."""
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    query = (
        select(OfficialId.register, OfficialId.value, TraceRow.row_id)
        .join(TraceRow, (TraceRow.trace_id == OfficialId.trace_id) & (TraceRow.role == OfficialId.role))
        .where(OfficialId.role == SERVICE, OfficialId.value.in_({value for _, value in ids}))
        .order_by(TraceRow.row_id)
    )
    for register, value, number in session.execute(query):
        if (register, value) in ids and number not in found[register, value]:
            found[register, value].append(number)
    return found


def traces_of_services(session: Session, numbers: Collection[int]) -> Mapping[int, list[tuple[int, int]]]:
    """Give the traces of some services, each with its feed. One query."""
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    query = (
        select(TraceRow.row_id, Trace.id, Trace.feed_id)
        .join(Trace, Trace.id == TraceRow.trace_id)
        .where(TraceRow.role == SERVICE, TraceRow.row_id.in_(numbers))
        .order_by(Trace.id)
    )
    for service, trace, feed in session.execute(query):
        found[service].append((trace, feed))
    return found


def services_like(session: Session, portraits: Collection[Portrait]) -> frozenset[int]:
    """Find the living services that share a contact, or a commune and a concept, with one of some portraits."""
    values = {line.value for each in portraits for line in each.contacts}
    communes = {spot.commune_code for each in portraits for spot in each.spots}
    concepts = {code for each in portraits for code in each.concepts}
    owners = select(Contact.owner_id).where(Contact.value.in_(values))
    by_contact = (
        select(Service.id)
        .outerjoin(AccessPoint, AccessPoint.service_id == Service.id)
        .where(Service.id.in_(owners) | AccessPoint.id.in_(owners) | AccessPoint.place_id.in_(owners))
    )
    by_place = (
        select(AccessPoint.service_id)
        .join(Place, Place.id == AccessPoint.place_id)
        .join(ServiceConcept, ServiceConcept.service_id == AccessPoint.service_id)
        .where(Place.commune_code.in_(communes), ServiceConcept.code.in_(concepts))
    )
    living = select(Service.id).where(Service.status != Status.CLOSED, Service.merged_into_id.is_(None))
    found: set[int] = set()
    for query in (by_contact, by_place):
        found.update(session.scalars(living.where(Service.id.in_(query))))
    return frozenset(found)


@dataclass
class _Sketch:
    """What is gathered of a service before its portrait is drawn."""

    concepts: list[tuple[int, str]] = field(default_factory=list)
    contacts: list[ContactLine] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)


def portraits_of(session: Session, numbers: Collection[int]) -> dict[int, Portrait]:
    """Draw the portraits of some services. Five queries."""
    sketches: dict[int, _Sketch] = defaultdict(_Sketch)
    owners: dict[int, set[int]] = defaultdict(set)
    services = session.execute(
        select(Service.id, Service.title, Structure.id, Structure.name, Structure.siret)
        .join(Structure, Structure.id == Service.structure_id)
        .where(Service.id.in_(numbers))
    )
    bodies = {number: (title, name, siret) for number, title, _, name, siret in services}
    for service in bodies:
        owners[service].add(service)
    _sketch_codes(session, numbers, sketches)
    _sketch_places(session, numbers, sketches, owners)
    for contact in session.scalars(select(Contact).where(Contact.owner_id.in_(owners)).order_by(Contact.id)):
        for service in owners[contact.owner_id]:
            sketches[service].contacts.append(contact_line(contact))
    return {
        number: Portrait(
            title=title,
            concepts=tuple(code for _, code in sorted(sketches[number].concepts)),
            structure=name,
            siret=siret,
            ids=sketches[number].ids,
            contacts=tuple(sketches[number].contacts),
            spots=tuple(sketches[number].spots),
        )
        for number, (title, name, siret) in bodies.items()
    }


def _sketch_codes(session: Session, numbers: Collection[int], sketches: Mapping[int, _Sketch]) -> None:
    for concept in session.scalars(select(ServiceConcept).where(ServiceConcept.service_id.in_(numbers))):
        sketches[concept.service_id].concepts.append((concept.position, concept.code))
    ids = (
        select(TraceRow.row_id, OfficialId.register, OfficialId.value)
        .join(OfficialId, (OfficialId.trace_id == TraceRow.trace_id) & (OfficialId.role == TraceRow.role))
        .where(TraceRow.role == SERVICE, TraceRow.row_id.in_(numbers))
    )
    for service, register, value in session.execute(ids):
        sketches[service].ids[register] = value


def _sketch_places(
    session: Session, numbers: Collection[int], sketches: Mapping[int, _Sketch], owners: dict[int, set[int]]
) -> None:
    """Note where each service is, and whose contacts are also its own."""
    query = (
        select(AccessPoint.service_id, AccessPoint.id, Place)
        .outerjoin(Place, Place.id == AccessPoint.place_id)
        .where(AccessPoint.service_id.in_(numbers))
        .order_by(AccessPoint.id)
    )
    for service, access_point, place in session.execute(query):
        owners[access_point].add(service)
        if place is not None:
            owners[place.id].add(service)
            sketches[service].spots.append(spot_of(place))


def spot_of(place: Place) -> Spot:
    """Tell what distinguishes a place; the centre of a commune is no point of its own."""
    is_precise = place.lat is not None and place.lon is not None and place.precision is not Precision.COMMUNE
    point = Point(place.lat, place.lon) if is_precise and place.lat is not None and place.lon is not None else None
    return Spot(commune_code=place.commune_code, address=place.address, point=point)


def spots_in(session: Session, communes: Collection[str]) -> Iterable[tuple[int, Spot]]:
    """List the places of some communes that stand for themselves. One query."""
    query = select(Place).where(Place.commune_code.in_(communes), Place.linked_to_id.is_(None), Place.address != "")
    return [(place.id, spot_of(place)) for place in session.scalars(query.order_by(Place.id))]


def structures_by_siret(session: Session, sirets: Collection[str]) -> dict[str, int]:
    """Give the structures that bear some SIRET; a merged one stands for the one that absorbed it."""
    query = select(Structure.siret, Structure).where(Structure.siret.in_(sirets), Structure.siret != "")
    rows = session.execute(query.order_by(Structure.merged_into_id.is_(None), Structure.id.desc())).all()
    return {siret: _living(session, structure).id for siret, structure in rows}


def structures_by_name(session: Session, source: str, names: Collection[str]) -> dict[str, int]:
    """Give the structures that a source has named before, by their folded name; a merged one as above."""
    if not names:
        return {}
    query = (
        select(Structure.name, Structure)
        .join(TraceRow, TraceRow.row_id == Structure.id)
        .join(Trace, Trace.id == TraceRow.trace_id)
        .join(Feed, Feed.id == Trace.feed_id)
        .where(TraceRow.role == "structure", Feed.source_name == source, Structure.name.in_(names))
        .order_by(Structure.id.desc())
        .distinct()
    )
    return {fold(name): _living(session, structure).id for name, structure in session.execute(query)}


def living_structure(session: Session, number: int) -> Structure:
    """Give a structure, or the one that absorbed it."""
    return _living(session, session.get_one(Structure, number))


def _living(session: Session, structure: Structure) -> Structure:
    while structure.merged_into_id is not None:
        structure = session.get_one(Structure, structure.merged_into_id)
    return structure
