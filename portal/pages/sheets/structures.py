"""The page of a structure: who it is, what it offers, where it travels."""

from dataclasses import dataclass

from markupsafe import Markup

from portal.directory.cards.sheets import structure_sheet
from portal.directory.cards.values import Link, StructureSheet
from portal.directory.queries.sheets import StructureListing
from portal.directory.rules.choices import LegalNature
from portal.directory.rules.names import LEGAL_NATURE_LABELS
from portal.pages.sheets.linked_data import structure_described
from portal.pages.sheets.offers import best_of, in_list, told_apart
from portal.pages.sheets.reaching import Telling
from portal.pages.sheets.texts import Prose, Speaker
from portal.search.contacts import ShownContact, shown_contacts
from portal.search.listed import ListedService, commune_words
from portal.web.linked_data import in_script


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


def structure_page(listing: StructureListing, telling: Telling) -> StructurePage:
    """Show a structure with what it offers."""
    sheet = structure_sheet(listing, now=telling.now)
    return StructurePage(
        link=sheet.link,
        where=told_apart(_communes(sheet), listing.structure, has_namesake=listing.has_namesake),
        description=Speaker(telling.language).prose("description", sheet.description),
        legal_nature=""
        if sheet.legal_nature is LegalNature.UNKNOWN
        else LEGAL_NATURE_LABELS[sheet.legal_nature].said(telling.language),
        contacts=shown_contacts(sheet.contacts),
        services=tuple(in_list(card, best_of(card), telling) for card in sheet.services),
        tours=sheet.tours,
        described=in_script(structure_described(sheet)),
    )


def _communes(sheet: StructureSheet) -> str:
    """Name the one commune of a structure: what tells apart two of one name."""
    found = {
        commune_words(point.location.commune)
        for card in sheet.services
        for point in card.access_points
        if point.location is not None
    }
    return found.pop() if len(found) == 1 else ""
