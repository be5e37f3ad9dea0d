"""Where things are, cut to what the public may know."""

from portal.directory.cards.values import CommuneLine, Link, Location
from portal.directory.models.places import Place
from portal.directory.queries.listings import AccessPointListing, ServiceListing
from portal.directory.rules.choices import AddressShown
from portal.directory.rules.sensitive import address_shown
from portal.geography.models import Commune
from portal.geography.points import Point


def shown_for(listing: AccessPointListing, service: ServiceListing) -> AddressShown:
    """Tell how much is shown of where a service is offered."""
    return address_shown(
        service.concepts,
        place_says=None if listing.place is None else listing.place.address_shown,
        access_point_says=listing.access_point.address_shown,
    )


def withholds_nothing(service: ServiceListing) -> bool:
    """Tell whether every address of a service is shown; otherwise its postal address might be the withheld one."""
    return all(shown_for(each, service) is AddressShown.EXACT for each in service.access_points)


def location(place: Place, commune: Commune, shown: AddressShown) -> Location | None:
    """Tell where a place is: exactly, by its commune, or not at all."""
    if shown is AddressShown.NONE:
        return None
    line = CommuneLine(code=commune.code, name=commune.name, department=commune.department, slug=commune.slug)
    if shown is AddressShown.COMMUNE:
        return Location(commune=line)
    return Location(
        commune=line,
        link=Link(place.public_id, place.slug, place.name),
        address=place.address,
        address_extra=place.address_extra,
        postal_code=place.postal_code,
        point=None if place.lat is None or place.lon is None else Point(place.lat, place.lon),
        precision=place.precision,
        access=place.access,
        access_note=place.access_note,
    )
