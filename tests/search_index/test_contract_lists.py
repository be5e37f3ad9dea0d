"""Contract: filters, counts, one hit for each service, sorts and pages."""

import pytest

from search_index.queries import Sort
from search_index.results import Count
from search_index.times import Span
from tests.search_index.builders import CLOSED, HOUR, OPEN, Index, a_document

HEALTH, HOUSING = {"theme": ["sante"]}, {"theme": ["logement"]}


def _only(**values: str) -> dict[str, frozenset[str]]:
    return {facet: frozenset(value.split()) for facet, value in values.items()}


@pytest.fixture
def town(index: Index) -> Index:
    """Hold four services of three themes."""
    index.holds(
        a_document("A", tags={"theme": ["sante"], "cost": ["free"]}),
        a_document("B", tags={"theme": ["sante", "seniors"], "cost": ["paid"]}),
        a_document("C", tags={"theme": ["logement"], "cost": ["free"]}),
        a_document("D"),
    )
    return index


def test_a_filter_takes_any_of_its_values_and_all_filters_must_agree(town: Index) -> None:
    assert town.titles(filters=_only(theme="logement seniors")) == ["B", "C"]
    assert town.titles(filters=_only(theme="logement seniors", cost="free")) == ["C"]
    assert town.titles(filters=_only(theme="unheard-of")) == []


def test_a_filter_without_values_lets_nothing_through(town: Index) -> None:
    assert town.answer("", filters={"theme": frozenset()}).total == 0


def test_facets_count_what_is_found_the_most_frequent_first(town: Index) -> None:
    counts = town.answer("", facets=("theme", "cost", "language")).facets
    assert counts["theme"] == (Count("sante", 2), Count("logement", 1), Count("seniors", 1))
    assert counts["cost"] == (Count("free", 2), Count("paid", 1))
    assert counts["language"] == ()


def test_a_facet_leaves_its_own_filter_out_of_its_count(town: Index) -> None:
    counts = town.answer("", filters=_only(theme="logement", cost="free"), facets=("theme", "cost")).facets
    assert counts["theme"] == (Count("logement", 1), Count("sante", 1))
    assert counts["cost"] == (Count("free", 1),)


def test_facets_count_only_what_the_words_the_radius_and_the_times_let_through(index: Index) -> None:
    index.holds(
        a_document("Mairie", tags=HEALTH, km=1, schedule="day"),
        a_document("Mairie", tags=HEALTH, km=50, schedule="day"),
        a_document("Mairie", tags=HEALTH, km=1),
        a_document("École", tags=HEALTH, km=1, schedule="day"),
    )
    index.opens(day=((0, OPEN),))
    open_now = index.answer("mairie", km=10, during=Span(HOUR, HOUR), facets=("theme",))
    assert open_now.facets["theme"] == (Count("sante", 1),)


def test_the_nearest_document_stands_for_its_group(index: Index) -> None:
    index.holds(
        a_document("Siège", group=5, km=12),
        a_document("Antenne", group=5, km=3),
        a_document("Téléphone", group=5),
        a_document("Autre", group=6, km=8),
    )
    results = index.answer("", is_near=True)
    assert [(hit.group, hit.key) for hit in results.hits] == [(5, 2), (6, 4)]
    assert results.total == 2


def test_the_nearest_stands_for_its_group_even_when_another_opens_sooner(index: Index) -> None:
    index.holds(a_document("Ouvert", group=5, km=12, schedule="open"), a_document("Près", group=5, km=3))
    index.opens(open=((0, OPEN),))
    assert index.titles(is_near=True, now=5) == ["Près"]


def test_without_a_place_the_one_that_receives_next_stands_for_its_group(index: Index) -> None:
    index.holds(
        a_document("Lundi", group=5, schedule="late"),
        a_document("Mardi", group=5, schedule="soon"),
        a_document("X", group=5),
    )
    index.opens(late=((0, CLOSED), (900, OPEN)), soon=((0, CLOSED), (600, OPEN)))
    assert index.titles(now=5) == ["Mardi"]
    assert index.titles() == ["Lundi"]


def test_only_documents_that_answer_can_stand_for_their_group(index: Index) -> None:
    index.holds(a_document("Nogent", group=5, km=1), a_document("Romilly", group=5, km=18))
    assert index.titles("romilly", is_near=True) == ["Romilly"]


def test_a_group_is_counted_once_in_a_facet(index: Index) -> None:
    index.holds(
        a_document("A", group=5, tags=HEALTH), a_document("B", group=5, tags=HEALTH), a_document("C", tags=HOUSING)
    )
    assert index.answer("", facets=("theme",)).facets["theme"] == (Count("logement", 1), Count("sante", 1))


@pytest.mark.parametrize(
    ("sort", "titles"),
    [
        (Sort.RELEVANCE, ["Épicerie", "Zinc", "Ailleurs", "Bar"]),
        (Sort.DISTANCE, ["Zinc", "Ailleurs", "Épicerie", "Bar"]),
        (Sort.NAME, ["Ailleurs", "Bar", "Épicerie", "Zinc"]),
    ],
)
def test_sorts(index: Index, sort: Sort, titles: list[str]) -> None:
    index.holds(
        a_document("Bar", text="pain"),
        a_document("Zinc", text="pain", km=1),
        a_document("Épicerie", concept="pain", km=9),
        a_document("Ailleurs", text="pain", km=4),
    )
    assert index.titles("pain", is_near=True, sort=sort) == titles


def test_equals_are_sorted_by_name_then_key(index: Index) -> None:
    index.holds(a_document("B"), a_document("A"), a_document("B"))
    assert [hit.key for hit in index.answer("").hits] == [2, 1, 3]


def test_equal_names_are_sorted_by_distance(index: Index) -> None:
    index.holds(a_document("Mairie", km=9), a_document("Mairie", km=2))
    assert [hit.key for hit in index.answer("", is_near=True, sort=Sort.NAME).hits] == [2, 1]


def test_pages_follow_each_other_without_repeating_a_row(index: Index) -> None:
    index.holds(*(a_document("Mairie", km=number % 3) for number in range(25)))
    pages = [index.answer("mairie", is_near=True, offset=start, limit=10) for start in (0, 10, 20, 30)]
    keys = [hit.key for page in pages for hit in page.hits]
    assert [len(page.hits) for page in pages] == [10, 10, 5, 0]
    assert len(set(keys)) == len(keys) == 25
    assert {page.total for page in pages} == {25}
