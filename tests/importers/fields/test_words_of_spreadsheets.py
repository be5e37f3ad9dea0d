"""What town halls write in cells: ages, natures, areas and themes in their own words; never an exception."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.fields.audiences import read_age
from importers.fields.competence import read_competence
from importers.fields.natures import read_nature
from importers.fields.places import SaidCommune, read_commune
from importers.fields.themes import read_concepts
from portal.directory.rules.choices import LegalNature
from portal.geography.lookup import communes
from portal.vocabulary.loading import load_vocabulary

LOOKUP, VOCABULARY = communes(), load_vocabulary()


@pytest.mark.parametrize(
    ("text", "years"),
    [("6", 6), ("6 ans", 6), ("12 mois", 1), ("11 mois", 0), ("10 semaines", 0), ("3,0", 3), ("", None)],
)
def test_age_is_a_number_of_years(text: str, years: int | None) -> None:
    assert read_age(text) == (years, ())


@pytest.mark.parametrize(
    ("text", "code"), [("six", "age-illisible"), ("200", "age-impossible"), ("6-12", "age-illisible")]
)
def test_age_that_is_none_is_said(text: str, code: str) -> None:
    age, (problem,) = read_age(text)
    assert (age, problem.code) == (None, code)


@pytest.mark.parametrize(
    ("text", "nature"),
    [("Association loi 1901", LegalNature.ASSOCIATION), ("Privé", LegalNature.PRIVATE), ("Public", LegalNature.PUBLIC)],
)
def test_nature_is_one_of_three(text: str, nature: LegalNature) -> None:
    assert read_nature(text) == (nature, ())


@pytest.mark.parametrize(
    ("text", "code"),
    [("Trifouillis", "territoire-inconnu"), ("Saint-Aubin", "commune-ambigue"), ("299999999", "epci-inconnu")],
)
def test_area_nobody_knows_is_said(text: str, code: str) -> None:
    areas, (problem,) = read_competence(text, LOOKUP)
    assert (areas, problem.code) == (None, code)


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("médecins", "« Médecin généraliste » ou « Médecin spécialiste »"),
        ("bibliotheques", "« Bibliothèque, médiathèque, boîte à livres »"),
    ],
)
def test_unknown_theme_comes_with_what_may_be_meant(word: str, hint: str) -> None:
    _, (problem,) = read_concepts(word, VOCABULARY)
    assert hint in problem.text


@pytest.mark.parametrize("word", ["yoga", "aide", "x"])
def test_theme_that_resembles_everything_or_nothing_gets_no_hint(word: str) -> None:
    _, (problem,) = read_concepts(word, VOCABULARY)
    assert "Vouliez-vous" not in problem.text


def test_every_label_of_the_thesaurus_is_itself() -> None:
    read = {concept.code: read_concepts(concept.label.fr, VOCABULARY) for concept in VOCABULARY.shown_concepts}
    assert read == {code: ((code,), ()) for code in read}


def test_name_of_the_commune_proves_the_zero_its_postal_code_lost() -> None:
    commune, (problem,) = read_commune(LOOKUP, SaidCommune(name="Ambérieu-en-Bugey", postal_code="1500"))
    assert commune is not None
    assert (commune.code, problem.code) == ("01004", "zero-remis")


@given(st.text(max_size=60))
def test_no_cell_ever_raises(text: str) -> None:
    for value, problems in (
        read_age(text),
        read_nature(text),
        read_competence(text, LOOKUP),
        read_concepts(text, VOCABULARY),
    ):
        assert value is None or value == 0 or value
        assert all(problem.text and problem.code for problem in problems)
