"""Who runs lines, and the lines: agency.txt and routes.txt of a feed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from importers.fields.cells import said
from importers.fields.names import read_name
from importers.sources.gtfs.tables import Cells, FeedFiles
from portal.core.text import slug

NOBODY = "Réseau de transport non précisé"
_LONGEST_KEY = 60
_YEAR = re.compile(r"(?:-20\d\d)+$")


@dataclass(frozen=True)
class Agency:
    """Who runs lines."""

    id: str
    name: str
    cells: Cells = field(default_factory=dict, compare=False)

    @property
    def key(self) -> str:
        """Write what it is known by from one edition to the next: its name without the year some put at its end."""
        name = slug(self.name)
        return (_YEAR.sub("", name) or name or slug(self.id) or "reseau")[:_LONGEST_KEY].strip("-")


@dataclass(frozen=True)
class Route:
    """A row of routes.txt."""

    id: str
    line: int
    agency: Agency
    type: str
    short_name: str
    long_name: str


def read_agencies(files: FeedFiles, publisher: str) -> tuple[Agency, ...]:
    """List who runs lines; without a file of agencies it is who publishes the feed."""
    found: dict[str, Agency] = {}
    for _, cells in files.rows("agency"):
        name, _problems = read_name(cells.get("agency_name", ""))
        ident = cells.get("agency_id", "").strip()
        found.setdefault(ident, Agency(ident, name or said(ident) or publisher or NOBODY, cells))
    return tuple(found.values()) or (Agency("", publisher or NOBODY),)


def read_routes(files: FeedFiles, agencies: tuple[Agency, ...]) -> Mapping[str, Route]:
    """Give the lines by identifier; of two rows of one identifier the first counts."""
    by_id = {agency.id: agency for agency in agencies}
    only = agencies[0] if len(agencies) == 1 else None
    found: dict[str, Route] = {}
    for line, cells in files.rows("routes"):
        ident = cells.get("route_id", "").strip()
        if ident and ident not in found:
            found[ident] = Route(
                id=ident,
                line=line,
                agency=by_id.get(cells.get("agency_id", "").strip()) or only or Agency("", NOBODY),
                type=cells.get("route_type", "").strip(),
                short_name=said(cells.get("route_short_name", "")),
                long_name=said(cells.get("route_long_name", "")),
            )
    return found
