"""Numbers of the demonstration pass the checks that real ones pass."""

from hypothesis import given
from hypothesis import strategies as st

from importers.demo.numbering import finess_of, identifier_of, siren_of, siret_of
from importers.fields.identifiers import read_finess, read_siren, read_siret


@given(st.text(max_size=40))
def test_numbers_have_right_keys(words: str) -> None:
    assert read_siret(siret_of(words)) == (siret_of(words), ())
    assert read_siren(siren_of(words)) == (siren_of(words), ())
    for number in (finess_of(words), finess_of(words, body=True)):
        assert read_finess(number) == (number, ())


def test_numbers_depend_on_the_words_alone() -> None:
    assert siret_of("Pharmacie du Lavoir") == siret_of("Pharmacie du Lavoir") != siret_of("Pharmacie du Puits")
    assert identifier_of("a") == "ca978112-ca1b-4dca-aac2-31b39a23dc4d"
