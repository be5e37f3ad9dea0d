"""Pages of places, structures and tours."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from portal.directory.cards.locations import location, shown_for, withholds_nothing
from portal.directory.cards.services import opening_card, service_card, without_addresses, without_words
from portal.directory.cards.values import Link, PlaceSheet, StopCard, StructureSheet, TourSheet
from portal.directory.models.places import Place
from portal.directory.queries.listings import ServiceListing
from portal.directory.queries.sheets import PlaceListing, StopListing, StructureListing, TourListing
from portal.directory.rules.choices import AddressShown, Status
from portal.directory.rules.competence import VisitorCommune
from portal.directory.rules.contact_lines import ContactLine
from portal.directory.rules.sensitive import shown_of_place


def place_sheet(listing: PlaceListing, *, now: datetime, visitor: VisitorCommune | None = None) -> PlaceSheet | None:
    """Show a place, unless its exact address is withheld: then it has no page, for its name may tell where it is.

    Services that show less than their exact address are not listed: the page itself would tell where they are.
    """
    place, here = listing.place, {listing.place.id, *(each.id for each in listing.linked)}
    where = location(place, listing.commune, _shown_of_place(place, listing.services, linked=here - {place.id}))
    if where is None or where.link is None:
        return None
    return PlaceSheet(
        link=where.link,
        location=where,
        contacts=_contacts_of_place(listing),
        services=tuple(
            service_card(each, now=now, visitor=visitor)
            for each in listing.services
            if each.service.status is Status.PUBLISHED and AddressShown.EXACT in _shown_at(each, here)
        ),
    )


def structure_sheet(
    listing: StructureListing, *, now: datetime, visitor: VisitorCommune | None = None
) -> StructureSheet:
    """Show a structure with what it offers."""
    structure = listing.structure
    withholds = not all(withholds_nothing(each) for each in listing.services)
    return StructureSheet(
        link=Link(structure.public_id, structure.slug, structure.name),
        description=structure.description,
        legal_nature=structure.legal_nature,
        contacts=without_addresses(listing.contacts) if withholds else listing.contacts,
        services=tuple(service_card(each, now=now, visitor=visitor) for each in listing.services),
        tours=tuple(Link(tour.public_id, tour.slug, tour.name) for tour in listing.tours),
    )


def tour_sheet(listing: TourListing, *, now: datetime, visitor: VisitorCommune | None = None) -> TourSheet:
    """Show a tour with its stops in order."""
    tour, structure = listing.tour, listing.structure
    stops = {each.stop.id for each in listing.stops}
    stop_cards = tuple(_stop_card(each, listing.services, now=now) for each in listing.stops)
    return TourSheet(
        link=Link(tour.public_id, tour.slug, tour.name),
        description=tour.description,
        structure=Link(structure.public_id, structure.slug, structure.name),
        contacts=listing.contacts if all(each.is_told for each in stop_cards) else without_addresses(listing.contacts),
        stops=stop_cards,
        services=tuple(
            service_card(each, now=now, visitor=visitor)
            for each in listing.services
            if each.service.status is Status.PUBLISHED and AddressShown.EXACT in _shown_on(each, stops)
        ),
    )


def _stop_card(stop: StopListing, services: tuple[ServiceListing, ...], *, now: datetime) -> StopCard:
    brought = [(each, _shown_on(each, {stop.stop.id})) for each in services]
    shown = shown_of_place(
        stop.place.address_shown,
        published=_shown_by(brought, published=True),
        others=_shown_by(brought, published=False),
    )
    is_told = shown is AddressShown.EXACT
    opening, words = stop.opening, stop.stop.opening_words
    if not is_told:
        opening, words = without_words(opening), ""
    return StopCard(
        public_id=stop.stop.public_id,
        location=location(stop.place, stop.commune, shown),
        note=stop.stop.note if is_told else "",
        opening=opening_card(opening, stop.calendar, words=words, now=now),
    )


def _contacts_of_place(listing: PlaceListing) -> tuple[ContactLine, ...]:
    """List the contacts of a place, then of those linked to it that are not withheld themselves."""
    open_ones = [each for each in listing.linked if _shown_of_place(each, listing.services) is AddressShown.EXACT]
    lines = [line for each in (listing.place, *open_ones) for line in listing.contacts.get(each.id, ())]
    return tuple(dict.fromkeys(lines))


def _shown_of_place(place: Place, services: Sequence[ServiceListing], *, linked: Collection[int] = ()) -> AddressShown:
    own, of_linked = ([(each, _shown_at(each, here)) for each in services] for here in ({place.id}, linked))
    published = _shown_by(own, published=True) or _shown_by(of_linked, published=True)
    return shown_of_place(
        place.address_shown, published=published, others=_shown_by([*own, *of_linked], published=False)
    )


def _shown_by(services: Iterable[tuple[ServiceListing, set[AddressShown]]], *, published: bool) -> set[AddressShown]:
    wanted = (shown for each, shown in services if (each.service.status is Status.PUBLISHED) is published)
    return set().union(*wanted)


def _shown_at(service: ServiceListing, places: Collection[int]) -> set[AddressShown]:
    """Tell how much a service shows of some places."""
    return {shown_for(each, service) for each in service.access_points if each.access_point.place_id in places}


def _shown_on(service: ServiceListing, stops: set[int]) -> set[AddressShown]:
    """Tell how much a service shows of some stops."""
    return {shown_for(each, service) for each in service.access_points if each.access_point.stop_id in stops}
