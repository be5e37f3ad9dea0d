"""What every operation does around its change: number, version, change log, event."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from portal.core.changes import Act, Fields, Subject, record_change
from portal.core.events import publish
from portal.core.text import slug
from portal.directory.events import PlaceChanged, ServiceChanged, SheetChanged, StructureChanged, TourChanged
from portal.directory.models.access_points import AccessPoint, Stop
from portal.directory.models.identities import SLUG_LENGTH, Addressed, FormerSlug, Identified, Identity, Numbering
from portal.directory.rules.choices import Kind
from portal.directory.rules.public_ids import public_id
from portal.directory.rules.refusals import ChangedMeanwhile

Row = TypeVar("Row", bound=Identified)
CREATE = "create"
CHANGE = "change"

EVENTS: dict[Kind, type[SheetChanged]] = {
    Kind.STRUCTURE: StructureChanged,
    Kind.PLACE: PlaceChanged,
    Kind.SERVICE: ServiceChanged,
    Kind.TOUR: TourChanged,
}


def identify(session: Session, row: Row, act: Act) -> Row:
    """Give a new row its number for ever and its dates, and add it."""
    row.identity = Identity(id=_next_number(session), kind=row.KIND)
    row.id = row.identity.id
    row.version = 1
    row.created_at = row.changed_at = act.at
    session.add(row)
    return row


def record_creation(session: Session, row: Identified, fields: Mapping[str, Any], act: Act) -> None:
    """Tell that a row was made, with every field that says something."""
    record_change(session, subject=subject_of(row), verb=CREATE, fields=stated(fields), act=act)
    tell(session, row)


def stated(fields: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Write for the change log every field of a new thing that says something."""
    return {name: (None, written(value)) for name, value in fields.items() if not says_nothing(value)}


def record_alteration(session: Session, row: Identified, fields: Fields, act: Act, *, verb: str = CHANGE) -> bool:
    """Tell what was changed of a row, unless nothing was; give whether anything was."""
    if not fields:
        return False
    row.version += 1
    row.changed_at = act.at
    pairs = {name: (written(before), written(after)) for name, (before, after) in fields.items()}
    record_change(session, subject=subject_of(row), verb=verb, fields=pairs, act=act)
    tell(session, row)
    return True


def set_fields(row: Identified, values: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Set the columns that differ, and give each with its value before and after."""
    different = {name: (getattr(row, name), value) for name, value in values.items() if getattr(row, name) != value}
    for name, (_, value) in different.items():
        setattr(row, name, value)
    return different


def expect_version(row: Identified, expected: int | None) -> None:
    """Refuse to change a row that somebody else changed since it was read."""
    if expected is not None and row.version != expected:
        raise ChangedMeanwhile


def rename(session: Session, row: Addressed, name: str, act: Act) -> None:
    """Give a row the slug of its new name; the former one still leads to it."""
    former, row.slug = row.slug, slug_of(name)
    if former == row.slug:
        return
    session.flush()
    if session.get(FormerSlug, (row.id, former)) is None:
        session.add(FormerSlug(owner_id=row.id, slug=former, left_on=act.at.date()))


@lru_cache(maxsize=1024)
def slug_of(name: str) -> str:
    """Write a name as the readable part of an address, cut on a word."""
    whole = slug(name)
    if len(whole) > SLUG_LENGTH:
        whole = whole[: SLUG_LENGTH + 1].rpartition("-")[0] or whole[:SLUG_LENGTH]
    return whole or "fiche"


def subject_of(row: Identified) -> Subject:
    """Name a row as the change log does."""
    return Subject(row.KIND, row.public_id)


def tell(session: Session, row: Identified) -> None:
    """Publish that the sheet a row belongs to has changed."""
    if isinstance(row, AccessPoint):
        publish(session, ServiceChanged(public_id(row.service_id)))
    elif isinstance(row, Stop):
        publish(session, TourChanged(public_id(row.tour_id)))
    else:
        publish(session, EVENTS[row.KIND](row.public_id))


def owned_by(row: Identified) -> dict[str, Any]:
    """Say whose a new line is: by number, or by object while its owner is not yet in the database."""
    return {"owner_id": row.id} if inspect(row).persistent else {"owner": row.identity}


def written(value: object) -> Any:  # noqa: ANN401 - JSON values have no narrower type
    """Write a value for the change log: values made of fields become dictionaries without what they leave unsaid."""
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, Identified):
        return value.public_id
    kind: Any = type(value)
    if names := _names_of(kind):
        held = ((name, getattr(value, name)) for name in names)
        return {name: written(item) for name, item in held if not says_nothing(item)}
    if isinstance(value, list | tuple):
        return [written(item) for item in value]
    return value


@lru_cache(maxsize=256)
def _names_of(kind: type[Any]) -> tuple[str, ...]:
    """List the fields that values of a type are made of, if they are."""
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()


def says_nothing(value: object) -> bool:
    """Tell whether a value is empty; false and zero do say something."""
    return value is None or value in ("", (), frozenset())


def _next_number(session: Session) -> int:
    """Take the next number; writers take turns, so that two never take the same."""
    return take_numbers(session, 1)


def take_numbers(session: Session, n: int) -> int:
    """Take some numbers at once, and give the last of them."""
    numbering: Numbering | None = session.info.get(_NUMBERING)
    if numbering is None or inspect(numbering).session is not session:
        numbering = session.get(Numbering, 1) or Numbering(id=1, last=0)
        session.add(numbering)
        # Held here, because a session forgets the rows nobody else holds.
        session.info[_NUMBERING] = numbering
    numbering.last += n
    return numbering.last


_NUMBERING = "directory numbering"
