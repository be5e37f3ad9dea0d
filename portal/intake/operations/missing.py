"""What a feed no longer lists: absences are counted, and hidden once they have lasted."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.directory.models.services import Service
from portal.directory.operations.lifecycle import close_service
from portal.directory.rules.choices import Status
from portal.intake.models.traces import Trace, TraceRow
from portal.intake.operations.writer import RunWriter, Verb
from portal.intake.rules.disappearance import Absence
from portal.intake.rules.planning import plan_absence
from portal.intake.rules.steps import Close
from portal.intake.rules.values import write


def note_missing(writer: RunWriter, numbers: Sequence[int]) -> int:
    """Count one more run without some records, and hide what has been missing long enough; give how many."""
    hidden = 0
    for trace in writer.session.scalars(select(Trace).where(Trace.id.in_(numbers)).order_by(Trace.id)).all():
        absence = Absence(trace.missing_runs, trace.missing_since)
        before = {"missing_runs": absence.runs, "missing_since": write(absence.since), "is_hidden": trace.is_hidden}
        writer.note(Verb.ABSENCE, trace=trace.id, before=before)
        absence = absence.again(writer.today)
        trace.missing_runs, trace.missing_since = absence.runs, absence.since
        if isinstance(plan_absence(trace.id, absence, writer.today), Close):
            trace.is_hidden = True
            hidden += 1
            _close(writer, trace)
    writer.write_notes()
    return hidden


def _close(writer: RunWriter, trace: Trace) -> None:
    """Close the service of a record, unless another source still lists it."""
    session = writer.session
    session.flush()
    number = session.scalar(select(TraceRow.row_id).where(TraceRow.trace_id == trace.id, TraceRow.role == "service"))
    service = None if number is None else session.get(Service, number)
    if service is None or service.status is not Status.PUBLISHED or _is_listed(session, service.id):
        return
    close_service(session, service=service, act=writer.act)
    writer.note(Verb.CLOSE, trace=trace.id, row=service)


def _is_listed(session: Session, service: int) -> bool:
    query = (
        select(Trace.id)
        .join(TraceRow, TraceRow.trace_id == Trace.id)
        .where(TraceRow.row_id == service, TraceRow.role == "service", Trace.is_hidden.is_(False))
    )
    return session.scalar(query.limit(1)) is not None
