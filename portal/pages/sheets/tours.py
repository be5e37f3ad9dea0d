"""The page of a tour: its stops in order, when it comes to each, and what it brings."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from portal.directory.cards.moments import all_hold_until, opening_holds_until
from portal.directory.cards.sheets import tour_sheet
from portal.directory.cards.values import AccessPointCard, Link, Location, OpeningCard, ServiceCard, StopCard, TourSheet
from portal.directory.queries.sheets import TourListing
from portal.directory.rules.openings import has_hours
from portal.directory.rules.public_ids import number_of
from portal.geography.grammar import printed
from portal.pages.sheets.found import at_words, first_of
from portal.pages.sheets.offers import best_of, in_list
from portal.pages.sheets.openings import ShownOpening, dates_hold_until, shown_opening
from portal.pages.sheets.reaching import ShownPlace, Telling, shown_place
from portal.pages.sheets.texts import Prose, Speaker
from portal.search.contacts import ShownContact, shown_contacts
from portal.search.listed import ListedService, ListedState, commune_words

_FOLDED_FROM = 4
Desk = tuple[ServiceCard, AccessPointCard]


@dataclass(frozen=True)
class StopOpening:
    """When something comes to a stop; `service` names what, where that makes a difference."""

    service: Link | None
    opening: ShownOpening


@dataclass(frozen=True)
class ShownStop:
    """A stop of a tour."""

    anchor: str
    name: str
    commune: str
    link: Link | None
    place: ShownPlace | None
    note: str
    state: ListedState
    openings: tuple[StopOpening, ...]


@dataclass(frozen=True)
class TourPage:
    """What the page of a tour shows."""

    link: Link
    structure: Link
    description: Prose
    contacts: tuple[ShownContact, ...]
    stops: tuple[ShownStop, ...]
    found: str
    """Where somebody waits for it, when they said a commune where it stops."""
    services: tuple[ListedService, ...]
    until: datetime
    """When the next of it changes."""

    @property
    def is_folded(self) -> bool:
        """Tell whether the stops are too many to stand open."""
        return len(self.stops) >= _FOLDED_FROM


def tour_page(listing: TourListing, telling: Telling, *, commune: str = "") -> TourPage:
    """Show a tour with its stops in order, those of the commune that was asked for first."""
    sheet = tour_sheet(listing, now=telling.now)
    waited_for = [stop for stop in sheet.stops if stop.location is not None and stop.location.commune.code == commune]
    stops = first_of(sheet.stops, waited_for)
    where = next((stop.location.commune.name for stop in waited_for if stop.location is not None), "")
    return TourPage(
        link=sheet.link,
        structure=sheet.structure,
        description=Speaker(telling.language).prose("description", sheet.description),
        contacts=shown_contacts(sheet.contacts),
        stops=tuple(_stop(each, _points_at(each, listing, sheet), telling) for each in stops),
        found=at_words(printed(where)) if where else "",
        services=tuple(in_list(card, _brought_by(card, sheet.link), telling) for card in sheet.services),
        # A commune where it does not stop makes no other page of it: that one is not worth keeping.
        until=telling.now if commune and not where else _until(sheet, telling.now),
    )


def _until(sheet: TourSheet, now: datetime) -> datetime:
    """Tell until when the page of a tour is true."""
    stops = [stop.opening for stop in sheet.stops]
    desks = [point.opening for card in sheet.services for point in card.access_points]
    ends = (
        all_hold_until(sheet.services, now=now),
        dates_hold_until((*stops, *desks), now=now),
        *(opening_holds_until(each, now=now) for each in stops),
    )
    return min((end for end in ends if end is not None), key=datetime.timestamp)


def _stop(stop: StopCard, desks: Sequence[Desk], telling: Telling) -> ShownStop:
    where = stop.location
    link = None if where is None else where.link
    openings = tuple(_stop_openings(stop, desks, telling))
    return ShownStop(
        anchor=f"arret-{stop.public_id}",
        name="" if link is None else link.name,
        commune="" if where is None or _is_in_its_name(where) else commune_words(where.commune),
        link=link,
        place=None if where is None else shown_place(where, telling),
        note=stop.note,
        state=openings[0].opening.state,
        openings=openings,
    )


def _is_in_its_name(where: Location) -> bool:
    return where.link is not None and printed(where.commune.name) in where.link.name


def _stop_openings(stop: StopCard, desks: Sequence[Desk], telling: Telling) -> Iterator[StopOpening]:
    """Say when the tour stops there; where the stop itself says nothing, when each service is there."""
    own = [] if has_hours(stop.opening.opening) else [desk for desk in desks if has_hours(desk[1].opening.opening)]
    by_opening = {point.opening.opening: (card, point) for card, point in reversed(own)}
    for card, point in reversed(by_opening.values()):
        link = Link(card.public_id, card.slug, card.title) if len(by_opening) > 1 else None
        yield StopOpening(link, _dated(point.opening, telling))
    if not by_opening:
        yield StopOpening(None, _dated(stop.opening, telling))


def _dated(card: OpeningCard, telling: Telling) -> ShownOpening:
    return shown_opening(card, now=telling.now, language=telling.language, is_dated=True)


def _points_at(stop: StopCard, listing: TourListing, sheet: TourSheet) -> list[Desk]:
    """List the desks that the public may know of at a stop."""
    here = {
        each.access_point.public_id
        for service in listing.services
        for each in service.access_points
        if each.access_point.stop_id == number_of(stop.public_id)
    }
    return [(card, point) for card in sheet.services for point in card.access_points if point.public_id in here]


def _brought_by(card: ServiceCard, tour: Link) -> AccessPointCard | None:
    return best_of(card, lambda point: point.tour == tour)
