"""Every cell of the real files is read, or flagged with its reason; nothing is given that the cell did not say."""

import csv
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from importers.fields.addresses import read_address, read_town_line
from importers.fields.contacts import Lines, read_mail_lines, read_phone_lines, read_site_lines
from importers.fields.dates import read_date
from importers.fields.identifiers import finess_commune_code, read_finess, read_siret
from importers.fields.names import read_name
from importers.fields.places import SaidCommune, read_commune
from importers.fields.points import read_point, read_projected_point, settle
from importers.fields.themes import read_finess_category
from portal.core.text import fold
from portal.directory.rules.contact_lines import ContactLine
from portal.geography.lookup import communes
from portal.vocabulary.loading import load_vocabulary
from tests.tools.claims import every, none_of

REAL = Path(__file__).resolve().parents[3].parent / "shared" / "data"
FRANCE_SERVICES = "france-services/liste-fs-20240801.departements-10-23-58-73.csv"
FRANCE_SERVICES_2020 = "france-services/france_services-2020-01-09.departements-10-23-58-73.csv"
LA_POSTE = "laposte/laposte_poincont2-2020.departements-10-23-58-73.csv"
CAR_SHARING = "mobilite/bnlc.departements-10-23-51-58-73-77-89.csv"
ACCESLIBRE = "acceslibre/export-exemple-valide.csv"
DIGITAL = "inclusion/mednum/exemple-valide.csv"
FINESS = "sante/finess/etalab-cs1100502-stock-20260512-extrait.csv"
FINESS_POINTS = "sante/finess/etalab-cs1100507-geoloc-extrait.csv"

Row = dict[str, str]
Property = Callable[[str, object], None]
Pairs = list[tuple[str, ContactLine]]


def real(name: str) -> Path:
    path = REAL / name
    if not path.exists():
        pytest.skip(f"the real files are not beside this checkout: {name}")
    return path


def rows_of(name: str, delimiter: str = ",") -> list[Row]:
    with real(name).open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=delimiter))


def finess_rows(name: str, kind: str) -> list[list[str]]:
    lines = real(name).read_text(encoding="utf-8").splitlines()
    return [cells for line in lines if (cells := line.split(";"))[0] == kind]


def annuaire() -> Iterator[Row]:
    for path in sorted(real("dila-annuaire").glob("api-*.json")):
        for record in json.loads(path.read_text(encoding="utf-8"))["results"]:
            yield {name: value if isinstance(value, str) else json.dumps(value or "") for name, value in record.items()}


def phone_cells() -> Iterator[str]:
    yield from (row["telephone"] for row in rows_of(FRANCE_SERVICES))
    yield from (row["TELEPHONE"] for row in rows_of(FRANCE_SERVICES_2020))
    yield from (row["Numéro_de_téléphone"] for row in rows_of(LA_POSTE, ";"))
    yield from (row["telephone"] for row in rows_of(DIGITAL))
    yield from (cell for cells in finess_rows(FINESS, "structureet") for cell in cells[16:18])
    yield from (value for row in annuaire() for value in re.findall(r'"valeur": "([\d +]+)"', row["telephone"]))


def mail_cells() -> Iterator[str]:
    yield from (row["mail"] for row in rows_of(FRANCE_SERVICES))
    yield from (row["CONTACT.MAIL"] for row in rows_of(FRANCE_SERVICES_2020))
    yield from (row["courriels"] for row in rows_of(DIGITAL))
    yield from (row["adresse_courriel"] for row in annuaire())


def site_cells() -> Iterator[str]:
    yield from (row["site_internet"] for row in rows_of(ACCESLIBRE))
    yield from (row["contact_url"] for row in rows_of(ACCESLIBRE))
    yield from (row["site_web"] for row in rows_of(DIGITAL))
    yield from (value for row in annuaire() for value in re.findall(r'"valeur": "(http[^"]+)"', row["site_internet"]))


def said_and_read(cells: Iterator[str], read: Callable[[str], Lines]) -> tuple[Counter[str], Pairs]:
    """Count what became of cells, and pair each value with the cell that gave it."""
    counts: Counter[str] = Counter()
    pairs: Pairs = []
    for cell in cells:
        lines, problems = read(cell)
        outcome = "read" if lines else "refused" if problems else "empty"
        counts[outcome] += 1
        counts["flagged"] += bool(lines and problems)
        pairs += [(cell, line) for line in lines or ()]
    return counts, pairs


def test_every_phone_cell_is_read_or_refused(record_property: Property) -> None:
    counts, pairs = said_and_read(phone_cells(), read_phone_lines)
    record_property("phones", dict(counts))
    assert counts["refused"] == 0
    for cell, line in pairs:
        national = re.sub(r"\D", "", line.value).removeprefix("0")
        assert national in re.sub(r"\D", "", cell)


def test_every_mail_cell_is_read_or_refused(record_property: Property) -> None:
    counts, pairs = said_and_read(mail_cells(), read_mail_lines)
    record_property("mails", dict(counts))
    assert counts["refused"] == 0
    assert every(line.value in cell.lower() for cell, line in pairs)


def test_every_site_cell_is_read_or_refused(record_property: Property) -> None:
    counts, pairs = said_and_read(site_cells(), read_site_lines)
    record_property("sites", dict(counts))
    assert counts["refused"] == 0
    assert every(line.value.removeprefix("https://") in cell for cell, line in pairs)


def commune_cells() -> Iterator[tuple[str, SaidCommune, tuple[str, str]]]:
    for row in rows_of(FRANCE_SERVICES):
        cells = SaidCommune(row["insee_com"], row["lib_com"], row["code_postal"], row["insee_dep"])
        yield "france-services", cells, (row["latitude"], row["longitude"])
    for row in rows_of(FRANCE_SERVICES_2020):
        cells = SaidCommune(row["insee_com"], row["lib_com"], row["CODE_POSTAL"], row["DEPARTEMENT"])
        yield "france-services-2020", cells, (row["latitude"], row["longitude"])
    for row in rows_of(LA_POSTE, ";"):
        cells = SaidCommune(row["Code_INSEE"], row["Localité"], row["Code_postal"])
        yield "laposte", cells, (row["Latitude"], row["Longitude"])
    for row in rows_of(CAR_SHARING):
        yield "bnlc", SaidCommune(row["insee"], row["com_lieu"]), (row["Ylat"], row["Xlong"])
    for row in rows_of(ACCESLIBRE):
        cells = SaidCommune(row["code_insee"], row["commune"], row["postal_code"])
        yield "acceslibre", cells, (row["latitude"], row["longitude"])


def test_every_row_finds_its_commune_or_says_why(record_property: Property) -> None:
    counts: Counter[str] = Counter()
    for source, cells, _ in commune_cells():
        commune, problems = read_commune(communes(), cells)
        counts[f"{source} {'found' if commune else 'lost'}"] += 1
        counts.update(f"{source} {problem.code}" for problem in problems)
        assert commune or problems
    record_property("communes", dict(counts))
    assert none_of("lost" in outcome for outcome in counts)


def test_every_commune_is_found_without_its_code(record_property: Property) -> None:
    """What names alone find must be what the codes say: a row with another commune would be invented."""
    counts: Counter[str] = Counter()
    for source, cells, _ in commune_cells():
        by_code, problems = read_commune(communes(), cells)
        by_name, _ = read_commune(communes(), SaidCommune("", cells.name, cells.postal_code, cells.department))
        outcome = "none" if by_name is None else "same" if by_name == by_code else "other"
        counts[f"{source} {outcome}"] += 1
        assert outcome != "other" or problems, cells
    record_property("communes by name", dict(counts))


def test_every_point_lies_near_its_commune_or_is_set_aside(record_property: Property) -> None:
    counts: Counter[str] = Counter()
    for source, cells, degrees in commune_cells():
        commune, _ = read_commune(communes(), cells)
        point, problems = read_point(*degrees)
        assert point or problems or not any(degrees)
        if commune:
            _, aside = settle(point, commune)
            counts.update(f"{source} {problem.code}" for problem in (*problems, *aside))
            counts[f"{source} {'point' if point else 'no point'}"] += 1
    record_property("points", dict(counts))
    assert counts.total() > 700


def test_points_of_finess_fall_where_their_system_says() -> None:
    rows = finess_rows(FINESS_POINTS, "geolocalisation")
    read = [read_projected_point(cells[2], cells[3], cells[-2]) for cells in rows]
    assert [problem for _, problems in read for problem in problems] == []
    assert [str(point.cut()) for point, _ in read if point] == [
        "45.961,5.357",
        "45.963,5.342",
        "46.222,5.209",
        "16.234,-61.528",
    ]


def test_every_finess_row_is_coded(record_property: Property) -> None:
    counts: Counter[str] = Counter()
    for cells in finess_rows(FINESS, "structureet"):
        code, _ = finess_commune_code(cells[13], cells[12])
        town, _ = read_town_line(cells[15])
        assert code
        assert town
        assert read_finess(cells[1])[0] == cells[1]
        said = SaidCommune(code, town.town, town.postal_code, is_cedex=town.is_cedex)
        commune, problems = read_commune(communes(), said)
        siret, siret_problems = read_siret(cells[22])
        assert (siret or "") == cells[22] or siret_problems
        counts["commune" if commune else "no commune"] += 1
        counts.update(problem.code for problem in problems)
        counts["category" if read_finess_category(cells[18], load_vocabulary())[0] else "out of scope"] += 1
        assert every(read_date(cell)[0] for cell in cells[28:31] if cell)
    record_property("finess", dict(counts))
    assert counts["no commune"] == 0


def test_names_and_addresses_keep_the_letters_of_the_source() -> None:
    names = [row["Libellé_du_site"] for row in rows_of(LA_POSTE, ";")] + [
        row["lib_fs"] for row in rows_of(FRANCE_SERVICES)
    ]
    streets = [row["Adresse"] for row in rows_of(LA_POSTE, ";")] + [row["adresse"] for row in rows_of(FRANCE_SERVICES)]
    for cell in names:
        value, _ = read_name(cell)
        assert letters(value or "").replace("saint", "st") == letters(cell).replace("saint", "st")
    for cell in streets:
        address, problems = read_address(cell)
        assert address or problems or not cell.strip()


def letters(words: str) -> str:
    return re.sub(r"[\W_]", "", fold(words))
