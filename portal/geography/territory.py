"""What a territory is: the value that a territory file becomes. It knows neither files nor the database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum
from typing import Any

import numpy as np

from portal.geography.communes import Communes
from portal.geography.distances import great_circles

KILOMETRE = 1000


class SchoolZone(StrEnum):
    """Zone of the school holidays, by academy."""

    A = "A"
    B = "B"
    C = "C"
    CORSICA = "Corse"
    OVERSEAS = "Outre-mer"


class PoleLevel(IntEnum):
    """How far people come from: the town of the whole territory, of its sector, of the villages around."""

    TERRITORY = 1
    SECTOR = 2
    VILLAGES = 3


@dataclass(frozen=True)
class Neighbours:
    """Communes around the territory whose services are kept too: all within some kilometres, and named ones."""

    kilometres: int
    communes: frozenset[str]


@dataclass(frozen=True)
class ZoneArea:
    """One part of a zoning."""

    slug: str
    name: str
    communes: frozenset[str]


@dataclass(frozen=True)
class ZoningPlan:
    """One way to cut the territory."""

    slug: str
    name: str
    zones: tuple[ZoneArea, ...]


@dataclass(frozen=True)
class PoleTown:
    """A commune others go to."""

    commune: str
    level: PoleLevel


@dataclass(frozen=True)
class Publisher:
    """Who answers for the portal: the legal notices."""

    name: str
    address: str
    director: str
    host: str
    phone: str = ""
    host_phone: str = ""
    dpo: str = ""
    """Data protection officer: a function and how to reach it."""


@dataclass(frozen=True)
class TerritoryContact:
    """Whom a visitor may ask."""

    name: str
    phone: str
    email: str
    words: str


class Conformity(StrEnum):
    """How far the portal was found to follow the RGAA; without an audit that still holds, not at all."""

    NONE = "non conforme"
    PARTIAL = "partiellement conforme"
    FULL = "totalement conforme"


@dataclass(frozen=True)
class Accessibility:
    """What an audit of the installed portal said: the declaration that the law asks for."""

    conformity: Conformity = Conformity.NONE
    audited_on: date | None = None
    auditor: str = ""
    rate: int = 0
    """Criteria of the RGAA that hold, out of a hundred that apply."""
    barriers: tuple[str, ...] = ()
    """What is not accessible, and which other way there is."""
    exemptions: tuple[str, ...] = ()
    """What would be too heavy to mend, and why."""
    out_of_scope: tuple[str, ...] = ()
    """What the law leaves aside."""
    environment: tuple[str, ...] = ()
    """Browsers, screen readers and systems of the audit."""
    tools: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    """What the audit looked at."""
    declared_on: date | None = None
    plan: str = ""
    """Address of the plan that the law asks of large bodies."""


@dataclass(frozen=True)
class Branding:
    """Two colours, each readable on white."""

    primary: str
    accent: str


@dataclass(frozen=True)
class Territory:
    """A territory that runs a portal."""

    slug: str
    name: str
    is_demonstration: bool
    epcis: tuple[str, ...]
    communes: frozenset[str]
    """INSEE codes of today, those of the EPCI among them."""
    neighbours: Neighbours
    zonings: tuple[ZoningPlan, ...]
    poles: tuple[PoleTown, ...]
    languages: tuple[str, ...]
    time_zone: str
    school_zone: SchoolZone
    alsace_moselle: bool
    publisher: Publisher
    contact: TerritoryContact
    branding: Branding
    notices: tuple[str, ...]
    digest: str
    """Of the file it was read from."""
    accessibility: Accessibility = Accessibility()
    notices_en: tuple[str, ...] = ()
    """The notices in English, one for one, as far as somebody wrote them."""
    vocabulary: Mapping[str, Any] = field(default_factory=dict, hash=False)
    """What it renames, hides and adds; read by the room of the vocabulary."""


def communes_in_scope(territory: Territory, communes: Communes) -> frozenset[str]:
    """Give the territory's communes and its neighbours: what an import keeps."""
    reach = territory.neighbours.kilometres * KILOMETRE
    near = np.zeros(len(communes), dtype=np.bool_)
    for row in sorted(communes.row_of(code) for code in territory.communes):
        away = great_circles(float(communes.lats[row]), float(communes.lons[row]), communes.lats, communes.lons)
        near |= away <= reach
    around = frozenset(communes.codes[row] for row in np.flatnonzero(near).tolist())
    return around | territory.communes | territory.neighbours.communes
