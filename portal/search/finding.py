"""Ask the index: what was understood, where, and when; corrected when that finds more, and relaxed when it must be."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from portal.core.languages import ENGLISH
from portal.geography.lookup import communes
from portal.geography.points import Point
from portal.search.answers import Correction
from portal.search.asking import Asked, Try, queries_of
from portal.search.carless import COMMUNE, served_from
from portal.search.correcting import corrected, corrections_of
from portal.search.documents import SERVES
from portal.search.opening import Search
from portal.search.requests import SearchRequest, Undone
from portal.search.understanding.english import Question, is_in_english, said_in_french
from portal.search.understanding.places import PlaceFound
from portal.search.understanding.question import Understood, understand
from portal.search.when import a_week_later
from search_index.queries import Query
from search_index.results import Results
from search_index.times import Span


@dataclass(frozen=True)
class Found:
    """What the index gave for one reading of the words."""

    asked: Asked
    query: Query
    results: Results
    is_relaxed: bool = False
    is_reached: bool = False
    """Whether all of it is within reach without a car."""
    wider: Query | None = None
    """What has to do with it and is listed apart."""
    corrections: tuple[Correction, ...] = ()


def found_for(search: Search, request: SearchRequest, now: datetime) -> Found:
    """Find what a request asks for; words that stand nowhere are corrected when that brings something."""
    asked = asked_of(search, request, request.words, now)
    found = _soonest(search, asked, now)
    if Undone.TYPO in request.undone or (found.results.total and not found.is_relaxed):
        return found
    corrections = corrections_of(asked.understood, search.indexing.engine, search.words)
    if not corrections:
        return found
    better = asked_of(search, request, corrected(request.words, corrections), now)
    again = _soonest(search, better, now)
    helps = again.results.total and (not found.results.total or not again.is_relaxed)
    return replace(again, corrections=corrections) if helps else found


def asked_of(search: Search, request: SearchRequest, words: str, now: datetime) -> Asked:
    """Understand a request, and join what its words say to what its filters say."""
    question = _question(search, request, words)
    typed = _place_given(search, request)
    given = None if typed is not None and typed.is_guess else typed
    understood = understand(
        question.text,
        search.book,
        now=now,
        undone=request.undone,
        language=request.language,
        home=given.commune.code if given is not None else "",
    )
    place = understood.place or given
    is_set_aside = given is not None and place is not None and place.commune.code != given.commune.code
    point = request.where if understood.place is None and isinstance(request.where, Point) else None
    areas = _areas(search, place, point)
    if understood.wishes_for("reach"):
        home = next((area[len(COMMUNE) :] for area in areas if area.startswith(COMMUNE)), "")
        understood = replace(understood, home=home, served=served_from(search, areas))
    return Asked(
        request=_with_wishes(request, understood),
        understood=understood,
        question=question,
        place=place,
        point=place.point if place is not None else point,
        areas=areas,
        when=request.when or understood.when,
        needs_no_appointment=understood.wishes_for("appointment"),
        set_aside=given if is_set_aside else None,
        guess=typed if typed is not None and typed.is_guess and place is None else None,
    )


def _question(search: Search, request: SearchRequest, words: str) -> Question:
    """Write the words in French: those of an English page, and those of who asks a French page in English."""
    if request.language == ENGLISH:
        return said_in_french(words)
    book = search.book
    if Undone.LANGUAGE not in request.undone and is_in_english(words, book.french, book.places.words):
        return replace(said_in_french(words), is_english=True)
    return Question(words)


def ask(search: Search, query: Query) -> Results:
    """Put a question to the index; a time beyond the days it knows is compiled for the occasion."""
    span, window = query.during, search.indexing.engine.window
    if span is None or window.first <= span.first <= span.last <= window.last:
        return search.indexing.engine.search(query)
    return _ask_far(search, query, span)


def n_open_now(search: Search, query: Query, results: Results) -> int:
    """Count what receives at the minute a question was put, of all that it finds at any time."""
    window, minute = search.indexing.engine.window, query.now or 0
    if window.first <= minute <= window.last:
        return results.n_open
    return ask(search, replace(query, during=Span(minute, minute), facets=(), offset=0, limit=0)).total


def _queries(search: Search, asked: Asked, now: datetime) -> Iterator[Try]:
    return queries_of(asked, search.vocabulary, now)


def _soonest(search: Search, asked: Asked, now: datetime) -> Found:
    """Answer for the day meant; on a Saturday on which nothing is open any more, for the Saturday that comes."""
    found = _first(search, _queries(search, asked, now), asked)
    later = None if asked.when is None or found.results.total else a_week_later(asked.when, now)
    if later is None:
        return found
    moved = replace(asked, when=later, is_a_week_later=True)
    again = _first(search, _queries(search, moved, now), moved)
    return again if again.results.total else found


def _first(search: Search, tries: Iterable[Try], asked: Asked) -> Found:
    """Keep the first of several questions that has answers; never an empty page.

    Where services of the kind are only not here, or not open then, nothing else is put in their place.
    """
    nothing: Found | None = None
    for each in tries:
        found = _tried(search, each, asked)
        if found.results.total or (each.is_strict and not each.is_reached and _is_anywhere(search, found.query)):
            return found
        nothing = nothing if each.is_relaxed and nothing else found
    if nothing is None:
        message = "a request asks at least one question"
        raise ValueError(message)
    return nothing


def _tried(search: Search, asking: Try, asked: Asked) -> Found:
    query = asking.query
    results = ask(search, query)
    if results.total and not results.hits and query.offset:
        # A page past the end is the first page.
        query = replace(query, offset=0)
        results = ask(search, query)
    return Found(asked, query, results, is_relaxed=asking.is_relaxed, is_reached=asking.is_reached, wider=asking.wider)


def _is_anywhere(search: Search, query: Query) -> bool:
    """Tell whether only the place, the time and the filters leave nothing of the kind."""
    if query.near is None and query.during is None and not query.filters:
        return False
    return ask(search, replace(query, near=None, during=None, filters={}, facets=(), limit=0)).total > 0


def _ask_far(search: Search, query: Query, span: Span) -> Results:
    """Ask for a time outside the index's window: which schedules are open then is told as a filter."""
    engine, filters = search.indexing.engine, dict(query.filters)
    anytime = replace(query, during=None, facets=("schedule",), offset=0, limit=0)
    whenever = engine.search(anytime)
    met = [count.value for count in whenever.facets.get("schedule", ())]
    receiving, known = search.indexing.schedules_during(met, span)
    results = engine.search(replace(query, during=None, filters={**filters, "schedule": receiving}))
    told = engine.search(replace(anytime, facets=(), filters={**filters, "schedule": known})).total
    return replace(results, n_unknown=whenever.total - told, n_open=whenever.n_open)


def _place_given(search: Search, request: SearchRequest) -> PlaceFound | None:
    return search.book.places.resolve(request.where) if isinstance(request.where, str) and request.where else None


def _with_wishes(request: SearchRequest, understood: Understood) -> SearchRequest:
    return replace(
        request,
        is_free=request.is_free or understood.wishes_for("free"),
        is_accessible=request.is_accessible or understood.wishes_for("accessible"),
        mode=request.mode or understood.mode,
    )


def _areas(search: Search, place: PlaceFound | None, point: Point | None) -> frozenset[str]:
    """Name the areas the visitor lives in: by the commune said, or by the one nearest to a point."""
    code = place.commune.code if place is not None else commune_near(point) if point is not None else ""
    return areas_of(search, code) if code else frozenset()


def areas_of(search: Search, code: str) -> frozenset[str]:
    """Name the areas a commune belongs to, as documents name the areas they answer for."""
    commune = communes().communes.get(code)
    if commune is None:
        return frozenset()
    areas = {f"commune:{code}"} | ({f"epci:{commune.epci}"} if commune.epci else set())
    return frozenset(areas | ({"territory:"} if code in search.book.home else set()))


def served_areas_of(search: Search, code: str) -> frozenset[str]:
    """Name the same areas for services of all kinds: the index keeps those that go by no sector under another name."""
    areas = areas_of(search, code)
    return areas | {f"{SERVES}{area}" for area in areas}


def commune_near(point: Point) -> str:
    """Give the code of the commune whose centre is nearest to a point."""
    known = communes().communes
    return known.codes[known.row_near(point)]
