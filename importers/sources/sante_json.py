"""The JSON flow of FINESS, schema v1: establishments inside the bodies that run them, read into the older columns.

The published schema leaves the general part of an establishment undescribed, writes codes now as texts, now as objects
with a `code`, and spells members with more or fewer capitals: members are asked by what they say. Of several addresses
the one with usage 03 is where people go. Of two pairs of coordinates one is in degrees; which one changes from record
to record.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from importers.fields.cells import said
from importers.fields.points import is_french
from importers.pipeline.declaration import OpenedList, Source
from importers.pipeline.headers import map_header
from importers.pipeline.lists import another_file, date_in_name
from importers.reading import Layout, Piece, RawRow, RowOutcome, Unreadable, open_table
from importers.sources.sante import ESTABLISHMENT, NUMBER, OF_POINTS, POINT_COLUMNS
from portal.core.text import fold

LAYOUT = Layout(key="pmej", within="ege")
_GENERAL = "informationsgeneralesege"
_VISITED = "03"
"""Usage of the address where people go (TRE R377)."""
_PRECISIONS = {1: "municipality", 2: "street", 3: "housenumber"}
"""Parts of an interoperability key of the national address base -> how exact its point is."""
_LAMBERT_93 = "EPSG:2154"
_SYSTEMS = {"971": "EPSG:5490", "972": "EPSG:5490", "973": "EPSG:2972", "974": "EPSG:2975", "976": "EPSG:4471"}
_NAMES = (
    "sorte", NUMBER, "rs", "rslongue", "complrs", "compldistrib", "numvoie", "typvoie", "voie", "compvoie", "lieuditbp",
    "commune", "departement", "ligneacheminement", "telephone", "courriel", "categetab", "siret", "datemaj", "etat",
    "datefermeture", "latitude", "longitude", "precision", *OF_POINTS[:3],
)  # fmt: skip

_Object = Mapping[str, Any]


def open_json(source: Source, piece: Piece) -> OpenedList | Unreadable:
    """Open a file of the JSON flow."""
    table = open_table(piece, LAYOUT)
    if isinstance(table, Unreadable):
        return table
    if _GENERAL not in {fold(column) for column in table.reading.columns}:
        return Unreadable(another_file(source, lacking=("informationsGeneralesEGE",), seen=table.reading.columns[:4]))

    def rows() -> Iterator[RowOutcome]:
        for outcome in table.rows():
            yield replace(outcome, cells=_cells(outcome)) if isinstance(outcome, RawRow) else outcome

    reading = replace(table.reading, columns=_NAMES)
    header = map_header(_NAMES, {**source.columns, **{word: (name,) for word, name in POINT_COLUMNS.items()}})
    return OpenedList(source, replace(table, reading=reading, rows=rows), header, date_in_name(piece.name))


def _cells(row: RawRow) -> dict[str, str]:
    """Write an establishment under the names of the older flow."""
    ege = {fold(name): _value(cell) for name, cell in row.cells.items()}
    general = _folded(ege.get(_GENERAL))
    where = _visited(ege.get("adresse"))
    reach = _folded(next(iter(_objects(ege.get("contact"))), {}).get("telecom"))
    town = _text(where, "cogcommune")
    cells = {
        "sorte": ESTABLISHMENT,
        NUMBER: _text(general, "numfinessege", "numfiness", "numerofiness"),
        "rs": _text(general, "nomegecourt", "denominationege"),
        "rslongue": _text(general, "nomegelong", "denominationlongueege"),
        "complrs": _text(general, "complementdenominationeg", "complementdenominationege"),
        "compldistrib": _text(where, "complementpointgeographique"),
        "numvoie": _text(where, "numerovoie"),
        "typvoie": _text(where, "typevoie"),
        "voie": _text(where, "libellevoie"),
        "compvoie": _text(where, "complementvoie"),
        "lieuditbp": _text(where, "lieudit"),
        "commune": town[2:],
        "departement": town[:2],
        "ligneacheminement": _line_of_town(where),
        "telephone": _text(reach, "telephone"),
        "courriel": _text(reach, "courriel"),
        "categetab": _text(ege, "categorieentitegeographiqueexercice"),
        "siret": _text(ege, "siret") or _text(general, "siret"),
        "datemaj": _text(_folded(ege.get("datedernieremaj")), "dateevenement") or _text(ege, "datedernieremaj"),
        "etat": _text(ege, "etatobjet"),
        "datefermeture": _text(general, "datefermeture"),
        **_point(_folded(where.get("coordonneesgeographique")), town),
    }
    return {name: cells.get(name, "") for name in _NAMES}


def _visited(value: object) -> _Object:
    """Choose the address where people go; the first one where none says so."""
    addresses = [_folded(each) for each in _objects(value)]
    return next((each for each in addresses if _text(each, "usageadresse") == _VISITED), next(iter(addresses), {}))


def _line_of_town(where: _Object) -> str:
    line, code = _text(where, "ligneacheminement"), _text(where, "codepostal")
    return line if line[:5].isdigit() else f"{code} {line}".strip()


def _point(where: _Object, town: str) -> dict[str, str]:
    """Give the pair that is in degrees, else the other one with the system of its département."""
    key = _text(where, "cleininteropban")
    precision = {"precision": _PRECISIONS.get(len(key.split("_")), "")} if key else {}
    pairs = [
        (_text(where, "coordonneey"), _text(where, "coordonneex")),
        (_text(where, "directionlatitude"), _text(where, "directionlongitude")),
    ]
    for lat, lon in pairs:
        if _is_degrees(lat, lon):
            return {"latitude": lat, "longitude": lon, **precision}
    y, x = next(((y, x) for y, x in pairs if y and x), ("", ""))
    system = _SYSTEMS.get(town[:3], _LAMBERT_93) if x else ""
    return {**dict(zip(OF_POINTS, (x, y, system), strict=False)), **precision}


def _is_degrees(lat: str, lon: str) -> bool:
    try:
        return is_french(float(lat), float(lon))
    except ValueError:
        return False


def _value(cell: str) -> object:
    """Read a member back that reading wrote as text."""
    if cell[:1] not in {"{", "["}:
        return cell
    try:
        return json.loads(cell)
    except (ValueError, RecursionError):
        return cell


def _objects(value: object) -> list[_Object]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _folded(value: object) -> _Object:
    return {fold(name): member for name, member in value.items()} if isinstance(value, dict) else {}


def _text(holder: _Object, *names: str) -> str:
    """Give the first member that says something: a text, or an object that holds its code."""
    for name in names:
        value = holder.get(name)
        if isinstance(value, dict):
            value = _folded(value).get("code")
        if isinstance(value, str) and said(value):
            return said(value)
    return ""
