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
from typing import Any

import numpy as np

from portal.core.text import slug
from portal.geography.points import Point

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
        rows = _columns("communes.csv.gz")
        self.codes, self.names = rows["code"], rows["name"]
        self.departments_of, self._epcis_of = rows["department"], rows["epci"]
        self.postal_codes = rows["postal_codes"]
        self.populations = np.array(rows["population"], dtype=np.int32)
        self.lats, self.lons = np.array(rows["lat"], dtype=np.float64), np.array(rows["lon"], dtype=np.float64)
        self.radii = np.array(rows["radius"], dtype=np.int32) * 100
        self._rows = {code: row for row, code in enumerate(self.codes)}
        self._aliases = _columns("aliases.csv.gz")
        self._old_codes = {code: row for row, code in enumerate(self._aliases["code"]) if code}
        self.departments = dict(_pairs("departments.csv.gz"))
        self.epcis = dict(_pairs("epcis.csv.gz"))

    def __len__(self) -> int:
        return len(self.codes)

    def __contains__(self, code: object) -> bool:
        return code in self._rows

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
        row = self._rows.get(code)
        return None if row is None else self.at(row)

    def row_of(self, code: str) -> int:
        """Give the row of a code of today."""
        return self._rows[code]

    def todays_code(self, code: str) -> str | None:
        """Translate any INSEE code, old, delegated or of an arrondissement, to the commune's code of today."""
        if code in self._rows:
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


def _columns(name: str) -> dict[str, Sequence[str]]:
    with (REFERENCE / name).open("rb") as packed:
        text = gzip.decompress(packed.read()).decode()
    header = text[: text.index("\n")].split(";")
    # The builder quotes nothing and refuses a name with a separator: cutting is five times as fast as a CSV reader.
    cells = text.removesuffix("\n").replace("\n", ";").split(";")
    return {name: cells[place + len(header) :: len(header)] for place, name in enumerate(header)}


def _pairs(name: str) -> Iterator[tuple[str, str]]:
    columns = _columns(name)
    return zip(columns["code"], columns["name"], strict=True)
