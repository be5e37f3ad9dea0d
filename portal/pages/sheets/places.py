"""The page of a place: all that is offered there, its week at a glance, how to come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from flask_babel import ngettext
from markupsafe import Markup

from portal.core.text import fold
from portal.directory.cards.moments import all_hold_until
from portal.directory.cards.sheets import place_sheet
from portal.directory.cards.values import AccessPointCard, Link, Location, ServiceCard
from portal.directory.queries.sheets import PlaceListing
from portal.directory.rules.refusals import NoSuchSheet
from portal.pages.sheets.audience import subject_of
from portal.pages.sheets.coming import MOBILITY, ways_mentioned
from portal.pages.sheets.linked_data import place_described
from portal.pages.sheets.offers import best_of, in_list, told_apart
from portal.pages.sheets.openings import is_open
from portal.pages.sheets.reaching import ShownPlace, ShownWay, Telling, shown_place
from portal.pages.sheets.week import Glance, glance_of
from portal.search.contacts import ShownContact, shown_contacts
from portal.search.listed import ListedService, commune_words
from portal.web.audience import Subject
from portal.web.linked_data import in_script


@dataclass(frozen=True)
class PlacePage:
    """What the page of a place shows."""

    link: Link
    where: str
    """Its address: what tells apart two places of one name."""
    place: ShownPlace
    contacts: tuple[ShownContact, ...]
    services: tuple[ListedService, ...]
    structures: tuple[Link, ...]
    """Who receives there."""
    ways: tuple[ShownWay, ...]
    """How to come without a car."""
    has_map: bool
    open_now: str
    glance: Glance | None
    described: Markup
    """What search engines are told."""
    about: Subject
    """What counts of visits are told."""
    until: datetime
    """When the next of it changes."""


def place_page(listing: PlaceListing, telling: Telling) -> PlacePage:
    """Show a place with the services found there."""
    sheet = place_sheet(listing, now=telling.now)
    if sheet is None:
        raise NoSuchSheet
    here = {listing.place.public_id, *(each.public_id for each in listing.linked)}
    offers = [(card, point) for card in sheet.services if (point := _point_at(card, here)) is not None]
    return PlacePage(
        link=sheet.link,
        where=told_apart(_address(sheet.location), listing.place, has_namesake=listing.has_namesake),
        place=shown_place(sheet.location, telling),
        contacts=shown_contacts(sheet.contacts),
        services=tuple(in_list(card, point, telling) for card, point in offers),
        structures=_structures(card for card, _ in offers),
        ways=_ways(listing, [card for card, _ in offers], sheet.location),
        has_map=sheet.location.own_point is not None,
        open_now=_open_now(point for _, point in offers),
        glance=glance_of(offers, telling),
        described=in_script(place_described(sheet)),
        about=subject_of(offers, telling.vocabulary),
        until=all_hold_until(sheet.services, now=telling.now),
    )


def _structures(cards: Iterable[ServiceCard]) -> tuple[Link, ...]:
    return tuple(sorted({card.structure for card in cards}, key=lambda link: (fold(link.name), link.public_id)))


def _ways(listing: PlaceListing, cards: Iterable[ServiceCard], where: Location) -> tuple[ShownWay, ...]:
    """List the ways to come; who waits at a bus stop has come already."""
    is_stop = all(code.startswith(MOBILITY) for card in cards for code in card.concepts)
    return () if is_stop else ways_mentioned(listing.mentions, where.own_point)


def _point_at(card: ServiceCard, places: set[str]) -> AccessPointCard | None:
    """Choose the desk of a service at a place, an open one first."""

    def is_here(point: AccessPointCard) -> bool:
        where = point.location
        return where is not None and where.link is not None and where.link.public_id in places

    return best_of(card, is_here)


def _address(where: Location) -> str:
    return ", ".join(line for line in (where.address, commune_words(where.commune)) if line)


def _open_now(points: Iterable[AccessPointCard]) -> str:
    n_open = sum(is_open(point.opening) for point in points)
    words = ngettext("%(num)s service ouvert en ce moment", "%(num)s services ouverts en ce moment", n_open)
    return str(words) if n_open else ""
