"""The pages of places and structures: what is there, when, and the sheets of each."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flask_babel import gettext, ngettext
from markupsafe import Markup

from portal.directory.cards.sheets import place_sheet, structure_sheet
from portal.directory.cards.values import (
    AccessPointCard,
    Link,
    Location,
    ServiceCard,
    StructureSheet,
)
from portal.directory.models.identities import Addressed
from portal.directory.queries.sheets import PlaceListing, StructureListing
from portal.directory.rules.choices import LegalNature
from portal.directory.rules.names import LEGAL_NATURE_LABELS
from portal.directory.rules.refusals import NoSuchSheet
from portal.pages.sheets.linked_data import place_described, structure_described
from portal.pages.sheets.openings import is_open
from portal.pages.sheets.reaching import ShownPlace, Telling, shown_place
from portal.pages.sheets.texts import Prose, Speaker
from portal.pages.sheets.week import Glance, glance_of
from portal.search.contacts import ShownContact, shown_contacts
from portal.search.listed import ListedService, commune_words, listed
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
    open_now: str
    glance: Glance | None
    described: Markup
    """What search engines are told."""


@dataclass(frozen=True)
class StructurePage:
    """What the page of a structure shows."""

    link: Link
    where: str
    description: Prose
    legal_nature: str
    contacts: tuple[ShownContact, ...]
    services: tuple[ListedService, ...]
    tours: tuple[Link, ...]
    described: Markup
    """What search engines are told."""


def place_page(listing: PlaceListing, telling: Telling) -> PlacePage:
    """Show a place with the services found there."""
    sheet = place_sheet(listing, now=telling.now)
    if sheet is None:
        raise NoSuchSheet
    here = {listing.place.public_id, *(each.public_id for each in listing.linked)}
    offers = [(card, point) for card in sheet.services if (point := _point_at(card, here)) is not None]
    return PlacePage(
        link=sheet.link,
        where=_told_apart(_address(sheet.location), listing.place, has_namesake=listing.has_namesake),
        place=shown_place(sheet.location, telling),
        contacts=shown_contacts(sheet.contacts),
        services=tuple(in_list(card, point, telling) for card, point in offers),
        open_now=_open_now(point for _, point in offers),
        glance=glance_of(offers, telling),
        described=in_script(place_described(sheet)),
    )


def structure_page(listing: StructureListing, telling: Telling) -> StructurePage:
    """Show a structure with what it offers."""
    sheet = structure_sheet(listing, now=telling.now)
    return StructurePage(
        link=sheet.link,
        where=_told_apart(_communes(sheet), listing.structure, has_namesake=listing.has_namesake),
        description=Speaker(telling.language).prose("description", sheet.description),
        legal_nature=""
        if sheet.legal_nature is LegalNature.UNKNOWN
        else LEGAL_NATURE_LABELS[sheet.legal_nature].said(telling.language),
        contacts=shown_contacts(sheet.contacts),
        services=tuple(in_list(card, best_of(card), telling) for card in sheet.services),
        tours=sheet.tours,
        described=in_script(structure_described(sheet)),
    )


def in_list(card: ServiceCard, point: AccessPointCard | None, telling: Telling) -> ListedService:
    """Show a service in the list of a page."""
    return listed(card, point, vocabulary=telling.vocabulary, now=telling.now)


def _point_at(card: ServiceCard, places: set[str]) -> AccessPointCard | None:
    """Choose the desk of a service at a place, an open one first."""

    def is_here(point: AccessPointCard) -> bool:
        where = point.location
        return where is not None and where.link is not None and where.link.public_id in places

    return best_of(card, is_here)


def best_of(card: ServiceCard, fits: Callable[[AccessPointCard], bool] = lambda _: True) -> AccessPointCard | None:
    """Choose the desk that stands for a service among those that fit: an open one first, then one with a place."""
    points = [point for point in card.access_points if fits(point)]
    return min(points, key=lambda point: (not is_open(point.opening), point.location is None), default=None)


def _address(where: Location) -> str:
    return ", ".join(line for line in (where.address, commune_words(where.commune)) if line)


def _communes(sheet: StructureSheet) -> str:
    """Name the one commune of a structure: what tells apart two of one name."""
    found = {
        commune_words(point.location.commune)
        for card in sheet.services
        for point in card.access_points
        if point.location is not None
    }
    return found.pop() if len(found) == 1 else ""


def _told_apart(where: str, row: Addressed, *, has_namesake: bool) -> str:
    """Add what no other sheet of the same name has."""
    mark = gettext("fiche %(id)s", id=row.public_id) if has_namesake else ""
    return ", ".join(words for words in (where, mark) if words)


def _open_now(points: Iterable[AccessPointCard]) -> str:
    n_open = sum(is_open(point.opening) for point in points)
    words = ngettext("%(num)s service ouvert en ce moment", "%(num)s services ouverts en ce moment", n_open)
    return str(words) if n_open else ""
