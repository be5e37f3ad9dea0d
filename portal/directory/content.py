"""What of the directory is published content, for the content hash.

Row numbers, public ids, versions and import dates are left out, and rows name one another by what they say: two
installations that were told the same agree, whatever the order they were told in.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.canonical import canonical
from portal.core.content_hash import Content
from portal.core.database import Base
from portal.directory.models.access_points import AccessPoint, Stop, Tour
from portal.directory.models.contacts import Contact, Translation
from portal.directory.models.identities import FormerSlug
from portal.directory.models.openings import LINE_TABLES
from portal.directory.models.places import Place
from portal.directory.models.services import (
    Service,
    ServiceAudience,
    ServiceCompetence,
    ServiceConcept,
    ServiceLanguage,
    ServiceMode,
)
from portal.directory.models.structures import Structure

_LEFT_OUT = frozenset({"id", "version", "created_at", "changed_at", "imported_on", "left_on"})
_TABLES: tuple[type[Base], ...] = (Structure, Place, Service, Tour, Stop, AccessPoint)
"""What has a number, each after what it belongs to."""
_LINES: tuple[type[Base], ...] = (
    *LINE_TABLES,
    Contact,
    Translation,
    FormerSlug,
    ServiceConcept,
    ServiceAudience,
    ServiceMode,
    ServiceLanguage,
    ServiceCompetence,
)
_SIDEWAYS = frozenset({"merged_into_id", "successor_id", "linked_to_id"})
"""References within one table, which could run in a circle: they are told by what the other row says of itself."""


def directory_content(session: Session) -> Iterator[Mapping[str, Any]]:
    """List what the directory says, row by row."""
    lines = _lines(session)
    alone: dict[int, str] = {}
    whole: dict[int, str] = {}
    for table in _TABLES:
        rows = {row["id"]: row for row in _rows(session, table)}
        said = {
            number: {"kind": table.__tablename__, "lines": lines.get(number, []), **_values(row)}
            for number, row in rows.items()
        }
        alone |= {number: _digest(row) for number, row in said.items()}
        for number, row in rows.items():
            named = said[number] | {name: (alone if name in _SIDEWAYS else whole)[to] for name, to in _references(row)}
            whole[number] = _digest(named)
            yield named


def _lines(session: Session) -> dict[int, list[Mapping[str, Any]]]:
    found: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for table in _LINES:
        for row in _rows(session, table):
            owner = row.get("owner_id") or row["service_id"]
            found[owner].append({"line": table.__tablename__, **_values(row)})
    for lines in found.values():
        lines.sort(key=canonical)
    return found


def _rows(session: Session, table: type[Base]) -> Iterator[Mapping[str, Any]]:
    for row in session.execute(select(table.__table__)).mappings():
        yield {str(name): value for name, value in row.items()}


def _values(row: Mapping[str, Any]) -> dict[str, Any]:
    values = {name: value for name, value in row.items() if name not in _LEFT_OUT and not name.endswith("_id")}
    # The values of an opening are made of fields, which the canonical form does not know: a season says its ends.
    return values | ({"season": repr(row["season"])} if "season" in row else {}) | _times(row)


def _times(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"times": [(span.start, span.end) for span in row["times"]]} if "times" in row else {}


def _references(row: Mapping[str, Any]) -> list[tuple[str, int]]:
    return [(name, to) for name, to in row.items() if name.endswith("_id") and to is not None]


def _digest(row: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical(row).encode()).hexdigest()


CONTENTS = (Content("directory", directory_content),)
"""What the composition root adds to the content hash."""
