"""How complete the sheet of a service is, read from all that hangs on it."""

from portal.directory.models.places import Place
from portal.directory.queries.listings import ServiceListing
from portal.directory.rules.choices import Answer, ContactType, Cost
from portal.directory.rules.completeness import Completeness, SheetFacts, completeness
from portal.directory.rules.contact_lines import ContactLine

_REACHED_BY = frozenset({ContactType.PHONE, ContactType.MAIL, ContactType.FORM})


def completeness_of(listing: ServiceListing) -> Completeness:
    """Weigh a service's sheet, and say what is missing."""
    return completeness(facts_of(listing))


def facts_of(listing: ServiceListing) -> SheetFacts:
    """Say what a service's sheet holds; what does not concern a service offered nowhere counts as held."""
    service, points = listing.service, listing.access_points
    places = [each.place for each in points if each.place is not None]
    return SheetFacts(
        has_summary=bool(service.summary),
        has_description=bool(service.description),
        has_concept=bool(listing.concepts),
        has_audience=bool(listing.audiences),
        has_cost=service.cost is not Cost.UNKNOWN,
        has_access_point=bool(points),
        has_opening_everywhere=bool(points) and all(each.opening.slots for each in points),
        has_read_opening=bool(points) and all(each.opening.is_complete for each in points),
        has_public_contact=any(line.type in _REACHED_BY for line in _contacts(listing)),
        has_point=bool(points) and all(place.lat is not None for place in places),
        has_accessibility=bool(points) and all(_tells_access(place) for place in places),
        was_verified=service.verified_on is not None,
    )


def _contacts(listing: ServiceListing) -> list[ContactLine]:
    return [
        *listing.contacts,
        *listing.structure_contacts,
        *(line for each in listing.access_points for line in (*each.contacts, *each.place_contacts)),
    ]


def _tells_access(place: Place) -> bool:
    return place.access_wheelchair is not Answer.UNKNOWN
