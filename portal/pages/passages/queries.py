"""What passes around a place in one week, and where it is asked from."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from portal.directory.queries.cancelled import closed_desks
from portal.directory.queries.line_union import Lines, lines_of_services
from portal.directory.queries.listings import contacts_in
from portal.directory.queries.occurrences import OccurrenceListing, in_order, passages_between
from portal.geography.communes import Commune
from portal.geography.lookup import communes
from portal.geography.points import Point
from portal.hours.slots import Appointment
from portal.pages.passages.rules import PassagesRequest
from portal.search.finding import commune_near
from portal.search.listed import Phone, phone_of
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
    is_guessed: bool = False
    """Whether they only look like the name of the place."""


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
    return Around(codes, place.point, place.commune, place.words, place.choices, is_guessed=place.is_corrected)


def codes_within(point: Point, kilometres: int) -> frozenset[str]:
    """List the communes whose centre lies near enough."""
    known = communes().communes
    return frozenset(known.codes[row] for row in known.rows_within(point, kilometres * _KILOMETRE))


def passing(
    session: Session, search: Search, place: Around, *, first: date, last: date, theme: str = ""
) -> list[OccurrenceListing]:
    """List what passes, in order of time; without a place only what is on the road is told. One query."""
    travelling = _travelling(search, place)
    found = passages_between(session, first=first, last=last, communes=place.codes, itinerant=travelling)
    return _of_theme(found, search.vocabulary, theme)


@dataclass(frozen=True)
class Found:
    """What passes between two dates, what is cancelled among it, and whom to call about what is not sure."""

    listings: tuple[OccurrenceListing, ...]
    """In order of time."""
    phones: Mapping[int, Phone]
    """By access point."""


def passing_with_phones(
    session: Session,
    search: Search,
    place: Around,
    *,
    between: tuple[date, date],
    theme: str = "",
    calls_all: bool = False,
) -> Found:
    """List what passes with all that is to be known before going. Three queries.

    On a screen the number stands on the sheet, one touch away; on paper (`calls_all`) it must stand beside each.
    """
    wanted, (first, last) = _always if calls_all else _wants_a_call, between
    held = passing(session, search, place, first=first, last=last, theme=theme)
    travelling = _travelling(search, place)
    closed = closed_desks(session, first=first, last=last, communes=place.codes, itinerant=travelling)
    asked = {each.service.id for each in held if wanted(each)}
    lines = lines_of_services(session, sorted(asked | closed.services)) if asked | closed.services else {}
    cancelled = _of_theme(closed.cancelled(lines), search.vocabulary, theme)
    listings = in_order((*held, *cancelled))
    return Found(tuple(listings), dict(_phones(filter(wanted, listings), lines)))


def _travelling(search: Search, place: Around) -> frozenset[str]:
    return frozenset() if place.point is None else itinerant_concepts(search.vocabulary)


def _wants_a_call(listing: OccurrenceListing) -> bool:
    one = listing.occurrence
    return one.appointment is Appointment.REQUIRED or not one.is_certain or listing.cancelled is not None


def _always(_: OccurrenceListing) -> bool:
    return True


def _phones(listings: Iterable[OccurrenceListing], lines: Lines) -> Iterator[tuple[int, Phone]]:
    for listing in listings:
        desk, service = listing.access_point, listing.service
        # The telephone of a withheld place would tell where it is.
        owners = (desk.id, *((listing.place.id,) if listing.is_told else ()), service.id, service.structure_id)
        phone = phone_of(tuple(line for owner in owners for line in contacts_in(lines, owner)))
        if phone is not None:
            yield desk.id, phone


def itinerant_concepts(vocabulary: Vocabulary) -> frozenset[str]:
    """List the kinds of service that often travel."""
    return frozenset(concept.code for concept in vocabulary.concepts if concept.is_often_itinerant)


def _of_theme(listings: Iterable[OccurrenceListing], vocabulary: Vocabulary, theme: str) -> list[OccurrenceListing]:
    wanted = _concepts_of(vocabulary, theme)
    return [each for each in listings if not theme or each.concept in wanted]


def _concepts_of(vocabulary: Vocabulary, theme: str) -> Collection[str]:
    family = vocabulary.family_by_slug(theme)
    return {concept.code for concept in vocabulary.concepts_of(family)} if family is not None else frozenset()
