"""What the demonstration files say, as frozen values; `key` is the stable name of an entry inside the files."""

from dataclasses import dataclass, field
from datetime import date

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
from portal.geography.points import Point
from portal.hours.slots import Mode, Opening
from portal.vocabulary.audiences import Audience


@dataclass(frozen=True)
class StructureEntry:
    """A body that offers services."""

    key: str
    name: str
    legal_nature: LegalNature = LegalNature.UNKNOWN
    description: str = ""
    contacts: tuple[ContactLine, ...] = ()


@dataclass(frozen=True)
class PlaceEntry:
    """Where one goes."""

    key: str
    name: str
    commune: str
    postal_code: str
    point: Point
    precision: Precision
    address: str = ""
    address_shown: AddressShown | None = None
    access: tuple[tuple[AccessFeature, Answer], ...] = ()
    access_note: str = ""


@dataclass(frozen=True)
class Hours:
    """When one can come, with the words it was read from."""

    opening: Opening = field(default_factory=Opening)
    words: str = ""


@dataclass(frozen=True)
class StopEntry:
    """A stop of a tour."""

    key: str
    place: str
    hours: Hours = field(default_factory=Hours)
    note: str = ""


@dataclass(frozen=True)
class TourEntry:
    """A vehicle or a team that stops in several communes."""

    key: str
    structure: str
    name: str
    description: str = ""
    contacts: tuple[ContactLine, ...] = ()
    stops: tuple[StopEntry, ...] = ()


@dataclass(frozen=True)
class AccessEntry:
    """How one reaches a service; `at` is the key of a place, or the keys of a tour and its stop."""

    kind: AccessPointKind
    at: str = ""
    hours: Hours = field(default_factory=Hours)
    note: str = ""
    url: str = ""
    address_shown: AddressShown | None = None
    contacts: tuple[ContactLine, ...] = ()


@dataclass(frozen=True)
class Verification:
    """When a service said that its sheet is true."""

    day: date
    by: str


@dataclass(frozen=True)
class Closure:
    """When a service closed, and the key of the one that took its place."""

    day: date
    successor: str = ""


@dataclass(frozen=True)
class ServiceEntry:
    """What is offered, for whom and at what cost."""

    key: str
    structure: str
    title: str
    summary: str
    concepts: tuple[str, ...]
    former_titles: tuple[str, ...] = ()
    """The oldest first: the service is created under it and renamed, so that old addresses can be shown."""
    description: str = ""
    audiences: tuple[Audience, ...] = ()
    ages: tuple[int, int | None] | None = None
    """From the youngest to the oldest; without the oldest, from there on."""
    cost: Cost = Cost.UNKNOWN
    cost_note: str = ""
    modes: tuple[Mode, ...] = ()
    languages: tuple[str, ...] = ()
    documents: str = ""
    eligibility: str = ""
    legal_nature: LegalNature = LegalNature.UNKNOWN
    competence: tuple[CompetenceArea, ...] = ()
    online_url: str = ""
    status: Status = Status.PUBLISHED
    closure: Closure | None = None
    verification: Verification | None = None
    review_months: int | None = None
    contacts: tuple[ContactLine, ...] = ()
    access: tuple[AccessEntry, ...] = ()


@dataclass(frozen=True)
class Demonstration:
    """Everything the demonstration files say, for one reference day."""

    structures: tuple[StructureEntry, ...] = ()
    places: tuple[PlaceEntry, ...] = ()
    tours: tuple[TourEntry, ...] = ()
    services: tuple[ServiceEntry, ...] = ()
