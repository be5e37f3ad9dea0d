"""What a source says of one service: the one type that readers of files and forms of people both make.

A field left at None was not spoken of: it changes nothing. An empty value was said to be empty. Values only: a record
knows neither the database nor the file it came from, but for the line it stood on.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from portal.core.problems import Problem
from portal.directory.rules.choices import (
    AccessFeature,
    AccessPointKind,
    AddressShown,
    Answer,
    Cost,
    LegalNature,
    Precision,
)
from portal.directory.rules.competence import CompetenceArea
from portal.directory.rules.contact_lines import ContactLine
from portal.geography.points import Point
from portal.hours.slots import Mode, Opening
from portal.vocabulary.audiences import Audience

OfficialIds = Mapping[str, str]
"""Name of a national register -> the identifier there: `siret`, `finess`, `pivot`, `france-services`, `acceslibre`…"""


@dataclass(frozen=True, kw_only=True)
class StructureRecord:
    """Who offers the service."""

    name: str
    official_ids: OfficialIds = field(default_factory=dict)
    legal_nature: LegalNature | None = None
    description: str | None = None
    contacts: tuple[ContactLine, ...] | None = None

    @property
    def siret(self) -> str | None:
        """Give its number in the register of establishments; None where the source does not say."""
        return self.official_ids.get("siret")


@dataclass(frozen=True, kw_only=True)
class PlaceRecord:
    """Where one goes."""

    commune_code: str
    """INSEE code of today: a record whose commune cannot be resolved is quarantined before it gets here."""
    name: str | None = None
    address: str | None = None
    address_extra: str | None = None
    postal_code: str | None = None
    point: Point | None = None
    precision: Precision | None = None
    address_shown: AddressShown | None = None
    access: Mapping[AccessFeature, Answer] | None = None
    access_note: str | None = None
    official_ids: OfficialIds = field(default_factory=dict)
    contacts: tuple[ContactLine, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class AccessRecord:
    """How one reaches the service; `key` tells it from the others of the same record."""

    key: str = "1"
    kind: AccessPointKind = AccessPointKind.PLACE
    place: PlaceRecord | None = None
    tour: str | None = None
    """Name of the tour this is a stop of, for the kind `tour_stop`."""
    opening: Opening | None = None
    opening_words: str | None = None
    note: str | None = None
    url: str | None = None
    contacts: tuple[ContactLine, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class ServiceRecord:
    """One service as a source describes it."""

    key: str
    """What tells this record from every other of its feed, for as long as the source keeps its own identifiers."""
    line: int
    structure: StructureRecord
    title: str
    concepts: tuple[str, ...]
    """Codes of the thesaurus; the first one files the service."""
    access: tuple[AccessRecord, ...] = ()
    summary: str | None = None
    description: str | None = None
    audiences: tuple[Audience, ...] | None = None
    ages: tuple[int | None, int | None] | None = None
    cost: Cost | None = None
    cost_note: str | None = None
    modes: tuple[Mode, ...] | None = None
    languages: tuple[str, ...] | None = None
    documents: str | None = None
    eligibility: str | None = None
    legal_nature: LegalNature | None = None
    competence: tuple[CompetenceArea, ...] | None = None
    online_url: str | None = None
    contacts: tuple[ContactLine, ...] | None = None
    official_ids: OfficialIds = field(default_factory=dict)
    said_on: date | None = None
    """The day the source gives to this record, where it gives one; the run's own date stands in otherwise."""


class Verdict(StrEnum):
    """What the reading and the checks made of a line."""

    ACCEPTED = "accepted"
    QUARANTINED = "quarantined"
    """A check fails and a person may release it."""
    REFUSED = "refused"
    """It cannot be a record."""
    SKIPPED = "skipped"
    """It lies outside what the source or the territory declares."""


@dataclass(frozen=True, kw_only=True)
class Submission:
    """One line of a source as it reaches the intake: its record, or why there is none."""

    line: int
    key: str = ""
    """The record's key where it could be read, even of a refused line: what stands in the file has not disappeared."""
    raw: str = ""
    """The line as it stood."""
    record: ServiceRecord | None = None
    verdict: Verdict = Verdict.ACCEPTED
    problems: tuple[Problem, ...] = ()
    imprint: str = ""
    """Digest of the line and of all that reading it depends on; empty where nobody tells."""


@dataclass(frozen=True, kw_only=True)
class Unread:
    """A line that need not be read when it stands as before: its imprint says so."""

    line: int
    key: str
    imprint: str
    read: Callable[[], Submission]


HandedIn = Submission | Unread
