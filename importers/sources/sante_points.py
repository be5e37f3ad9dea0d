"""The points of FINESS: rows of their own, joined by number to the establishments of the same file.

A file that holds points is the feed `geolocalisation`; one that holds none is `etablissements`. Both describe the same
services, which the intake knows by their FINESS number.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from importers.fields.cells import said
from importers.fields.dates import read_date
from importers.pipeline.declaration import OpenedList
from importers.pipeline.headers import HeaderMap
from importers.reading import RawRow, RowOutcome, Table
from importers.sources.sante import ESTABLISHMENT, NUMBER, OF_POINTS, POINT, POINT_COLUMNS, SOURCE

GEOLOCATED = replace(SOURCE, feed="geolocalisation")
_FATE = "sort"


class _Point(NamedTuple):
    """A row of points, as little as must be remembered of it."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class _Joined:
    """What the first reading of a file found."""

    points: Mapping[str, _Point]
    """FINESS number -> the point that counts."""
    numbers: frozenset[str]
    """FINESS numbers of the establishments."""

    def fate(self, row: RawRow) -> str:
        """Say what becomes of a row of points."""
        number = _number(row)
        if number not in self.numbers:
            return "point-sans-etablissement"
        return "point-joint" if self.points[number].line == row.line else "point-depasse"

    def completed(self, row: RawRow) -> RawRow:
        """Give a row what the other rows of the file say of it."""
        if _kind(row) == POINT:
            return RawRow(row.line, {**row.cells, _FATE: self.fate(row)}, row.numeric, row.doubts)
        found = self.points.get(_number(row)) if _kind(row) == ESTABLISHMENT else None
        if found is None:
            return row
        cells = {**row.cells, **dict(zip(OF_POINTS, found.cells, strict=True))}
        return RawRow(row.line, cells, row.numeric, row.doubts)


def with_points(opened: OpenedList) -> OpenedList:
    """Give each establishment of a file its point; the list is the feed that the file is."""
    joined = _read_through(opened.table)
    if not joined.points:
        return replace(opened, source=SOURCE)

    def rows() -> Iterator[RowOutcome]:
        for outcome in opened.table.rows():
            yield joined.completed(outcome) if isinstance(outcome, RawRow) else outcome

    columns = {**opened.header.columns, **POINT_COLUMNS, "fate": _FATE}
    header = HeaderMap(columns, opened.header.unmapped)
    return replace(opened, source=GEOLOCATED, table=replace(opened.table, rows=rows), header=header)


def _read_through(table: Table) -> _Joined:
    points: dict[str, _Point] = {}
    numbers: set[str] = set()
    for row in table.rows():
        if not isinstance(row, RawRow):
            continue
        number = _number(row)
        if _kind(row) == ESTABLISHMENT:
            numbers.add(number)
        elif _kind(row) == POINT:
            point = _Point(row.line, tuple(row.cells.get(name, "") for name in OF_POINTS))
            points[number] = point if number not in points or _is_younger(point, points[number]) else points[number]
    return _Joined(points, frozenset(numbers))


def _kind(row: RawRow) -> str:
    return said(row.cells.get("sorte", ""))


def _number(row: RawRow) -> str:
    return said(row.cells.get(NUMBER, ""))


def _is_younger(point: _Point, other: _Point) -> bool:
    """Compare the days of two points; of two of one day, or without, the first stands."""
    day, known = (read_date(each.cells[-1])[0] for each in (point, other))
    return day is not None and (known is None or day > known)
