"""FINESS: the national flow of establishments, followed by the rows of their points in Lambert-93."""

import math
import re
from collections.abc import Iterator, Sequence
from datetime import date

from importers.demo.numbering import finess_of, siret_of
from importers.demo.placing import commune_of, point_of, postal_code_of
from importers.demo.writers.delimited import Dialect, delimited_cells
from importers.demo.writers.edition import Edition
from portal.core.text import fold
from portal.geography.points import Point
from portal.vocabulary.marks import Table

_DIALECT = Dialect(delimiter=";")
_LONGEST_NAME = 38
_LONGEST_LONG_NAME = 60
_YEARS_OPEN = 9
_STREET = re.compile(r"(?:(\d{1,4})\s*(bis|ter|quater)?\s+)?(\w+)\s+(.*)", re.IGNORECASE)
_STREET_KINDS = {
    "allee": "ALL", "avenue": "AV", "boulevard": "BD", "chemin": "CHE", "cours": "CRS", "faubourg": "FG",
    "impasse": "IMP", "mail": "MAIL", "place": "PL", "quai": "QUAI", "route": "RTE", "rue": "R", "ruelle": "RLE",
    "square": "SQ",
}  # fmt: skip
_PUBLIC = {"oui": ("1", "Etablissement public de santé")}
_SUFFIXES = {"bis": "B", "ter": "T", "quater": "Q"}


def write(entries: Sequence[Table], edition: Edition) -> bytes:
    """Write the flow, its first line naming the day."""
    first = ("finess", "etalab", "111", edition.said_on.isoformat())
    rows = (_establishment(entry, edition) for entry in entries)
    return delimited_cells((first, *rows, *_points(entries, edition)), _DIALECT)


def _establishment(entry: Table, edition: Edition) -> tuple[str, ...]:
    name, category, updated = entry.text("nom"), entry.text("categorie"), edition.registered(entry).isoformat()
    number, suffix, kind, street = _street(entry.text("adresse"))
    hospital = _PUBLIC.get(entry.text("public"), ("", ""))
    return (
        "structureet", _number(entry), finess_of(name, body=True), _short(name), name[:_LONGEST_LONG_NAME], "",
        entry.text("complement").upper(), number, kind, street, suffix, "", *_town(entry),
        entry.text("telephone").replace(" ", ""), "", category, edition.labels.get(category, "Autre établissement"),
        "", "", _siret(entry), "", "", "", *hospital, _opened(entry, edition), _opened(entry, edition), updated, "",
    )  # fmt: skip


def _town(entry: Table) -> tuple[str, ...]:
    """Write the commune as the register does: its number within the département, and the line for the post."""
    code = entry.text("commune")
    commune = commune_of(code)
    name = fold(commune.name).replace("-", " ").upper() if commune else fold(entry.text("ville")).upper()
    department = fold(commune.department_name).upper() if commune else ""
    return code[2:], code[:2], department, f"{postal_code_of(code)} {name}"


def _opened(entry: Table, edition: Edition) -> str:
    return date(edition.registered(entry).year - _YEARS_OPEN, 1, 1).isoformat()


def _number(entry: Table) -> str:
    return entry.text("finess") or finess_of(f"{entry.text('commune')} {entry.text('nom')}")


def _siret(entry: Table) -> str:
    return entry.text("siret") or siret_of(f"{entry.text('commune')} {entry.text('nom')}")


def _short(name: str) -> str:
    """Cut a name as the register does, where a word ends."""
    upper = name.upper()
    return upper if len(upper) <= _LONGEST_NAME else upper[: _LONGEST_NAME + 1].rsplit(" ", 1)[0]


def _street(address: str) -> tuple[str, str, str, str]:
    """Take an address apart: number, suffix, kind of street, its name."""
    parts = _STREET.fullmatch(address)
    if parts is None:
        return "", "", "", address.upper()
    kind = _STREET_KINDS.get(fold(parts[3]))
    street = parts[4] if kind else f"{parts[3]} {parts[4]}"
    return parts[1] or "", _SUFFIXES.get((parts[2] or "").lower(), ""), kind or "", street.upper()


def _points(entries: Sequence[Table], edition: Edition) -> Iterator[tuple[str, ...]]:
    """Write the points that the register knows; the oldest entries have none."""
    for entry in entries:
        point = point_of(entry.text("commune"), entry.text("adresse"))
        if point is not None and entry.text("point") != "false":
            x, y = lambert_93(point)
            source = "1,ATLASANTE,96,BAN,EPSG:2154 RGF93 / Lambert-93 (Métropole)"
            yield ("geolocalisation", _number(entry), f"{x:.1f}", f"{y:.1f}", source, edition.said_on.isoformat())


_ECCENTRICITY = 0.0818191910428158
_CONE, _SIZE, _FAR = 0.725607765053267, 11754255.426096, 12655612.049876
"""Lambert-93 as its definition gives it: exponent of the cone, size of the map, height of its top."""


def lambert_93(point: Point) -> tuple[float, float]:
    """Draw a point on the national map, in metres."""
    lat, lon = math.radians(point.lat), math.radians(point.lon)
    isometric = math.atanh(math.sin(lat)) - _ECCENTRICITY * math.atanh(_ECCENTRICITY * math.sin(lat))
    radius, angle = _SIZE * math.exp(-_CONE * isometric), _CONE * (lon - math.radians(3))
    return 700_000 + radius * math.sin(angle), _FAR - radius * math.cos(angle)
