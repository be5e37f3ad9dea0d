"""From what the index found to what people see: the cards of services, each by the access point that was found."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from portal.directory.cards.services import service_card
from portal.directory.cards.values import AccessPointCard, ServiceCard
from portal.directory.queries.listings import services_by_ids
from portal.directory.rules.choices import AccessPointKind
from portal.directory.rules.competence import VisitorCommune
from portal.directory.rules.public_ids import public_id
from portal.geography.distances import shown_distance
from portal.geography.points import Point
from portal.search.answers import HitCard
from search_index.results import Hit


def cards_of(
    session: Session, services: Sequence[int], *, visitor: VisitorCommune | None, now: datetime
) -> dict[str, ServiceCard]:
    """Load the cards of services by their public ids. Three queries."""
    listings = services_by_ids(session, services)
    found = (service_card(listing, now=now, visitor=visitor) for listing in listings)
    return {card.public_id: card for card in found}


def visitor_in(areas: Collection[str]) -> VisitorCommune | None:
    """Tell where a visitor lives from the areas the index was asked with."""
    by_kind = dict(area.split(":", 1) for area in areas)
    if "commune" not in by_kind:
        return None
    return VisitorCommune(by_kind["commune"], by_kind.get("epci"), in_territory="territory" in by_kind)


def hit_cards(hits: Sequence[Hit], cards: Mapping[str, ServiceCard], point: Point | None) -> tuple[HitCard, ...]:
    """Put hits in order with their cards; a service closed since the index was told of it is left out."""
    pairs = ((hit, cards.get(public_id(hit.group))) for hit in hits)
    return tuple(_hit_card(hit, card, point) for hit, card in pairs if card is not None)


def _hit_card(hit: Hit, card: ServiceCard, point: Point | None) -> HitCard:
    name = public_id(hit.key)
    chosen = next((each for each in card.access_points if each.public_id == name), None)
    if point is None and chosen is not None and chosen.location is None:
        # Nobody said where: a town tells more than a telephone, whose number stands beside it anyway.
        chosen = next((each for each in card.access_points if each.location is not None), chosen)
    return HitCard(card, chosen, _distance(hit, chosen, point))


def _distance(hit: Hit, chosen: AccessPointCard | None, point: Point | None) -> float | None:
    """Measure exactly what a person will read; where only the commune is told, its centre must do."""
    there = chosen.location.point if chosen is not None and chosen.location is not None else None
    comes_home = chosen is not None and chosen.kind is AccessPointKind.HOME
    if point is None or hit.distance is None or comes_home:
        return None
    return hit.distance if there is None else shown_distance(point, there)
