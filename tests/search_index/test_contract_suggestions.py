"""Contract: words that complete a start, and words a misspelt one may have meant."""

import pytest

from search_index.results import Suggestion
from tests.search_index.builders import Index, a_document


@pytest.fixture
def town(index: Index) -> Index:
    """Hold some words, some of them in several documents."""
    index.holds(
        a_document("École maternelle", text="Cantine et garderie, transport."),
        a_document("École primaire", text="transport"),
        a_document("Écrivain public"),
        a_document("Permanence CAF", text="Tél. 03 25 00 00 00, 10400 Nogent"),
        a_document("Café des aidants", text="transport"),
    )
    return index


def _words(suggestions: tuple[Suggestion, ...]) -> list[str]:
    return [suggestion.word for suggestion in suggestions]


@pytest.mark.parametrize("start", ["e", "éc", "ECO", "l’éco", "une éco"])
def test_the_most_frequent_word_completes_first_as_it_is_written(town: Index, start: str) -> None:
    first = town.engine.completions(start)[0]
    assert (first.word, first.n_documents) == ("École", 2)


def test_completions_are_as_many_as_asked(town: Index) -> None:
    assert _words(town.engine.completions("c", limit=2)) == ["CAF", "Café"]
    assert town.engine.completions("xyz") == ()
    assert town.engine.completions("école ") == ()


def test_numbers_and_stop_words_complete_nothing(town: Index) -> None:
    assert town.engine.completions("0") == ()
    assert town.engine.completions("de") == ()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("transprt", ["transport"]),
        ("trasnport", ["transport"]),
        ("TRANNSPORT", ["transport"]),
        ("trenspor", ["transport"]),
        ("maternlele", ["maternelle"]),
        ("ecloe", ["École"]),
        ("gardrie", ["garderie"]),
    ],
)
def test_slips_are_corrected(town: Index, typed: str, meant: list[str]) -> None:
    assert _words(town.engine.corrections(typed)) == meant


def test_a_correction_tells_its_slips_and_its_documents(town: Index) -> None:
    assert town.engine.corrections("trasnpor") == (Suggestion("transport", 3, slips=2),)


@pytest.mark.parametrize(
    "word", ["transport", "transports", "caf", "cfa", "de", "zzzzzzzz", "0325000001", "", "école x"]
)
def test_known_short_numeric_and_far_off_words_are_left_alone(town: Index, word: str) -> None:
    assert town.engine.corrections(word) == ()


def test_two_slips_need_seven_letters(town: Index) -> None:
    assert town.engine.corrections("eclo") == ()


def test_fewer_slips_come_before_more_documents(index: Index) -> None:
    index.holds(a_document("voiture"), a_document("voitures"), a_document("voitures"))
    assert _words(index.engine.corrections("voitrue")) == ["voiture", "voitures"]


def test_of_as_many_slips_the_more_frequent_word_comes_first(index: Index) -> None:
    index.holds(a_document("cartons"), a_document("cartes"), a_document("cartes"))
    assert _words(index.engine.corrections("cartens")) == ["cartes", "cartons"]


@pytest.mark.parametrize(("word", "is_known"), [("écoles", True), ("CAF", True), ("pour", True), ("piscine", False)])
def test_an_index_knows_its_words_in_any_form(town: Index, word: str, is_known: bool) -> None:  # noqa: FBT001  # a column of the table
    assert town.engine.knows(word) is is_known


def test_the_usual_writing_is_the_one_suggested(index: Index) -> None:
    index.holds(a_document("Mairie"), a_document("Mairie"), a_document("mairie"))
    assert index.engine.completions("mai") == (Suggestion("Mairie", 3),)
