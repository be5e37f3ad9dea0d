"""What a text is found by, step by step."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index.analysis import Analysis, fold

ACRONYMS = ("MSA", "CAF", "ESAT", "RAM", "CLIC", "CCAS", "SES", "C.I.A.S.")
analysis = Analysis(ACRONYMS)


def _terms(text: str) -> list[str]:
    return [term for word in analysis.words(text) for term in word.terms]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("l'école", ["ecole"]),
        ("L’ÉCOLE D’À CÔTÉ", ["ecole", "cote"]),
        ("jusqu’à 18h30", ["18h30"]),
        ("la garde d´enfants", ["garde", "enfant"]),
        ("aujourd’hui", ["aujourdhui"]),
        ("prud'hommes", ["prudhomm"]),
        ("Une œuvre", ["oeuvr"]),
        ("porte-à-porte", ["porte", "porte"]),
        ("co-voiturage, covoiturage", ["covoiturag", "covoiturag"]),
        ("Télé\u2011assistance", ["teleassistanc"]),
        ("sous-préfecture sans rendez-vous", ["sou", "prefectur", "san", "rendez"]),
        ("24h/24 et 7j/7", ["24h", "24", "7j", "7"]),
        ("le 3e, la 1ère, le 12ème", ["3e", "1e", "12e"]),
        ("Tél. 03 25 00 00 00", ["tel", "0325000000"]),
        ("03.25.00.00.00", ["0325000000"]),
        ("10400 Nogent-sur-Seine", ["10400", "nogent", "seine"]),
        ("C.A.F. de l'Aube", ["caf", "aube"]),
    ],
)
def test_steps_by_example(text: str, terms: list[str]) -> None:
    assert _terms(text) == terms


@pytest.mark.parametrize("text", ["caf", "CAF", "Caf", "la CAF", "la C.A.F", "l’CAF"])
def test_a_known_acronym_is_itself_however_it_is_written(text: str) -> None:
    assert _terms(text)[-1] == "caf"


def test_a_known_acronym_is_never_stemmed() -> None:
    assert _terms("ccas CCAS cias") == ["ccas", "ccas", "cias"]


def test_unknown_capitals_stand_for_themselves_and_for_a_word_that_was_shouted() -> None:
    assert analysis.words("les ECOLES")[0].terms == ("ecoles", "ecole")


def test_stop_words_eat_no_acronym_in_capitals() -> None:
    assert _terms("SES") == ["ses"]
    assert _terms("ses enfants") == ["enfant"]


def test_a_shouted_question_is_not_searched_for_its_articles() -> None:
    assert [word.folded for word in analysis.asked("LA POSTE")] == ["poste"]
    assert [word.folded for word in analysis.asked("SES")] == ["ses"]


def test_the_word_is_kept_as_it_was_written() -> None:
    words = analysis.words("L’École de Co-voiturage, C.A.F.")
    assert [word.written for word in words] == ["École", "Co-voiturage", "CAF"]


def test_decomposed_accents_are_accents() -> None:
    assert _terms("e\u0301cole") == ["ecole"]


@given(st.text(max_size=300))
def test_any_text_is_analysed_the_same_twice(text: str) -> None:
    assert analysis.words(text) == Analysis(ACRONYMS).words(text)


@given(st.text(alphabet="abcdeéèàœsx'’ -", max_size=60))
def test_accents_and_capitals_make_no_difference_to_small_words(text: str) -> None:
    assert _terms(fold(text)) == _terms(text)


def test_analyses_of_other_acronyms_have_another_fingerprint() -> None:
    assert analysis.fingerprint == Analysis(reversed(ACRONYMS)).fingerprint
    assert analysis.fingerprint != Analysis().fingerprint
