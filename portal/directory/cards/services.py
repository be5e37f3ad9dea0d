"""Services as cards and sheets: what is open now, for whom, how fresh, and nothing the public may not see."""

from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from portal.directory.cards.locations import location, shown_for, withholds_nothing
from portal.directory.cards.values import AccessPointCard, Link, OpeningCard, ServiceCard, ServiceSheet
from portal.directory.models.services import Service
from portal.directory.queries.listings import AccessPointListing, ServiceListing
from portal.directory.queries.openings import schedule_of
from portal.directory.rules.choices import AddressShown, ContactType
from portal.directory.rules.competence import VisitorCommune, has_sector, is_competent
from portal.directory.rules.contact_lines import ContactLine, completed
from portal.directory.rules.freshness import freshness
from portal.hours.calendar import Calendar
from portal.hours.schedule import State
from portal.hours.slots import ExceptionKind, Opening

_UNTOLD = "autres horaires"
"""What stands for words nobody could read, at a desk whose words are withheld."""


def service_card(listing: ServiceListing, *, now: datetime, visitor: VisitorCommune | None = None) -> ServiceCard:
    """Show a service in a list; `now` is an instant of the territory's clock."""
    service, structure = listing.service, listing.structure
    answers, by_sector = is_competent(listing.competence, visitor), has_sector(listing.competence, listing.concepts)
    contacts = listing.contacts or listing.structure_contacts
    return ServiceCard(
        public_id=service.public_id,
        slug=service.slug,
        title=service.title,
        summary=service.summary,
        status=service.status,
        structure=Link(structure.public_id, structure.slug, structure.name),
        concepts=listing.concepts,
        audiences=listing.audiences,
        modes=listing.modes,
        languages=listing.languages,
        cost=service.cost,
        cost_note=service.cost_note,
        online_url=service.online_url,
        is_competent=None if answers and not by_sector else answers,
        serves_visitor=answers is True and not by_sector,
        contacts=contacts if withholds_nothing(listing) else without_addresses(contacts),
        access_points=tuple(access_point_card(each, listing, now=now) for each in listing.access_points),
        freshness=freshness(service.provenance, now.date()),
        verified_on=service.verified_on,
        source=service.imported_from,
        changed_at=service.changed_at,
    )


def service_sheet(
    listing: ServiceListing,
    *,
    now: datetime,
    visitor: VisitorCommune | None = None,
    successor: Service | None = None,
) -> ServiceSheet:
    """Show a service on its own page; a closed one says so and leads to its successor."""
    service = listing.service
    return ServiceSheet(
        card=service_card(listing, now=now, visitor=visitor),
        description=service.description,
        age_min=service.age_min,
        age_max=service.age_max,
        documents=service.documents,
        eligibility=service.eligibility,
        legal_nature=service.legal_nature,
        competence=listing.competence,
        closed_on=service.closed_on,
        successor=None if successor is None else Link(successor.public_id, successor.slug, successor.title),
        changed_at=service.changed_at,
    )


def access_point_card(listing: AccessPointListing, service: ServiceListing, *, now: datetime) -> AccessPointCard:
    """Show one way to reach a service; what would betray a withheld address is left out."""
    access_point, shown = listing.access_point, shown_for(listing, service)
    is_told = shown is AddressShown.EXACT
    if listing.place is None:
        # A telephone is answered at the desk whose address may be withheld.
        is_told = is_told and withholds_nothing(service)
    contacts = completed(listing.contacts, listing.place_contacts if is_told else ())
    where = None
    if listing.place is not None and listing.commune is not None:
        where = location(listing.place, listing.commune, shown)
    tour = listing.tour if is_told else None
    opening, words = listing.opening, listing.opening_words
    if not is_told and listing.place is not None:
        opening, words = without_words(opening), ""
    return AccessPointCard(
        public_id=access_point.public_id,
        kind=access_point.kind,
        opening=opening_card(opening, listing.calendar, words=words, now=now),
        address_shown=shown,
        location=where,
        tour=None if tour is None else Link(tour.public_id, tour.slug, tour.name),
        note=access_point.note if is_told else "",
        url=access_point.url,
        contacts=contacts if is_told else without_addresses(contacts),
    )


def opening_card(opening: Opening, calendar: Calendar, *, words: str, now: datetime) -> OpeningCard:
    """Say what holds now of an opening."""
    return OpeningCard(
        state=_state_at(opening, calendar, now.replace(second=0, microsecond=0)),
        opening=opening,
        calendar=calendar,
        words=words,
        messages=schedule_of(opening, calendar).messages_on(now.astimezone(calendar.time_zone).date()),
    )


def without_words(opening: Opening) -> Opening:
    """Leave out what people wrote beside the hours of a withheld desk: "par la cour de la mairie" would tell it."""
    return Opening(
        slots=tuple(replace(slot, note="") for slot in opening.slots),
        exceptions=tuple(
            replace(each, reason="") for each in opening.exceptions if each.kind is not ExceptionKind.MESSAGE
        ),
        unread=tuple(replace(each, text=_UNTOLD) for each in opening.unread if each.touches is not None),
    )


def without_addresses(contacts: tuple[ContactLine, ...]) -> tuple[ContactLine, ...]:
    """Leave out the postal addresses among contacts."""
    return tuple(line for line in contacts if line.type is not ContactType.POST)


@lru_cache(maxsize=8192)
def _state_at(opening: Opening, calendar: Calendar, minute: datetime) -> State:
    """Tell the state once a minute for all the desks that share an opening: nothing opens between two minutes."""
    return schedule_of(opening, calendar).state_at(minute)
