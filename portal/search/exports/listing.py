"""All that a search finds, up to a stated cap, with what the page of results leaves out: when each was changed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Lock

from sqlalchemy.orm import Session

from portal.core.errors import Conflict, Invalid
from portal.core.languages import Label
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


class ListIsBusy(Conflict):
    """A list of a thousand services is being written: who reads pages must not wait for another."""

    status = 503

    def __init__(self) -> None:
        super().__init__("Une autre liste est en préparation : réessayez dans une minute.")


_one_at_a_time = Lock()


@contextmanager
def alone() -> Iterator[None]:
    """Write one whole list at a time in each process; another is refused at once, and told to come again."""
    if not _one_at_a_time.acquire(blocking=False):
        raise ListIsBusy
    try:
        yield
    finally:
        _one_at_a_time.release()


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
    cards = search.cards.by_public_id(session, [hit.group for hit in results.hits], visitor=visitor, now=now)
    hits = hit_cards(results.hits, cards, found.asked.point)
    return WholeList(
        request=request.but(),
        place="" if found.asked.place is None else found.asked.place.words,
        items=tuple(Listed(hit, hit.card.changed_at) for hit in hits),
        total=results.total,
    )
