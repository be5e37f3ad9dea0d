"""Keeps what each record said, where it stood, the rows it became and the official identifiers it states."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast

from sqlalchemy import Row, Table, bindparam, delete, insert, update
from sqlalchemy.orm import Session

from portal.intake.models.traces import OfficialId, Trace, TraceRow
from portal.intake.operations.creating import Roles
from portal.intake.operations.writer import RunWriter, Verb
from portal.intake.rules.staged import Planned
from portal.intake.rules.statements import IDS
from portal.intake.rules.steps import SourceWord

TRACE_FIELDS = (
    "key",
    "line",
    "raw",
    "fingerprint",
    "imprint",
    "said",
    "said_on",
    "last_run_id",
    "last_seen_on",
    "missing_runs",
    "missing_since",
    "is_hidden",
)
_PRESENT = {"missing_runs": 0, "missing_since": None, "is_hidden": False}


def new_trace(planned: Planned, number: int, *, said_on: date, today: date) -> dict[str, Any]:
    """Write what is kept of a record that nobody knew, but for its feed and its run."""
    return {"id": number, **_PRESENT, **_read_now(planned, said_on, today)}


def _read_now(planned: Planned, said_on: date, today: date) -> dict[str, Any]:
    reading = planned.reading
    return {
        "key": reading.record.key,
        "line": reading.record.line,
        "raw": reading.raw,
        "fingerprint": reading.fingerprint,
        "imprint": reading.imprint,
        "said": planned.statement,
        "said_on": min(reading.record.said_on or said_on, said_on),
        "last_seen_on": today,
    }


def insert_traces(session: Session, new: Sequence[dict[str, Any]]) -> None:
    """Write what is kept of new records, with the rows that stand for them (`roles`) and their identifiers."""
    if not new:
        return
    rows = [row_of(trace["id"], role, number) for trace in new for role, number in trace.pop("roles").items()]
    session.flush()
    session.connection().execute(insert(cast("Table", Trace.__table__)), list(new))
    session.connection().execute(insert(cast("Table", TraceRow.__table__)), rows)
    _insert_ids(session, ids_of({trace["id"]: trace["said"] for trace in new}))


def row_of(trace: int, role: str, number: int) -> dict[str, Any]:
    """Write which row stands for a part of a record."""
    return {"trace_id": trace, "role": role, "row_id": number}


def ids_of(statements: Mapping[int, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """List the official identifiers that records state, as rows."""
    found = []
    for trace, statement in statements.items():
        for name, ids in statement.items():
            role, _, last = name.rpartition(".")
            if last == IDS:
                found += [
                    {"trace_id": trace, "role": role or "service", "register": register, "value": value}
                    for register, value in ids.items()
                    if value
                ]
    return found


def _insert_ids(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        session.execute(insert(OfficialId), list(rows))


def remember(writer: RunWriter, trace: Row[Any], planned: Planned, roles: Roles, word: SourceWord) -> dict[str, Any]:
    """Say what is to be kept of the record now, and note what was kept before."""
    before = {name: getattr(trace, name) for name in TRACE_FIELDS}
    stood = {role: row.number for role, row in (planned.known.rows if planned.known else {}).items()}
    dates = {name: value.isoformat() for name, value in before.items() if isinstance(value, date)}
    writer.note(Verb.TRACE, trace=trace.id, before=before | dates | {"roles": stood})
    # An older file only adds to what is known of the record.
    late = {"said": dict(planned.statement) | trace.said}
    now = late if word.is_late else _read_now(planned, word.said_on, writer.today) | {"last_run_id": writer.run}
    after = before | _PRESENT | now
    if roles != stood:
        replace_roles(writer.session, trace.id, roles)
    if _ids_said(trace.said) != _ids_said(after["said"]):
        replace_ids(writer.session, trace.id, after["said"])
    return {f"the_{name}": value for name, value in after.items()} | {"the_id": trace.id}


def update_traces(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Write what is kept of known records, in one statement for all."""
    if rows:
        table = cast("Table", Trace.__table__)
        names: dict[str, Any] = {name: bindparam(f"the_{name}") for name in TRACE_FIELDS}
        session.connection().execute(update(table).where(table.c.id == bindparam("the_id")).values(names), rows)


def update_imprints(session: Session, imprints: Mapping[int, str]) -> None:
    """Remember how lines stand that say the same as before."""
    if imprints:
        table = cast("Table", Trace.__table__)
        one = update(table).where(table.c.id == bindparam("the_id")).values(imprint=bindparam("the_imprint"))
        rows = [{"the_id": number, "the_imprint": imprint} for number, imprint in imprints.items()]
        session.connection().execute(one, rows)


def _ids_said(statement: Mapping[str, Any]) -> dict[str, Any]:
    return {name: held for name, held in statement.items() if name.endswith(IDS)}


def replace_roles(session: Session, trace: int, roles: Roles) -> None:
    """Say anew which rows stand for a record."""
    session.flush()
    session.execute(delete(TraceRow).where(TraceRow.trace_id == trace))
    if roles:
        session.execute(insert(TraceRow), [row_of(trace, role, number) for role, number in roles.items()])


def replace_ids(session: Session, trace: int, statement: Mapping[str, Any]) -> None:
    """Say anew which official identifiers a record states."""
    session.flush()
    session.execute(delete(OfficialId).where(OfficialId.trace_id == trace))
    _insert_ids(session, ids_of({trace: statement}))
