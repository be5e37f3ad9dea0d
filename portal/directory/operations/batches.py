"""Batches: many new things of the directory at once, each exactly as its own operation makes it one by one.

Everything is made ready beside the database (rows as the driver takes them, changes written out and salted), so that
the transaction which writes them keeps other writers waiting as little as can be. Numbers are given by the caller, who
takes them within that transaction.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sqlalchemy import Dialect
from sqlalchemy.orm import Session

from portal.core.changes import Act, Fields, Sealed, Subject, append_changes, seal
from portal.core.database import Base
from portal.core.events import Event, publish
from portal.core.many_rows import ReadyRow, RowWriter, table_of
from portal.directory.events import ServiceChanged
from portal.directory.models.access_points import AccessPoint
from portal.directory.models.contacts import Contact
from portal.directory.models.identities import Identified, Identity
from portal.directory.models.openings import LINE_TABLES, rows_of, values_of
from portal.directory.models.places import Place
from portal.directory.models.services import Service
from portal.directory.models.structures import Structure
from portal.directory.operations.lifecycle import PUBLISH, PUBLISHED
from portal.directory.operations.outlines import Outline
from portal.directory.operations.places import LINK
from portal.directory.operations.recording import CREATE, EVENTS, stated
from portal.directory.operations.service_codes import CODE_SETS
from portal.directory.rules.choices import Kind, Status
from portal.directory.rules.public_ids import public_id
from portal.hours.slots import Opening

_TABLES: tuple[type[Base], ...] = (
    Identity,
    Structure,
    Place,
    Service,
    AccessPoint,
    Contact,
    *(kept.table for kept in CODE_SETS.values()),
    *LINE_TABLES,
)
"""What a batch writes, each table after those it points to."""
_PUBLICATION = {name: (Status.DRAFT, after) for name, after in PUBLISHED.items()}


@dataclass
class Batch:
    """New things that wait to be written; plain values, which may wait in a file."""

    rows: dict[str, list[ReadyRow]] = field(default_factory=dict)
    """Name of a table -> its rows."""
    changes: list[Sealed] = field(default_factory=list)
    told: dict[Event, None] = field(default_factory=dict)
    """What is to be published, in order and once."""


class BatchMaker:
    """Makes things ready for one act on one engine."""

    def __init__(self, dialect: Dialect, act: Act) -> None:
        self._act = act
        self._writers = {model.__tablename__: RowWriter(dialect, table_of(model)) for model in _TABLES}

    def structure(self, batch: Batch, number: int, outline: Outline) -> None:
        """Make a structure."""
        self._create(batch, Structure, number, outline, {})

    def place(self, batch: Batch, number: int, outline: Outline, *, linked_to: int | None) -> None:
        """Make a place, linked to another one of the directory or of this or an earlier batch."""
        if linked_to is None:
            self._create(batch, Place, number, outline, {})
            return
        self._create(batch, Place, number, outline, {"linked_to_id": linked_to, "version": 2}, moved_to=linked_to)
        self._seal(batch, Kind.PLACE, number, LINK, {"linked_to": (None, public_id(linked_to))})
        batch.told[EVENTS[Kind.PLACE](public_id(linked_to))] = None

    def service(
        self, batch: Batch, number: int, outline: Outline, *, structure: int, imported: Mapping[str, Any]
    ) -> None:
        """Make a service that `publish_service` is to be told of; `imported` says who lists it."""
        rest = {"structure_id": structure, "version": 2, **PUBLISHED, **imported}
        self._create(batch, Service, number, outline, rest)

    def publication(self, batch: Batch, service: int) -> None:
        """Tell that a service is shown to everybody, once all that leads to it is there."""
        self._seal(batch, Kind.SERVICE, service, PUBLISH, _PUBLICATION)

    def access_point(self, batch: Batch, number: int, outline: Outline, *, service: int, place: int | None) -> None:
        """Make an access point at a place, or of a kind that needs none."""
        self._create(batch, AccessPoint, number, outline, {"service_id": service, "place_id": place})
        batch.told[ServiceChanged(public_id(service))] = None

    def _create(
        self,
        batch: Batch,
        model: type[Identified],
        number: int,
        outline: Outline,
        rest: Mapping[str, Any],
        *,
        moved_to: int | None = None,
    ) -> None:
        kind, at = model.KIND, self._act.at
        row = {"version": 1, "created_at": at, "changed_at": at, **outline.columns, **rest, "id": number}
        self._add(batch, Identity.__tablename__, {"id": number, "kind": kind, "moved_to_id": moved_to})
        self._add(batch, kind.value, row)
        for table, line in _lines(outline):
            self._add(batch, table, {"owner_id": number, "service_id": number, **line})
        self._seal(batch, kind, number, CREATE, stated(outline.said))
        if kind in EVENTS:
            batch.told[EVENTS[kind](public_id(number))] = None

    def _add(self, batch: Batch, table: str, row: Mapping[str, Any]) -> None:
        batch.rows.setdefault(table, []).append(self._writers[table].ready(row))

    def _seal(self, batch: Batch, kind: Kind, number: int, verb: str, fields: Fields) -> None:
        batch.changes.append(seal(Subject(kind, public_id(number)), verb, fields, self._act))

    def write(self, session: Session, batch: Batch) -> None:
        """Write what was made ready; its numbers have been taken."""
        session.flush()
        connection = session.connection()
        for table, writer in self._writers.items():
            writer.insert(connection, batch.rows.get(table, ()))
        append_changes(session, batch.changes)
        for fact in batch.told:
            publish(session, fact)


def _lines(outline: Outline) -> Iterable[tuple[str, Mapping[str, Any]]]:
    for position, line in enumerate(outline.contacts):
        yield Contact.__tablename__, {"position": position, **vars(line)}
    for name, codes in outline.codes.items():
        kept = CODE_SETS[name]
        for position, code in enumerate(codes):
            yield kept.table.__tablename__, kept.columns(code, position)
    if outline.opening != Opening():
        yield from _lines_of(outline.opening)


@lru_cache(maxsize=1024)
def _lines_of(opening: Opening) -> tuple[tuple[str, Mapping[str, Any]], ...]:
    return tuple((row.__tablename__, values_of(row)) for row in rows_of(opening))
