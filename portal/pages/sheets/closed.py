"""What is said of a service that is closed, and of a sheet that is gone: since when, and where to go instead."""

from dataclasses import dataclass

from portal.directory.cards.values import Link
from portal.directory.models.services import Service
from portal.directory.queries.addresses import Gone
from portal.directory.queries.listings import ServiceListing
from portal.pages.sheets.openings import day_words
from portal.search.opening import Search


@dataclass(frozen=True)
class ClosedPage:
    """What the page of a closed service says."""

    link: Link
    structure: Link
    closed_on: str
    successor: Link | None
    kind: str
    kind_path: str
    """A search for services of the same kind."""


@dataclass(frozen=True)
class GonePage:
    """What is said where a sheet was taken away."""

    gone_on: str


def closed_page(listing: ServiceListing, *, heir: Service | None, search: Search, language: str) -> ClosedPage:
    """Say since when a service is closed, and who answers for it today."""
    service, structure = listing.service, listing.structure
    concept = search.vocabulary.concept(listing.concepts[0]) if listing.concepts else None
    return ClosedPage(
        link=Link(service.public_id, service.slug, service.title),
        structure=Link(structure.public_id, structure.slug, structure.name),
        closed_on=day_words(service.closed_on, language),
        successor=None if heir is None else Link(heir.public_id, heir.slug, heir.title),
        kind="" if concept is None else concept.label.said(language),
        kind_path="/recherche" if concept is None else f"/recherche?theme={concept.code}",
    )


def gone_page(gone: Gone, *, language: str) -> GonePage:
    """Say since when a sheet is gone."""
    return GonePage(day_words(gone.on, language))
