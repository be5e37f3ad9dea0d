"""The two lists of data·inclusion, joined: each service with its structure, each structure with how many it has.

The lists lie side by side in a folder, a zip or a workbook, each in one file or several pages; a service of the API may
also carry its structure inside itself. The name of the person to contact is taken out of a row before anybody sees it.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

from importers.fields.cells import said
from importers.pipeline.declaration import OpenedList, Source
from importers.pipeline.headers import header_key, map_header
from importers.pipeline.lists import another_file, date_in_name
from importers.reading import Layout, Piece, RawRow, RowOutcome, Table, Unreadable, open_table
from portal.core.problems import Problem
from portal.core.text import slug

BODY = {
    "nom": ("nom",),
    "siret": ("siret",),
    "description": ("description", "presentation_detail", "presentation_resume"),
    "reseaux_porteurs": ("reseaux_porteurs", "labels_nationaux", "typologie"),
    "telephone": ("telephone",),
    "courriel": ("courriel",),
    "site_web": ("site_web",),
    "adresse": ("adresse",),
    "complement_adresse": ("complement_adresse",),
    "code_postal": ("code_postal",),
    "commune": ("commune",),
    "code_insee": ("code_insee",),
    "latitude": ("latitude",),
    "longitude": ("longitude",),
    "horaires_accueil": ("horaires_accueil",),
    "accessibilite_lieu": ("accessibilite_lieu",),
}
"""What a service is told of its structure -> the names that its column ever had."""
PREFIX = "structure."
N_SERVICES = "nombre de services"
"""The column that is added to a structure."""
_KEY, _STRUCTURE_KEY, _INSIDE = "id", "structure_id", "structure"
_PERSONS = frozenset({"contact nom prenom"})
_NO_SHEET = "feuille-absente"

_Body = tuple[str, ...]
_Bodies = Mapping[str, _Body]


@dataclass(frozen=True)
class _Kind:
    """How a list is told from the other one."""

    name: str
    columns: tuple[tuple[str, ...], ...]
    """Columns it has, each with the names it ever had."""
    foreign: str = ""
    """A column of the other list."""

    def lacks(self, columns: tuple[str, ...]) -> tuple[str, ...]:
        """Name the columns that a table would need to be this list."""
        keys = {header_key(column) for column in columns}
        if self.foreign and header_key(self.foreign) in keys:
            return (self.columns[-1][0],)
        return tuple(names[0] for names in self.columns if keys.isdisjoint(map(header_key, names)))


_SERVICES = _Kind("services", ((_KEY,), ("nom",), (_STRUCTURE_KEY,)))
_STRUCTURES = _Kind("structures", ((_KEY,), ("nom",), BODY["reseaux_porteurs"]), foreign=_STRUCTURE_KEY)


@dataclass(frozen=True)
class _Page:
    """A table of one of the two lists, and the day its name gives."""

    table: Table
    day: date | None


@dataclass(frozen=True)
class _Found:
    """The pages of one list among some files, and why the others are none."""

    pages: tuple[_Page, ...]
    refusals: tuple[Problem, ...]
    spoilt: Unreadable | None
    """Why a file that bears the name of the list cannot be read."""

    @property
    def refusal(self) -> Unreadable | None:
        """Say why the list cannot be used; None when it can."""
        return self.spoilt or (None if self.pages else Unreadable(self.refusals[0]))


def open_services(source: Source, pieces: tuple[Piece, ...]) -> tuple[OpenedList, ...] | Unreadable:
    """Open the lists of services, each row with the structure it names."""
    services, structures = _find(source, _SERVICES, pieces), _find(source, _STRUCTURES, pieces)
    refusal = services.refusal or structures.spoilt
    if refusal is not None:
        return refusal
    found: list[OpenedList] = []
    for page in services.pages:
        bodies = _bodies(_of_its_day(page, structures.pages))
        if isinstance(bodies, Unreadable):
            return bodies
        found.append(_with_bodies(source, page, bodies))
    return tuple(found)


def open_structures(source: Source, pieces: tuple[Piece, ...]) -> tuple[OpenedList, ...] | Unreadable:
    """Open the lists of structures, each row with the number of its services."""
    structures, services = _find(source, _STRUCTURES, pieces), _find(source, _SERVICES, pieces)
    refusal = structures.refusal or services.spoilt
    if refusal is not None:
        return refusal
    return tuple(_with_counts(source, page, _counts(_of_its_day(page, services.pages))) for page in structures.pages)


def _find(source: Source, kind: _Kind, pieces: tuple[Piece, ...]) -> _Found:
    pages: list[_Page] = []
    refusals: list[Problem] = []
    spoilt: Unreadable | None = None
    for piece in pieces:
        table = _table(source.layout, kind, piece)
        if isinstance(table, Unreadable):
            refusals.append(table.problem)
            spoilt = table if kind.name in slug(piece.name) else spoilt
        elif lacking := kind.lacks(table.reading.columns):
            refusals.append(another_file(source, lacking=lacking, seen=table.reading.columns[:4]))
        else:
            pages.append(_Page(table, date_in_name(piece.name)))
    return _Found(tuple(pages), tuple(refusals), spoilt)


def _table(layout: Layout, kind: _Kind, piece: Piece) -> Table | Unreadable:
    """Open a file; of a workbook the sheet that bears the name of the list."""
    named = open_table(piece, replace(layout, sheet=kind.name))
    if isinstance(named, Unreadable) and named.problem.code == _NO_SHEET:
        return open_table(piece, layout)
    return named


def _of_its_day(page: _Page, others: tuple[_Page, ...]) -> tuple[_Page, ...]:
    """Choose the pages of the other list that belong to a page: those of its day, or all of them."""
    return tuple(other for other in others if other.day == page.day) or others


def _bodies(pages: tuple[_Page, ...]) -> _Bodies | Unreadable:
    """Read the structures through; of two with one identifier the first stands."""
    found: dict[str, _Body] = {}
    for page in pages:
        header = map_header(page.table.reading.columns, {_KEY: (_KEY,), **BODY})
        for row in page.table.rows():
            if isinstance(row, Unreadable):
                return row
            if isinstance(row, RawRow):
                line = header.line(row)
                found.setdefault(said(line.text(_KEY)), tuple(line.text(name) for name in BODY))
    return found


def _counts(pages: tuple[_Page, ...]) -> Counter[str]:
    """Count the services of each structure."""
    found: Counter[str] = Counter()
    for page in pages:
        header = map_header(page.table.reading.columns, {_STRUCTURE_KEY: (_STRUCTURE_KEY,)})
        rows = (row for row in page.table.rows() if isinstance(row, RawRow))
        found.update(said(header.line(row).text(_STRUCTURE_KEY)) for row in rows)
    return found


def _with_bodies(source: Source, page: _Page, bodies: _Bodies) -> OpenedList:
    own = map_header(page.table.reading.columns, {_STRUCTURE_KEY: (_STRUCTURE_KEY,)})

    def rows() -> Iterator[RowOutcome]:
        for row in page.table.rows():
            if isinstance(row, RawRow):
                body = bodies.get(said(own.line(row).text(_STRUCTURE_KEY))) or _inside(row)
                yield _completed(row, {PREFIX + name: cell for name, cell in zip(BODY, body or (), strict=False)})
            else:
                yield row

    return _opened(source, page, tuple(PREFIX + name for name in BODY), rows=replace(page.table, rows=rows))


def _with_counts(source: Source, page: _Page, counts: Counter[str]) -> OpenedList:
    own = map_header(page.table.reading.columns, {_KEY: (_KEY,)})

    def rows() -> Iterator[RowOutcome]:
        for row in page.table.rows():
            if isinstance(row, RawRow):
                yield _completed(row, {N_SERVICES: str(counts[said(own.line(row).text(_KEY))] or "")})
            else:
                yield row

    return _opened(source, page, (N_SERVICES,), rows=replace(page.table, rows=rows))


def _opened(source: Source, page: _Page, added: tuple[str, ...], *, rows: Table) -> OpenedList:
    kept = tuple(column for column in page.table.reading.columns if header_key(column) not in _PERSONS)
    return OpenedList(source, rows, map_header((*kept, *added), source.columns), page.day)


def _completed(row: RawRow, added: Mapping[str, str]) -> RawRow:
    kept = {column: cell for column, cell in row.cells.items() if header_key(column) not in _PERSONS}
    return replace(row, cells={**kept, **added})


def _inside(row: RawRow) -> _Body | None:
    """Read the structure that a service of the API carries inside itself."""
    with suppress(ValueError, RecursionError):
        body = json.loads(row.cells.get(_INSIDE, "") or "null")
        if isinstance(body, dict):
            return tuple(_text(body.get(name)) for name in BODY)
    return None


def _text(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
