"""What opens on a day, as a line of the page of passages."""

from portal.directory.cards.locations import location
from portal.directory.cards.values import Link, OccurrenceCard
from portal.directory.queries.occurrences import OccurrenceListing
from portal.directory.queries.openings import calendar_of
from portal.directory.rules.choices import AddressShown


def occurrence_card(listing: OccurrenceListing) -> OccurrenceCard:
    """Show one opening on its date; where it is, and the bus that would tell it, only as far as decided."""
    one, service, tour = listing.occurrence, listing.service, listing.tour
    zone = calendar_of(listing.commune.department).time_zone
    return OccurrenceCard(
        starts_at=one.starts_at.astimezone(zone),
        ends_at=one.ends_at.astimezone(zone),
        mode=one.mode,
        appointment=one.appointment,
        is_certain=one.is_certain,
        service=Link(service.public_id, service.slug, service.title),
        kind=listing.access_point.kind,
        location=location(listing.place, listing.commune, listing.shown),
        tour=None
        if tour is None or listing.shown is not AddressShown.EXACT
        else Link(tour.public_id, tour.slug, tour.name),
        access_point=listing.access_point.public_id,
        concept=listing.concept or "",
        # Beside a withheld address every word of a reason could tell it.
        cancelled=listing.cancelled if listing.is_told or listing.cancelled is None else "",
        changed_at=listing.changed_at,
    )
