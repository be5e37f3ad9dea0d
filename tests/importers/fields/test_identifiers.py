"""Official numbers: keys, shapes, and the damage of spreadsheets."""

import pytest

from importers.fields.identifiers import (
    finess_commune_code,
    read_commune_code,
    read_finess,
    read_postal_code,
    read_rna,
    read_siren,
    read_siret,
)
from portal.geography.lookup import communes


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("26010004500012", "26010004500012"),
        ("260 100 045 00012", "26010004500012"),
        ("26010004500012.0", "26010004500012"),
        ("356 000 000 00048", "35600000000048"),
        ("35600000049837", "35600000049837"),
        ("", None),
    ],
)
def test_siret_is_read_without_its_spaces(cell: str, expected: str | None) -> None:
    assert read_siret(cell) == (expected, ())


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("26010004500013", "siret-cle-fausse"),
        ("35600000049838", "siret-cle-fausse"),
        ("2,601E+13", "nombre-abime"),
        ("2.601e13", "nombre-abime"),
        ("2601000450001", "siret-zero-perdu"),
        ("260100045", "siret-invalide"),
        ("2601000450001２", "siret-invalide"),
        ("SIRET de la ville", "siret-invalide"),
    ],
)
def test_damaged_siret_is_refused(cell: str, code: str) -> None:
    value, problems = read_siret(cell)
    assert (value, [problem.code for problem in problems]) == (None, [code])


def test_siren_and_finess_keys_are_checked() -> None:
    assert [read_siren("200064434")[0], read_siren("200064435")[0]] == ["200064434", None]
    assert [read_finess("010000024")[0], read_finess("010000025")[0]] == ["010000024", None]


def test_finess_that_lost_its_zero_is_refused() -> None:
    value, problems = read_finess("10000024", is_number=True)
    assert (value, [problem.code for problem in problems]) == (None, ["finess-zero-perdu"])


def test_finess_of_corsica_keeps_its_letter() -> None:
    assert read_finess("2a0000014") == ("2A0000014", ())


@pytest.mark.parametrize(("cell", "expected"), [("W101000001", "W101000001"), ("w9r1000012", "W9R1000012")])
def test_association_number_is_read(cell: str, expected: str) -> None:
    assert read_rna(cell) == (expected, ())


def test_association_number_of_another_shape_is_refused() -> None:
    assert [problem.code for problem in read_rna("101000001")[1]] == ["rna-invalide"]


@pytest.mark.parametrize(
    ("cell", "expected"), [("10268", "10268"), ("2a004", "2A004"), ("01451", "01451"), ("97411", "97411")]
)
def test_commune_code_is_read(cell: str, expected: str) -> None:
    assert read_commune_code(cell) == (expected, ())


@pytest.mark.parametrize(
    ("cell", "code"),
    [("1451", "code-insee-zero-perdu"), ("20004", "code-insee-invalide"), ("x", "code-insee-invalide")],
)
def test_broken_commune_code_is_refused(cell: str, code: str) -> None:
    value, problems = read_commune_code(cell)
    assert (value, [problem.code for problem in problems]) == (None, [code])


def test_lost_zero_of_a_postal_code_is_refused_alone() -> None:
    value, problems = read_postal_code("1440", is_number=True)
    assert (value, [problem.code for problem in problems]) == (None, ["code-postal-zero-perdu"])


def test_commune_proves_the_lost_zero_of_its_postal_code() -> None:
    viriat, nogent = communes().communes.get("01451"), communes().communes.get("10268")
    proven, problems = read_postal_code("1440", is_number=True, commune=viriat)
    assert (proven, [problem.code for problem in problems]) == ("01440", ["zero-remis"])
    assert read_postal_code("1440", is_number=True, commune=nogent)[0] is None


@pytest.mark.parametrize(
    ("department", "commune", "expected"),
    [
        ("01", "451", "01451"),
        ("2A", "004", "2A004"),
        ("9A", "123", "97123"),
        ("9D", "411", "97411"),
        ("9F", "608", "97608"),
        ("9J", "613", "98613"),
    ],
)
def test_finess_columns_make_a_commune_code(department: str, commune: str, expected: str) -> None:
    assert finess_commune_code(department, commune) == (expected, ())


def test_finess_columns_without_their_zeros_are_refused() -> None:
    value, problems = finess_commune_code("1", "53")
    assert (value, [problem.code for problem in problems]) == (None, ["code-insee-zero-perdu"])
