"""FINESS: kinds of rows, categories held by the thesaurus, communes of its own codes; nothing invented."""

from collections import Counter
from datetime import date

import pytest

from importers.pipeline.passages import Passage
from portal.directory.rules.choices import LegalNature
from portal.intake.record import PlaceRecord, ServiceRecord, StructureRecord, Verdict
from portal.intake.report import Fate
from tests.importers.sources.builders import Desk, opened, read, real_file
from tests.importers.sources.finess_rows import TITLE, a_flow, a_point, an_establishment, know_communes

STOCK = "sante/finess/etalab-cs1100502-stock-20260512-extrait.csv"
STOCK_LATIN = "sante/finess/etalab-cs1100502-stock-20260512-extrait.latin1.csv"


def passage(**cells: str) -> Passage:
    _, found = read("sante", a_flow(an_establishment(**cells)))
    return found


def record(**cells: str) -> ServiceRecord:
    found = passage(**cells).record
    assert found is not None
    return found


def place(**cells: str) -> PlaceRecord:
    where = record(**cells).access[0].place
    assert where is not None
    return where


def codes(**cells: str) -> set[str]:
    return {problem.code for problem in passage(**cells).problems}


def test_establishment_says_who_and_where() -> None:
    found = record()
    assert (found.key, found.official_ids, found.concepts) == ("100000017", {"finess": "100000017"}, ("SA11",))
    assert (found.title, found.summary, found.said_on) == ("Pharmacie du Lavoir", "Pharmacie d’essai", date(2025, 3, 1))
    assert [line.value for line in found.contacts or ()] == ["03 53 01 00 01"]
    assert (place().address, place().postal_code, place().commune_code) == ("4 bis rue du Lavoir", "10100", "10323")


def test_longer_of_both_names_is_kept() -> None:
    assert record(rs="PHARMACIE DU LAVOIR DE ROMILLY", rslongue="PHARMACIE DU LAVOIR").title.endswith("de Romilly")


def test_lines_below_the_street_complete_it() -> None:
    where = place(complrs="RESIDENCE DU LAC", compldistrib="ESCALIER 2", lieuditbp="BP 12")
    assert where.address_extra == "Résidence du Lac, Escalier 2, BP 12"


def test_flow_without_points_says_none() -> None:
    assert (place().point, place().precision) == (None, None)


def test_siret_names_the_structure() -> None:
    expected = StructureRecord(name="Pharmacie du Lavoir", official_ids={"siret": "35600000000048"})
    assert record(siret="35600000000048").structure == expected


def test_structure_without_siret_bears_its_town() -> None:
    assert record(siret="").structure == StructureRecord(name="Pharmacie du Lavoir (Romilly-sur-Seine)")


def test_siret_rounded_by_a_spreadsheet_is_not_kept() -> None:
    assert record(siret="2,601E+13").structure.official_ids == {}
    assert "nombre-abime" in codes(siret="2,601E+13")


@pytest.mark.parametrize(("cell", "nature"), [("1", LegalNature.PUBLIC), ("0", None), ("", None)])
def test_only_public_hospitals_are_called_public(cell: str, nature: LegalNature | None) -> None:
    assert record(codesph=cell).structure.legal_nature is nature


@pytest.mark.parametrize("category", ["462", "699", "241"])
def test_category_outside_the_thesaurus_is_skipped(category: str) -> None:
    found = passage(categetab=category)
    assert (found.verdict, found.key, found.record) == (Verdict.SKIPPED, "", None)
    assert [(problem.code, problem.field) for problem in found.problems] == [("categorie-hors-champ", "categetab")]


@pytest.mark.parametrize(
    ("cell", "code"),
    [("nofinesset", "donnee-manquante"), ("categetab", "donnee-manquante")],
)
def test_row_without_number_or_category_is_refused(cell: str, code: str) -> None:
    found = passage(**{cell: ""})
    assert (found.verdict, [(each.code, each.field) for each in found.problems]) == (Verdict.REFUSED, [(code, cell)])


def test_row_without_any_name_is_refused() -> None:
    assert passage(rs="", rslongue="").verdict is Verdict.REFUSED


@pytest.mark.parametrize("number", ["10000017", "100000018", "CLINIQUE"])
def test_damaged_number_is_refused(number: str) -> None:
    found = passage(nofinesset=number)
    assert found.verdict is Verdict.REFUSED
    assert [problem.field for problem in found.problems] == ["nofinesset"]


@pytest.mark.parametrize(
    ("department", "commune", "town", "code"),
    [
        ("9A", "105", "97100 BASSE TERRE", "97105"),
        ("9A", "123", "97133 ST BARTHELEMY", "97701"),
        ("9B", "209", "97200 FORT DE FRANCE", "97209"),
        ("9C", "302", "97306 CAYENNE CEDEX", "97302"),
        ("9D", "411", "97405 ST DENIS CEDEX", "97411"),
        ("9F", "610", "97600 KOUNGOU", "97610"),
        ("9J", "613", "98600 UVEA", "98613"),
        ("2A", "004", "20000 AJACCIO", "2A004"),
    ],
)
def test_letters_of_finess_are_departments(department: str, commune: str, town: str, code: str) -> None:
    assert place(departement=department, commune=commune, ligneacheminement=town).commune_code == code


def test_commune_without_its_zeros_is_found_by_name() -> None:
    cells = {"departement": "1", "commune": "34", "ligneacheminement": "01300 BELLEY"}
    assert place(**cells).commune_code == "01034"
    assert "code-insee-zero-perdu" in codes(**cells)


def test_commune_nobody_knows_is_quarantined() -> None:
    found = passage(departement="10", commune="999", ligneacheminement="")
    assert (found.verdict, found.key) == (Verdict.QUARANTINED, "100000017")


def test_first_line_and_points_are_no_establishments() -> None:
    first, last = read("sante", a_flow(a_point("100000017", "753000", "6824000")))
    assert [each.verdict for each in (first, last)] == [Verdict.SKIPPED, Verdict.SKIPPED]
    assert [each.key for each in (first, last)] == ["", ""]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_accents_are_read_in_either_encoding(encoding: str) -> None:
    content = a_flow(an_establishment(rs="Pharmacie de l'Étoilé", rslongue="")).decode().encode(encoding)
    assert read("sante", content)[1].record == record(rs="Pharmacie de l'Étoilé", rslongue="")


def test_quotes_of_a_name_are_no_columns() -> None:
    assert (
        record(rslongue='"PHARMACIE ""DU LAVOIR"" DE ROMILLY"').title == "Pharmacie «\u00a0du Lavoir\u00a0» de Romilly"
    )


def test_open_quote_swallows_no_row(desk: Desk) -> None:
    spoilt = an_establishment(nofinesset="100000025", rs='"PHARMACIE')
    report = desk.imports("sante", a_flow(spoilt, an_establishment()))
    assert (report.counts[Fate.REFUSED], report.counts[Fate.CREATED], report.read) == (1, 1, 3)


def test_unknown_kind_of_row_is_refused(desk: Desk) -> None:
    report = desk.imports("sante", a_flow("equipement;100000017;1", an_establishment()))
    assert (report.counts[Fate.REFUSED], report.counts[Fate.CREATED]) == (1, 1)


def test_row_may_leave_its_last_cell_out() -> None:
    (found,) = read("sante", an_establishment().encode())
    (shorter,) = read("sante", an_establishment().removesuffix(";").encode())
    assert found.record == shorter.record is not None


def test_shuffled_rows_change_nothing(desk: Desk) -> None:
    rows = [an_establishment(), an_establishment(nofinesset="100000025", rs="PHARMACIE DU PUITS", rslongue="")]
    first, before = desk.imports("sante", a_flow(*rows)), desk.content()
    second = desk.imports("sante", a_flow(*reversed(rows)))
    assert (first.counts[Fate.CREATED], second.counts[Fate.UNCHANGED], desk.content()) == (2, 2, before)


def test_both_encodings_of_the_stock_say_the_same() -> None:
    one, other = (read("sante", real_file(name)) for name in (STOCK, STOCK_LATIN))
    assert [each.record for each in one] == [each.record for each in other]
    assert Counter(each.verdict for each in one) == {Verdict.ACCEPTED: 10, Verdict.SKIPPED: 5}
    assert opened("sante", real_file(STOCK)).said_on == date(2026, 5, 12)


def test_real_stock_comes_in_once(desk: Desk) -> None:
    know_communes(desk.database, "01", "971", "972", "973", "974", "977", "978", "986")
    first, before = desk.imports("sante", real_file(STOCK)), desk.content()
    second = desk.imports("sante", real_file(STOCK_LATIN), name="stock-20260512.csv")
    assert (first.counts[Fate.CREATED], first.counts[Fate.SKIPPED], first.read) == (10, 5, 15)
    assert (second.counts[Fate.UNCHANGED], second.counts[Fate.SKIPPED], desk.content()) == (10, 5, before)


def test_title_line_may_name_the_columns() -> None:
    (found,) = read("sante", f"{TITLE}\n".encode())
    assert [problem.code for problem in found.problems] == ["ligne-sans-etablissement"]
