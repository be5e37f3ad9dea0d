"""What a run will do with each record, as frozen values: decided apart, applied later, shown by a dry run."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from portal.intake.record import ServiceRecord
from portal.intake.rules.statements import Said
from portal.intake.rules.values import Json
from portal.intake.rules.winning import Claim, PersonsWord


@dataclass(frozen=True, kw_only=True)
class KnownRow:
    """A row of the directory that stands for a part of a record."""

    number: int
    version: int
    values: Mapping[str, Json] = field(default_factory=dict)
    """What it says today, by field."""


@dataclass(frozen=True, kw_only=True)
class Known:
    """All that is known of a record that came before; what plan() decides from."""

    trace: int
    said: Said
    rows: Mapping[str, KnownRow]
    """Role -> row: `service`, `structure`, `access.1`, `access.1.place`."""
    corrections: Mapping[str, PersonsWord] = field(default_factory=dict)
    """Path -> the person's word that stands there."""
    rivals: Mapping[str, tuple[Claim, ...]] = field(default_factory=dict)
    """Path -> what other feeds say of the same field."""
    is_hidden: bool = False


@dataclass(frozen=True, kw_only=True)
class SourceWord:
    """On whose word a record is read."""

    source: str
    priority: int
    said_on: date
    is_late: bool = False


@dataclass(frozen=True, kw_only=True)
class FieldChange:
    """A field of a row that takes what the source says."""

    role: str
    field: str
    before: Json
    after: Json


@dataclass(frozen=True, kw_only=True)
class Question:
    """A field on which a source contradicts a person."""

    path: str
    correction: int
    mine: Json
    theirs: Json


@dataclass(frozen=True)
class Create:
    """Make the rows of a record nobody knew."""

    record: ServiceRecord


@dataclass(frozen=True, kw_only=True)
class Update:
    """Change the rows of a known record."""

    changes: tuple[FieldChange, ...] = ()
    added: tuple[str, ...] = ()
    """Keys of the ways of access that are new."""
    removed: tuple[str, ...] = ()
    reopens: bool = False


@dataclass(frozen=True)
class Keep:
    """Leave the rows as they are."""


@dataclass(frozen=True)
class Close:
    """Hide what its source no longer lists."""

    trace: int


@dataclass(frozen=True, kw_only=True)
class Ask:
    """Ask a person about some fields, and do meanwhile what is beyond doubt."""

    questions: tuple[Question, ...]
    meanwhile: Update | Keep


Step = Create | Update | Keep | Close | Ask
