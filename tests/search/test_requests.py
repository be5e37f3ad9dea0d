"""Requests go to an address and back, whatever is in them; what nobody can use is told, never a fault."""

from datetime import date
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.text import tidy
from portal.geography.points import Point
from portal.hours.slots import Mode
from portal.search.requests import (
    LONGEST_PLACE,
    LONGEST_QUESTION,
    MODES,
    SORTS,
    Reading,
    SearchRequest,
    Undone,
    read_request,
)
from portal.search.when import DAY, NOW, WHOLE_DAY, DayName, Hours, When, read_when
from portal.vocabulary.audiences import Audience
from portal.vocabulary.loading import load_vocabulary
from search_index.queries import Sort

VOCABULARY = load_vocabulary()
THEMES = ["", *(family.slug for family in VOCABULARY.families), *(concept.code for concept in VOCABULARY.concepts)]


def read(query: str) -> Reading:
    return read_request(parse_qs(query, keep_blank_values=True), VOCABULARY)


@st.composite
def hours(draw: st.DrawFn) -> Hours:
    start = draw(st.integers(0, DAY - 1))
    return Hours(start, draw(st.integers(start + 1, DAY)))


def moments() -> st.SearchStrategy[When]:
    named = st.sampled_from([name for name in DayName if not (name.is_long or name is DayName.NOW)])
    dated = st.dates(date(2000, 1, 1), date(2099, 12, 31))
    return st.builds(When, st.sampled_from(DayName)) | st.builds(When, named | dated, st.just(WHOLE_DAY) | hours())


def tidied(longest: int) -> st.SearchStrategy[str]:
    return st.text(max_size=longest).map(tidy).filter(lambda text: len(text) <= longest and tidy(text) == text)


POINTS = st.builds(Point, st.floats(-90, 90), st.floats(-180, 180)).map(Point.cut)
REQUESTS = st.builds(
    SearchRequest,
    words=tidied(LONGEST_QUESTION),
    where=st.sampled_from(["", "10400", "Romilly-sur-Seine", "saint aubin (10)"]) | POINTS,
    radius=st.integers(1, 100),
    theme=st.sampled_from(THEMES),
    audiences=st.frozensets(st.sampled_from(Audience)),
    when=st.none() | moments(),
    mode=st.none() | st.sampled_from([*MODES.values()]),
    is_free=st.booleans(),
    is_accessible=st.booleans(),
    sort=st.sampled_from([*SORTS.values()]),
    page=st.integers(1, 500),
    undone=st.frozensets(st.sampled_from(Undone)),
)


@given(REQUESTS)
def test_every_request_comes_back_from_its_address(request: SearchRequest) -> None:
    reading = read(request.query_string)
    assert reading == Reading(request)
    assert list(request.parameters) == sorted(request.parameters)


NAMES = ["quoi", "ou", "rayon", "theme", "public", "quand", "mode", "gratuit", "accessible", "tri", "page", "sans"]


@given(st.dictionaries(st.sampled_from(NAMES), st.lists(st.text(max_size=300), max_size=3)))
def test_any_parameters_make_a_request_whose_address_is_stable(parameters: dict[str, list[str]]) -> None:
    request = read_request(parameters, VOCABULARY).request
    assert read(request.query_string).request == request


@given(moments())
def test_every_moment_comes_back_from_its_words(when: When) -> None:
    assert read_when(str(when)) == when


def test_defaults_are_left_out_of_the_address() -> None:
    assert SearchRequest().query_string == ""
    assert SearchRequest(words="crèche", radius=20, page=1).parameters == {"quoi": "crèche"}
    assert SearchRequest().asks_nothing
    assert not SearchRequest(where="10400").asks_nothing


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("rayon=500", SearchRequest(radius=100)),
        ("rayon=0", SearchRequest(radius=1)),
        ("rayon=12,6", SearchRequest(radius=13)),
        ("page=-3", SearchRequest(page=1)),
        ("page=1e9", SearchRequest(page=1)),
        ("page=999999", SearchRequest(page=500)),
        ("ou=48.51678,3.71234", SearchRequest(where=Point(48.516, 3.712))),
        ("ou=95.1,3.7", SearchRequest(where="95.1,3.7")),
        ("mode=telephone", SearchRequest(mode=Mode.PHONE)),
        ("gratuit=oui&accessible=0", SearchRequest(is_free=True)),
        ("tri=ouverture&quand=maintenant", SearchRequest(sort=Sort.OPENING, when=NOW)),
        ("quand=2026-12-01T18:30", SearchRequest(when=When(date(2026, 12, 1), Hours(1110, 1111)))),
        ("public=jeunes,familles", SearchRequest(audiences=frozenset({Audience.YOUNG_PEOPLE, Audience.FAMILIES}))),
        ("public=jeunes&public=seniors", SearchRequest(audiences=frozenset({Audience.YOUNG_PEOPLE, Audience.SENIORS}))),
        ("theme=pe01", SearchRequest(theme="PE01")),
        ("inconnu=1&quoi=%00", SearchRequest()),
    ],
)
def test_values_are_read_and_brought_back_to_their_limits(query: str, expected: SearchRequest) -> None:
    reading = read(query)
    assert (reading.request, reading.problems) == (expected, ())
    assert [each.field for each in reading.adjusted] == [query.partition("=")[0]] * (query in BROUGHT_BACK)


BROUGHT_BACK = {"rayon=500", "rayon=0", "rayon=12,6", "page=-3", "page=1e9", "page=999999"}
UNUSABLE = """
    rayon=loin quand=hier quand=2026-13-01 quand=2026-02-30 quand=samedi-25h quand=maintenant-soir
    mode=cheval tri=hasard theme=xx public=chats gratuit=peut-être sans=tout
"""


@pytest.mark.parametrize("query", UNUSABLE.split())
def test_what_nobody_can_use_is_told_in_a_sentence(query: str) -> None:
    (problem,) = read(query).problems
    assert problem.field == query.partition("=")[0]
    assert problem.text.endswith(".")


def test_words_past_the_longest_question_are_ignored_and_said() -> None:
    reading = read_request({"quoi": ["garde " * 20_000]}, VOCABULARY)
    (told,) = reading.adjusted
    assert (told.field, told.kept, told.given[-1]) == ("quoi", reading.request.words, "…")
    assert len(reading.request.words) <= LONGEST_QUESTION
    assert reading.request.words.endswith("garde")


def test_a_place_longer_than_any_name_is_cut_and_said() -> None:
    reading = read_request({"ou": ["Saint-" * 40]}, VOCABULARY)
    (told,) = reading.adjusted
    assert (told.field, told.kept) == ("ou", reading.request.where)
    assert len(told.kept) <= LONGEST_PLACE


@pytest.mark.parametrize(
    ("query", "where"),
    [
        ("ou=48.516,3.727&ou=Ma+position", Point(48.516, 3.727)),
        ("ou=48.516,3.727&ou=my+location", Point(48.516, 3.727)),
        ("ou=48.516,3.727&ou=Romilly", "Romilly"),
        ("ou=48.516,3.727&ou=", ""),
        ("ou=Ma+position", ""),
        ("ou=Ma+position&ou=Romilly", "Romilly"),
        ("ou=&ou=Romilly", "Romilly"),
        ("ou=Romilly&ou=Romilly", "Romilly"),
    ],
)
def test_a_field_beside_the_point_it_bears_says_one_place(query: str, where: str | Point) -> None:
    reading = read(query)
    assert (reading.request.where, reading.adjusted) == (where, ())


@pytest.mark.parametrize(
    "query", ["ou=Romilly&ou=Nogent", "ou=Romilly&ou=48.516,3.727", "ou=Romilly&ou=Ma+position&ou=Nogent"]
)
def test_of_several_places_the_first_counts_and_that_is_said(query: str) -> None:
    reading = read(query)
    assert [(each.field, each.kept) for each in reading.adjusted] == [("ou", "Romilly")]
    assert "est donné plusieurs fois" in reading.adjusted[0].text


def test_an_empty_value_leaves_the_one_beside_it() -> None:
    assert read("quoi=&quoi=crèche").request.words == "crèche"
