"""A question stays in French words; its answer is said in the language of the page."""

from urllib.parse import parse_qs

import pytest

from portal.directory.rules.choices import Cost
from portal.hours.slots import Mode
from portal.search.names import NameKind
from portal.search.requests import read_request
from portal.search.shapes import remarks
from portal.search.suggesting import suggestions_for
from portal.vocabulary.loading import load_vocabulary
from tests.search.towns import Town, serving


def test_what_was_understood_is_said_in_english(town: Town) -> None:
    answer = town.ask("nounou à Romilly samedi matin gratuit", language="en")
    assert [part.meaning for part in answer.understood.parts] == [
        "Romilly-sur-Seine (10)",
        "today, in the morning",
        "Registered childminder, Early childhood relay, Nursery / crèche",
        "free",
    ]


def test_filters_are_named_in_english(town: Town) -> None:
    town.knows(serving("Crèche", concepts=("PE02",), modes=(Mode.ON_SITE,), cost=Cost.FREE))
    facets = {facet.label: facet.values for facet in town.ask("crèche", language="en").facets}
    assert {name: facets[name][0].label for name in ("Kind of service", "How", "Cost")} == {
        "Kind of service": "Nursery / crèche",
        "How": "On site",
        "Cost": "Free",
    }


def test_an_empty_page_offers_its_ways_out_in_english(town: Town) -> None:
    town.knows(serving("Cinéma des Quais", concepts=("CS03",), cost=Cost.PAID))
    answer = town.ask("cinéma gratuit", language="en")
    assert answer.help is not None
    assert [way.label for way in answer.help.ways] == ["Including paid services"]


def test_remarks_and_emergency_numbers_are_said_in_english(town: Town) -> None:
    understood = town.ask("je veux mourir près de chez moi", language="en").understood
    assert understood.emergencies[0].purpose == "Suicide prevention, day and night"
    assert remarks(understood, "en") == ("Give your town or village, or allow your location, to search near you.",)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("rayon=loin", "The radius is in kilometres, for example rayon=20."),
        ("gratuit=peut-être", "“gratuit” takes 1 for yes, or nothing."),
        ("theme=xyz", "This topic does not exist: choose one from the list of topics."),
        ("mode=ballon", "“mode” takes sur-place, telephone, visio or domicile."),
        ("sans=rien", "“sans” takes lieu, quand, besoin, filtre, faute or langue."),
    ],
)
def test_what_nobody_can_use_is_told_in_english(query: str, sentence: str) -> None:
    reading = read_request(parse_qs(query), load_vocabulary(), "en")
    assert [problem.text for problem in reading.problems] == [sentence]


def test_the_language_is_no_parameter_of_the_address() -> None:
    request = read_request({}, load_vocabulary(), "en").request
    assert (request.parameters, request.asks_nothing, request.language) == ({}, True, "en")


def test_a_question_in_english_finds_what_its_french_would(town: Town) -> None:
    town.knows(serving("Cabinet du Dr Bois", concepts=("SA01",)), serving("Mairie", concepts=("AD01",)))
    answer = town.ask("I need a doctor in Romilly", language="en")
    assert [hit.card.title for hit in answer.hits] == ["Cabinet du Dr Bois"]
    assert answer.understood.subject == "doctor"
    assert [part.words for part in answer.understood.parts] == ["Romilly", "doctor"]


def test_a_french_page_keeps_its_words(town: Town) -> None:
    town.knows(serving("Le Bar de la Post", concepts=("CO05",)))
    assert town.titles("post") == ["Le Bar de la Post"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("doc", "General practitioner (doctor)"),
        ("child", "Child protection"),
        ("libr", "Library"),
        ("post", "Post office or postal point"),
        ("romi", "Romilly-sur-Seine (10)"),
    ],
)
def test_suggestions_of_an_english_page_are_in_english(town: Town, typed: str, expected: str) -> None:
    assert expected in [name.text for name in suggestions_for(town.search, typed, "en")]


def test_suggestions_chosen_on_an_english_page_are_understood(town: Town) -> None:
    names = [name for name in suggestions_for(town.search, "fr", "en") if name.kind is NameKind.CONCEPT]
    assert names
    for name in names:
        understood = town.ask(name.text.partition(" (")[0], language="en").understood
        assert name.key in understood.concepts
