"""Changes the rows of a known record: fields, ways of access that come and go, reopening."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from portal.core.changes import Act
from portal.directory.models.access_points import AccessPoint
from portal.directory.models.identities import Identified
from portal.directory.models.places import Place
from portal.directory.models.services import Service
from portal.directory.models.structures import Structure
from portal.directory.operations.access_points import change_access_point, delete_access_point
from portal.directory.operations.lifecycle import reopen_service
from portal.directory.operations.openings import set_opening
from portal.directory.operations.places import change_place
from portal.directory.operations.services import change_service
from portal.directory.operations.structures import change_structure
from portal.directory.rules.choices import AccessFeature, Status
from portal.intake.operations.creating import Roles, create_access
from portal.intake.operations.writer import RunWriter, Verb
from portal.intake.queries.standing import TABLES, standing
from portal.intake.rules.fields import FIELDS, Part
from portal.intake.rules.staged import Planned
from portal.intake.rules.steps import Update
from portal.intake.rules.values import Json, read


def update_record(writer: RunWriter, planned: Planned, update: Update, *, trace: int) -> Roles:
    """Change the rows of a record as the plan says; give the roles it has now."""
    known = planned.known
    roles = {} if known is None else {role: row.number for role, row in known.rows.items()}
    _change_fields(writer, update, roles, trace)
    if not (update.added or update.removed or update.reopens):
        return roles
    service = writer.session.get_one(Service, roles["service"])
    for key in update.removed:
        door = roles.pop(f"access.{key}", None)
        roles.pop(f"access.{key}.place", None)
        if door is not None:
            _remove(writer, door, trace)
    by_key = {access.key: access for access in planned.reading.record.access}
    for key in update.added:
        roles |= create_access(writer, planned, by_key[key], service, trace=trace)
    if update.reopens and service.status is Status.CLOSED:
        closed_on = service.closed_on
        reopen_service(writer.session, service=service, act=writer.act)
        writer.note(Verb.REOPEN, trace=trace, row=service, before=None if closed_on is None else closed_on.isoformat())
    return roles


def _change_fields(writer: RunWriter, update: Update, roles: Roles, trace: int) -> None:
    by_role: dict[str, dict[str, tuple[Json, Json]]] = defaultdict(dict)
    for change in update.changes:
        by_role[change.role][change.field] = (change.before, change.after)
    for role, pairs in by_role.items():
        part = part_of(role)
        row = writer.session.get_one(TABLES[part], roles[role])
        before = writer.alterations.alter(row, part, pairs)
        if before is not None:
            writer.note(Verb.CHANGE, trace=trace, row=row, before=before)


def part_of(role: str) -> Part:
    """Tell which part of the directory a role stands for."""
    if role in {"service", "structure"}:
        return Part(role)
    return Part.PLACE if role.endswith(".place") else Part.ACCESS


def set_written(session: Session, row: Identified, written: Mapping[str, Json], act: Act) -> bool:
    """Set fields of a row, given as JSON; give whether anything differed."""
    kind = type(row)
    types = FIELDS[next(part for part, table in TABLES.items() if table is kind)]
    return _SETTERS[kind](session, row, {name: read(types[name], held) for name, held in written.items()}, act)


def _set_service(session: Session, row: Any, values: dict[str, Any], act: Act) -> bool:  # noqa: ANN401 - a table's own row
    if "ages" in values:
        values["age_min"], values["age_max"] = values.pop("ages")
    return change_service(session, service=row, act=act, **values)


def _set_structure(session: Session, row: Any, values: dict[str, Any], act: Act) -> bool:  # noqa: ANN401 - as above
    return change_structure(session, structure=row, act=act, **values)


def _set_place(session: Session, row: Any, values: dict[str, Any], act: Act) -> bool:  # noqa: ANN401 - as above
    answers = {each: values.pop(f"access_{each}") for each in AccessFeature if f"access_{each}" in values}
    if answers:
        values["access"] = answers
    return change_place(session, place=row, act=act, **values)


def _set_access(session: Session, row: Any, values: dict[str, Any], act: Act) -> bool:  # noqa: ANN401 - as above
    changed = False
    if not {"opening", "opening_words"}.isdisjoint(values):
        words = values.pop("opening_words", row.opening_words)
        opening = values.pop("opening", None)
        if opening is None:
            opening = read(FIELDS[Part.ACCESS]["opening"], standing(session, [row.id])[row.id].values["opening"])
        changed = set_opening(session, owner=row, opening=opening, words=words, act=act)
    return change_access_point(session, access_point=row, act=act, **values) or changed


_SETTERS: Mapping[type[Identified], Callable[[Session, Any, dict[str, Any], Act], bool]] = {
    Service: _set_service,
    Structure: _set_structure,
    Place: _set_place,
    AccessPoint: _set_access,
}


def _remove(writer: RunWriter, number: int, trace: int) -> None:
    """Delete a way of access, keeping what makes it again."""
    door = writer.session.get(AccessPoint, number)
    if door is None:
        return
    writer.session.flush()
    before = {
        "service": door.service_id,
        "kind": door.kind.value,
        "place": door.place_id,
        "stop": door.stop_id,
        "address_shown": door.address_shown,
        "values": dict(standing(writer.session, [number])[number].values),
    }
    writer.note(Verb.REMOVE, trace=trace, row=door, before=before)
    delete_access_point(writer.session, access_point=door, act=writer.act)


def dated(act: Act, day: str) -> Act:
    """Date an act back to a day."""
    instant = datetime.combine(datetime.fromisoformat(day).date(), act.at.timetz())
    return Act(by=act.by, at=instant, reason=act.reason)
