"""The database answers while the index is lost or damaged: every filter is obeyed, fewer words are understood.

It chooses the services whose kind or whose texts hold what was said; an index of those alone, made for the question and
thrown away, does the rest: places, filters, times, counts and order are those of any other answer.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session

from portal.directory.models.access_points import AccessPoint
from portal.directory.models.places import Place
from portal.directory.models.services import Service, ServiceConcept
from portal.directory.models.structures import Structure
from portal.directory.queries.shown import is_published
from portal.search.asking import Asked, queries_of
from portal.search.documents import Scheduled, documents_of
from portal.search.finding import Found, asked_of
from portal.search.opening import Search
from portal.search.requests import SearchRequest
from portal.search.timetables import timetables_of, whole_days
from portal.vocabulary.vocabulary import Vocabulary
from search_index.analysis import Analysis
from search_index.engine import Engine
from search_index.memory import MemoryEngine
from search_index.queries import Near, Query, Sort
from search_index.times import Span, Timetables

MOST_READ = 500
"""Services looked at: while the index heals, a short list is better than a long wait."""
_METRES_A_DEGREE = 111_195.0
_DAYS_AHEAD = Span(0, 3 * 1440)
"""Minutes looked ahead for what opens next."""


def found_in_database(search: Search, session: Session, request: SearchRequest, now: datetime) -> Found:
    """Find what a request asks for without the index. Three queries."""
    asked = asked_of(search, request, request.words, now)
    # The database has met the words: none are left to be asked for.
    query = replace(next(queries_of(asked, search.vocabulary, now)).query, clauses=())
    chosen = session.scalars(
        select(Service.id)
        .join(Structure, Structure.id == Service.structure_id)
        .where(is_published(), *_conditions(asked, query, search.vocabulary))
        .order_by(Service.title, Service.id)
        .limit(MOST_READ)
    ).all()
    engine = _engine_of(query, tuple(documents_of(session, search.vocabulary, chosen)))
    results = engine.search(query)
    if results.total and not results.hits:
        # A page past the end is the first page.
        query = replace(query, offset=0)
        results = engine.search(query)
    return Found(asked, query, results)


def _engine_of(query: Query, found: Sequence[Scheduled]) -> Engine:
    engine = MemoryEngine(Analysis())
    engine.rebuild((replace(each.document, texts={}) for each in found), times=lambda: _times(query, found))
    return engine


def _times(query: Query, found: Sequence[Scheduled]) -> Timetables:
    """Say when desks are open, as far as the question asks: compiling two weeks of each would take a second."""
    schedules = [(each.document.schedule, each.hours) for each in found]
    if query.during is not None:
        return timetables_of(schedules, whole_days(query.during))
    if query.sort is Sort.OPENING and query.now is not None:
        return timetables_of(schedules, Span(query.now, query.now + _DAYS_AHEAD.last))
    return Timetables()


def _conditions(asked: Asked, query: Query, vocabulary: Vocabulary) -> Iterator[ColumnElement[bool]]:
    for need in asked.understood.needs:
        codes = [meaning.code for meaning in need.meanings]
        family = vocabulary.family(need.family) if need.family else None
        codes += [each.code for each in vocabulary.concepts_of(family)] if family else []
        yield _has_concept(codes)
    for word in asked.understood.rest_words:
        yield _has_word(word)
    for facet in ("concept", "theme"):
        for value in query.filters.get(facet, ()):
            family = vocabulary.family(value) if facet == "theme" else None
            yield _has_concept([each.code for each in vocabulary.concepts_of(family)] if family else [value])
    if query.near is not None and query.near.radius is not None:
        yield _may_be_near(query.near, query.near.radius)


def _has_concept(codes: list[str]) -> ColumnElement[bool]:
    return exists().where(and_(ServiceConcept.service_id == Service.id, ServiceConcept.code.in_(codes)))


def _has_word(word: str) -> ColumnElement[bool]:
    fields = (Service.title, Service.summary, Service.description, Structure.name)
    return or_(*(field.icontains(word, autoescape=True) for field in fields))


def _may_be_near(near: Near, radius: float) -> ColumnElement[bool]:
    """Keep what has a place in the square around a circle, or a way to be reached without one."""
    high = radius / _METRES_A_DEGREE
    wide = high / max(math.cos(math.radians(near.spot.lat)), 0.01)
    in_square = and_(
        Place.lat.between(near.spot.lat - high, near.spot.lat + high),
        Place.lon.between(near.spot.lon - wide, near.spot.lon + wide),
    )
    return (
        select(AccessPoint.id)
        .outerjoin(Place, Place.id == AccessPoint.place_id)
        .where(AccessPoint.service_id == Service.id, or_(Place.lat.is_(None), in_square))
        .exists()
    )
