"""Undoes a run: each of its records goes back to what it was, unless somebody touched it since; those are named."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from portal.core.changes import Act
from portal.core.errors import Conflict, MaillageError
from portal.directory.models.access_points import AccessPoint, Stop, Tour
from portal.directory.models.identities import FormerSlug, Identified, Identity
from portal.directory.models.places import Place
from portal.directory.models.services import Service
from portal.directory.models.structures import Structure
from portal.directory.operations.access_points import create_access_point, delete_access_point
from portal.directory.operations.deleting import delete_row
from portal.directory.operations.lifecycle import close_service, reopen_service
from portal.directory.operations.occurrences import refreshing_later
from portal.directory.operations.places import delete_place, unlink_place
from portal.directory.operations.services import delete_service
from portal.directory.operations.structures import delete_structure
from portal.directory.operations.tours import delete_stop
from portal.directory.rules.choices import AccessPointKind, AddressShown, Kind
from portal.directory.rules.refusals import StillInUse
from portal.intake.models.decisions import ReviewItem, ReviewState
from portal.intake.models.sources import Run, RunState, RunStep
from portal.intake.models.traces import Trace, TraceRow
from portal.intake.operations.altering import FORMER
from portal.intake.operations.tracing import TRACE_FIELDS, replace_ids, replace_roles
from portal.intake.operations.updating import dated, set_written
from portal.intake.operations.writer import Verb
from portal.intake.rules.fields import FIELDS, Part
from portal.intake.rules.values import read

_TABLES: Mapping[Kind, type[Identified]] = {
    Kind.STRUCTURE: Structure,
    Kind.PLACE: Place,
    Kind.SERVICE: Service,
    Kind.ACCESS_POINT: AccessPoint,
    Kind.TOUR: Tour,
    Kind.STOP: Stop,
}
_DAYS = frozenset({"said_on", "last_seen_on", "missing_since"})


class NotToBeUndone(Conflict):
    """Only a run that was done, and not undone yet, is undone."""

    def __init__(self, run: int) -> None:
        super().__init__(f"L’import {run} n’a rien fait qui reste à défaire.")


@dataclass(frozen=True)
class Undone:
    """What undoing a run did."""

    restored: int
    """Records that are as before."""
    withdrawn: int
    """Records, of those, that the run had brought: they are gone."""
    left: tuple[str, ...]
    """Keys of the records that somebody touched since: they stay as they are."""


def undo_run(session: Session, *, run: Run, act: Act) -> Undone:
    """Restore what a run created, changed, linked and hid."""
    if run.state is not RunState.DONE:
        raise NotToBeUndone(run.id)
    left: list[str] = []
    withdrawn = 0
    records = _by_record(session, run.id)
    versions = _last_versions(session, run.id)
    with refreshing_later(session, now=act.at):
        for trace, steps in records:
            # Undoing forgets what was new.
            was_new = any(step.verb == Verb.TRACE and step.before is None for step in steps)
            if _undo_record(session, steps, versions, act):
                withdrawn += was_new
            else:
                found = session.get(Trace, trace)
                left.append(found.key if found is not None else str(trace))
    session.execute(delete(ReviewItem).where(ReviewItem.run_id == run.id, ReviewItem.state == ReviewState.OPEN))
    run.state, run.undone_at = RunState.UNDONE, act.at
    return Undone(restored=len(records) - len(left), withdrawn=withdrawn, left=tuple(sorted(left)))


def _by_record(session: Session, run: int) -> list[tuple[int, list[RunStep]]]:
    """Gather the steps of each record, the last record and the last step first."""
    steps: dict[int, list[RunStep]] = defaultdict(list)
    query = select(RunStep).where(RunStep.run_id == run).order_by(RunStep.position.desc())
    for step in session.scalars(query):
        steps[step.trace_id].append(step)
    return list(steps.items())


def _last_versions(session: Session, run: int) -> dict[int, int]:
    query = select(RunStep.row_id, RunStep.version).where(RunStep.run_id == run, RunStep.row_id.is_not(None))
    return {row: version for row, version in session.execute(query.order_by(RunStep.position)) if row and version}


def _undo_record(session: Session, steps: Sequence[RunStep], versions: dict[int, int], act: Act) -> bool:
    """Undo what was done for one record, whole or not at all; give whether it was."""
    if _is_touched(session, steps, versions):
        return False
    touched = dict(versions)
    try:
        with session.begin_nested():
            for step in steps:
                _UNDO[Verb(step.verb)](session, step, act)
                _follow(session, step, touched)
            session.flush()
    except MaillageError:
        # Something made since leans on a row of this record, or its life went on: it is left, and named.
        return False
    versions.update(touched)
    return True


def _is_touched(session: Session, steps: Sequence[RunStep], versions: Mapping[int, int]) -> bool:
    """Tell whether somebody changed a row or the trace of a record after the run."""
    session.flush()
    for step in steps:
        if step.verb == Verb.REMOVE or step.row_id is None:
            continue
        row = _row(session, step.row_id)
        if row is None or row.version != versions[step.row_id]:
            return True
    return any(_came_again(session, step) for step in steps if step.verb == Verb.TRACE)


def _came_again(session: Session, step: RunStep) -> bool:
    """Tell whether a later run read something new in the record."""
    query = select(RunStep.run_id).join(Run, Run.id == RunStep.run_id)
    query = query.where(RunStep.trace_id == step.trace_id, RunStep.run_id > step.run_id, Run.state == RunState.DONE)
    return session.scalar(query.where(RunStep.verb == Verb.TRACE).limit(1)) is not None


def _follow(session: Session, step: RunStep, versions: dict[int, int]) -> None:
    """Remember the version that undoing itself gave a row which other records share."""
    row = None if step.row_id is None else _row(session, step.row_id)
    if row is not None:
        versions[row.id] = row.version


def _row(session: Session, number: int) -> Identified | None:
    identity = session.get_one(Identity, number)
    return session.get(_TABLES[identity.kind], number)


def _undo_creation(session: Session, step: RunStep, act: Act) -> None:
    row = _row(session, step.row_id or 0)
    if isinstance(row, AccessPoint):
        delete_access_point(session, access_point=row, act=act)
    elif isinstance(row, Service):
        delete_service(session, service=row, act=act)
    elif isinstance(row, Place):
        delete_place(session, place=row, act=act)
    elif isinstance(row, Stop):
        delete_stop(session, stop=row, act=act)
    elif isinstance(row, Structure | Tour):
        _delete_unless_used(session, row, act)


def _delete_unless_used(session: Session, row: Structure | Tour, act: Act) -> None:
    """Delete what several records share, once the last of them is gone."""
    try:
        if isinstance(row, Structure):
            delete_structure(session, structure=row, act=act)
        elif session.scalar(select(Stop.id).where(Stop.tour_id == row.id).limit(1)) is None:
            delete_row(session, row, act)
    except StillInUse:
        return


def _undo_change(session: Session, step: RunStep, act: Act) -> None:
    before: dict[str, Any] = dict(step.before)
    former = before.pop(FORMER, None)
    row = _row(session, step.row_id or 0)
    if row is None or not before:
        return
    set_written(session, row, before, act)
    if former is not None:
        session.flush()
        session.execute(delete(FormerSlug).where(FormerSlug.owner_id == row.id, FormerSlug.slug.not_in(former)))


def _undo_removal(session: Session, step: RunStep, act: Act) -> None:
    before: dict[str, Any] = step.before
    types = FIELDS[Part.ACCESS]
    values = {name: read(types[name], held) for name, held in before["values"].items()}
    at: Any = None
    if before["stop"] is not None:
        at = session.get_one(Stop, before["stop"])
    elif before["place"] is not None:
        at = session.get_one(Place, before["place"])
    door = create_access_point(
        session,
        service=session.get_one(Service, before["service"]),
        kind=AccessPointKind(before["kind"]),
        act=act,
        at=at,
        address_shown=read(AddressShown | None, before["address_shown"]),
        **values,
    )
    session.flush()
    # The trace, restored just before, names the deleted row.
    named = (TraceRow.trace_id == step.trace_id) & (TraceRow.row_id == step.row_id)
    session.execute(update(TraceRow).where(named).values(row_id=door.id))


def _undo_link(session: Session, step: RunStep, act: Act) -> None:
    unlink_place(session, place=session.get_one(Place, step.row_id), act=act)


def _undo_closing(session: Session, step: RunStep, act: Act) -> None:
    reopen_service(session, service=session.get_one(Service, step.row_id), act=act)


def _undo_reopening(session: Session, step: RunStep, act: Act) -> None:
    closed = dated(act, step.before) if step.before else act
    close_service(session, service=session.get_one(Service, step.row_id), act=closed)


def _undo_absence(session: Session, step: RunStep, _act: Act) -> None:
    trace = session.get_one(Trace, step.trace_id)
    _restore(trace, step.before)


def _undo_trace(session: Session, step: RunStep, _act: Act) -> None:
    trace = session.get_one(Trace, step.trace_id)
    if step.before is None:
        session.execute(delete(TraceRow).where(TraceRow.trace_id == trace.id))
        session.delete(trace)
    else:
        # A run of a release that kept no imprints says nothing of it: the line is read again.
        before = {"imprint": ""} | step.before
        roles = before.pop("roles")
        _restore(trace, before)
        replace_roles(session, trace.id, roles)
        replace_ids(session, trace.id, trace.said)
    session.flush()


def _restore(trace: Trace, before: Mapping[str, Any]) -> None:
    for name in {*TRACE_FIELDS} & before.keys():
        setattr(trace, name, read(date | None, before[name]) if name in _DAYS else before[name])


_UNDO = {
    Verb.CREATE: _undo_creation,
    Verb.CHANGE: _undo_change,
    Verb.REMOVE: _undo_removal,
    Verb.LINK: _undo_link,
    Verb.CLOSE: _undo_closing,
    Verb.REOPEN: _undo_reopening,
    Verb.TRACE: _undo_trace,
    Verb.ABSENCE: _undo_absence,
}
