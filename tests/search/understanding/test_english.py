"""Questions of English pages are understood as their French ones would be."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from portal.geography.lookup import communes
from portal.geography.territories import demonstration_territory
from portal.search.understanding.english import said_in_french
from portal.search.understanding.question import Book, make_book, understand
from portal.vocabulary.loading import load_vocabulary

SATURDAY = datetime(2026, 11, 28, 9, tzinfo=ZoneInfo("Europe/Paris"))


@pytest.fixture(scope="module")
def book() -> Book:
    return make_book(load_vocabulary(), communes(), demonstration_territory().communes)


@pytest.mark.parametrize(
    ("question", "french"),
    [
        ("I need a doctor in Nogent on Saturday morning", "médecin à Nogent samedi matin"),
        ("childminders near me", "nounou près de moi"),
        ("Where can I renew my passport?", "renouveler passeport?"),
        ("library open after 6 pm", "bibliothèque ouvert après 18h"),
        ("post office at 9:30 am", "la poste à 9h30"),
        ("pharmacy from 2 pm to 4 pm", "pharmacie de 14h à 16h"),
        ("nounou à Romilly", "nounou à Romilly"),
        ("The Old Mill", "Old Mill"),
        ("", ""),
    ],
)
def test_what_is_known_is_put_into_french(question: str, french: str) -> None:
    assert said_in_french(question).text == french


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("doctor", "SA01"),
        ("childminder", "PE03"),
        ("I need a nursery for my baby", "PE02"),
        ("identity card", "AD09"),
        ("job centre", "EM01"),
        ("food bank", "SO08"),
        ("home help for older people", "SE03"),
        ("post office", "AD06"),
        ("library", "CS01"),
        ("carpool", "MO04"),
        ("family benefits", "SO03"),
        ("help with paperwork online", "AD03"),
        ("domestic violence", "SO11"),
        ("learn french class", "SO13"),
        ("school bus", "ED06"),
        ("train station", "MO02"),
    ],
)
def test_an_everyday_need_is_recognised(book: Book, question: str, code: str) -> None:
    needs = understand(said_in_french(question).text, book, now=SATURDAY, language="en").needs
    assert code in [meaning.code for need in needs for meaning in need.meanings]


def test_place_and_time_are_understood_together(book: Book) -> None:
    understood = understand(said_in_french("dentist in Nogent on Tuesday").text, book, now=SATURDAY, language="en")
    assert [part.meaning for part in understood.parts] == [
        "Nogent-sur-Seine (10)",
        "Tuesday 1 December",
        "Dentist",
    ]
    assert understood.rest == ()


@pytest.mark.parametrize("question", ["my husband hits me", "heart attack", "fire at home", "rape"])
def test_danger_said_in_english_brings_the_numbers(book: Book, question: str) -> None:
    assert understand(said_in_french(question).text, book, now=SATURDAY, language="en").emergencies


def test_what_was_understood_is_given_back_as_it_was_typed() -> None:
    question = said_in_french("Doctor near me on Saturday after 6 pm")
    assert question.text == "médecin près de moi samedi après 18h"
    assert question.as_typed("médecin") == "Doctor"
    assert question.as_typed("samedi après 18h") == "Saturday after 6 pm"


@pytest.mark.parametrize(
    ("question", "french"),
    [
        ("bus to Troyes", "bus vers Troyes"),
        ("bus to troyes", "bus vers troyes"),
        ("how to see a doctor", "médecin"),
    ],
)
def test_to_leads_to_a_place_and_says_nothing_before_a_verb(question: str, french: str) -> None:
    assert said_in_french(question).text == french
