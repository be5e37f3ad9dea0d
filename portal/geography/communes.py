"""The communes of France in memory: facts by code, aliases, EPCI and départements, read from the package.

Rows stay in columns and become objects when somebody asks: thirty-five thousand objects would double the start.
"""

import gzip
import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from importlib import resources
from typing import TYPE_CHECKING, Any

import numpy as np

from portal.core.text import slug
from portal.geography.distances import great_circles
from portal.geography.points import Point

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BLOCK = 200_000
"""Letters read at once."""
_BANDS = (0.05, 0.5)
"""Degrees of latitude to the north and to the south among which the nearest commune is sought."""
_METRES_OF_A_DEGREE = 111_000
"""A little less than a degree of latitude has on the sphere."""
REFERENCE = resources.files("portal.geography") / "reference"


class AliasKind(StrEnum):
    """What an alias was, or is, to its commune."""

    DELEGATED = "delegated"
    ASSOCIATED = "associated"
    DISTRICT = "district"
    FORMER = "former"
    LOCALITY = "locality"


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune of today."""

    code: str
    name: str
    department: str
    department_name: str
    epci: str
    epci_name: str
    population: int
    postal_codes: tuple[str, ...]
    point: Point
    radius: int
    """Metres from the point to the farthest corner of the commune."""

    @property
    def slug(self) -> str:
        """Give the end of the address of its page, `/communes/<insee>-<slug>`."""
        return f"{self.code}-{slug(self.name)}"


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name, or an old code, of a commune."""

    commune: str
    kind: AliasKind
    name: str
    """As its producer writes it; empty for an old code whose name no source gives."""
    code: str
    point: Point | None


class Communes:
    """The reference data, by code."""

    def __init__(self) -> None:
        table = _read_table("communes.csv.gz", numbers=frozenset({"population", "lat", "lon", "radius"}))
        texts, numbers = table.texts, table.numbers
        self.codes, self.names, self.postal_codes = texts["code"], texts["name"], texts["postal_codes"]
        self.departments_of, self._epcis_of = _shared(texts["department"]), _shared(texts["epci"])
        self.populations = numbers["population"].astype(np.int32)
        self.lats, self.lons = numbers["lat"], numbers["lon"]
        self.radii = numbers["radius"].astype(np.int32) * 100
        aliases = _read_table("aliases.csv.gz").texts
        self._aliases = aliases | {"kind": _shared(aliases["kind"]), "commune": _shared(aliases["commune"])}
        self._old_codes = {code: row for row, code in enumerate(self._aliases["code"]) if code}
        self.departments = _named("departments.csv.gz")
        self.epcis = _named("epcis.csv.gz")

    def __len__(self) -> int:
        return len(self.codes)

    def __contains__(self, code: object) -> bool:
        return isinstance(code, str) and self._row(code) is not None

    def __iter__(self) -> Iterator[Commune]:
        return (self.at(row) for row in range(len(self)))

    def at(self, row: int) -> Commune:
        """Give the commune of a row."""
        return Commune(
            code=self.codes[row],
            name=self.names[row],
            department=self.departments_of[row],
            department_name=self.departments[self.departments_of[row]],
            epci=self._epcis_of[row],
            epci_name=self.epcis.get(self._epcis_of[row], ""),
            population=int(self.populations[row]),
            postal_codes=tuple(self.postal_codes[row].split()),
            point=Point(float(self.lats[row]), float(self.lons[row])),
            radius=int(self.radii[row]),
        )

    def get(self, code: str) -> Commune | None:
        """Give the commune that bears a code today."""
        row = self._row(code)
        return None if row is None else self.at(row)

    def row_of(self, code: str) -> int:
        """Give the row of a code of today."""
        row = self._row(code)
        if row is None:
            raise KeyError(code)
        return row

    def row_near(self, point: Point) -> int:
        """Give the row of the commune whose centre is nearest to a point.

        Those of about its latitude are measured first: no other is nearer than one of them that is nearer than their
        band is wide.
        """
        for band in _BANDS:
            rows, away = self._measured(point, band)
            if len(rows) and away.min() < band * _METRES_OF_A_DEGREE:
                return int(rows[away.argmin()])
        return int(great_circles(point.lat, point.lon, self.lats, self.lons).argmin())

    def rows_within(self, point: Point, metres: float) -> list[int]:
        """List the rows of the communes whose centre lies near enough to a point."""
        rows, away = self._measured(point, metres / _METRES_OF_A_DEGREE)
        found: list[int] = np.sort(rows[away <= metres]).tolist()
        return found

    def _measured(self, point: Point, band: float) -> "tuple[NDArray[np.intp], NDArray[np.float64]]":
        """Give the rows of a band of latitudes around a point, and their metres from it."""
        south, north = np.searchsorted(self._lats_in_order, (point.lat - band, point.lat + band))
        rows = self._rows_by_lat[south:north]
        return rows, great_circles(point.lat, point.lon, self.lats[rows], self.lons[rows])

    def todays_code(self, code: str) -> str | None:
        """Translate any INSEE code, old, delegated or of an arrondissement, to the commune's code of today."""
        if code in self:
            return code
        row = self._old_codes.get(code)
        return None if row is None else self.alias_communes[row]

    def members_of(self, epci: str) -> frozenset[str]:
        """List the codes of an EPCI's communes."""
        return self._members.get(epci, frozenset())

    @property
    def alias_names(self) -> Sequence[str]:
        """Give the names of all aliases, by row."""
        return self._aliases["name"]

    @property
    def alias_communes(self) -> Sequence[str]:
        """Give the commune of all aliases, by row."""
        return self._aliases["commune"]

    def old_code_row(self, code: str) -> int | None:
        """Give the row of the alias that stands for an old code."""
        return self._old_codes.get(code)

    def alias_at(self, row: int) -> Alias:
        """Give the alias of a row."""
        columns = self._aliases
        lat, lon = columns["lat"][row], columns["lon"][row]
        return Alias(
            commune=columns["commune"][row],
            kind=AliasKind(columns["kind"][row]),
            name=columns["name"][row],
            code=columns["code"][row],
            point=Point(float(lat), float(lon)) if lat else None,
        )

    def aliases(self) -> Iterator[Alias]:
        """Go through all aliases."""
        return (self.alias_at(row) for row in range(len(self.alias_names)))

    def aliases_of(self, code: str) -> Iterator[Alias]:
        """Go through the aliases of a commune; the file is sorted by commune."""
        first, last = bisect_left(self.alias_communes, code), bisect_right(self.alias_communes, code)
        return (self.alias_at(row) for row in range(first, last))

    def _row(self, code: str) -> int | None:
        """Find a code by halves: the file is sorted, and a dictionary of all codes weighs four megabytes."""
        row = bisect_left(self.codes, code)
        return row if row < len(self.codes) and self.codes[row] == code else None

    @cached_property
    def _rows_by_lat(self) -> "NDArray[np.intp]":
        return np.argsort(self.lats, kind="stable")

    @cached_property
    def _lats_in_order(self) -> "NDArray[np.float64]":
        return self.lats[self._rows_by_lat]

    @cached_property
    def _members(self) -> dict[str, frozenset[str]]:
        members: dict[str, set[str]] = {}
        for code, epci in zip(self.codes, self._epcis_of, strict=True):
            members.setdefault(epci, set()).add(code)
        return {epci: frozenset(codes) for epci, codes in members.items() if epci}


@cache
def edition() -> dict[str, Any]:
    """Give what the reference data says of itself: edition, licence, sources, digests."""
    described: dict[str, Any] = json.loads((REFERENCE / "edition.json").read_text(encoding="utf-8"))
    return described


@dataclass(frozen=True)
class _Table:
    """The columns of a file: texts, and those that were asked for as numbers."""

    texts: dict[str, list[str]]
    numbers: "dict[str, NDArray[np.float64]]"


def _read_table(name: str, *, numbers: frozenset[str] = frozenset()) -> _Table:
    """Read a file block by block, so that cells that become numbers are forgotten as soon as they are read.

    The builder quotes nothing and refuses a name with a separator: cutting is five times as fast as a CSV reader.
    """
    with (REFERENCE / name).open("rb") as packed, gzip.open(packed, "rt", encoding="utf-8", newline="\n") as stream:
        header = stream.readline().rstrip("\n").split(";")
        texts: dict[str, list[str]] = {column: [] for column in header if column not in numbers}
        blocks: dict[str, list[NDArray[np.float64]]] = {column: [] for column in header if column in numbers}
        while lines := stream.readlines(_BLOCK):
            cells = "".join(lines).replace("\n", ";").split(";")
            # The last newline leaves one empty cell behind the last row.
            del cells[-1]
            for place, column in enumerate(header):
                if column in numbers:
                    blocks[column].append(np.fromiter(map(float, cells[place :: len(header)]), dtype=np.float64))
                else:
                    texts[column] += cells[place :: len(header)]
    return _Table(texts, {column: np.concatenate(arrays) for column, arrays in blocks.items()})


def _shared(values: Sequence[str]) -> list[str]:
    """Keep one object per distinct value: a département is written hundreds of times."""
    kept: dict[str, str] = {}
    return [kept.setdefault(value, value) for value in values]


def _named(name: str) -> dict[str, str]:
    texts = _read_table(name).texts
    return dict(zip(texts["code"], texts["name"], strict=True))
