"""Contract: which documents meet the words of a question, and which of them come first."""

import pytest

from search_index.queries import Alternative
from tests.search_index.builders import Index, a_document, ask, words

RPE = Alternative(tag=("concept", "PE01"))


def test_nothing_asked_finds_everything(index: Index) -> None:
    index.holds(a_document("Mairie"), a_document("École"))
    assert sorted(index.titles()) == ["Mairie", "École"]


def test_an_empty_index_answers_with_nothing(index: Index) -> None:
    results = index.answer("mairie", is_near=True, facets=("theme",))
    assert (results.hits, results.total, results.facets["theme"]) == ((), 0, ())


@pytest.mark.parametrize("question", ["école", "ECOLE", "ecoles", "l’école", "Écoles", "e\u0301cole"])
def test_accents_capitals_plural_and_elision_make_no_difference(index: Index, question: str) -> None:
    index.holds(a_document("École des Tilleuls"), a_document("Mairie"))
    assert index.titles(question) == ["École des Tilleuls"]


def test_all_words_must_be_there(index: Index) -> None:
    index.holds(a_document("Aide alimentaire"), a_document("Aide à domicile"))
    assert index.titles("aide domicile") == ["Aide à domicile"]


def test_dental_never_brings_mental(index: Index) -> None:
    index.holds(a_document("Cabinet dental"), a_document("Santé mentale", text="Un soutien mental."))
    assert index.titles("dental") == ["Cabinet dental"]


def test_an_acronym_in_small_letters_finds_itself_and_no_word_like_it(index: Index) -> None:
    index.holds(a_document("Permanence CAF"), a_document("Café des aidants"))
    assert index.titles("caf") == ["Permanence CAF"]
    assert index.titles("café") == ["Café des aidants"]


def test_a_title_in_capitals_is_found_by_small_words(index: Index) -> None:
    index.holds(a_document("LA POSTE DES HALLES"), a_document("ECOLES PRIMAIRES"))
    assert index.titles("la poste") == ["LA POSTE DES HALLES"]
    assert index.titles("école primaire") == ["ECOLES PRIMAIRES"]


def test_a_clause_that_says_nothing_asks_for_nothing(index: Index) -> None:
    index.holds(a_document("Mairie"))
    assert index.titles("de la mairie") == ["Mairie"]


def test_a_word_counts_most_in_the_title_then_concept_structure_place_and_text(index: Index) -> None:
    index.holds(
        a_document("Cinq", text="La nounou passe."),
        a_document("Quatre", place="nounou"),
        a_document("Trois", structure="nounou"),
        a_document("Deux", concept="nounou"),
        a_document("nounou"),
    )
    assert index.titles("nounou") == ["nounou", "Deux", "Trois", "Quatre", "Cinq"]


def test_of_two_words_the_rare_one_decides(index: Index) -> None:
    usual = [a_document(f"Accueil {number}") for number in range(8)]
    index.holds(*usual, a_document("Tutelle 9"))
    either = words("accueil", "tutelle")
    assert index.titles(ask(clauses=(either,)))[0] == "Tutelle 9"


def test_a_short_title_comes_before_a_long_one(index: Index) -> None:
    index.holds(a_document("Amis de la piscine et des sports nautiques du canton"), a_document("Piscine"))
    assert index.titles("piscine")[0] == "Piscine"


def test_a_tag_is_one_way_to_meet_a_clause(index: Index) -> None:
    index.holds(a_document("Les Lutins", tags={"concept": ["PE01"]}), a_document("Rame et aviron"))
    assert index.titles(ask(clauses=(words("RAM", RPE),))) == ["Les Lutins"]


def test_alternatives_of_several_words_need_all_of_theirs(index: Index) -> None:
    index.holds(a_document("Relais petite enfance"), a_document("Relais colis"), a_document("RAM du canton"))
    found = index.titles(ask(clauses=(words("RAM", "relais petite enfance"),)))
    assert sorted(found) == ["RAM du canton", "Relais petite enfance"]


def test_an_alternative_of_less_weight_comes_later(index: Index) -> None:
    index.holds(a_document("Garderie"), a_document("Crèche"))
    lighter = Alternative(words=("garderie",), weight=0.5)
    assert index.titles(ask(clauses=(words("crèche", lighter),))) == ["Crèche", "Garderie"]


def _score(index: Index, *alternatives: str | Alternative) -> float:
    (hit,) = index.answer(ask(clauses=(words(*alternatives),))).hits
    return hit.score


def test_meeting_a_clause_twice_is_no_better_than_in_the_best_way(index: Index) -> None:
    index.holds(a_document("Crèche", text="Une garderie."))
    assert _score(index, "garderie", "crèche") == _score(index, "crèche") > _score(index, "garderie")


def test_an_alternative_of_many_words_is_no_better_than_one_of_a_single_word(index: Index) -> None:
    index.holds(a_document("Relais enfance"))
    assert _score(index, "relais enfance") == _score(index, "relais")


def test_a_start_counts_once_however_many_words_begin_so(index: Index) -> None:
    index.holds(a_document("Dentiste", text="Soins dentaires."))
    assert _score(index, Alternative(words=("dent",), is_prefix=True)) == _score(index, "dentiste")


def test_a_clause_that_is_not_required_only_lifts(index: Index) -> None:
    index.holds(a_document("Mairie"), a_document("Mairie de Romilly"), a_document("École de Romilly"))
    clauses = (words("mairie"), words("romilly", is_required=False))
    assert index.titles(ask(clauses=clauses)) == ["Mairie de Romilly", "Mairie"]


def test_wishes_alone_leave_everything_in(index: Index) -> None:
    index.holds(a_document("École"), a_document("Mairie"))
    assert index.titles(ask(clauses=(words("mairie", is_required=False),))) == ["Mairie", "École"]


@pytest.mark.parametrize("start", ["de", "den", "dent", "dentis", "Dentiste"])
def test_a_word_being_typed_stands_for_all_that_begin_so(index: Index, start: str) -> None:
    index.holds(a_document("Dentiste"), a_document("Mairie"))
    typing = Alternative(words=(start,), is_prefix=True)
    assert index.titles(ask(clauses=(words(typing),))) == ["Dentiste"]


def test_a_single_letter_asks_for_nothing_yet(index: Index) -> None:
    index.holds(a_document("Dentiste"), a_document("Mairie"))
    typing = Alternative(words=("d",), is_prefix=True)
    assert len(index.titles(ask(clauses=(words(typing),)))) == 2


def test_only_the_last_word_is_being_typed(index: Index) -> None:
    index.holds(a_document("Garde d’enfants"), a_document("Garderie d’enfants"))
    typing = Alternative(words=("garde", "enf"), is_prefix=True)
    assert index.titles(ask(clauses=(words(typing),))) == ["Garde d’enfants"]


def test_a_number_is_found_as_it_is_written(index: Index) -> None:
    index.holds(a_document("Pharmacie ouverte 24h/24"), a_document("Téléphone 03 25 00 00 00"))
    assert index.titles("24h/24") == ["Pharmacie ouverte 24h/24"]
    assert index.titles("0325000000") == ["Téléphone 03 25 00 00 00"]


def test_of_two_kinds_that_answer_the_rarer_is_not_the_better(index: Index) -> None:
    nurses = [a_document(f"Cabinet {number}", tags={"concept": ["SA04"]}) for number in range(8)]
    index.holds(*nurses, a_document("Maison rare", tags={"concept": ["SE04"]}))
    kinds = words(Alternative(tag=("concept", "SA04")), Alternative(tag=("concept", "SE04"), weight=0.9))
    assert index.titles(ask(clauses=(kinds,)))[-1] == "Maison rare"


def test_words_may_count_within_some_kinds_only(index: Index) -> None:
    index.holds(
        a_document("Stade de Mâcon", tags={"concept": ["CS05"]}),
        a_document("Maçon Pierre", tags={"concept": ["CO08"]}),
        a_document("Toitures", tags={"concept": ["CO08"]}),
    )
    trade = Alternative(words=("maçon",), within=("concept", frozenset({"CO08", "CO09"})))
    assert index.titles(ask(clauses=(words(trade),))) == ["Maçon Pierre"]
    assert index.titles(ask(clauses=(words(trade, is_required=False),)))[0] == "Maçon Pierre"


def test_words_may_count_outside_of_some_places_only(index: Index) -> None:
    index.holds(
        a_document("Gare de Troyes", tags={"commune": ["10387"]}),
        a_document("Car pour Troyes", tags={"commune": ["10268"]}),
        a_document("Troyes par téléphone"),
    )
    there = Alternative(words=("Troyes",), outside=("commune", frozenset({"10387"})))
    assert sorted(index.titles(ask(clauses=(words(there),)))) == ["Car pour Troyes", "Troyes par téléphone"]
