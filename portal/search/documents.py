"""From the directory to the index: one document for each access point of a published service.

What the public may not know of an address never reaches a document: no point, no words of the place, no commune; a
place shown by its commune stands at the commune's centre. Such a service is found by everybody, like one by telephone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.core.text import fold
from portal.directory.cards.locations import shown_for
from portal.directory.models.access_points import AccessPoint
from portal.directory.models.services import Service
from portal.directory.queries.listings import AccessPointListing, ServiceListing, services_by_ids
from portal.directory.queries.shown import is_published
from portal.directory.rules.choices import AccessPointKind, AddressShown, Answer, CompetenceKind
from portal.directory.rules.competence import CompetenceArea, has_sector
from portal.hours.calendar import Calendar
from portal.hours.slots import Mode, Opening
from portal.search.desks import desk_of
from portal.search.timetables import Hours, key_of
from portal.search.understanding.tokens import name_stems, tokens_of
from portal.vocabulary.vocabulary import Vocabulary
from search_index.documents import Document, Part, Spot

CHUNK = 500
"""Services read at once."""
REMOTE = "remote"
TRAVELLING = "tour"
ON_THE_SPOT = "place"
SERVES = "serves:"
"""Before the key of an area that a service comes to, or receives from, without being the one office in charge."""
AT_HOME = "home"
"""Comes to people's homes around its own desk."""
_CALLED = frozenset({AccessPointKind.PHONE, AccessPointKind.VIDEO})
_FROM_A_DESK = _CALLED | {AccessPointKind.HOME}
STOP = "1"
STOPPING, ON_DEMAND = frozenset({"MO01", "MO02"}), frozenset({"MO03"})
"""What stops at a place, and what comes when it is called: the ways of who has no car."""
_SILENCE = 365
"""Days by which a service of which hardly anything is told counts as older than it is."""
_MODES = {
    AccessPointKind.PLACE: Mode.ON_SITE,
    AccessPointKind.TOUR_STOP: Mode.ON_SITE,
    AccessPointKind.PHONE: Mode.PHONE,
    AccessPointKind.VIDEO: Mode.VIDEO,
    AccessPointKind.HOME: Mode.HOME,
}


class Scheduled(NamedTuple):
    """A document with the hours its schedule stands for."""

    document: Document
    hours: Hours


@dataclass(frozen=True)
class _Where:
    """What the public may know of where an access point is."""

    words: str = ""
    spot: Spot | None = None
    commune: str = ""
    access: tuple[str, ...] = ()


def published_services(session: Session) -> Sequence[int]:
    """List the numbers of the services the public sees. One query."""
    return session.scalars(select(Service.id).where(is_published()).order_by(Service.id)).all()


def published_keys(session: Session) -> frozenset[int]:
    """List the keys all documents should have: access points, or the service that has none. Two queries."""
    rows = session.execute(
        select(func.coalesce(AccessPoint.id, Service.id))
        .select_from(Service)
        .outerjoin(AccessPoint, AccessPoint.service_id == Service.id)
        .where(is_published())
    )
    return frozenset(row[0] for row in rows)


def documents_of(session: Session, vocabulary: Vocabulary, services: Sequence[int]) -> Iterator[Scheduled]:
    """Make the documents of some services, reading a few hundred at once; those not published have none."""
    for start in range(0, len(services), CHUNK):
        for listing in services_by_ids(session, services[start : start + CHUNK]):
            yield from documents_of_service(listing, vocabulary)
        # What was read is not needed again: fifty thousand services would fill the memory.
        session.expunge_all()


def documents_of_service(listing: ServiceListing, vocabulary: Vocabulary) -> Iterator[Scheduled]:
    """Make the documents of a service."""
    common = _common(listing, vocabulary)
    if not listing.access_points:
        yield Scheduled(common, Hours(Opening(), Calendar()))
    for each in listing.access_points:
        yield _of_access_point(common, each, listing)


def called(name: str) -> str:
    """Write a name as it is compared with a whole question."""
    return " ".join(token.key for token in tokens_of(name))


def area_keys(areas: Sequence[CompetenceArea], concepts: Sequence[str]) -> tuple[str, ...]:
    """Name the areas a service answers for; none when it answers for everyone or nobody said.

    Only an office of a kind that goes by sector, with one smaller than the territory, is told apart by it: the others
    serve their communes, and are put back for the rest.
    """
    if any(area.kind is CompetenceKind.EVERYONE for area in areas):
        return ()
    is_sector = has_sector(areas, concepts)
    return tuple(sorted(_area_key(area, is_sector=is_sector) for area in areas))


def served_by(areas: Sequence[CompetenceArea], concepts: Sequence[str]) -> tuple[str, ...]:
    """Name the areas that a transport on demand serves, for who asks how to get to a desk; of no other kind."""
    if ON_DEMAND.isdisjoint(concepts):
        return ()
    return tuple(sorted(f"{area.kind.value}:{area.code}" for area in areas))


def _area_key(area: CompetenceArea, *, is_sector: bool) -> str:
    key = f"{area.kind.value}:{area.code}"
    return key if is_sector or area.kind is CompetenceKind.TERRITORY else f"{SERVES}{key}"


def _common(listing: ServiceListing, vocabulary: Vocabulary) -> Document:
    service = listing.service
    concepts = [found for code in listing.concepts if (found := vocabulary.concept(code)) is not None]
    told = (service.summary, service.description, service.eligibility, service.documents, service.cost_note)
    return Document(
        key=service.id,
        group=service.id,
        texts={
            Part.TITLE: service.title,
            Part.CONCEPT: " ; ".join(concept.label.fr for concept in concepts),
            Part.STRUCTURE: listing.structure.name,
            Part.TEXT: "\n".join(text for text in told if text),
        },
        tags={
            "concept": listing.concepts,
            "main": listing.concepts[:1],
            "desk": desk_of(service.title, concepts),
            "theme": tuple(dict.fromkeys(concept.family for concept in concepts)),
            "audience": tuple(audience.value for audience in listing.audiences),
            "mode": tuple(mode.value for mode in listing.modes),
            "cost": (service.cost.value,),
            "language": listing.languages,
            "reach": (REMOTE,),
            "called": tuple(dict.fromkeys(map(called, (service.title, listing.structure.name)))),
            "way": (service.title,) if ON_DEMAND.intersection(listing.concepts) else (),
            "serves": served_by(listing.competence, listing.concepts),
            "titled": tuple(dict.fromkeys(name_stems(service.title))),
        },
        areas=area_keys(listing.competence, listing.concepts),
        fresh_on=max(0, _last_word(service.verified_on, service.imported_on) - _SILENCE * _is_bare(listing)),
        name=fold(service.title),
    )


def _of_access_point(common: Document, listing: AccessPointListing, service: ServiceListing) -> Scheduled:
    where = _where(listing, shown_for(listing, service))
    spot = where.spot or _base(listing, service)
    hours = Hours(listing.opening, listing.calendar)
    schedule = key_of(hours)
    kind = listing.access_point.kind
    # A way that has an access point of its own is no way to reach this one: who opens on Saturdays may not come home.
    elsewhere = {_MODES[each.access_point.kind].value for each in service.access_points} - {_MODES[kind].value}
    others = (mode for mode in common.tags["mode"] if mode not in elsewhere)
    modes = (_MODES[kind].value, *(slot.mode.value for slot in listing.opening.slots), *others)
    stop = _stop_named(listing, common)
    tags = {
        **common.tags,
        "mode": tuple(dict.fromkeys(modes)),
        "reach": (_reach(kind, spot),),
        "access": where.access,
        "commune": (where.commune,) if where.commune else (),
        "appointment": tuple(dict.fromkeys(slot.appointment.value for slot in listing.opening.slots)),
        "schedule": (schedule,) if schedule else (),
        "stop": (STOP,) if stop else (),
        "way": (stop,) if stop else common.tags["way"],
    }
    document = replace(
        common,
        key=listing.access_point.id,
        texts={**common.texts, Part.PLACE: where.words},
        tags={name: values for name, values in tags.items() if values},
        spot=spot,
        schedule=schedule,
    )
    return Scheduled(document, hours)


def _stop_named(listing: AccessPointListing, common: Document) -> str:
    """Name the stop that an access point is; the shop that sells tickets is known by its address, and is none."""
    place = listing.place
    if place is None or STOPPING.isdisjoint(common.tags["concept"]) or place.name == place.address:
        return ""
    return place.name


def _where(listing: AccessPointListing, shown: AddressShown) -> _Where:
    place, commune = listing.place, listing.commune
    if place is None or commune is None or shown is AddressShown.NONE:
        return _Where()
    centre = Spot(commune.lat, commune.lon)
    if shown is AddressShown.COMMUNE:
        return _Where(words=commune.name, spot=centre, commune=commune.code)
    tour = listing.tour.name if listing.tour is not None else ""
    # Without its street: "rue des Écoles" must not answer "école".
    words = (place.name, place.postal_code, commune.name, tour)
    return _Where(
        words=" ; ".join(word for word in (*words, listing.access_point.note) if word),
        spot=centre if place.lat is None or place.lon is None else Spot(place.lat, place.lon),
        commune=commune.code,
        access=tuple(feature.value for feature, answer in place.access.items() if answer is Answer.YES),
    )


def _base(listing: AccessPointListing, service: ServiceListing) -> Spot | None:
    """Find the desk from which a service comes to homes, or answers the telephone, be it called from everywhere.

    A doctor's rounds go no farther than from any other desk; who answers for an area comes everywhere in it.
    """
    kind = listing.access_point.kind
    comes_everywhere = kind is AccessPointKind.HOME and bool(area_keys(service.competence, service.concepts))
    if kind not in _FROM_A_DESK or comes_everywhere:
        return None
    spots = (_where(each, shown_for(each, service)).spot for each in service.access_points if each.tour is None)
    return next((spot for spot in spots if spot is not None), None)


def _reach(kind: AccessPointKind, spot: Spot | None) -> str:
    if spot is None or kind in _CALLED:
        return REMOTE
    if kind is AccessPointKind.HOME:
        return AT_HOME
    return TRAVELLING if kind is AccessPointKind.TOUR_STOP else ON_THE_SPOT


def _is_bare(listing: ServiceListing) -> bool:
    """Tell whether a row of a register is all there is: no hours, no description, and nobody confirmed it."""
    has_hours = any(each.opening.slots for each in listing.access_points)
    return not (has_hours or listing.service.description or listing.service.verified_on)


def _last_word(*days: date | None) -> int:
    return max((day.toordinal() for day in days if day is not None), default=0)
