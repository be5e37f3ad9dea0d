"""The page of a list as frozen words, with the ways to take it along."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from portal.core.text import cut
from portal.directory.cards.values import AccessPointCard, Link, Location, ServiceCard
from portal.directory.models.services import Service
from portal.directory.rules.choices import AccessPointKind
from portal.directory.rules.openings import has_hours
from portal.directory.rules.sensitive import is_sensitive
from portal.geography.grammar import printed
from portal.geography.points import Point
from portal.hours.words import short
from portal.pages.sheets.openings import next_dates, shown_opening
from portal.pages.sheets.reaching import soonest_first
from portal.pages.sheets.sharing import when_of
from portal.pages.shortlist.back import WayBack, way_back
from portal.pages.shortlist.handing import Handing, ToldService, handing_of
from portal.pages.shortlist.queries import ShortlistFound, shortlist_found
from portal.search.listed import ListedService, listed
from portal.search.opening import Search
from portal.search.requests import MY_POSITION, SearchRequest
from portal.search.shortlist import MOST, Shortlist
from portal.web.addresses import absolute, to
from portal.web.languages import current_language

_MOST_STOPS = 3
_LONGEST_NAME = 80
_LONGEST_HOURS = 60
"""Letters of opening hours that a text message has room for."""


@dataclass(frozen=True)
class Step:
    """A link that changes the list: where to, and the list as it will be."""

    href: str
    ids: str


@dataclass(frozen=True)
class ShortlistItem:
    """A service of the list."""

    service: ListedService
    address: str
    town: str
    """Where it is, or comes next; empty when its stops say so, or when it has no place."""
    hours: str
    soon: str
    """The hours in few words; empty when nobody told them."""
    stops: tuple[str, ...]
    """Where and when it comes next, when it travels."""
    without: Step
    up: Step | None
    down: Step | None


@dataclass(frozen=True)
class LeftItem:
    """A service of the list that is there no more."""

    public_id: str
    link: Link | None
    """None where nobody knows what it was."""
    without: Step


@dataclass(frozen=True)
class Proposal:
    """A service that may be added."""

    service: ListedService
    with_it: Step


@dataclass(frozen=True)
class ShortlistPage:
    """All that the page of a list says."""

    ids: str
    names: str
    """The first services, for the name of a bookmark."""
    items: tuple[ShortlistItem, ...]
    left: tuple[LeftItem, ...]
    most: int
    is_cut: bool
    is_full: bool
    is_sensitive: bool
    handing: Handing | None
    """None while the list is empty."""
    asked: bool
    """Whether something to add was sought."""
    words: str
    where: str
    position: str
    """The visitor’s point, which the field names in words."""
    proposals: tuple[Proposal, ...]
    back: WayBack | None
    """Where one was when something was added."""
    emptied: Step


def shortlist_page(
    session: Session, search: Search, mine: Shortlist, asked: SearchRequest | None, *, now: datetime
) -> ShortlistPage:
    """Show a list, and what may be added to it. No query to four."""
    back = way_back(mine.back, mine, search.vocabulary)
    mine = replace(mine, back=back.bare if back else "")
    found = shortlist_found(session, search, mine, asked, now=now)
    items = tuple(_item(mine, each, found.cards[each], search, now) for each in mine.ids if each in found.cards)
    hides = any(is_sensitive(found.cards[each].concepts) for each in mine.ids if each in found.cards)
    return ShortlistPage(
        ids=mine.text,
        names=cut(", ".join(each.service.link.name for each in items), _LONGEST_NAME),
        items=items,
        left=tuple(_left(mine, each, found.left.get(each)) for each in mine.ids if each not in found.cards),
        most=MOST,
        is_cut=mine.is_cut,
        is_full=mine.is_full,
        is_sensitive=hides,
        handing=_handing(mine, items, hides=hides) if items else None,
        asked=asked is not None,
        words="" if asked is None else asked.words,
        where=_where(asked),
        position=str(asked.where) if asked is not None and isinstance(asked.where, Point) else "",
        proposals=tuple(_proposals(mine, found, search, now)),
        back=back,
        emptied=_step(Shortlist(back=mine.back)),
    )


def _item(mine: Shortlist, public_id: str, card: ServiceCard, search: Search, now: datetime) -> ShortlistItem:
    desk, stops = _desk(card), tuple(_next_stops(card, now))
    hours = "" if desk is None else short(desk.opening.opening, current_language())
    place, last = mine.ids.index(public_id), len(mine.ids) - 1
    return ShortlistItem(
        service=listed(card, desk, vocabulary=search.vocabulary, now=now),
        address=_address(desk),
        town="" if stops or desk is None or desk.location is None else printed(desk.location.commune.name),
        hours=hours,
        soon="" if desk is None else _soon(desk, hours, now),
        stops=stops,
        without=_step(mine.without(public_id)),
        up=_step(mine.moved(public_id, -1)) if place > 0 else None,
        down=_step(mine.moved(public_id, 1)) if place < last else None,
    )


def _desk(card: ServiceCard) -> AccessPointCard | None:
    """Choose the way to reach a service that a sheet of paper should bear: a place, the next stop, or the first way."""
    stops = _stops(card)
    if stops:
        return stops[0]
    placed = (desk for desk in card.access_points if desk.location is not None)
    return next(placed, card.access_points[0] if card.access_points else None)


def _stops(card: ServiceCard) -> list[AccessPointCard]:
    """Give the stops of what travels, the next one first; nothing for what has a place of its own."""
    desks = soonest_first(card.access_points)
    has_place = any(desk.kind is AccessPointKind.PLACE for desk in desks)
    return [] if has_place else [desk for desk in desks if desk.kind is AccessPointKind.TOUR_STOP]


def _soon(desk: AccessPointCard, hours: str, now: datetime) -> str:
    """Say when one is received in few words: all the hours, or those of a day to come, as messages are read later."""
    if not has_hours(desk.opening.opening):
        return ""
    if len(hours) <= _LONGEST_HOURS:
        return hours
    opening = shown_opening(desk.opening, now=now, language=current_language())
    return next(iter(when_of(replace(opening, usual=""))), "")


def _next_stops(card: ServiceCard, now: datetime) -> Iterator[str]:
    for desk in _stops(card)[:_MOST_STOPS]:
        here = now.astimezone(desk.opening.calendar.time_zone)
        for when in next_dates(desk.opening, now=here, language=current_language(), most=1):
            where = () if desk.location is None else _place_words(desk.location)
            yield ", ".join((f"{when.day} {when.times}", *where))


def _place_words(where: Location) -> Iterator[str]:
    if where.link is not None:
        yield where.link.name
    yield printed(where.commune.name)


def _address(desk: AccessPointCard | None) -> str:
    where = None if desk is None else desk.location
    if where is None or where.link is None:
        return ""
    town = f"{where.postal_code} {printed(where.commune.name)}".strip()
    parts = dict.fromkeys((where.link.name, where.address, town))
    return ", ".join(part for part in parts if part)


def _left(mine: Shortlist, public_id: str, service: Service | None) -> LeftItem:
    link = None if service is None else Link(service.public_id, service.slug, service.title)
    return LeftItem(public_id, link, _step(mine.without(public_id)))


def _proposals(mine: Shortlist, found: ShortlistFound, search: Search, now: datetime) -> Iterator[Proposal]:
    for hit in found.proposed:
        service = listed(hit.card, hit.access_point, vocabulary=search.vocabulary, now=now, distance=hit.distance)
        yield Proposal(service, _step(mine.with_one(hit.card.public_id)))


def _step(mine: Shortlist) -> Step:
    return Step(to(mine.address()), mine.text)


def _where(asked: SearchRequest | None) -> str:
    if asked is None:
        return ""
    return MY_POSITION.said(asked.language) if isinstance(asked.where, Point) else asked.where


def _handing(mine: Shortlist, items: Sequence[ShortlistItem], *, hides: bool) -> Handing:
    # Whoever is handed the list need not know what was asked for.
    told = [_told(each) for each in items]
    return handing_of(absolute(to(replace(mine, back="").address())), told, hides=hides)


def _told(item: ShortlistItem) -> ToldService:
    phone = item.service.phone
    return ToldService(
        name=item.service.link.name,
        town=item.town,
        place=item.address or item.service.place,
        when=item.stops or ((item.hours,) if item.soon else ()),
        soon=item.stops[0] if item.stops else item.soon,
        phone="" if phone is None else phone.shown,
    )
