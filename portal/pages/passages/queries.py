"""What passes around a place in one week, and where it is asked from."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from typing import NamedTuple

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
from portal.web.kept import kept_parts

_KILOMETRE = 1000
_MOST_DAYS = timedelta(weeks=2)
_LINE = 3000
"""Bytes of a passage, its desk, place and tour; those of a desk are kept once for all its days."""


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
    """List what passes, in order of time; without a place only what is on the road is told. One query or none."""
    days = _Days(first, last, _travelling(search, place))
    found = in_order(chain.from_iterable(_passing_in(session, place.codes, days).values()))
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
    """List what passes with all that is to be known before going. Three queries, or none.

    On a screen the number stands on the sheet, one touch away; on paper (`calls_all`) it must stand beside each.
    """
    wanted, days = _always if calls_all else _wants_a_call, _Days(*between, _travelling(search, place))
    passes = _passing_in(session, place.codes, days)
    known = _known_in(session, passes, days).values()
    cancelled = chain.from_iterable(each.cancelled for each in known)
    told = chain(chain.from_iterable(passes.values()), cancelled)
    listings = in_order(_of_theme(told, search.vocabulary, theme))
    phones = {desk: phone for each in known for desk, phone in each.phones.items()}
    called = {each.access_point.id for each in listings if wanted(each)}
    return Found(tuple(listings), {desk: phone for desk, phone in phones.items() if desk in called})


class _Days(NamedTuple):
    """Which days, and the kinds whose desks pass."""

    first: date
    last: date
    itinerant: frozenset[str]

    @property
    def are_usual(self) -> bool:
        """Tell whether pages ask for so many; diaries ask for a season."""
        return self.last - self.first < _MOST_DAYS


class _Known(NamedTuple):
    """What one must know before going: what is cancelled in a commune, and whom to call, by access point."""

    cancelled: tuple[OccurrenceListing, ...]
    phones: Mapping[int, Phone]


Passing = Mapping[str, Sequence[OccurrenceListing]]


def _passing_in(session: Session, codes: Collection[str], days: _Days) -> Passing:
    """Give what passes by commune: each is read once for all the pages around it."""

    def read(missing: Collection[str]) -> Passing:
        first, last, itinerant = days
        found = passages_between(session, first=first, last=last, communes=missing, itinerant=itinerant)
        return {code: tuple(same) for code, same in _by_commune(session, missing, found).items()}

    return kept_parts(("passing", days), codes, read, weigh=_weight) if days.are_usual else read(codes)


def _known_in(session: Session, passes: Passing, days: _Days) -> Mapping[str, _Known]:

    def read(missing: Collection[str]) -> Mapping[str, _Known]:
        first, last, itinerant = days
        closed = closed_desks(session, first=first, last=last, communes=missing, itinerant=itinerant)
        held = [each for code in missing for each in passes[code]]
        asked = {each.service.id for each in held} | closed.services
        lines = lines_of_services(session, sorted(asked)) if asked else {}
        cancelled = _by_commune(session, missing, closed.cancelled(lines))
        return {
            code: _Known(tuple(same), dict(_phones(chain(passes[code], same), lines)))
            for code, same in cancelled.items()
        }

    if not days.are_usual:
        return read(passes)
    return kept_parts(("known", days), passes, read, weigh=lambda each: _weight((*each.cancelled, *each.phones)))


def _by_commune(
    session: Session, codes: Collection[str], listings: Iterable[OccurrenceListing]
) -> dict[str, list[OccurrenceListing]]:
    """Sort listings by commune; their rows belong to no session any more, since other visits will see them."""
    found: dict[str, list[OccurrenceListing]] = {code: [] for code in codes}
    for each in listings:
        found[each.commune.code].append(each)
        for row in each.rows:
            if row in session:
                session.expunge(row)
    return found


def _weight(some: Collection[object]) -> int:
    return _LINE * (1 + len(some))


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
