"""The database answers while the index is lost or damaged: the same shapes, fewer words understood."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session

from portal.core.text import fold
from portal.directory.models.access_points import AccessPoint
from portal.directory.models.places import Place
from portal.directory.models.services import Service, ServiceConcept
from portal.directory.models.structures import Structure
from portal.directory.queries.shown import is_published, shows_its_address
from portal.geography.distances import great_circle
from portal.search.asking import PAGE, queries_of
from portal.search.finding import Found, asked_of
from portal.search.opening import Search
from portal.search.requests import SearchRequest
from portal.search.understanding.question import Understood
from search_index.queries import Query
from search_index.results import Hit, Results

MOST_READ = 5000
"""Access points looked at: while the index heals, a short list is better than a long wait."""


def found_in_database(search: Search, session: Session, request: SearchRequest, now: datetime) -> Found:
    """Find what a request asks for without the index. One query."""
    asked = asked_of(search, request, request.words, now)
    query = queries_of(asked, search.vocabulary, now)[0]
    hits = _hits(session, asked.understood, request, query, search)
    page = hits[query.offset : query.offset + PAGE] or hits[:PAGE]
    return Found(asked, query, Results(hits=tuple(page), total=len(hits)))


def _hits(session: Session, understood: Understood, request: SearchRequest, query: Query, search: Search) -> list[Hit]:
    rows = session.execute(
        select(AccessPoint.id, Service.id, Service.title, Place.lat, Place.lon, shows_its_address())
        .select_from(Service)
        .join(Structure, Structure.id == Service.structure_id)
        .outerjoin(AccessPoint, AccessPoint.service_id == Service.id)
        .outerjoin(Place, Place.id == AccessPoint.place_id)
        .where(is_published(), *_conditions(understood, request, search))
        .order_by(Service.title, Service.id, AccessPoint.id)
        .limit(MOST_READ)
    )
    best: dict[int, tuple[Hit, str]] = {}
    for row in rows:
        hit = _hit(row, query)
        if hit is not None and (hit.group not in best or _far(hit) < _far(best[hit.group][0])):
            best[hit.group] = (hit, fold(row[2]))
    ordered = sorted(best.values(), key=lambda pair: (_far(pair[0]), pair[1], pair[0].key))
    return [hit for hit, _ in ordered]


def _hit(row: Any, query: Query) -> Hit | None:  # noqa: ANN401 - a row of columns
    door, service, _, lat, lon, is_told = row
    distance = None
    if query.near is not None and lat is not None and is_told:
        distance = round(great_circle(query.near.spot.lat, query.near.spot.lon, lat, lon))
        if query.near.radius is not None and distance > query.near.radius:
            return None
    return Hit(key=door or service, group=service, score=0.0, distance=distance)


def _far(hit: Hit) -> float:
    return float("inf") if hit.distance is None else hit.distance


def _conditions(understood: Understood, request: SearchRequest, search: Search) -> list[ColumnElement[bool]]:
    conditions = [_has_concept([meaning.code for meaning in need.meanings]) for need in understood.needs]
    conditions += [_has_word(word) for word in understood.rest_words]
    family = search.vocabulary.family_by_slug(request.theme) if request.theme else None
    if request.theme:
        codes = [each.code for each in search.vocabulary.concepts_of(family)] if family else [request.theme]
        conditions.append(_has_concept(codes))
    return conditions


def _has_concept(codes: list[str]) -> ColumnElement[bool]:
    return exists().where(and_(ServiceConcept.service_id == Service.id, ServiceConcept.code.in_(codes)))


def _has_word(word: str) -> ColumnElement[bool]:
    fields = (Service.title, Service.summary, Service.description, Structure.name)
    return or_(*(field.icontains(word, autoescape=True) for field in fields))
