"""From a question to one page of hits and the counts."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from search_index import ranking
from search_index.asked import Asked
from search_index.queries import Query, Sort
from search_index.results import Count, Hit, Results
from search_index.times import Span, State
from search_index.whoosh_engine import grouping
from search_index.whoosh_engine.choosing import Choice, chosen, receives
from search_index.whoosh_engine.counting import counts
from search_index.whoosh_engine.matching import Matched, matched
from search_index.whoosh_engine.openings import UNKNOWN, YES
from search_index.whoosh_engine.paging import Key, Places, Values, page_of
from search_index.whoosh_engine.rows import Floats, Mask, Rows, places_of
from search_index.whoosh_engine.view import AREAS, View

_STATES = tuple(State)
_NO_AREAS, _COMPETENT, _NOT_COMPETENT = 0, 1, 2
_IS_COMPETENT = (None, True, False)
_COMPETENCE = np.array([1.0, ranking.COMPETENT, ranking.NOT_COMPETENT])


class _Answers(NamedTuple):
    """The rows that stand for the groups found."""

    rows: Rows
    distances: Floats | None
    competence: NDArray[np.uint8] | None
    scores: Floats | None
    """Worked out for all of them only where they decide the order."""

    def at(self, places: Places) -> "_Answers":
        """Give some of them."""
        return _Answers(
            self.rows[places],
            None if self.distances is None else self.distances[places],
            None if self.competence is None else self.competence[places],
            None if self.scores is None else self.scores[places],
        )


def answered(view: View, query: Query, clauses: Sequence[Asked]) -> Results:
    """Answer a question whose words have been read."""
    found = matched(view, clauses)
    choice = chosen(view, query, found)
    if not len(choice.rows):
        return Results(facets=dict.fromkeys(query.facets, ()))
    passing, receiving = choice.passing(), receives(choice)
    is_answer = _both(passing, receiving)
    answering = choice if is_answer is None else choice.kept(is_answer)
    answers = _answers(view, query, found, answering)
    return Results(
        hits=_hits(view, query, found, answers),
        total=len(answers.rows),
        facets=_counts(view, query, choice, answering, receiving),
        n_unknown=_n_unknown(view, choice, passing, answering) if query.during else 0,
        n_open=_n_open(view, query.now, choice, passing) if query.counts_open and query.now is not None else 0,
    )


def _both(one: Mask | None, other: Mask | None) -> Mask | None:
    if one is None or other is None:
        return other if one is None else one
    return one & other


def _answers(view: View, query: Query, found: Matched, answering: Choice) -> _Answers:
    """Score the rows that stand for their groups."""
    now = query.now
    waits = None if now is None else lambda rows: view.openings.waits(view.schedule_of_row[rows], now)
    rows, distances = answering.rows, answering.distances
    stands = grouping.standing(view, rows, distances, waits)
    if stands is not None:
        rows, distances = rows[stands], None if distances is None else distances[stands]
    answers = _Answers(rows, distances, _competence(view, query, rows), None)
    return answers._replace(scores=_scores(view, query, found, answers)) if query.sort is Sort.RELEVANCE else answers


def _competence(view: View, query: Query, rows: Rows) -> NDArray[np.uint8] | None:
    if not query.areas:
        return None
    of_set = np.where(view.columns.areas.is_filled, np.uint8(_NOT_COMPETENT), np.uint8(_NO_AREAS))
    if query.covered:
        of_set[view.sets_having(AREAS, query.covered)] = _NO_AREAS
    of_set[view.sets_having(AREAS, query.areas)] = _COMPETENT
    return of_set[view.columns.areas.of_row[rows]]


def _scores(view: View, query: Query, found: Matched, answers: _Answers) -> Floats:
    rows, distances, competence, _ = answers
    ones = view.ones[: len(rows)]
    text = found.scores(rows) if found.required or found.optional else ones
    if query.near is not None and query.sort is Sort.RELEVANCE:
        text = ranking.levelled(text)
    if query.now is not None:
        is_over = view.openings.states(query.now)[view.schedule_of_row[rows]] == State.SEASON_OVER
        text = np.where(is_over, ranking.OUT_OF_SEASON * text, text)
    close = ones if distances is None else _closeness(view, query, rows, distances, competence)
    competent = ones if competence is None else _COMPETENCE[competence]
    fresh = view.freshness(query.today)[rows] if query.today else ones
    return ranking.whole(text, close, competent, fresh)


def _closeness(view: View, query: Query, rows: Rows, distances: Floats, competence: NDArray[np.uint8] | None) -> Floats:
    close = ranking.closeness(distances)
    is_nowhere = distances == np.inf
    close[is_nowhere] = ranking.NOWHERE_CLOSENESS
    if query.remote:
        is_remote = places_of(rows, view.rows_having(query.remote))[1]
        close[is_remote & is_nowhere] = ranking.REMOTE_CLOSENESS
    if competence is not None:
        in_charge = competence == _COMPETENT
        close[in_charge] = ranking.closeness_in_charge(close[in_charge])
    return close


def _hits(view: View, query: Query, found: Matched, answers: _Answers) -> tuple[Hit, ...]:
    shown = answers.at(page_of(_order(view, query, answers), len(answers.rows), query.offset, query.limit))
    rows, scores = shown.rows, shown.scores
    if scores is None:
        scores = _scores(view, query, found, shown)
    n_hits = len(rows)
    distances: list[float | None] = [None] * n_hits
    if shown.distances is not None:
        distances = [None if metres == math.inf else metres for metres in shown.distances.tolist()]
    states = [State.UNKNOWN] * n_hits
    if query.now is not None:
        codes = view.openings.states(query.now)[view.schedule_of_row[rows]]
        states = [_STATES[code] for code in codes.tolist()]
    competent: list[bool | None] = [None] * n_hits
    if shown.competence is not None:
        competent = [_IS_COMPETENT[code] for code in shown.competence.tolist()]
    keys, groups = view.columns.keys[rows].tolist(), view.columns.groups[rows].tolist()
    return tuple(map(Hit, keys, groups, scores.tolist(), distances, states, competent))


def _order(view: View, query: Query, answers: _Answers) -> list[Key]:
    """Give what hits are sorted by; what counts less is worked out only where what counts more is equal."""
    rows, now, scores = answers.rows, query.now, answers.scores
    names, keys = _of(view.columns.names.ranks, rows), _of(view.columns.keys, rows)
    metres = [] if answers.distances is None else [answers.distances.__getitem__]
    if query.sort is Sort.NAME:
        return [names, *metres, keys]
    first: list[Key] = []
    if scores is not None:
        first = [lambda places: -scores[places]]
    if query.sort is Sort.OPENING and now is not None:
        first = [lambda places: view.openings.waits(view.schedule_of_row[rows[places]], now)]
    return [*first, *metres, names, keys]


def _of(column: Values, rows: Rows) -> Key:
    return lambda places: column[rows[places]]


def _counts(
    view: View, query: Query, choice: Choice, answering: Choice, receiving: Mask | None
) -> dict[str, tuple[Count, ...]]:
    """Count the values of facets, each as if it were not filtered itself."""
    free = [facet for facet in query.facets if facet not in choice.passed]
    found = dict(counts(view, free, answering.rows))
    for facet in choice.passed:
        which = _both(choice.passing(but=facet), receiving)
        found |= counts(view, [facet], choice.rows if which is None else choice.rows[which])
    return {facet: found[facet] for facet in query.facets}


def _n_unknown(view: View, choice: Choice, passing: Mask | None, answering: Choice) -> int:
    """Count the groups left out because nobody knows whether they receive then."""
    is_unknown = choice.receiving == UNKNOWN
    rows = choice.rows[is_unknown if passing is None else is_unknown & passing]
    return grouping.n_groups_without(view, rows, answering.rows) if len(rows) else 0


def _n_open(view: View, now: int, choice: Choice, passing: Mask | None) -> int:
    """Count the groups that receive at a minute, whatever span was asked."""
    is_open = view.openings.receiving(Span(now, now))[view.schedule_of_row[choice.rows]] == YES
    rows = choice.rows[is_open if passing is None else is_open & passing]
    return grouping.n_groups(view, rows)
