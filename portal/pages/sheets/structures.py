"""The page of a structure: who it is, what it offers, where it travels."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext
from markupsafe import Markup

from portal.core.text import fold
from portal.directory.cards.moments import all_hold_until
from portal.directory.cards.sheets import structure_sheet
from portal.directory.cards.values import Link, ServiceCard, StructureSheet
from portal.directory.queries.sheets import StructureListing
from portal.directory.rules.choices import LegalNature
from portal.directory.rules.names import LEGAL_NATURE_LABELS
from portal.pages.sheets.linked_data import structure_described
from portal.pages.sheets.offers import best_of, in_list, told_apart
from portal.pages.sheets.reaching import Telling
from portal.pages.sheets.texts import Prose, Speaker
from portal.search.contacts import ShownContact, shown_contacts
from portal.search.listed import ListedService, are_discreet, commune_words
from portal.web.linked_data import in_script

MOST_WHOLE = 15
"""Services shown whole; more are lines, grouped by commune, for nobody reads fifty cards."""


@dataclass(frozen=True)
class ServiceGroup:
    """The services of one commune, or of several, or that one reaches without going anywhere."""

    name: str
    services: tuple[ListedService, ...]


@dataclass(frozen=True)
class PlaceLine:
    """A place where a structure offers something."""

    link: Link
    commune: str


@dataclass(frozen=True)
class StructurePage:
    """What the page of a structure shows."""

    link: Link
    where: str
    description: Prose
    legal_nature: str
    contacts: tuple[ShownContact, ...]
    services: tuple[ListedService, ...]
    groups: tuple[ServiceGroup, ...]
    """The same by commune, where they are too many for one list."""
    is_varied: bool
    """Whether its services are of several kinds, so that each is worth saying."""
    places: tuple[PlaceLine, ...]
    tours: tuple[Link, ...]
    described: Markup
    """What search engines are told."""
    is_sensitive: bool
    """Whether all it offers is sought by people who must not be found."""
    until: datetime
    """When the next of it changes."""


def structure_page(listing: StructureListing, telling: Telling) -> StructurePage:
    """Show a structure with what it offers."""
    sheet = structure_sheet(listing, now=telling.now)
    services = tuple(in_list(card, best_of(card), telling) for card in sheet.services)
    return StructurePage(
        link=sheet.link,
        where=told_apart(_communes(sheet), listing.structure, has_namesake=listing.has_namesake),
        description=Speaker(telling.language).prose("description", sheet.description),
        legal_nature=""
        if sheet.legal_nature is LegalNature.UNKNOWN
        else LEGAL_NATURE_LABELS[sheet.legal_nature].said(telling.language),
        contacts=shown_contacts(sheet.contacts),
        services=services,
        groups=_groups(sheet, services) if len(services) > MOST_WHOLE else (),
        is_varied=len({each.kind for each in services}) > 1,
        places=_places(sheet),
        tours=sheet.tours,
        described=in_script(structure_described(sheet)),
        is_sensitive=are_discreet(services),
        until=all_hold_until(sheet.services, now=telling.now),
    )


def _communes(sheet: StructureSheet) -> str:
    """Name the one commune of a structure: what tells apart two of one name."""
    found = set[str]().union(*map(_communes_of, sheet.services))
    return found.pop() if len(found) == 1 else ""


def _communes_of(card: ServiceCard) -> set[str]:
    return {commune_words(each.location.commune) for each in card.access_points if each.location is not None}


def _groups(sheet: StructureSheet, services: Sequence[ListedService]) -> tuple[ServiceGroup, ...]:
    """Group services by commune, in the order of the alphabet; those of several communes come first."""
    found: dict[tuple[int, str], list[ListedService]] = {}
    for card, shown in zip(sheet.services, services, strict=True):
        found.setdefault(_rank(sorted(_communes_of(card))), []).append(shown)
    ranks = sorted(found, key=lambda rank: (rank[0], fold(rank[1])))
    return tuple(ServiceGroup(rank[1], tuple(found[rank])) for rank in ranks)


def _rank(communes: list[str]) -> tuple[int, str]:
    if not communes:
        return 2, str(gettext("Sans se déplacer"))
    return (1, communes[0]) if len(communes) == 1 else (0, str(gettext("Dans plusieurs communes")))


def _places(sheet: StructureSheet) -> tuple[PlaceLine, ...]:
    """List the places of the services, each once, by commune and name."""
    found = {
        where.link.public_id: PlaceLine(where.link, commune_words(where.commune))
        for card in sheet.services
        for point in card.access_points
        if (where := point.location) is not None and where.link is not None
    }
    return tuple(
        sorted(found.values(), key=lambda each: (fold(each.commune), fold(each.link.name), each.link.public_id))
    )
