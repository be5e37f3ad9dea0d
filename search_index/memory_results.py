"""From the documents that meet a question to one page of hits and the counts: filters, places, times, groups."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from search_index import ranking
from search_index.distances import metres_from, vector_of, vectors_of
from search_index.documents import Document
from search_index.queries import Filters, Query, Sort
from search_index.results import Count, Hit, Results
from search_index.times import WELCOMING, State, Timetables


@dataclass(frozen=True)
class _Candidate:
    """A document that meets the words and lies within reach, and all that is said of it."""

    document: Document
    text: float
    """How well the words suit."""
    hit: Hit
    """Without its score, which those of the others help to tell."""
    wait: float
    """Minutes until somebody is received; endless when nobody knows."""
    failed: frozenset[str]
    """Facets whose filter it does not pass."""
    receives: bool | None
    """Whether somebody is received during the span asked; None when nobody knows."""
    is_open: bool
    """Whether somebody is received at the minute told, where that is to be counted."""

    @property
    def distance(self) -> float:
        return math.inf if self.hit.distance is None else self.hit.distance

    @property
    def is_answer(self) -> bool:
        return not self.failed and self.receives is True


def results_of(
    query: Query, found: Mapping[int, float], documents: Mapping[int, Document], times: Timetables
) -> Results:
    """Make the page from the text score of each document found."""
    distances = _distances(query, [documents[key] for key in found])
    reached = [key for key in found if _is_within(query, documents[key], distances.get(key))]
    within = [_candidate(query, documents[key], found[key], distances.get(key), times) for key in reached]
    answers = [candidate for candidate in within if candidate.is_answer]
    standing = _scored(query, _one_for_each_group(answers))
    standing.sort(key=lambda candidate: _place(query.sort, candidate))
    page = standing[query.offset : query.offset + query.limit]
    groups = {candidate.document.group for candidate in standing}
    unknown = {each.document.group for each in within if not each.failed and each.receives is None}
    return Results(
        hits=tuple(candidate.hit for candidate in page),
        total=len(standing),
        facets={facet: _counts(facet, within) for facet in query.facets},
        n_unknown=len(unknown - groups),
        n_open=len({each.document.group for each in within if not each.failed and each.is_open}),
    )


def _distances(query: Query, documents: Iterable[Document]) -> dict[int, float]:
    """Measure how far each document with a point is, all at once."""
    points = [(document.key, document.spot) for document in documents if document.spot]
    if query.near is None or not points:
        return {}
    lats, lons = np.array([spot.lat for _, spot in points]), np.array([spot.lon for _, spot in points])
    metres = metres_from(vector_of(query.near.spot), vectors_of(lats, lons))
    return {key: float(distance) for (key, _), distance in zip(points, metres, strict=True)}


def _is_within(query: Query, document: Document, distance: float | None) -> bool:
    if query.near is None or query.near.radius is None or _has_one_of(document, query.remote):
        return True
    return distance is not None and distance <= query.near.radius


def _candidate(query: Query, document: Document, text: float, distance: float | None, times: Timetables) -> _Candidate:
    state, wait = State.UNKNOWN, None
    if query.now is not None:
        state, wait = times.state(document.schedule, query.now), times.wait(document.schedule, query.now)
    return _Candidate(
        document,
        text,
        Hit(document.key, document.group, 0.0, distance, state, _is_competent(query, document)),
        math.inf if wait is None else wait,
        frozenset(facet for facet, values in query.filters.items() if values.isdisjoint(document.tags.get(facet, ()))),
        times.receives(document.schedule, query.during) if query.during else True,
        is_open=query.counts_open and state in WELCOMING,
    )


def _scored(query: Query, standing: Sequence[_Candidate]) -> list[_Candidate]:
    """Score what stands for each group: near a place, what suits nearly as well as the best suits as well."""
    texts = np.array([candidate.text for candidate in standing])
    if query.near is not None and query.sort is Sort.RELEVANCE:
        texts = ranking.levelled(texts)
    return [_with_score(query, each, float(text)) for each, text in zip(standing, texts, strict=True)]


def _with_score(query: Query, candidate: _Candidate, text: float) -> _Candidate:
    document, hit = candidate.document, candidate.hit
    score = ranking.whole(
        ranking.OUT_OF_SEASON * text if hit.state is State.SEASON_OVER else text,
        _closeness(query, document, hit.distance, in_charge=hit.is_competent is True),
        {None: 1.0, True: ranking.COMPETENT, False: ranking.NOT_COMPETENT}[hit.is_competent],
        ranking.freshness(float(query.today - document.fresh_on)),
    )
    return replace(candidate, hit=hit._replace(score=float(score)))


def _is_competent(query: Query, document: Document) -> bool | None:
    if not query.areas or not document.areas:
        return None
    if not query.areas.isdisjoint(document.areas):
        return True
    return False if query.covered.isdisjoint(document.areas) else None


def _closeness(query: Query, document: Document, distance: float | None, *, in_charge: bool) -> float:
    if query.near is None:
        return 1.0
    if distance is not None:
        plain = ranking.closeness(distance)
    else:
        plain = ranking.REMOTE_CLOSENESS if _has_one_of(document, query.remote) else ranking.NOWHERE_CLOSENESS
    return ranking.closeness_in_charge(plain) if in_charge else plain


def _has_one_of(document: Document, wanted: Filters) -> bool:
    return any(not values.isdisjoint(document.tags.get(facet, ())) for facet, values in wanted.items())


def _one_for_each_group(candidates: Iterable[_Candidate]) -> list[_Candidate]:
    """Let the nearest document stand for its group, then the one that receives next, then the first."""
    best: dict[int, _Candidate] = {}
    for each in sorted(candidates, key=lambda each: (each.distance, each.wait, each.document.key)):
        best.setdefault(each.document.group, each)
    return list(best.values())


def _place(sort: Sort, candidate: _Candidate) -> tuple[float, str, float, str, int]:
    """Give what hits are sorted by: always complete, so that pages repeat none."""
    document, distance = candidate.document, candidate.distance
    if sort is Sort.NAME:
        return 0.0, document.name, distance, "", document.key
    first = {Sort.RELEVANCE: -candidate.hit.score, Sort.OPENING: candidate.wait, Sort.DISTANCE: 0.0}[sort]
    return first, "", distance, document.name, document.key


def _counts(facet: str, within: Iterable[_Candidate]) -> tuple[Count, ...]:
    """Count the groups of each value, as if the facet itself were not filtered."""
    groups: defaultdict[str, set[int]] = defaultdict(set)
    for each in within:
        if each.receives and each.failed <= {facet}:
            for value in each.document.tags.get(facet, ()):
                groups[value].add(each.document.group)
    counts = Counter({value: len(of_value) for value, of_value in groups.items()})
    return tuple(Count(value, n) for value, n in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
