"""What is done with the change log afterwards: verify its chain, erase a person's values from it."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import String, select, type_coerce
from sqlalchemy.orm import Session

from portal.core.canonical import canonical
from portal.core.changes import (
    FIELD,
    FIRST_DIGEST,
    Act,
    Link,
    Subject,
    chained_digest,
    part_digest,
    read_parts,
    record_change,
    values_digest,
)
from portal.core.models import Change, ChangeHead, ChangeValues

ERASE = "erase"
"""Verb of the row that says which parts were erased."""
_ERASED = "erased"
_CHUNK = 1000


@dataclass(frozen=True)
class Alteration:
    """The first row of the log that is not as it was written."""

    number: int
    sentence: str


@dataclass(frozen=True, order=True)
class Part:
    """One value of one change: its actor, its reason, or a field."""

    number: int
    name: str


def verify_chain(session: Session) -> Alteration | None:
    """Read the log from its first row and name the first that was altered; None when all is as written."""
    erasures = _erasures(session)
    previous, length = FIRST_DIGEST, 0
    for link, parts in _rows(session):
        fault = _fault(link, previous, length + 1) or _fault_of_values(link, parts, erasures)
        if fault:
            return fault
        previous, length = link.digest, link.number
    head = session.get(ChangeHead, 1)
    if (head.length, head.digest) != (length, previous) if head else length:
        return Alteration(length + 1, "La fin du journal a été coupée, ou son compte modifié.")
    return None


def parts_of_subject(session: Session, subject: Subject, fields: Iterable[str]) -> list[Part]:
    """List where the log holds given fields of a record."""
    rows = session.scalars(
        select(ChangeValues)
        .join(Change, Change.number == ChangeValues.number)
        .where(Change.subject_kind == subject.kind, Change.subject_key == subject.key)
        .order_by(Change.number)
    )
    names = [FIELD + field for field in fields]
    return [Part(row.number, name) for row in rows for name in names if name in read_parts(row)]


def erase_parts(session: Session, parts: Iterable[Part], act: Act) -> int:
    """Erase values from the log; their digests stay, so that the chain verifies, and one row says what was erased."""
    by_number: dict[int, list[str]] = defaultdict(list)
    for part in sorted(set(parts)):
        by_number[part.number].append(part.name)
    for number, names in by_number.items():
        row = session.get_one(ChangeValues, number)
        held: dict[str, Any] = json.loads(row.parts)
        row.parts = canonical(held | {name: part_digest(name, held[name]) for name in names})
    named = [[number, names] for number, names in by_number.items()]
    return record_change(
        session, subject=Subject("journal", "journal"), verb=ERASE, fields={_ERASED: (None, named)}, act=act
    )


def _rows(session: Session) -> Iterator[tuple[Link, str | None]]:
    # Dates and enumerations are read as they stand: an altered one must be found, not stumble over.
    columns = (
        Change.number,
        type_coerce(Change.at, String),
        Change.subject_kind,
        Change.subject_key,
        Change.verb,
        type_coerce(Change.actor_kind, String),
        Change.values_digest,
        Change.digest,
        ChangeValues.parts,
    )
    query = select(*columns).outerjoin(ChangeValues, ChangeValues.number == Change.number).order_by(Change.number)
    last: int | None = None
    while rows := session.execute((query if last is None else query.where(Change.number > last)).limit(_CHUNK)).all():
        for number, at, kind, key, verb, actor_kind, values, digest, parts in rows:
            yield Link(number, _instant(at), kind, key, verb, actor_kind, values, digest), parts
        last = rows[-1][0]


def _instant(stored: str | datetime) -> datetime | None:
    try:
        instant = datetime.fromisoformat(stored) if isinstance(stored, str) else stored
    except ValueError:
        return None
    return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant


def _fault(link: Link, previous: str, expected: int) -> Alteration | None:
    if link.number != expected:
        return Alteration(expected, f"La ligne {expected} du journal a disparu.")
    if chained_digest(previous, link) != link.digest:
        return Alteration(expected, f"La ligne {expected} du journal a été modifiée ou déplacée.")
    return None


def _fault_of_values(link: Link, parts: str | None, erasures: dict[Part, int]) -> Alteration | None:
    number = link.number
    if parts is None:
        return Alteration(number, f"Les valeurs de la ligne {number} du journal ont disparu.")
    try:
        held: dict[str, Any] = json.loads(parts)
        if values_digest(held) == link.values_digest:
            erased = [Part(number, name) for name, value in held.items() if isinstance(value, str)]
            if all(erasures.get(part, 0) > number for part in erased):
                return None
            return Alteration(number, f"Des valeurs de la ligne {number} ont été effacées sans que le journal le dise.")
    except (ValueError, AttributeError):
        pass
    return Alteration(number, f"Les valeurs de la ligne {number} du journal ont été modifiées.")


def _erasures(session: Session) -> dict[Part, int]:
    """List the parts the log says were erased, each with the number of the row that says it."""
    rows = session.scalars(
        select(ChangeValues).join(Change, Change.number == ChangeValues.number).where(Change.verb == ERASE)
    )
    found: dict[Part, int] = {}
    for row in rows:
        for number, names in _named(row):
            found |= {Part(number, name): row.number for name in names}
    return found


def _named(row: ChangeValues) -> list[tuple[int, list[str]]]:
    try:
        return [(number, names) for number, names in read_parts(row)[FIELD + _ERASED][1]]
    except (ValueError, KeyError, TypeError, AttributeError):
        # An altered row of erasures is reported when its turn comes.
        return []
