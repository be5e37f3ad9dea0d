"""What passes around a place in one week, and where it is asked from."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import numpy as np
from sqlalchemy.orm import Session

from portal.directory.queries.occurrences import OccurrenceListing, passages_between
from portal.geography.communes import Commune
from portal.geography.distances import great_circles
from portal.geography.lookup import communes
from portal.geography.points import Point
from portal.pages.passages.rules import PassagesRequest
from portal.search.finding import commune_near
from portal.search.opening import Search
from portal.vocabulary.vocabulary import Vocabulary

_KILOMETRE = 1000


@dataclass(frozen=True)
class Around:
    """Where somebody asks from, and the communes that are near enough."""

    codes: frozenset[str]
    point: Point | None = None
    """None when no place was given: distances are then not told."""
    commune: Commune | None = None
    """The one named, or the one a position lies in."""
    words: str = ""
    """The place as the page names it."""
    choices: tuple[Commune, ...] = ()
    """Other places the words may mean."""
    is_unknown: bool = False
    """Whether the words given name no place we know."""


def around(search: Search, asked: PassagesRequest) -> Around:
    """Find the place asked for; without one, the whole territory is meant."""
    if isinstance(asked.where, Point):
        here = communes().communes.get(commune_near(asked.where))
        words = "" if here is None else f"{here.name} ({here.department})"
        return Around(codes_within(asked.where, asked.radius), asked.where, here, words)
    place = search.book.places.resolve(asked.where) if asked.where else None
    if place is None:
        return Around(search.book.home, is_unknown=bool(asked.where))
    codes = codes_within(place.point, asked.radius) | {place.commune.code}
    return Around(codes, place.point, place.commune, place.words, place.choices)


def codes_within(point: Point, kilometres: int) -> frozenset[str]:
    """List the communes whose centre lies near enough."""
    known = communes().communes
    away = great_circles(point.lat, point.lon, known.lats, known.lons)
    return frozenset(known.codes[row] for row in np.flatnonzero(away <= kilometres * _KILOMETRE).tolist())


def passing(
    session: Session, search: Search, place: Around, *, first: date, last: date, theme: str = ""
) -> list[OccurrenceListing]:
    """List what passes, in order of time; without a place only what is on the road is told. One query."""
    travelling = frozenset() if place.point is None else itinerant_concepts(search.vocabulary)
    found = passages_between(session, first=first, last=last, communes=place.codes, itinerant=travelling)
    wanted = _concepts_of(search.vocabulary, theme)
    return [each for each in found if not theme or each.concept in wanted]


def itinerant_concepts(vocabulary: Vocabulary) -> frozenset[str]:
    """List the kinds of service that often travel."""
    return frozenset(concept.code for concept in vocabulary.concepts if concept.is_often_itinerant)


def _concepts_of(vocabulary: Vocabulary, theme: str) -> Collection[str]:
    family = vocabulary.family_by_slug(theme)
    return {concept.code for concept in vocabulary.concepts_of(family)} if family is not None else frozenset()
