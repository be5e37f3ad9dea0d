"""Changes many rows of the directory at once, as their operations would one by one: five thousand in two seconds.

The operations look before they change a row; a run has looked already, beside the write lock, and its rows have kept
their version. What each row says in columns waits for one flush; contacts, codes and openings are replaced together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from sqlalchemy import Table, bindparam, delete, insert, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from portal.core.changes import Act, Fields, Subject, record_changes
from portal.core.events import publish
from portal.core.models import ChangeHead
from portal.directory.events import ServiceChanged
from portal.directory.models.access_points import AccessPoint
from portal.directory.models.contacts import Contact
from portal.directory.models.identities import Addressed, FormerSlug, Identified
from portal.directory.models.openings import LINE_TABLES, rows_of
from portal.directory.models.places import Place
from portal.directory.operations.occurrences import refresh_access_points
from portal.directory.operations.recording import CHANGE, slug_of, subject_of, tell, written
from portal.directory.operations.service_codes import CODE_SETS
from portal.directory.rules.public_ids import public_id
from portal.hours.slots import Opening
from portal.intake.rules.fields import FIELDS, Part
from portal.intake.rules.values import Json, read

FORMER = "former_slugs"
"""Beside a name, among what a change replaced: the slugs its row had left before, so that undoing leaves no other."""
_NAMES = ("title", "name")
_APART = frozenset({"contacts", "opening", *CODE_SETS})


@dataclass(kw_only=True)
class Alterations:
    """Changes that wait to be written together."""

    session: Session
    act: Act
    written: dict[tuple[int, str], Json] = field(default_factory=dict)
    """What this run has made of lines: two records of one structure may say the same of it."""
    _updates: dict[tuple[Table, tuple[str, ...]], list[dict[str, Any]]] = field(default_factory=dict)
    """Table and columns -> the rows to write there."""
    _told: list[tuple[Subject, str, Fields]] = field(default_factory=list)
    _lines: dict[str, dict[int, Any]] = field(default_factory=dict)
    _slugs: set[tuple[int, str]] = field(default_factory=set)
    _former: dict[int, list[str]] = field(default_factory=dict)
    _places: dict[int, bool] = field(default_factory=dict)
    """Places that change, and whether to another commune."""
    _openings: set[int] = field(default_factory=set)
    _head: ChangeHead | None = None

    def prepare(self, named: Sequence[int]) -> None:
        """Look up at once what renaming some rows will need."""
        # Held here, because a session forgets the rows nobody else holds.
        self._head = self.session.get(ChangeHead, 1)
        self._former = {}
        query = select(FormerSlug.owner_id, FormerSlug.slug).where(FormerSlug.owner_id.in_(named))
        for owner, slug in self.session.execute(query.order_by(FormerSlug.slug)) if named else ():
            self._former.setdefault(owner, []).append(slug)

    def alter(self, row: Identified, part: Part, pairs: Mapping[str, tuple[Json, Json]]) -> dict[str, Json] | None:
        """Change fields of a row; give what they replaced, or None when nothing differs."""
        types = FIELDS[part]
        values = {name: read(types[name], after) for name, (_, after) in pairs.items()}
        former = self._former.get(row.id, []) if not {*_NAMES}.isdisjoint(values) else None
        fields = self._set_columns(row, _columns(values))
        for name in _APART & values.keys():
            before, after = pairs[name]
            if self.written.get((row.id, name), before) != after:
                fields[name] = (read(types[name], before), values[name])
                self.written[row.id, name] = after
                self._lines.setdefault(name, {})[row.id] = values[name]
        if not fields:
            return None
        self._touch(row, fields)
        self._tell(row, fields)
        replaced = {name: before for name, (before, _) in pairs.items()}
        return replaced if former is None else replaced | {FORMER: list(former)}

    def write(self) -> None:
        """Write all that waits."""
        session = self.session
        session.flush()
        for (table, columns), rows in self._updates.items():
            names: dict[str, Any] = {name: bindparam(f"the_{name}") for name in columns}
            session.connection().execute(update(table).where(table.c.id == bindparam("the_id")).values(names), rows)
        for name, held in self._lines.items():
            self._write_lines(name, held)
        if self._slugs:
            slugs = [{"owner_id": n, "slug": slug, "left_on": self.act.at.date()} for n, slug in sorted(self._slugs)]
            session.execute(insert(FormerSlug), slugs)
        record_changes(session, self._told, act=self.act)
        self._tell_of_places()
        if self._openings:
            refresh_access_points(session, numbers=sorted(self._openings), now=self.act.at)
        self._updates, self._told, self._lines = {}, [], {}
        self._slugs, self._places, self._openings = set(), {}, set()

    def _set_columns(self, row: Identified, values: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
        """Set the columns that differ, with the slug a new name makes; give each before and after."""
        fields = {name: (getattr(row, name), value) for name, value in values.items() if getattr(row, name) != value}
        columns = {name: after for name, (_, after) in fields.items()}
        name = next((name for name in _NAMES if name in fields), None)
        if name is not None and isinstance(row, Addressed):
            former, slug = row.slug, slug_of(columns[name])
            columns["slug"] = slug
            if former != slug and former not in self._former.get(row.id, ()):
                self._slugs.add((row.id, former))
        for column, value in columns.items():
            # The object keeps up with its row, which one statement for many will change.
            set_committed_value(row, column, value)
        return fields

    def _tell(self, row: Identified, fields: Mapping[str, tuple[Any, Any]]) -> None:
        """Count the change in the row's version, and say it in the log."""
        set_committed_value(row, "version", row.version + 1)
        set_committed_value(row, "changed_at", self.act.at)
        table = cast("Table", type(row).__table__)  # type: ignore[attr-defined] # every row has a table
        names = {"version", "changed_at", *fields} & {*table.c.keys()}
        if not {*_NAMES}.isdisjoint(fields):
            names.add("slug")
        columns = tuple(sorted(names))
        values = {f"the_{name}": getattr(row, name) for name in columns}
        self._updates.setdefault((table, columns), []).append(values | {"the_id": row.id})
        pairs = {name: (written(before), written(after)) for name, (before, after) in fields.items()}
        self._told.append((subject_of(row), CHANGE, pairs))
        tell(self.session, row)

    def _touch(self, row: Identified, fields: Mapping[str, Any]) -> None:
        """Remember whose occurrences and sheets depend on the row."""
        if isinstance(row, Place) and fields:
            self._places[row.id] = self._places.get(row.id, False) or "commune_code" in fields
        if isinstance(row, AccessPoint) and "opening" in fields:
            self._openings.add(row.id)

    def _tell_of_places(self) -> None:
        if not self._places:
            return
        doors = select(AccessPoint.id, AccessPoint.service_id, AccessPoint.place_id)
        for door, service, place in self.session.execute(doors.where(AccessPoint.place_id.in_(self._places))):
            publish(self.session, ServiceChanged(public_id(service)))
            if place is not None and self._places[place]:
                # School holidays depend on where one is.
                self._openings.add(door)

    def _write_lines(self, name: str, held: Mapping[int, Any]) -> None:
        session = self.session
        if name == "contacts":
            session.execute(delete(Contact).where(Contact.owner_id.in_(held)))
            rows = [
                {"owner_id": number, "position": position, **vars(line)}
                for number, lines in held.items()
                for position, line in enumerate(lines)
            ]
            if rows:
                session.execute(insert(Contact), rows)
        elif name == "opening":
            _write_openings(session, held)
        else:
            _write_codes(session, name, held)


def _write_openings(session: Session, held: Mapping[int, Opening]) -> None:
    for table in LINE_TABLES:
        session.execute(delete(table).where(table.owner_id.in_(held)))
    for number, opening in held.items():
        for line in rows_of(opening):
            line.owner_id = number
            session.add(line)
    session.flush()


def _write_codes(session: Session, name: str, held: Mapping[int, Sequence[Any]]) -> None:
    kept = CODE_SETS[name]
    session.execute(delete(kept.table).where(kept.table.service_id.in_(held)))
    for number, codes in held.items():
        for position, code in enumerate(dict.fromkeys(codes)):
            row = kept.row(code, position)
            row.service_id = number
            session.add(row)
    session.flush()


def _columns(values: Mapping[str, Any]) -> dict[str, Any]:
    columns = {name: value for name, value in values.items() if name not in _APART}
    if "ages" in columns:
        columns["age_min"], columns["age_max"] = columns.pop("ages")
    if "point" in columns:
        point = columns.pop("point")
        columns |= {"lat": point.lat if point else None, "lon": point.lon if point else None}
    return columns
