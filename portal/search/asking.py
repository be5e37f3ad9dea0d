"""From what was understood to the questions put to the index, the strictest first: pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from portal.geography.distances import shown_distance
from portal.geography.points import Point
from portal.search.clauses import around, clauses_of, exactly, kinds_of
from portal.search.documents import REMOTE, SERVES
from portal.search.lifts import audiences_of, receiving
from portal.search.requests import LARGEST_RADIUS, USUAL_RADIUS, SearchRequest
from portal.search.understanding.english import Question
from portal.search.understanding.places import PlaceFound
from portal.search.understanding.question import Understood
from portal.search.when import NOW, DayName, When, span_of
from portal.vocabulary.vocabulary import Vocabulary
from search_index.documents import Spot
from search_index.queries import Clause, Near, Query, Sort
from search_index.times import Span

PAGE = 20
FACETS = ("theme", "concept", "audience", "mode", "cost", "access", "language")
_KILOMETRE = 1000.0
_WHOLE_TERRITORY = frozenset({"territory:"})
"""Who answers for all of it is no more in charge of one commune than of another."""


@dataclass(frozen=True)
class Asked:
    """A request with everything its words added to it."""

    request: SearchRequest
    """As it was made, the filters said in the words among its filters."""
    understood: Understood
    question: Question
    """The words that were understood, and what was typed for them."""
    place: PlaceFound | None
    point: Point | None
    areas: frozenset[str]
    when: When | None
    is_a_week_later: bool = False
    """Whether nothing is open any more on the day meant: the same day of next week was taken."""
    needs_no_appointment: bool = False
    set_aside: PlaceFound | None = None
    """The place that was given, where the words said another one, which was typed for this question."""
    guess: PlaceFound | None = None
    """What the place that was given may have been meant for; one asks before one takes it."""


@dataclass(frozen=True)
class Try:
    """One question to put to the index."""

    query: Query
    wider: Query | None = None
    """What it leaves out that has to do with it, too, and is listed apart."""
    is_strict: bool = False
    """Whether only services of the kinds that were named answer it; where none is near or open, the page says so."""
    is_reached: bool = False
    """Whether only what is within reach without a car answers it."""
    is_relaxed: bool = False
    """Whether its answers need not have all that was said."""


def queries_of(asked: Asked, vocabulary: Vocabulary, now: datetime) -> Iterator[Try]:
    """Give the questions to put to the index, the strictest first: the next one only when nothing was found."""
    # Competence tells apart services of a kind; where no kind is asked for, the nearest comes first.
    areas = asked.areas if asked.understood.needs or asked.understood.rest or asked.request.theme else frozenset()
    query = Query(
        near=_near(asked),
        remote={"reach": frozenset({REMOTE})},
        areas=areas - _WHOLE_TERRITORY,
        covered=areas & _WHOLE_TERRITORY | {f"{SERVES}{area}" for area in areas},
        filters=filters_of(asked, vocabulary),
        during=None if asked.when is None else span_of(asked.when, now),
        now=span_of(NOW, now).first,
        counts_open=True,
        today=now.date().toordinal(),
        facets=FACETS,
        sort=asked.request.sort,
        offset=(asked.request.page - 1) * PAGE,
        limit=PAGE,
    )
    yield from map(Try, _by_day(asked, query))
    wider = replace(query, clauses=around(asked.understood))
    strictly = [*exactly(asked.understood)]
    for clauses in strictly:
        # Beside what is within reach without a car stands the rest of the kind.
        beyond = wider if clauses is strictly[-1] else replace(query, clauses=strictly[-1])
        yield Try(replace(query, clauses=clauses), beyond, is_strict=True, is_reached=beyond is not wider)
    beside = wider if asked.understood.rest and not asked.understood.needs else None
    daily = _of_daily_need(asked)
    for number, clauses in enumerate(clauses_of(asked.understood)):
        yield Try(replace(query, clauses=(*clauses, *daily)), beside, is_relaxed=number > 0)


def filters_of(asked: Asked, vocabulary: Vocabulary) -> Mapping[str, frozenset[str]]:
    """Give the filters of a request as the index names them."""
    request = asked.request
    family = vocabulary.family_by_slug(request.theme)
    theme = ("theme", family.code) if family else ("concept", request.theme)
    wanted: dict[str, list[str]] = {
        theme[0]: [theme[1]] if request.theme else [],
        "audience": [audience.value for audience in request.audiences],
        "mode": [request.mode.value] if request.mode else [],
        "cost": ["free"] if request.is_free else [],
        "access": ["wheelchair"] if request.is_accessible else [],
        "appointment": ["none"] if asked.needs_no_appointment else [],
    }
    return {name: frozenset(values) for name, values in wanted.items() if values}


def during(query: Query, span: Span | None) -> Query:
    """Ask the same for another time."""
    return replace(query, during=span)


def _by_day(asked: Asked, query: Query) -> Iterator[Query]:
    """Ask for one kind over days that have begun, what opens next first, where no place tells what is near."""
    understood, day = asked.understood, asked.when.day if asked.when is not None else None
    is_running = query.during is not None and query.now is not None and query.during.first <= query.now
    is_over_days = isinstance(day, DayName) and day.is_long and asked.point is None
    is_one_kind = len(understood.needs) == 1 == len(understood.needs[0].meanings) and not understood.rest
    if query.sort is Sort.RELEVANCE and is_running and is_over_days and is_one_kind:
        # Only what is of the kind: by the hour, a bus stop of the market would come before the market.
        wishes = audiences_of(understood, is_alone=False)
        yield replace(query, clauses=(kinds_of(understood.needs[0], understood), *wishes), sort=Sort.OPENING)


def _of_daily_need(asked: Asked) -> tuple[Clause, ...]:
    """Ask, where only a time is said, first for those who receive people."""
    says_what = asked.understood.needs or asked.understood.rest or asked.request.theme
    return () if asked.when is None or says_what else (receiving(asked.understood),)


def _near(asked: Asked) -> Near | None:
    if asked.point is None:
        return None
    return Near(Spot(asked.point.lat, asked.point.lon), max(asked.request.radius * _KILOMETRE, _way_of(asked)))


def _way_of(asked: Asked) -> float:
    """Measure the way to where somebody goes: what helps them there stands along it, unless they said how far."""
    there = asked.understood.there
    if there is None or asked.point is None or asked.request.radius != USUAL_RADIUS:
        return 0.0
    return min(shown_distance(asked.point, there.point), LARGEST_RADIUS * _KILOMETRE)
