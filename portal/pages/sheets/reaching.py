"""The ways to reach a service, one after the other: where, when, how to come, and for whom the door is wide."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from math import inf
from urllib.parse import quote

from flask_babel import gettext

from portal.core.text import fold
from portal.directory.cards.values import AccessPointCard, CommuneLine, Link, Location
from portal.directory.rules.choices import AccessFeature, AccessPointKind, Answer, Precision
from portal.directory.rules.names import ANSWER_LABELS, PRECISION_LABELS
from portal.geography.grammar import printed
from portal.hours.layers import StateCode
from portal.pages.sheets.openings import ShownOpening, shown_opening
from portal.search.contacts import ShownContact, shown_contacts
from portal.search.labels import label_of
from portal.search.listed import commune_words
from portal.search.serving import current_search
from portal.vocabulary.vocabulary import Vocabulary
from portal.web.visit import frame

_NOW: Mapping[StateCode, float] = {StateCode.OPEN: 0, StateCode.APPOINTMENT: 1}
_ON_THE_SPOT = frozenset({AccessPointKind.PLACE, AccessPointKind.TOUR_STOP})


@dataclass(frozen=True)
class Itinerary:
    """How to be led to a point by whatever the visitor uses."""

    geo: str
    """Opens the map application of a telephone."""
    route: str
    """Opens the site of itineraries that the portal names; empty when it names none."""
    precision: str
    """What the point stands for, where that is not the very address."""


@dataclass(frozen=True)
class AccessLine:
    """What a disabled person finds, or not."""

    feature: str
    answer: str
    code: str


@dataclass(frozen=True)
class Access:
    """What is known of the access of a place."""

    told: tuple[AccessLine, ...]
    unknown: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class ShownPlace:
    """Where one goes, as far as the public may know."""

    commune: str
    commune_code: str
    commune_name: str
    commune_path: str
    link: Link | None
    address: tuple[str, ...]
    itinerary: Itinerary | None
    access: Access | None


@dataclass(frozen=True)
class ShownWay:
    """A line that stops near, or a transport that one calls."""

    link: Link
    words: str


@dataclass(frozen=True)
class Reach:
    """One way to reach a service."""

    public_id: str
    anchor: str
    icon: str
    name: str
    place: ShownPlace | None
    opening: ShownOpening
    tour: Link | None
    note: str
    url: str
    contacts: tuple[ShownContact, ...]
    ways: tuple[ShownWay, ...] = ()
    is_visited: bool = True
    """Whether one goes there."""
    is_address: bool = False
    """Whether its name is its address, for want of another that the title has not said."""

    @property
    def leads_somewhere(self) -> bool:
        """Tell whether anything is known of how to come there."""
        return bool(self.place and (self.place.itinerary or self.place.access or self.ways))


@dataclass(frozen=True)
class Telling:
    """In which words, and seen from when."""

    now: datetime
    language: str
    vocabulary: Vocabulary


def in_order(points: Iterable[AccessPointCard]) -> list[AccessPointCard]:
    """Put places first by commune and name, then tours, then what needs no journey."""
    return sorted(points, key=lambda point: (_RANKS[point.kind], *_names(point), point.public_id))


def soonest_first(points: Iterable[AccessPointCard]) -> list[AccessPointCard]:
    """Put the doors in the order they open in, then what needs no journey."""
    return sorted(in_order(points), key=lambda point: (point.kind not in _ON_THE_SPOT, opens_in_order(point)))


def opens_in_order(point: AccessPointCard) -> float:
    """Give the rank of a desk among those of its service: open now, by appointment now, then by the next opening."""
    state = point.opening.state
    if state.code in _NOW:
        return _NOW[state.code]
    coming = [each.timestamp() for each in (state.next, state.next_appointment) if each is not None]
    return min(coming, default=inf)


def shown_reach(point: AccessPointCard, telling: Telling, *, ways: tuple[ShownWay, ...] = ()) -> Reach:
    """Show one way to reach a service."""
    is_tour = point.kind is AccessPointKind.TOUR_STOP
    return Reach(
        public_id=point.public_id,
        anchor=f"acces-{point.public_id}",
        icon=_ICONS[point.kind],
        name=reach_name(point),
        place=None if point.location is None else shown_place(point.location, telling),
        opening=shown_opening(point.opening, now=telling.now, language=telling.language, is_dated=is_tour),
        tour=point.tour,
        note=point.note,
        url=point.url if point.url.startswith(("https://", "http://")) else "",
        contacts=shown_contacts(point.contacts),
        ways=ways,
        is_visited=point.kind in _ON_THE_SPOT,
    )


def reach_name(point: AccessPointCard) -> str:
    """Name a way to reach a service: by its place, or by what replaces the journey."""
    where = point.location
    if where is not None and where.link is not None:
        return where.link.name
    names: Mapping[AccessPointKind, str] = {
        AccessPointKind.PHONE: gettext("Par téléphone"),
        AccessPointKind.VIDEO: gettext("En visio"),
        AccessPointKind.HOME: gettext("À domicile"),
    }
    return names.get(point.kind) or (
        gettext("Adresse non communiquée") if where is None else commune_words(where.commune)
    )


def shown_place(where: Location, telling: Telling) -> ShownPlace:
    """Show where a place is."""
    postal = f"{where.postal_code} {printed(where.commune.name)}".strip()
    lines = (where.address, where.address_extra, postal) if where.link is not None else (commune_words(where.commune),)
    return ShownPlace(
        commune=commune_words(where.commune),
        commune_code=where.commune.code,
        commune_name=printed(where.commune.name),
        commune_path=_commune_path(where.commune),
        link=where.link,
        address=tuple(line for line in lines if line),
        itinerary=_itinerary(where, telling.language),
        access=None if where.access is None else _access(where.access, where.access_note, telling),
    )


def _commune_path(commune: CommuneLine) -> str:
    """Lead to the page of a commune; one outside the territory has none, and is searched instead."""
    home = current_search().book.home
    return f"/communes/{commune.slug}" if not home or commune.code in home else f"/recherche?ou={commune.code}"


def _itinerary(where: Location, language: str) -> Itinerary | None:
    """Lead to a point; where there is none, a telephone’s map looks the address up."""
    point = where.point
    if point is None:
        return _by_address(where, language) if where.address else None
    label = quote(where.link.name if where.link is not None else where.commune.name, safe="")
    return Itinerary(
        geo=f"geo:{point}?q={point}({label})",
        route=frame().itinerary_url.replace("{lat}", str(point.lat)).replace("{lon}", str(point.lon)),
        precision="" if where.precision in _NEAR_ENOUGH else PRECISION_LABELS[where.precision].said(language),
    )


def _by_address(where: Location, language: str) -> Itinerary:
    address = f"{where.address}, {where.postal_code} {where.commune.name}"
    unknown = PRECISION_LABELS[Precision.UNKNOWN].said(language)
    return Itinerary(geo=f"geo:0,0?q={quote(address, safe='')}", route="", precision=unknown)


def _access(answers: Mapping[AccessFeature, Answer], note: str, telling: Telling) -> Access:
    words = {each: ANSWER_LABELS[each].said(telling.language) for each in (Answer.YES, Answer.NO)}
    named = [(label_of("access", each.value, telling.vocabulary, telling.language), answers[each]) for each in answers]
    return Access(
        told=tuple(AccessLine(name, words[given], given.value) for name, given in named if given in words),
        unknown=tuple(name for name, given in named if given not in words),
        note=note,
    )


def _names(point: AccessPointCard) -> tuple[str, str]:
    where = point.location
    if where is None:
        return "", ""
    return fold(where.commune.name), "" if where.link is None else fold(where.link.name)


_NEAR_ENOUGH = frozenset({Precision.ADDRESS, Precision.STREET})
_RANKS = {kind: rank for rank, kind in enumerate(AccessPointKind)} | {AccessPointKind.TOUR_STOP: 0.5}
_ICONS: Mapping[AccessPointKind, str] = {
    AccessPointKind.PLACE: "lieu",
    AccessPointKind.TOUR_STOP: "bus",
    AccessPointKind.PHONE: "telephone",
    AccessPointKind.VIDEO: "site",
    AccessPointKind.HOME: "position",
}
