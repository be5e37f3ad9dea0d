"""The frozen values that templates and exports receive; nothing here can reach the database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from portal.directory.rules.choices import (
    AccessFeature,
    AccessPointKind,
    AddressShown,
    Answer,
    Cost,
    LegalNature,
    Precision,
    Status,
)
from portal.directory.rules.competence import CompetenceArea
from portal.directory.rules.contact_lines import ContactLine
from portal.directory.rules.freshness import Freshness
from portal.geography.points import Point
from portal.hours.calendar import Calendar
from portal.hours.schedule import State
from portal.hours.slots import Appointment, Mode, Opening
from portal.vocabulary.audiences import Audience


@dataclass(frozen=True)
class Link:
    """The name of a thing that has a page, and what its address is made of."""

    public_id: str
    slug: str
    name: str


@dataclass(frozen=True)
class CommuneLine:
    """A commune as it is named: always with its département, because names repeat."""

    code: str
    name: str
    department: str
    slug: str


@dataclass(frozen=True)
class Location:
    """Where a place is, as far as the public may know; without link, only its commune is told."""

    commune: CommuneLine
    link: Link | None = None
    address: str = ""
    address_extra: str = ""
    postal_code: str = ""
    point: Point | None = None
    precision: Precision = Precision.UNKNOWN
    access: Mapping[AccessFeature, Answer] | None = None
    access_note: str = ""

    @property
    def own_point(self) -> Point | None:
        """Give where it is, unless only its commune is known or told: a centre would lead people astray."""
        is_vague = self.link is None or self.precision is Precision.COMMUNE
        return None if is_vague else self.point

    @property
    def own_name(self) -> str:
        """Name it, unless nobody did: an address that stands for the name is said once."""
        return "" if self.link is None or self.link.name == self.address else self.link.name


@dataclass(frozen=True)
class OpeningCard:
    """When one can come, and what holds now."""

    state: State
    opening: Opening
    calendar: Calendar
    words: str = ""
    """The words it was read from."""
    messages: tuple[str, ...] = ()
    """What is announced for today."""


@dataclass(frozen=True)
class AccessPointCard:
    """One way to reach a service."""

    public_id: str
    kind: AccessPointKind
    opening: OpeningCard
    address_shown: AddressShown = AddressShown.EXACT
    location: Location | None = None
    """None when there is no place, or when the public may not know it."""
    tour: Link | None = None
    note: str = ""
    url: str = ""
    contacts: tuple[ContactLine, ...] = ()


@dataclass(frozen=True)
class ServiceCard:
    """A service in a list."""

    public_id: str
    slug: str
    title: str
    summary: str
    status: Status
    structure: Link
    concepts: tuple[str, ...]
    audiences: tuple[Audience, ...]
    modes: tuple[Mode, ...]
    languages: tuple[str, ...]
    cost: Cost
    cost_note: str
    online_url: str
    is_competent: bool | None
    """For the visitor's commune, by its sector; None when it makes no difference."""
    contacts: tuple[ContactLine, ...]
    """The service's own, or its structure's when it has none."""
    access_points: tuple[AccessPointCard, ...]
    freshness: Freshness
    verified_on: date | None
    source: str
    changed_at: datetime
    serves_visitor: bool = False
    """Whether it has no sector, and the visitor's commune is among those it said to serve."""


@dataclass(frozen=True)
class ServiceSheet:
    """A service on its own page."""

    card: ServiceCard
    description: str
    age_min: int | None
    age_max: int | None
    documents: str
    eligibility: str
    legal_nature: LegalNature
    competence: tuple[CompetenceArea, ...]
    closed_on: date | None
    successor: Link | None
    changed_at: datetime


@dataclass(frozen=True)
class PlaceSheet:
    """A place on its own page, with the services that show themselves there."""

    link: Link
    location: Location
    contacts: tuple[ContactLine, ...]
    services: tuple[ServiceCard, ...]


@dataclass(frozen=True)
class StructureSheet:
    """A structure on its own page."""

    link: Link
    description: str
    legal_nature: LegalNature
    contacts: tuple[ContactLine, ...]
    services: tuple[ServiceCard, ...]
    tours: tuple[Link, ...]


@dataclass(frozen=True)
class StopCard:
    """A stop of a tour."""

    public_id: str
    location: Location | None
    note: str
    opening: OpeningCard

    @property
    def is_told(self) -> bool:
        """Tell whether the public may know exactly where it is."""
        return self.location is not None and self.location.link is not None


@dataclass(frozen=True)
class OccurrenceCard:
    """An opening on its date, in the time of the place."""

    starts_at: datetime
    ends_at: datetime
    mode: Mode
    appointment: Appointment
    is_certain: bool
    """False when a holiday or words nobody could read leave it in doubt."""
    service: Link
    kind: AccessPointKind
    location: Location | None
    tour: Link | None
    access_point: str = ""
    """Its public id: what tells apart two desks of one service."""
    concept: str = ""
    """The one the service is filed under; empty when there is none."""
    cancelled: str | None = None
    """Why it does not take place, as far as told; None when it does."""
    changed_at: datetime | None = None
    """When any of what it says was last changed."""


@dataclass(frozen=True)
class TourSheet:
    """A tour on its own page."""

    link: Link
    description: str
    structure: Link
    contacts: tuple[ContactLine, ...]
    stops: tuple[StopCard, ...]
    services: tuple[ServiceCard, ...]
