"""A person's name is found however it was written, and nothing else is taken for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.person_names import PersonName

HELENE = PersonName.of("Hélène Sœur-Exemple")
CAMILLE = PersonName.of("Camille Exemple")


@pytest.mark.parametrize(
    "text",
    [
        "Camille Exemple",
        "EXEMPLE Camille",
        "  camille   exemple ",
        "camille.exemple@mairie.example",
        "Demandez Camille Exemple, le mardi.",
        "Exemple;Camille;03 53 01 00 09",
        "Camille_Exemple",
    ],
)
def test_a_name_is_found_as_people_write_it(text: str) -> None:
    assert CAMILLE.is_in(text)
    assert not CAMILLE.is_in(CAMILLE.out_of(text))


@pytest.mark.parametrize(
    "text", ["Camille", "Camille l’exemple", "Camilles Exemple", "Exemple", "l’exemplecamille", "Camille et Exemple"]
)
def test_words_that_are_no_name_stay(text: str) -> None:
    assert CAMILLE.out_of(text) == text


@pytest.mark.parametrize("text", ["helene soeur exemple", "HÉLÈNE SŒUR-EXEMPLE", "Soeur-Exemple Hélène"])
def test_accents_and_ligatures_hide_nobody(text: str) -> None:
    assert HELENE.is_in(text)


def test_a_name_of_one_word_is_what_stands_alone() -> None:
    name = PersonName.of("Pont")
    assert (name.out_of("pont"), name.out_of("Mairie de Pont")) == ("", "Mairie de Pont")


def test_two_cells_of_a_line_name_somebody() -> None:
    assert CAMILLE.is_said_by("Exemple;PMI;Camille;03 53 01 00 09")
    assert not CAMILLE.is_said_by("Exemple;PMI")


def test_no_name_is_nowhere() -> None:
    nobody = PersonName.of(" - ")
    assert not nobody.words
    assert not nobody.is_in("")
    assert not nobody.is_in("n’importe quoi")


def test_a_value_loses_the_contact_that_is_but_the_name() -> None:
    value = {
        "contacts": [
            {"type": "phone", "value": "03 53 01 00 09", "person": "Camille Exemple"},
            {"type": "mail", "value": "camille.exemple@mairie.example"},
        ],
        "note": "Voir Camille Exemple",
        "n": 3,
    }
    assert CAMILLE.out_of_value(value) == {
        "contacts": [{"type": "phone", "value": "03 53 01 00 09", "person": ""}],
        "note": "Voir …",
        "n": 3,
    }


@given(st.text(alphabet="éèabcœ '-", min_size=1), st.text(max_size=20), st.text(max_size=20))
def test_nothing_named_is_left(name: str, before: str, after: str) -> None:
    person = PersonName.of(name)
    assert not person.is_in(person.out_of(f"{before} {name} {after}"))
