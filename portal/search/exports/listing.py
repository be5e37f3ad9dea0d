"""All that a search finds, up to a stated cap, with what the page of results leaves out: when each was changed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Lock

from sqlalchemy.orm import Session

from portal.core.errors import Conflict
from portal.core.problems import Problem
from portal.search.answers import HitCard
from portal.search.finding import ask, found_for
from portal.search.hits import hit_cards, visitor_in
from portal.search.opening import Search
from portal.search.requests import SearchRequest
from portal.search.understanding.places import PlaceFound
from portal.web.problems import BadValue
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
    commune: str
    """The code of that place, where it is a whole commune."""
    items: tuple[Listed, ...]
    total: int
    """How many were found, those beyond the cap too."""


class ListIsHealing(Conflict):
    """The index is lost: a page may show a short list meanwhile, a program must not take it for the whole."""

    status = 503

    def __init__(self) -> None:
        super().__init__("La liste des services se remet en ordre : réessayez dans une minute.")


class PlaceUnknown(BadValue):
    """No place of that name, or only one written like it: a program must not take the list of another place for it."""

    def __init__(self, where: str, meant: PlaceFound | None = None) -> None:
        helps = "Essayez avec son code postal." if meant is None else f"Vouliez-vous dire {meant.words} ?"
        expected = () if meant is None else (meant.commune.code,)
        sentence = f"Nous n’avons pas trouvé cette commune. {helps}"
        super().__init__(Problem("ou-inconnu", sentence, where, "ou", expected))


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
        place = found.asked.place
        if isinstance(request.where, str) and request.where and (place is None or place.is_corrected):
            raise PlaceUnknown(request.where, place)
        results = ask(search, replace(found.query, facets=(), offset=0, limit=most))
    except IndexDamaged:
        search.indexing.ask_for_healing()
        raise ListIsHealing from None
    visitor = visitor_in(found.asked.areas)
    cards = search.cards.by_public_id(session, [hit.group for hit in results.hits], visitor=visitor, now=now)
    hits = hit_cards(results.hits, cards, found.asked.point)
    return WholeList(
        request=request.but(),
        place="" if place is None else place.words,
        commune="" if place is None or place.spot is not None else place.commune.code,
        items=tuple(Listed(hit, hit.card.changed_at) for hit in hits),
        total=results.total,
    )
