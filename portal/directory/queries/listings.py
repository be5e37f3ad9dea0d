"""Services as lists and sheets need them: two queries for any number, in the order asked."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, or_, select, true, union_all
from sqlalchemy.orm import Session, aliased

from portal.directory.models.access_points import AccessPoint, Stop, Tour
from portal.directory.models.places import Place
from portal.directory.models.services import Service
from portal.directory.models.structures import Structure
from portal.directory.queries.line_union import Lines, Tag, lines_of_services
from portal.directory.queries.openings import calendar_of
from portal.directory.rules.choices import AddressShown, Status
from portal.directory.rules.competence import CompetenceArea
from portal.directory.rules.contact_lines import ContactLine
from portal.directory.rules.openings import has_hours, opening_in_force
from portal.directory.rules.sensitive import address_shown
from portal.geography.models import Commune
from portal.hours.calendar import Calendar
from portal.hours.slots import Mode, Opening
from portal.vocabulary.audiences import Audience


@dataclass(frozen=True)
class AccessPointListing:
    """An access point with all that a card says of it."""

    access_point: AccessPoint
    place: Place | None
    commune: Commune | None
    tour: Tour | None
    opening: Opening
    opening_words: str
    calendar: Calendar
    contacts: tuple[ContactLine, ...]
    place_contacts: tuple[ContactLine, ...]

    @property
    def parts(self) -> Iterator[int]:
        """Give the numbers of the rows it was made of."""
        point, tour = self.access_point, self.tour
        numbers = (point.id, point.place_id, point.stop_id, None if tour is None else tour.id)
        return (number for number in numbers if number is not None)


@dataclass(frozen=True)
class ServiceListing:
    """A service with all that a card says of it; only what the public may see of its contacts."""

    service: Service
    structure: Structure
    concepts: tuple[str, ...]
    audiences: tuple[Audience, ...]
    modes: tuple[Mode, ...]
    languages: tuple[str, ...]
    competence: tuple[CompetenceArea, ...]
    contacts: tuple[ContactLine, ...]
    structure_contacts: tuple[ContactLine, ...]
    access_points: tuple[AccessPointListing, ...]

    @property
    def parts(self) -> frozenset[int]:
        """Give the numbers of the rows it was made of: it is as it was until one of them is changed."""
        points = (number for each in self.access_points for number in each.parts)
        return frozenset((self.service.id, self.structure.id, *points))


def services_by_ids(session: Session, ids: Sequence[int]) -> list[ServiceListing]:
    """Load published services in the order of their numbers given; what is not published is left out. Two queries."""
    return _listings(session, ids, (Status.PUBLISHED,))


def any_services_by_ids(session: Session, ids: Sequence[int]) -> list[ServiceListing]:
    """Load services whatever their status, drafts too: for those who may see them. Two queries."""
    return _listings(session, ids, tuple(Status))


def _listings(session: Session, ids: Sequence[int], statuses: Sequence[Status]) -> list[ServiceListing]:
    if not ids:
        return []
    offers = load_offers(session, Service.id.in_(ids), Service.status.in_(statuses))
    found = {listing.service.id: listing for listing in offers.services}
    return [found[number] for number in dict.fromkeys(ids) if number in found]


@dataclass(frozen=True)
class Nearby:
    """What a page names beside its own services, by their numbers."""

    services: tuple[int, ...] = ()
    access_points: tuple[int, ...] = ()
    """Which of their desks or stops."""


@dataclass(frozen=True)
class Mention:
    """A published service that is named, and its desk that is near; only where the public may know it."""

    service: Service
    access_point: AccessPoint | None = None
    place: Place | None = None


@dataclass(frozen=True)
class Offers:
    """Services, and what was asked for along with their lines."""

    services: tuple[ServiceListing, ...]
    lines: Lines
    mentions: tuple[Mention, ...] = ()

    def contacts_of(self, owner: int) -> tuple[ContactLine, ...]:
        """List the public contacts of a row, each once."""
        return tuple(dict.fromkeys(contacts_in(self.lines, owner)))

    def opening_of(self, owner: int) -> Opening:
        """Give the opening of a stop or an access point."""
        return opening_in(self.lines, owner)


_AccessPointRow = tuple[AccessPoint, Place | None, Commune | None, Stop | None, Tour | None]


class _Row(NamedTuple):
    """A service with one of its desks, or with none."""

    service: Service
    structure: Structure
    is_offered: bool
    """Whether it was asked for, and is not only named beside."""
    access_point: AccessPoint | None
    place: Place | None
    commune: Commune | None
    stop: Stop | None
    tour: Tour | None


_NOTHING = Nearby()
_DESK = aliased(AccessPoint)
"""Under a name of its own: conditions may ask about access points in questions of their own."""


def load_offers(
    session: Session, *conditions: ColumnElement[bool], also: Sequence[int] = (), nearby: Nearby = _NOTHING
) -> Offers:
    """Load the services that meet conditions, with the contacts and openings of some other rows. Two queries.

    What was merged into another service is never listed: the other one stands for it.
    """
    asked = and_(*conditions)
    # What is only named beside is told apart by the conditions it need not meet.
    is_asked, wanted = (asked, _with(nearby.services, asked)) if nearby.services else (true(), asked)
    rows = _rows(session, is_asked, wanted, nearby.access_points)
    if not rows and not also:
        return Offers((), {})
    services = {row.service.id: row.service for row in rows}
    found = {row.service.id: (row.service, row.structure) for row in rows if row.is_offered}
    desks: dict[int, list[_AccessPointRow]] = defaultdict(list)
    for row in rows:
        if row.access_point is not None:
            desks[row.service.id].append((row.access_point, *row[4:]))
    lines = lines_of_services(session, tuple(found), also=also)
    listings = (_listing(*pair, desks.get(number, ()), lines) for number, pair in found.items())
    return Offers(tuple(listings), lines, tuple(_mentions(services.values(), desks, nearby)))


def _with(others: Sequence[int], asked: ColumnElement[bool]) -> ColumnElement[bool]:
    """Add services to those that meet a condition; an "or" would have the database read every service there is."""
    both = union_all(select(Service.id).where(asked), select(Service.id).where(Service.id.in_(others)))
    return Service.id.in_(both)


def _mentions(
    services: Iterable[Service], rows: Mapping[int, Sequence[_AccessPointRow]], nearby: Nearby
) -> Iterator[Mention]:
    for service in services:
        if service.id in nearby.services and service.status is Status.PUBLISHED:
            stops = [row for row in rows.get(service.id, ()) if row[0].id in nearby.access_points]
            for access_point, place, *_ in stops:
                shown = place and address_shown(
                    (), place_says=place.address_shown, access_point_says=access_point.address_shown
                )
                if shown is AddressShown.EXACT:
                    yield Mention(service, access_point, place)
            if not stops:
                yield Mention(service)


def _rows(
    session: Session, is_asked: ColumnElement[bool], wanted: ColumnElement[bool], also: Sequence[int]
) -> list[_Row]:
    """Load services, each as often as it has desks; of those only named beside, the desks that are near."""
    desk = _DESK
    is_told = or_(is_asked, desk.id.in_(also)) if also else is_asked
    rows = session.execute(
        select(Service, Structure, is_asked, desk, Place, Commune, Stop, Tour)
        .join(Structure, Structure.id == Service.structure_id)
        .outerjoin(desk, and_(desk.service_id == Service.id, is_told))
        .outerjoin(Place, Place.id == desk.place_id)
        .outerjoin(Commune, Commune.code == Place.commune_code)
        .outerjoin(Stop, Stop.id == desk.stop_id)
        .outerjoin(Tour, Tour.id == Stop.tour_id)
        .where(wanted, Service.merged_into_id.is_(None))
        .order_by(Service.id, desk.id)
    )
    return [_Row(*row) for row in rows]


def _listing(service: Service, structure: Structure, rows: Sequence[_AccessPointRow], lines: Lines) -> ServiceListing:
    def codes(tag: Tag) -> tuple[Any, ...]:
        return tuple(line.value for line in lines.get((tag, service.id), ()))

    home = min((commune.department for _, _, commune, _, _ in rows if commune is not None), default=None)
    return ServiceListing(
        service=service,
        structure=structure,
        concepts=codes(Tag.CONCEPT),
        audiences=codes(Tag.AUDIENCE),
        modes=codes(Tag.MODE),
        languages=codes(Tag.LANGUAGE),
        competence=codes(Tag.COMPETENCE),
        contacts=contacts_in(lines, service.id),
        structure_contacts=contacts_in(lines, structure.id),
        access_points=tuple(_access_point(row, home, lines) for row in rows),
    )


def _access_point(row: _AccessPointRow, home: str | None, lines: Lines) -> AccessPointListing:
    access_point, place, commune, stop, tour = row
    own = opening_in(lines, access_point.id)
    of_stop = Opening() if stop is None else opening_in(lines, stop.id)
    said_by = access_point if stop is None or has_hours(own) else stop
    return AccessPointListing(
        access_point=access_point,
        place=place,
        commune=commune,
        tour=tour,
        opening=opening_in_force(own, of_stop),
        opening_words=said_by.opening_words,
        calendar=calendar_of(commune.department if commune is not None else home),
        contacts=contacts_in(lines, access_point.id),
        place_contacts=() if place is None else contacts_in(lines, place.id),
    )


def opening_in(lines: Lines, owner: int) -> Opening:
    """Give the opening of a stop or an access point among lines that were loaded."""
    return Opening(
        slots=_values(lines, Tag.SLOT, owner),
        exceptions=_values(lines, Tag.EXCEPTION, owner),
        unread=_values(lines, Tag.UNREAD, owner),
    )


def contacts_in(lines: Lines, owner: int) -> tuple[ContactLine, ...]:
    """List the public contacts of a row among lines that were loaded."""
    return _values(lines, Tag.CONTACT, owner)


def _values(lines: Lines, tag: Tag, owner: int) -> tuple[Any, ...]:
    return tuple(line.value for line in lines.get((tag, owner), ()))
