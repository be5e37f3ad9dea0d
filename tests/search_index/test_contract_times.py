"""Contract: who receives when, and what is said of those of whom nobody knows."""

import pytest

from search_index.queries import Sort
from search_index.times import Span, State, Timetables
from tests.search_index.builders import APPOINTMENT, CLOSED, HOUR, OPEN, UNKNOWN, WEEK, Index, a_document

MORNING = ((0, CLOSED), (9 * HOUR, OPEN), (12 * HOUR, CLOSED))
AFTERNOON = ((0, CLOSED), (14 * HOUR, APPOINTMENT), (17 * HOUR, CLOSED))
MUDDLED = ((0, UNKNOWN), (20 * HOUR, CLOSED))


@pytest.fixture
def week(index: Index) -> Index:
    """Hold four offices and their week."""
    index.holds(
        a_document("Matin", schedule="morning"),
        a_document("Rendez-vous", schedule="afternoon"),
        a_document("À vérifier", schedule="muddled"),
        a_document("Sans horaires"),
    )
    index.opens(morning=MORNING, afternoon=AFTERNOON, muddled=MUDDLED)
    return index


@pytest.mark.parametrize(
    ("hour", "states"),
    [
        (8, [CLOSED, CLOSED, UNKNOWN, UNKNOWN]),
        (9, [OPEN, CLOSED, UNKNOWN, UNKNOWN]),
        (12, [CLOSED, CLOSED, UNKNOWN, UNKNOWN]),
        (14, [CLOSED, APPOINTMENT, UNKNOWN, UNKNOWN]),
        (21, [CLOSED, CLOSED, CLOSED, UNKNOWN]),
    ],
)
def test_each_hit_tells_its_state_now(week: Index, hour: int, states: list[State]) -> None:
    hits = sorted(week.answer("", now=hour * HOUR).hits, key=lambda hit: hit.key)
    assert [hit.state for hit in hits] == states


def test_states_are_unknown_outside_the_window_and_without_now(week: Index) -> None:
    assert {hit.state for hit in week.answer("", now=WEEK.last + 1).hits} == {UNKNOWN}
    assert {hit.state for hit in week.answer("").hits} == {UNKNOWN}


def test_a_minute_finds_those_who_receive_and_counts_those_of_whom_nobody_knows(week: Index) -> None:
    results = week.answer("", during=Span(10 * HOUR, 10 * HOUR))
    assert [hit.key for hit in results.hits] == [1]
    assert (results.total, results.n_unknown) == (1, 2)


def test_a_span_finds_those_who_receive_at_some_minute_of_it(week: Index) -> None:
    assert sorted(week.titles(during=Span(11 * HOUR, 15 * HOUR))) == ["Matin", "Rendez-vous"]
    assert week.titles(during=Span(12 * HOUR, 14 * HOUR - 1)) == []
    assert week.titles(during=Span(12 * HOUR, 14 * HOUR)) == ["Rendez-vous"]


def test_the_last_minute_before_closing_is_open(week: Index) -> None:
    assert week.titles(during=Span(12 * HOUR - 1, 12 * HOUR - 1)) == ["Matin"]


def test_an_office_that_is_surely_closed_is_not_counted_as_unknown(week: Index) -> None:
    assert week.answer("", during=Span(21 * HOUR, 22 * HOUR)).n_unknown == 1


def test_beyond_the_window_nobody_is_known_to_receive(week: Index) -> None:
    results = week.answer("", during=Span(WEEK.last + 1, WEEK.last + 9))
    assert (results.total, results.n_unknown) == (0, 4)


def test_a_group_that_receives_elsewhere_is_not_unknown(index: Index) -> None:
    index.holds(a_document("Antenne", group=7, schedule="muddled"), a_document("Siège", group=7, schedule="morning"))
    index.opens(morning=MORNING, muddled=MUDDLED)
    results = index.answer("", during=Span(10 * HOUR, 10 * HOUR))
    assert (results.total, results.n_unknown) == (1, 0)


@pytest.mark.parametrize(("hour", "n_open"), [(8, 0), (9, 1), (14, 1), (21, 0)])
def test_what_receives_now_is_counted_whatever_span_is_asked(week: Index, hour: int, n_open: int) -> None:
    for during in (None, Span(10 * HOUR, 10 * HOUR), Span(15 * HOUR, 30 * HOUR)):
        assert week.answer("", now=hour * HOUR, during=during, counts_open=True).n_open == n_open
    assert week.answer("", now=hour * HOUR).n_open == 0


def test_what_receives_now_counts_once_where_the_filters_let_it_through(index: Index) -> None:
    for title in ("Antenne", "Siège"):
        index.holds(a_document(title, group=7, schedule="morning", tags={"theme": ["sante"]}))
    index.opens(morning=MORNING)
    for theme, n_open in (("sante", 1), ("emploi", 0)):
        for facets in ((), ("theme",)):
            wanted = {"theme": frozenset({theme})}
            results = index.answer("", now=10 * HOUR, filters=wanted, facets=facets, counts_open=True)
            assert results.n_open == n_open


def test_unknown_documents_count_only_where_the_filters_let_them_through(week: Index) -> None:
    filters = {"theme": frozenset({"sante"})}
    assert week.answer("", during=Span(0, 0), filters=filters).n_unknown == 0


def test_sorted_by_opening_those_who_receive_next_come_first_and_the_unknown_last(week: Index) -> None:
    in_the_morning = week.titles(sort=Sort.OPENING, now=8 * HOUR)
    assert in_the_morning == ["Matin", "Rendez-vous", "À vérifier", "Sans horaires"]
    assert week.titles(sort=Sort.OPENING, now=14 * HOUR)[0] == "Rendez-vous"


def test_new_times_replace_the_old_ones(week: Index) -> None:
    week.engine.tell_times(Timetables(WEEK, {"muddled": ((0, OPEN),)}))
    assert week.titles(during=Span(5, 5)) == ["À vérifier"]


def test_times_told_before_the_documents_hold_for_them(index: Index) -> None:
    index.opens(morning=MORNING)
    index.holds(a_document("Matin", schedule="morning"))
    assert index.titles(during=Span(10 * HOUR, 10 * HOUR)) == ["Matin"]


def test_what_is_over_until_next_year_comes_behind_what_goes_on(index: Index) -> None:
    index.holds(a_document("Colonie d’été", schedule="summer"), a_document("Colonie d’été et d’hiver", schedule="all"))
    index.opens(summer=((0, State.SEASON_OVER),), all=((0, CLOSED),))
    hits = index.answer("colonie", now=9 * HOUR).hits
    assert [hit.state for hit in hits] == [CLOSED, State.SEASON_OVER]
