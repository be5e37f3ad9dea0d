"""Which word a misspelt one meant: as people slip, and never one that begins with another sound."""

import pytest

from portal.search.correcting import WordBook, begins_alike, unlikelihood, word_book
from portal.search.understanding.question import Book


@pytest.fixture(scope="module")
def words(book: Book) -> WordBook:
    return word_book(book)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("pharmcie", "pharmacie"),
        ("borse", "bourse"),
        ("médiathèqeu", "médiathèque"),
        ("opital", "hôpital"),
        ("karte", "carte"),
        ("orthofoniste", "orthophoniste"),
        ("alocation", "allocation"),
        ("ortofoniste", "orthophoniste"),
    ],
)
def test_a_slip_leads_to_the_word_that_was_meant(words: WordBook, typed: str, meant: str) -> None:
    key = typed.replace("é", "e").replace("è", "e")
    found = words.nearest(key)
    assert found is not None
    assert found[1].lower() == meant


@pytest.mark.parametrize(("typed", "meant"), [("dental", "mental"), ("bain", "main"), ("rame", "dame")])
def test_a_word_never_becomes_one_that_begins_with_another_sound(typed: str, meant: str) -> None:
    assert not begins_alike(typed, meant)


@pytest.mark.parametrize(
    ("typed", "meant"), [("kine", "cine"), ("opital", "hopital"), ("hecole", "ecole"), ("apris", "paris")]
)
def test_the_first_letter_may_be_forgotten_added_swapped_or_sound_the_same(typed: str, meant: str) -> None:
    assert begins_alike(typed, meant)


def test_letters_swapped_are_likelier_than_letters_left_out_and_those_than_others_taken() -> None:
    assert unlikelihood("gaer", "gare") < unlikelihood("gre", "gare") < unlikelihood("gate", "gare")


def test_a_word_that_goes_with_its_neighbour_is_meant_first(words: WordBook) -> None:
    found = words.nearest("fame", ["sage"])
    assert found is not None
    assert found[1] == "femme"
