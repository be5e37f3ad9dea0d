"""All that a search finds, up to a stated cap, with what the page of results leaves out: when each was changed."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from portal.core.errors import Conflict, Invalid
from portal.core.languages import Label
from portal.directory.cards.services import service_card
from portal.directory.queries.listings import services_by_ids
from portal.search.answers import HitCard
from portal.search.finding import ask, found_for
from portal.search.hits import hit_cards, visitor_in
from portal.search.opening import Search
from portal.search.requests import SearchRequest
from search_index.engine import IndexDamaged


@dataclass(frozen=True)
class Listed:
    """A service found, and when its sheet was last changed."""

    hit: HitCard
    changed_at: datetime


@dataclass(frozen=True)
class WholeList:
    """What a search finds."""

    request: SearchRequest
    """As it was made, from its first page on."""
    place: str
    """Where it was asked from, in words; empty for everywhere."""
    items: tuple[Listed, ...]
    total: int
    """How many were found, those beyond the cap too."""


class ListIsHealing(Conflict):
    """The index is lost: a page may show a short list meanwhile, a program must not take it for the whole."""

    status = 503

    def __init__(self) -> None:
        super().__init__("La liste des services se remet en ordre : réessayez dans une minute.")


class PlaceUnknown(Invalid):
    """No place of that name: a program must not take the list of the whole territory for that of a place."""

    status = 400

    def __init__(self) -> None:
        super().__init__(_PLACE_UNKNOWN)


_PLACE_UNKNOWN = Label(
    "Nous n’avons pas trouvé cette commune. Essayez avec son code postal.",
    "We did not find this place. Try its postcode.",
)


def whole_list(search: Search, session: Session, request: SearchRequest, *, now: datetime, most: int) -> WholeList:
    """Find everything a request asks for, up to a cap. Three queries."""
    try:
        found = found_for(search, request.but(), now)
        if isinstance(request.where, str) and request.where and found.asked.place is None:
            raise PlaceUnknown
        results = ask(search, replace(found.query, facets=(), offset=0, limit=most))
    except IndexDamaged:
        search.indexing.ask_for_healing()
        raise ListIsHealing from None
    visitor = visitor_in(found.asked.areas)
    listings = services_by_ids(session, [hit.group for hit in results.hits])
    cards = {each.service.public_id: service_card(each, now=now, visitor=visitor) for each in listings}
    changed = {each.service.public_id: each.service.changed_at for each in listings}
    hits = hit_cards(results.hits, cards, found.asked.point)
    return WholeList(
        request=request.but(),
        place="" if found.asked.place is None else found.asked.place.words,
        items=tuple(Listed(hit, changed[hit.card.public_id]) for hit in hits),
        total=results.total,
    )
