"""The frozen values of the page of open data."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import format_date

from portal.intake.queries.published import PublishedSource


@dataclass(frozen=True)
class SourceShown:
    """One list, as the page shows it."""

    title: str
    owner: str
    licence: str
    href: str
    day: str


def sources_shown(sources: Iterable[PublishedSource]) -> tuple[SourceShown, ...]:
    """Show the lists; an address that is none of the web is left out."""
    return tuple(
        SourceShown(
            title=source.title,
            owner=source.owner,
            licence=source.licence,
            href=source.url if source.url.startswith(("https://", "http://")) else "",
            day=str(format_date(source.said_on, "long")),
        )
        for source in sources
    )


FORMATS = (
    ("/recherche.json", "JSON"),
    ("/recherche.csv", "CSV"),
    ("/recherche.geojson", "GeoJSON"),
    ("/recherche.atom", "Atom"),
    ("/recherche.ics", "iCalendar"),
)
"""Any search in other shapes, with the same parameters as the page."""
API = ("/api/v1/recherche?quoi=", "/api/v1/services/<id>", "/api/v1/communes?q=", "/api/v1/suggestions?q=")
