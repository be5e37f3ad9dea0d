"""Measure a national import: 100,000 rows written as FINESS writes them, read by `maillage import sante` itself.

    python -m bench.finess                 50,600 establishments and their points: a first import, the same again
    python -m bench.finess 100000          as many establishments as the real register has, and their points
    python -m bench.finess --write FILE    only write the file

Each import is a program of its own, as on a real machine: seconds of the clock until its report is written, and until
the search follows; seconds of the processor and peak memory, of both together.
Everything in the file is made up, but for the names of communes and the shape of the register.
"""

import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from importers.fields.projections import SYSTEMS, System
from portal.geography.communes import Commune
from portal.geography.lookup import communes
from portal.vocabulary.loading import load_vocabulary

ESTABLISHMENTS = 50_600
OUT_OF_SCOPE = 20
"""One row in so many bears a category that the thesaurus does not hold."""
WITHOUT_POINT = 50
TITLE = "finess;etalab;111;2026-05-12"
MAINLAND = 2154
OVERSEAS = {"971": ("9A", 5490), "972": ("9B", 5490), "973": ("9C", 2972), "974": ("9D", 2975), "975": ("9E", 4467),
            "976": ("9F", 4471), "977": ("9A", 5490), "978": ("9A", 5490), "986": ("9J", 0)}  # fmt: skip
"""Département -> FINESS' own letters, and the map its points are drawn on; none for Wallis-et-Futuna."""
OLD_CODES = {"97701": "123", "97801": "127"}
"""Saint-Barthélemy and Saint-Martin, as the register still writes them."""
NAMES_OF_SYSTEMS = {
    2154: "EPSG:2154 RGF93 / Lambert-93 (Métropole)",
    5490: "EPSG:5490 RGAF09 / UTM zone 20N (Antilles)",
    2972: "EPSG:2972 RGFG95 / UTM zone 22N (Guyane)",
    2975: "EPSG:2975 RGR92 / UTM zone 40S (La Réunion)",
    4467: "EPSG:4467 RGSPM06 / UTM zone 21N (Saint-Pierre-et-Miquelon)",
    4471: "EPSG:4471 RGM04 / UTM zone 38S (Mayotte)",
}
KINDS = ("PHARMACIE", "CENTRE DE SANTE", "MAISON DE SANTE", "RESIDENCE", "EHPAD", "CABINET", "LABORATOIRE", "FOYER",
         "SERVICE D'AIDE A DOMICILE", "CENTRE HOSPITALIER", "CRECHE", "CENTRE SOCIAL")  # fmt: skip
OF = ("DU LAVOIR", "DES TILLEULS", "DE LA GARE", "DU CENTRE", "DES TROIS FONTAINES", "DU MOULIN", "DE L'EGLISE",
      "DES ECOLES", "DU VIEUX PONT", "DES PEUPLIERS", "DU CHATEAU", "DE LA PLAINE")  # fmt: skip
STREETS = (("R", "DES ACACIAS"), ("R", "DU LAVOIR"), ("AV", "DE LA GARE"), ("PL", "DE L EGLISE"), ("BD", "DU NORD"),
           ("RTE", "DE LA PLAINE"), ("CHE", "DES VIGNES"), ("IMP", "DU MOULIN"), ("", ""))  # fmt: skip
COLUMNS = 32
_START = {MAINLAND: (700_000.0, 6_600_000.0), 2975: (350_000.0, 7_650_000.0), 4471: (520_000.0, 8_590_000.0)}
"""Metres from which a commune is looked for on its map."""


@dataclass(frozen=True)
class _Town:
    """A commune as the register writes it."""

    commune: Commune
    department: str
    code: str
    system: int
    metres: tuple[float, float]


def main(arguments: Sequence[str]) -> None:
    """Write the file, or measure its imports."""
    if arguments[:1] == ["--write"]:
        write(Path(arguments[1]), ESTABLISHMENTS)
        return
    count = int(arguments[0]) if arguments else ESTABLISHMENTS
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "finess.csv"
        n_rows = write(file, count)
        print(f"{n_rows} rows, {file.stat().st_size / 1e6:.0f} MB")
        measure(Path(folder) / "var", "init")
        for name in ("first import", "the same again"):
            report, begun = Path(folder) / "report.json", time.time()
            words = ("import", "sante", str(file), "--report", str(report))
            clock, processor, memory = measure(Path(folder) / "var", *words)
            told = report.stat().st_mtime - begun
            print(f"{name:20}{told:8.1f} s, with the index {clock:.1f} s; processor {processor:.1f} s, {memory:.0f} MB")


def measure(data: Path, *command: str) -> tuple[float, float, float]:
    """Run a command in a program of its own: seconds of the clock and of the processor, and its peak memory."""
    begun = time.monotonic()
    program = [sys.executable, "-c", "from importers.cli import main; main()", *command]
    pid = os.posix_spawn(
        sys.executable,
        program,
        os.environ | {"MAILLAGE_DATA_DIR": str(data)},
        file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)],
    )
    _, status, used = os.wait4(pid, 0)
    assert os.waitstatus_to_exitcode(status) == 0, command  # noqa: S101 - a bench that measured nothing would lie
    return time.monotonic() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def write(path: Path, count: int) -> int:
    """Write a register of some establishments, each with its point; give the number of rows."""
    draw = random.Random(2026)
    towns = list(_towns())
    weights = list(accumulate(town.commune.population + 200 for town in towns))
    categories = sorted({code for concept in load_vocabulary().concepts for code in concept.mappings.finess})
    # The whole of France: each commune of an overseas département once, the others by their people.
    drawn = [town for town in towns if town.system != MAINLAND]
    drawn += draw.choices(towns, cum_weights=weights, k=count - len(drawn))
    points: list[str] = []
    with path.open("w", encoding="utf-8") as file:
        file.write(TITLE + "\n")
        for rank, town in enumerate(drawn):
            number = finess_number(town, rank)
            file.write(_establishment(number, town, rank, draw, categories) + "\n")
            if town.system and rank % WITHOUT_POINT:
                points.append(_point(number, town, draw))
        file.writelines(point + "\n" for point in points)
    return 1 + len(drawn) + len(points)


def finess_number(town: _Town, rank: int) -> str:
    """Give a number of the register: département, serial, key; Corsican ones have no key."""
    stem = f"{'97' if town.system != MAINLAND else town.department}{rank:06}"
    return next(f"{stem}{key}" for key in range(10) if not stem.isdigit() or is_keyed(f"{stem}{key}"))


def is_keyed(code: str) -> bool:
    """Tell whether the last figure of a number is its key."""
    doubled = [int(figure) * (1 + rank % 2) for rank, figure in enumerate(reversed(code))]
    return sum(figure - 9 if figure > 9 else figure for figure in doubled) % 10 == 0


def _towns() -> Iterator[_Town]:
    for commune in communes().communes:
        letters, system = OVERSEAS.get(commune.code[:3], (commune.code[:2], MAINLAND))
        if commune.code[:2] == "98" and letters == "98":
            continue
        code = OLD_CODES.get(commune.code, commune.code[2:])
        metres = _metres(SYSTEMS[system], commune) if system else (0.0, 0.0)
        yield _Town(commune, letters, code, system, metres)


def _metres(system: System, commune: Commune) -> tuple[float, float]:
    """Draw the centre of a commune on a map, whose formulas only go the other way: a few steps towards it."""
    x, y = _START.get(system.epsg, (500_000.0, 2_000_000.0))
    for _ in range(8):
        lat, lon = _degrees(system, x, y)
        north, east = _degrees(system, x, y + 1000), _degrees(system, x + 1000, y)
        a, b, c, d = (east[0] - lat, north[0] - lat, east[1] - lon, north[1] - lon)
        away = commune.point.lat - lat, commune.point.lon - lon
        determinant = a * d - b * c
        x += 1000 * (away[0] * d - b * away[1]) / determinant
        y += 1000 * (a * away[1] - c * away[0]) / determinant
    return x, y


def _degrees(system: System, x: float, y: float) -> tuple[float, float]:
    found = system.degrees(x, y)
    assert found is not None, (system, x, y)  # noqa: S101 - a point of our own making
    return found


def _establishment(number: str, town: _Town, rank: int, draw: random.Random, categories: Sequence[str]) -> str:
    kind, street = draw.choice(KINDS), draw.choice(STREETS)
    name = f"{kind} {draw.choice(OF)}"
    category = "462" if rank % OUT_OF_SCOPE == 0 else draw.choice(categories)
    stem = f"26{rank // 3:07}{rank % 3:04}"
    siret = next(f"{stem}{key}" for key in range(10) if is_keyed(f"{stem}{key}"))
    postal = (town.commune.postal_codes or ("00000",))[0]
    cells = [
        "structureet", number, f"{rank // 3:09}", name[:38], f"{name} DE {town.commune.name.upper()}"[:60],
        "", "", str(draw.randrange(1, 190)) if street[0] else "", *street, draw.choice(("", "", "", "B")), "",
        town.code, town.department, town.commune.department_name.upper(), f"{postal} {town.commune.name.upper()}",
        f"019900{draw.randrange(10_000):04}", "", category, f"Catégorie {category}", "1102", "Catégorie agrégée",
        siret if rank % 4 else "", "8610Z", "01", "Etablissement Tarif Libre", "1" if rank % 9 == 0 else "", "",
        "1990-01-01", "1990-01-01", f"20{draw.randrange(10, 26)}-0{draw.randrange(1, 10)}-1{draw.randrange(10)}", "",
    ]  # fmt: skip
    return ";".join(cells[:COLUMNS])


def _point(number: str, town: _Town, draw: random.Random) -> str:
    reach = town.commune.radius / 2
    x, y = (each + draw.uniform(-reach, reach) for each in town.metres)
    source = f"1,ATLASANTE,96,BAN,{NAMES_OF_SYSTEMS[town.system]}"
    return f"geolocalisation;{number};{x:.1f};{y:.1f};{source};2026-05-04"


if __name__ == "__main__":
    main(sys.argv[1:])
