"""The services of a list, those that are open to all and those that left; and what may be added to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.directory.cards.values import ServiceCard
from portal.directory.models.services import Service
from portal.directory.queries.successors import left_services
from portal.directory.rules.public_ids import number_of, public_id
from portal.geography.points import Point
from portal.search.answers import HitCard
from portal.search.finding import found_for
from portal.search.hits import hit_cards
from portal.search.opening import Search
from portal.search.requests import SearchRequest
from portal.search.shortlist import Shortlist
from search_index.engine import IndexDamaged
from search_index.results import Hit

MOST_PROPOSED = 10


@dataclass(frozen=True)
class ShortlistFound:
    """What the ids of a list stand for today."""

    cards: Mapping[str, ServiceCard]
    left: Mapping[str, Service]
    """Closed or merged services by the id in the list."""
    proposed: tuple[HitCard, ...] = ()
    """What the search within the page found, without what the list holds."""


def shortlist_found(
    session: Session, search: Search, mine: Shortlist, asked: SearchRequest | None, *, now: datetime
) -> ShortlistFound:
    """Load the services of a list, and what may be added. No query to four."""
    hits, point = _proposed(search, mine, asked, now) if asked is not None else ((), None)
    numbers = {each: number for each in mine.ids if (number := number_of(each)) is not None}
    wanted = [*numbers.values(), *(hit.group for hit in hits)]
    cards = search.cards.by_public_id(session, wanted, visitor=None, now=now) if wanted else {}
    missing = {each: number for each, number in numbers.items() if each not in cards}
    left = left_services(session, missing.values()) if missing else {}
    return ShortlistFound(
        cards=cards,
        left={each: left[number] for each, number in missing.items() if number in left},
        proposed=hit_cards(hits, cards, point),
    )


def _proposed(
    search: Search, mine: Shortlist, asked: SearchRequest, now: datetime
) -> tuple[Sequence[Hit], Point | None]:
    try:
        found = found_for(search, asked, now)
    except IndexDamaged:
        search.indexing.ask_for_healing()
        return (), None
    others = [hit for hit in found.results.hits if public_id(hit.group) not in mine]
    return others[:MOST_PROPOSED], found.asked.point
