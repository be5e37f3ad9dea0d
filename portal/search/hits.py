"""From what the index found to what people see: the cards of services, each by the access point that was found."""

from collections.abc import Collection, Mapping, Sequence
from math import inf
from operator import itemgetter

from portal.directory.cards.values import AccessPointCard, ServiceCard
from portal.directory.rules.choices import AccessPointKind
from portal.directory.rules.competence import VisitorCommune
from portal.directory.rules.public_ids import public_id
from portal.geography.distances import shown_distance
from portal.geography.lookup import communes
from portal.geography.points import Point
from portal.search.answers import HitCard
from portal.search.elsewhere import other_places
from search_index.results import Hit
from search_index.times import Span

_CALLS = frozenset({AccessPointKind.PHONE, AccessPointKind.VIDEO})
_DRIVE = 50_000
"""Metres one may have to drive to see somebody; beyond, one calls."""


def visitor_in(areas: Collection[str]) -> VisitorCommune | None:
    """Tell where a visitor lives from the areas the index was asked with."""
    by_kind = dict(area.split(":", 1) for area in areas)
    if "commune" not in by_kind:
        return None
    return VisitorCommune(by_kind["commune"], by_kind.get("epci"), in_territory="territory" in by_kind)


def hit_cards(
    hits: Sequence[Hit],
    cards: Mapping[str, ServiceCard],
    point: Point | None,
    *,
    takes_any_door: bool = False,
    keeps_door: bool = False,
    during: Span | None = None,
) -> tuple[HitCard, ...]:
    """Put hits in order with their cards; a service closed since the index was told of it is left out.

    Who takes any door asked for no way of reaching it and no time: of a service found by its telephone or its
    video, the nearest desk one can drive to is then shown, for it tells more and the call stays possible. Who has no
    car keeps the door that was found for them.
    """
    pairs = ((hit, cards.get(public_id(hit.group))) for hit in hits)
    found = [(hit, card) for hit, card in pairs if card is not None]
    if keeps_door:
        return tuple(_at_its_door(hit, card, point) for hit, card in found)
    shown = (_hit_card(hit, card, point, takes_any_door=takes_any_door) for hit, card in found)
    return tuple(_with_others(each, point, during) for each in shown)


def _at_its_door(hit: Hit, card: ServiceCard, point: Point | None) -> HitCard:
    chosen = _door_of(hit, card)
    return HitCard(card, chosen, _distance(hit, chosen, point))


def _door_of(hit: Hit, card: ServiceCard) -> AccessPointCard | None:
    name = public_id(hit.key)
    return next((each for each in card.access_points if each.public_id == name), None)


def _with_others(hit: HitCard, point: Point | None, during: Span | None) -> HitCard:
    """Tell where else it receives."""
    if len(hit.card.access_points) == 1:
        return hit
    return hit._replace(others=other_places(hit.card, hit.access_point, point=point, during=during))


def _hit_card(hit: Hit, card: ServiceCard, point: Point | None, *, takes_any_door: bool) -> HitCard:
    chosen = _door_of(hit, card)
    if chosen is None or chosen.location is not None:
        return HitCard(card, chosen, _distance(hit, chosen, point))
    if point is None:
        # Nobody said where: a town tells more than a telephone, whose number stands beside it anyway.
        return HitCard(card, next((each for each in card.access_points if each.location is not None), chosen))
    is_called = takes_any_door and chosen.kind in _CALLS
    desk, away = _nearest_desk(card, point) if is_called else (None, inf)
    return HitCard(card, desk, away) if away <= _DRIVE else HitCard(card, chosen, _distance(hit, chosen, point))


def _nearest_desk(card: ServiceCard, point: Point) -> tuple[AccessPointCard | None, float]:
    desks = (each for each in card.access_points if each.kind is AccessPointKind.PLACE and each.location is not None)
    known = [(desk, shown_distance(point, there)) for desk in desks if (there := _point_of(desk)) is not None]
    return min(known, key=itemgetter(1), default=(None, inf))


def _distance(hit: Hit, chosen: AccessPointCard | None, point: Point | None) -> float | None:
    """Measure exactly what a person will read; where only the commune is told, its centre must do."""
    there = chosen.location.point if chosen is not None and chosen.location is not None else None
    needs_no_journey = chosen is not None and chosen.kind in _CALLS | {AccessPointKind.HOME}
    if point is None or hit.distance is None or needs_no_journey:
        return None
    return hit.distance if there is None else shown_distance(point, there)


def _point_of(desk: AccessPointCard) -> Point | None:
    """Give where a desk stands, or the centre of its commune."""
    where = desk.location
    if where is None or where.point is not None:
        return None if where is None else where.point
    commune = communes().communes.get(where.commune.code)
    return None if commune is None else commune.point
