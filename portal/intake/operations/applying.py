"""Applies the steps of a run to the directory; what was planned on rows changed since is planned again."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, func, select, update
from sqlalchemy.orm import Session

from portal.core.changes import Act
from portal.core.errors import Conflict
from portal.directory.models.services import Service
from portal.intake.models.sources import Feed, Run, RunKind, RunState, Source
from portal.intake.models.traces import Trace, TraceRow
from portal.intake.operations.asking import ask_duplicate, ask_fields
from portal.intake.operations.creating import Roles, create_record
from portal.intake.operations.tracing import (
    TRACE_FIELDS,
    insert_traces,
    new_trace,
    remember,
    update_imprints,
    update_traces,
)
from portal.intake.operations.updating import part_of, update_record
from portal.intake.operations.writer import RunWriter, Verb
from portal.intake.planning import Briefing, plan_known, plan_new
from portal.intake.queries.standing import TABLES, rows_of_part
from portal.intake.queries.traces import last_file_run, portions_of
from portal.intake.rules.declarations import FeedDeclaration
from portal.intake.rules.fields import Part
from portal.intake.rules.staged import Planned
from portal.intake.rules.steps import Ask, Create, Known, Update
from portal.intake.rules.values import write


class RunOvertaken(Conflict):
    """Another run of the same feed came in between."""

    def __init__(self) -> None:
        super().__init__(
            "Un autre import de cette source s’est terminé entre-temps : rien n’a été modifié. Relancez cet import."
        )


@dataclass(kw_only=True)
class Applied:
    """What became of the records that were applied."""

    created: int = 0
    updated: int = 0
    kept: int = 0

    def count(self, planned: Planned, *, changed: bool) -> None:
        """Count one record."""
        if isinstance(planned.step, Create):
            self.created += 1
        elif changed:
            self.updated += 1
        else:
            self.kept += 1


def declare_feed(session: Session, declaration: FeedDeclaration) -> Feed:
    """Find or make the rows of a source and its feed; what it declares of itself is brought up to date."""
    said = declaration.source
    source = session.get(Source, said.name)
    if source is None:
        source = Source(name=said.name)
        session.add(source)
    for name in ("title", "owner", "licence", "url", "frequency_days", "priority"):
        setattr(source, name, getattr(said, name))
    session.flush()
    found = session.scalar(select(Feed).where(Feed.source_name == said.name, Feed.name == declaration.name))
    feed = found or Feed(source_name=said.name, name=declaration.name)
    feed.owner, feed.licence = declaration.owner or said.owner, declaration.licence or said.licence
    feed.priority = declaration.priority
    session.add(feed)
    session.flush()
    return feed


def expect_last_run(session: Session, feed: Feed, *, last: int | None) -> None:
    """Refuse to apply what was planned before another run of the feed."""
    run = last_file_run(session, feed.id)
    if (None if run is None else run.id) != last:
        raise RunOvertaken


def open_run(session: Session, feed: Feed, *, kind: RunKind, said_on: date, accepts_loss: bool, act: Act) -> Run:
    """Make the row of a run."""
    run = Run(
        feed_id=feed.id,
        kind=kind,
        state=RunState.DONE,
        at=act.at,
        said_on=said_on,
        accepts_loss=accepts_loss,
        counts={},
    )
    session.add(run)
    session.flush()
    return run


def apply_steps(writer: RunWriter, steps: Sequence[Planned], briefing: Briefing, applied: Applied) -> None:
    """Apply some steps of a run; `applied` counts what became of them."""
    session = writer.session
    _note_versions(writer, steps)
    # Held until the end, because a session forgets the rows nobody else holds.
    held = _prepare(writer, steps)
    traces = _load_traces(session, steps)
    number = session.scalar(select(func.max(Trace.id))) or 0
    new: list[dict[str, Any]] = []
    remembered: list[dict[str, Any]] = []
    for first in steps:
        planned = _current(writer, first, briefing)
        known = planned.known.trace if planned.known else 0
        if not known:
            number += 1
        changed, roles = _apply(writer, planned, trace=known or number)
        if known:
            remembered.append(remember(writer, traces[known], planned, roles, briefing.word))
        else:
            where = {"feed_id": writer.feed, "last_run_id": writer.run, "roles": roles}
            new.append(where | new_trace(planned, number, said_on=briefing.word.said_on, today=writer.today))
            writer.note(Verb.TRACE, trace=number)
        _ask(writer, planned, roles, trace=known or number)
        applied.count(planned, changed=changed)
    insert_traces(session, new)
    update_traces(session, remembered)
    writer.write_notes()
    writer.bodies.clear()
    held.clear()


def _note_versions(writer: RunWriter, steps: Iterable[Planned]) -> None:
    """Read the versions of the rows of many records, before this run touches them."""
    numbers: dict[Part, set[int]] = {part: set() for part in Part}
    for planned in steps:
        for role, row in (planned.known.rows if planned.known else {}).items():
            numbers[part_of(role)].add(row.number)
    for part, looked_at in numbers.items():
        table, wanted = TABLES[part], looked_at - writer.bases.keys()
        for number, version in writer.session.execute(select(table.id, table.version).where(table.id.in_(wanted))):
            writer.bases[number] = version


def _prepare(writer: RunWriter, steps: Iterable[Planned]) -> list[Any]:
    """Load at once the rows that are to change, and what renaming them needs."""
    numbers: dict[Part, set[int]] = {part: set() for part in Part}
    named: set[int] = set()
    for planned in steps:
        step = planned.step.meanwhile if isinstance(planned.step, Ask) else planned.step
        for change in step.changes if isinstance(step, Update) and planned.known else ():
            number = planned.known.rows[change.role].number if planned.known else 0
            numbers[part_of(change.role)].add(number)
            if change.field in {"title", "name"}:
                named.add(number)
    writer.alterations.prepare(sorted(named))
    session = writer.session
    return [row for part, wanted in numbers.items() if wanted for row in rows_of_part(session, part, wanted)]


def _load_traces(session: Session, steps: Iterable[Planned]) -> dict[int, Row[Any]]:
    numbers = [planned.known.trace for planned in steps if planned.known and planned.known.trace]
    # Rows, not objects: they are only looked at, and changed in one statement.
    columns = (getattr(Trace, name) for name in ("id", *TRACE_FIELDS))
    return {row.id: row for row in session.execute(select(*columns).where(Trace.id.in_(numbers)))}


def _current(writer: RunWriter, planned: Planned, briefing: Briefing) -> Planned:
    """Give the step as it was planned, or planned again when somebody changed one of its rows meanwhile."""
    if planned.known is None or not _is_stale(writer, planned.known):
        return planned
    writer.write_notes()
    again = plan_known if planned.reading.trace is not None else plan_new
    return again(writer.session, [planned.reading], briefing)[0]


def _is_stale(writer: RunWriter, known: Known) -> bool:
    return any(writer.bases.get(row.number) != row.version for row in known.rows.values())


def _apply(writer: RunWriter, planned: Planned, *, trace: int) -> tuple[bool, Roles]:
    step = planned.step.meanwhile if isinstance(planned.step, Ask) else planned.step
    if isinstance(step, Create):
        return True, create_record(writer, planned, trace=trace)
    before = writer.position
    roles = update_record(writer, planned, step if isinstance(step, Update) else Update(), trace=trace)
    return writer.position > before or not (planned.known and planned.known.trace), roles


def _ask(writer: RunWriter, planned: Planned, roles: Roles, *, trace: int) -> None:
    if isinstance(planned.step, Ask):
        ask_fields(writer, planned.step.questions, roles, trace=trace)
    if planned.resembles is not None and isinstance(planned.step, Create):
        ask_duplicate(writer, roles["service"], planned.resembles, trace=trace)


def note_seen(
    writer: RunWriter, *, unchanged: Collection[int], back: Iterable[int], imprints: Mapping[int, str]
) -> None:
    """Note that records stand in the file as before; those `back` had been missing, others have a new imprint."""
    session = writer.session
    update_imprints(session, imprints)
    for some in portions_of(sorted(back)):
        for trace in session.scalars(select(Trace).where(Trace.id.in_(some))):
            absence = {"missing_runs": trace.missing_runs, "missing_since": write(trace.missing_since)}
            writer.note(Verb.ABSENCE, trace=trace.id, before=absence)
            trace.missing_runs, trace.missing_since = 0, None
        writer.write_notes()
    for some in portions_of(sorted(unchanged)):
        session.execute(
            update(Trace).where(Trace.id.in_(some)).values(last_run_id=writer.run, last_seen_on=writer.today)
        )
    listed = (
        select(TraceRow.row_id)
        .join(Trace, Trace.id == TraceRow.trace_id)
        .where(Trace.feed_id == writer.feed, Trace.last_run_id == writer.run, TraceRow.role == "service")
    )
    # Not an operation of the directory: the runs say day by day who still lists a service, the change log need not.
    session.execute(
        update(Service)
        .where(Service.id.in_(listed), Service.imported_from == writer.source)
        .values(imported_on=writer.today)
        .execution_options(synchronize_session=False)
    )
