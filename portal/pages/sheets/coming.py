"""How to come without a car: the stops near a place, the transports on demand that serve its commune."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import inf

from flask_babel import gettext

from portal.core.text import fold
from portal.directory.cards.values import Link
from portal.directory.models.places import Place
from portal.directory.queries.listings import Mention, Nearby
from portal.directory.rules.choices import Precision
from portal.geography.distances import great_circle
from portal.geography.points import Point
from portal.pages.sheets.beside import Way
from portal.pages.sheets.reaching import ShownWay
from portal.search.finding import ask, served_areas_of
from portal.search.opening import Search
from search_index.documents import Spot
from search_index.engine import IndexDamaged
from search_index.queries import Near, Query, Sort
from search_index.results import Hit

MOBILITY = "MO"
"""The family of the thesaurus whose sheets are ways to come themselves."""
_LINES = frozenset({"MO01", "MO02"})
_ON_DEMAND = frozenset({"MO03"})
_WALK = 1000.0
"""Metres one walks from a stop."""
_RIDE = 30_000.0
_MOST_STOPS = 3
_MOST_ON_DEMAND = 2


@dataclass(frozen=True)
class WaysToCome:
    """What the index knows of the ways to a point."""

    stops: tuple[Hit, ...] = ()
    on_demand: tuple[Hit, ...] = ()


def ways_to(search: Search, point: Point, *, commune: str) -> WaysToCome:
    """Find the lines that stop near a point, each once, and the transports that answer for its commune.

    A lost index costs these lines only: the sheet itself comes from the database.
    """
    spot = Spot(point.lat, point.lon)
    near = Query(filters={"concept": _LINES}, near=Near(spot, _WALK), sort=Sort.DISTANCE, limit=_MOST_STOPS)
    served = served_areas_of(search, commune)
    called = Query(filters={"concept": _ON_DEMAND}, near=Near(spot, _RIDE), areas=served, limit=_MOST_ON_DEMAND)
    try:
        on_demand = ask(search, called).hits
        return WaysToCome(ask(search, near).hits, tuple(hit for hit in on_demand if hit.is_competent))
    except IndexDamaged:
        search.indexing.ask_for_healing()
        return WaysToCome()


def shown_ways(found: WaysToCome, ways: Mapping[int, Way]) -> tuple[ShownWay, ...]:
    """Say the ways that were found, each with its sheet; one that is published no more is left out."""
    stops = [(hit, ways[hit.key]) for hit in found.stops if hit.key in ways]
    called = [ways[hit.group] for hit in found.on_demand if hit.group in ways]
    return (
        *(ShownWay(_link(way), _stop(way, hit.distance or 0)) for hit, way in stops),
        *(ShownWay(_link(way), str(gettext("sur réservation"))) for way in called),
    )


def near_place(search: Search, place: Place) -> Nearby:
    """Find the ways to a place that is not merely known by its commune."""
    if place.lat is None or place.lon is None or place.precision is Precision.COMMUNE:
        return Nearby()
    found = ways_to(search, Point(place.lat, place.lon), commune=place.commune_code)
    services = (hit.group for hit in (*found.stops, *found.on_demand))
    return Nearby(tuple(services), tuple(hit.key for hit in found.stops))


def ways_mentioned(mentions: Iterable[Mention], point: Point | None) -> tuple[ShownWay, ...]:
    """Say the ways to a point that a listing mentions, the nearest stop first, then what one calls."""
    if point is None:
        return ()
    told = sorted(mentions, key=lambda each: (_metres(each.place, point), each.service.id))
    return tuple(_mentioned(each, _metres(each.place, point)) for each in told)


def _metres(place: Place | None, point: Point) -> float:
    if place is None or place.lat is None or place.lon is None:
        return inf
    return great_circle(point.lat, point.lon, place.lat, place.lon)


def _mentioned(mention: Mention, metres: float) -> ShownWay:
    service, stop = mention.service, "" if mention.place is None else mention.place.name
    way = Way(service.public_id, service.slug, service.title, stop)
    return ShownWay(_link(way), str(gettext("sur réservation")) if mention.place is None else _stop(way, metres))


def _link(way: Way) -> Link:
    return Link(way.public_id, way.slug, way.name)


def _stop(way: Way, metres: float) -> str:
    """Say which stop and how far one walks, to the next fifty metres: the road is longer than the straight line."""
    walk = str(gettext("à environ %(metres)s m", metres=max(50, round(metres / 50) * 50)))
    return walk if fold(way.stop) in fold(way.name) else f"{way.stop}, {walk}"
