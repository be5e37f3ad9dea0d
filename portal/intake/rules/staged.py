"""What passes from reading to planning to applying: plain values, which may wait in a file meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from portal.intake.record import ServiceRecord
from portal.intake.rules.matching import Match
from portal.intake.rules.statements import Said
from portal.intake.rules.steps import Known, KnownRow, Step


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A record that says something new, with its line as it stood."""

    record: ServiceRecord
    raw: str
    fingerprint: str
    said: Said
    imprint: str = ""
    trace: int | None = None
    """The trace it left before."""


@dataclass(frozen=True)
class Resemblance:
    """A service that a new one may be the same as."""

    service: int
    match: Match


@dataclass(frozen=True, kw_only=True)
class LikeAnother:
    """A new service that a person is to compare with one that was there."""

    trace: int
    service: int
    title: str
    resembles: Resemblance


@dataclass(frozen=True, kw_only=True)
class Planned:
    """A record with what is to be done about it, and all that doing it needs."""

    reading: Reading
    statement: Said
    step: Step
    known: Known | None = None
    joined: Match | None = None
    """Why it stands for a service that another source brought."""
    structure: int | None = None
    """The structure that offers it, when it is there already."""
    links: Mapping[str, int] = field(default_factory=dict)
    """Key of a way of access -> the place that its place is the same as."""
    resembles: Resemblance | None = None


def without_grounds(planned: Planned) -> Planned:
    """Leave out what only the decision needed: less to write aside, less to read while others wait."""
    if planned.known is None:
        return planned
    rows = {role: KnownRow(number=row.number, version=row.version) for role, row in planned.known.rows.items()}
    return replace(planned, known=replace(planned.known, said={}, rows=rows, corrections={}, rivals={}))
