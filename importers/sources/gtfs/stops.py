"""The stops of a feed: platforms, directions and stations that a traveller calls one stop become one.

Rows belong together that have the same parent station, or the same name within 150 metres. The group is known by the
identifier of its station, else by the smallest of its platforms, so that the order of the file says nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from importers.fields.cells import Problems, said
from importers.fields.names import read_name
from importers.fields.points import read_point
from importers.sources.gtfs.tables import Cells, FeedFiles
from portal.core.text import slug
from portal.geography.distances import great_circles
from portal.geography.points import Point

PLATFORM, STATION = "0", "1"
NEAR = 150
"""Metres within which two stops of one name are the two sides of a road."""
_DECIMALS = 6
_A_DEGREE = 111_000
"""Metres of a degree of latitude, a little less than it is."""


@dataclass(frozen=True)
class StopRow:
    """A row of stops.txt."""

    id: str
    line: int
    name: str
    kind: str
    """`location_type`: a platform, a station; entrances, nodes and boarding areas are parts of a station."""
    parent: str
    point: Point | None
    wheelchair: str
    problems: Problems

    @property
    def is_served(self) -> bool:
        """Tell whether vehicles may stop here by the format."""
        return self.kind in {PLATFORM, STATION}


@dataclass(frozen=True)
class StopGroup:
    """What a traveller calls one stop."""

    members: tuple[StopRow, ...]
    """Platforms and station, by identifier."""
    parts: tuple[StopRow, ...] = ()
    """Entrances and the like."""

    @cached_property
    def main(self) -> StopRow:
        """Give the row the group is known by: its station, else the first of its platforms."""
        return min(self.members, key=lambda row: (row.kind != STATION, row.id))

    @property
    def name(self) -> str:
        """Give the name a traveller reads."""
        return self.main.name

    @cached_property
    def point(self) -> Point | None:
        """Give the point of the station, else the middle of the platforms."""
        if self.main.kind == STATION and self.main.point is not None:
            return self.main.point
        points = [row.point for row in self.members if row.point is not None]
        if not points:
            return None
        lat, lon = (sum(getattr(point, axis) for point in points) / len(points) for axis in ("lat", "lon"))
        return Point(round(lat, _DECIMALS), round(lon, _DECIMALS))


@dataclass(frozen=True)
class Stops:
    """All stops of a feed."""

    groups: tuple[StopGroup, ...]
    numbers: Mapping[str, int]
    """`stop_id` -> the number of its group."""


def read_stops(files: FeedFiles) -> Stops:
    """Read stops.txt and put together what is one stop; of two rows of one identifier the first counts."""
    rows: dict[str, StopRow] = {}
    for line, cells in files.rows("stops"):
        name = cells.get("stop_id", "").strip()
        if name:
            rows.setdefault(name, _row(name, line, cells))
    groups = tuple(_groups(rows))
    numbers = {row.id: number for number, group in enumerate(groups) for row in (*group.members, *group.parts)}
    return Stops(groups, numbers)


def _row(name: str, line: int, cells: Cells) -> StopRow:
    point, problems = read_point(cells.get("stop_lat", ""), cells.get("stop_lon", ""))
    shown, _ = read_name(cells.get("stop_name", ""))
    return StopRow(
        id=name,
        line=line,
        name=shown or said(cells.get("stop_name", ""))[:80],
        kind=cells.get("location_type", "").strip() or PLATFORM,
        parent=cells.get("parent_station", "").strip(),
        point=point,
        wheelchair=cells.get("wheelchair_boarding", "").strip(),
        problems=tuple(problems),
    )


def _groups(rows: Mapping[str, StopRow]) -> Iterator[StopGroup]:
    joined = _Joined(rows)
    for row in rows.values():
        if row.parent in rows and row.parent != row.id:
            joined.join(row.id, row.parent)
    for one, other in _neighbours(rows.values()):
        joined.join(one, other)
    gathered: dict[str, list[StopRow]] = defaultdict(list)
    for name in sorted(rows):
        gathered[joined.head(name)].append(rows[name])
    for members in gathered.values():
        served = tuple(row for row in members if row.is_served)
        yield StopGroup(served or tuple(members), tuple(row for row in members if not row.is_served) if served else ())


class _Joined:
    """Sets that grow together; each is known by one of its members."""

    def __init__(self, names: Iterable[str]) -> None:
        self._heads = {name: name for name in names}

    def head(self, name: str) -> str:
        while self._heads[name] != name:
            self._heads[name] = self._heads[self._heads[name]]
            name = self._heads[name]
        return name

    def join(self, one: str, other: str) -> None:
        first, second = sorted((self.head(one), self.head(other)))
        self._heads[second] = first


def _neighbours(rows: Iterable[StopRow]) -> Iterator[tuple[str, str]]:
    """Give the pairs of one name that lie near each other."""
    named: dict[str, list[tuple[Point, str]]] = defaultdict(list)
    for row in rows:
        key = slug(row.name)
        if row.is_served and row.point is not None and key:
            named[key].append((row.point, row.id))
    for found in named.values():
        if len(found) > 1:
            yield from _near_pairs(sorted(found))


def _near_pairs(found: list[tuple[Point, str]]) -> Iterator[tuple[str, str]]:
    """Compare each point with those a little farther north only: there are as many stops "Mairie" as communes."""
    lats, lons = (np.array([getattr(point, axis) for point, _ in found]) for axis in ("lat", "lon"))
    for place, (point, name) in enumerate(found):
        end = int(np.searchsorted(lats, point.lat + NEAR / _A_DEGREE, side="right"))
        away = great_circles(point.lat, point.lon, lats[place + 1 : end], lons[place + 1 : end])
        for near in np.flatnonzero(away <= NEAR):
            yield name, found[place + 1 + int(near)][1]
