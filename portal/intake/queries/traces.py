"""What is known of the records of a feed: their traces, the rows they became, who else speaks of those rows."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from portal.intake.models.decisions import Correction
from portal.intake.models.sources import Feed, Run, RunKind, RunState, Source
from portal.intake.models.traces import Trace, TraceRow
from portal.intake.queries.standing import standing
from portal.intake.rules.disappearance import Absence
from portal.intake.rules.statements import Said, path
from portal.intake.rules.steps import Known, KnownRow
from portal.intake.rules.winning import Claim, PersonsWord

MANY = 5000
"""Numbers given to one statement."""


@dataclass(frozen=True, kw_only=True)
class TraceMark:
    """As much of a trace as tells whether its record is new."""

    number: int
    fingerprint: str
    imprint: str
    absence: Absence
    is_hidden: bool


def feed_number(session: Session, *, source: str, name: str) -> int | None:
    """Find a feed that has been imported before."""
    return session.scalar(select(Feed.id).where(Feed.source_name == source, Feed.name == name))


def last_file_run(session: Session, feed: int | None) -> Run | None:
    """Find the last file of a feed that came in and was not undone."""
    query = select(Run).where(Run.feed_id == feed, Run.kind == RunKind.FILE, Run.state == RunState.DONE)
    return session.scalars(query.order_by(Run.id.desc()).limit(1)).first()


def newest_file_runs(session: Session, source: str) -> list[tuple[Feed, Run]]:
    """List the feeds of a source, each with the newest list that came in and was not undone. One query.

    A list older than one that came in before only adds to it: what is published is still of the newer one's day.
    """
    newest_first = (Run.said_on.desc(), Run.id.desc())
    ranked = (
        select(Run.id, func.row_number().over(partition_by=Run.feed_id, order_by=newest_first).label("rank"))
        .where(Run.kind == RunKind.FILE, Run.state == RunState.DONE)
        .subquery()
    )
    query = select(Feed, Run).join(Run, Run.feed_id == Feed.id).join(ranked, ranked.c.id == Run.id)
    rows = session.execute(query.where(Feed.source_name == source, ranked.c.rank == 1).order_by(Feed.name))
    return [(feed, run) for feed, run in rows]


def instant_of_run(session: Session, number: int | None) -> datetime | None:
    """Tell when a run was made; None when this database does not know it, as after a restore."""
    return session.scalar(select(Run.at).where(Run.id == number))


def newest_word(session: Session, feed: int | None) -> date | None:
    """Tell the latest day that a file of a feed gave to itself; an older file never overwrites it."""
    query = select(func.max(Run.said_on)).where(Run.feed_id == feed, Run.kind == RunKind.FILE)
    return session.scalar(query.where(Run.state == RunState.DONE))


def marks_by_key(session: Session, feed: int | None, keys: Collection[str]) -> dict[str, TraceMark]:
    """Give the traces of a feed that bear some keys. One query."""
    state = (Trace.missing_runs, Trace.missing_since, Trace.is_hidden)
    columns = select(Trace.key, Trace.id, Trace.fingerprint, Trace.imprint, *state)
    rows = session.execute(columns.where(Trace.feed_id == feed, Trace.key.in_(keys)))
    return {
        row.key: TraceMark(
            number=row.id,
            fingerprint=row.fingerprint,
            imprint=row.imprint,
            absence=Absence(row.missing_runs, row.missing_since),
            is_hidden=row.is_hidden,
        )
        for row in rows
    }


def marks_of_feed(session: Session, feed: int | None) -> Iterable[tuple[int, Absence]]:
    """List what a feed listed before and does not hide yet: numbers of traces, with their absence. One query."""
    columns = (Trace.id, Trace.missing_runs, Trace.missing_since)
    query = select(*columns).where(Trace.feed_id == feed, Trace.is_hidden.is_(False)).order_by(Trace.id)
    return [(row.id, Absence(row.missing_runs, row.missing_since)) for row in session.execute(query)]


def known_records(session: Session, numbers: Collection[int], *, feed: int | None) -> dict[int, Known]:
    """Give all that the plan must know of some traces of a feed, by number of the trace."""
    traces = session.scalars(select(Trace).where(Trace.id.in_(numbers))).all()
    roles: dict[int, dict[str, int]] = defaultdict(dict)
    for each in session.execute(
        select(TraceRow.trace_id, TraceRow.role, TraceRow.row_id).where(TraceRow.trace_id.in_(numbers))
    ):
        roles[each.trace_id][each.role] = each.row_id
    rows = standing(session, {number for held in roles.values() for number in held.values()})
    words = standing_words(session, rows.keys())
    claims = claims_on(session, rows.keys(), but=feed)
    return {
        trace.id: known_of(
            trace.id,
            said=trace.said,
            rows={role: rows[number] for role, number in roles[trace.id].items() if number in rows},
            words=words,
            claims=claims,
            is_hidden=trace.is_hidden,
        )
        for trace in traces
    }


Words = Mapping[tuple[int, str], Correction]


Claims = Mapping[tuple[int, str], Sequence[Claim]]


def known_of(
    trace: int, *, said: Said, rows: Mapping[str, KnownRow], words: Words, claims: Claims, is_hidden: bool = False
) -> Known:
    """Put together what is known of a record that stands for some rows."""
    corrections: dict[str, PersonsWord] = {}
    rivals: dict[str, tuple[Claim, ...]] = {}
    for role, row in rows.items():
        for field in row.values:
            name = field if role == "service" else f"{role}.{field}"
            word = words.get((row.number, field))
            if word is not None:
                corrections[name] = PersonsWord(
                    number=word.id,
                    on=word.at.date(),
                    value=word.value,
                    source_said=word.sources_said.get(str(trace)),
                )
            if (row.number, field) in claims:
                rivals[name] = tuple(claims[row.number, field])
    return Known(trace=trace, said=said, rows=rows, corrections=corrections, rivals=rivals, is_hidden=is_hidden)


def standing_words(session: Session, numbers: Collection[int]) -> Words:
    """Give the corrections that stand on some rows. One query."""
    query = select(Correction).where(Correction.row_id.in_(numbers), Correction.withdrawn_at.is_(None))
    return {(word.row_id, word.field): word for word in session.scalars(query)}


def claims_on(session: Session, numbers: Collection[int], *, but: int | None) -> Claims:
    """List what the living traces of all feeds but one say of the fields of some rows. One query."""
    other = aliased(TraceRow)
    weight = func.coalesce(Feed.priority, Source.priority).label("priority")
    query = (
        select(other.row_id, other.role, Trace.id, Trace.said, Trace.said_on, Source.name, weight)
        .join(Trace, Trace.id == other.trace_id)
        .join(Feed, Feed.id == Trace.feed_id)
        .join(Source, Source.name == Feed.source_name)
        .where(other.row_id.in_(numbers), Trace.is_hidden.is_(False), Trace.feed_id != (but or 0))
        .order_by(Trace.id)
    )
    found: dict[tuple[int, str], list[Claim]] = defaultdict(list)
    for row in session.execute(query):
        for name, value in row.said.items():
            where = path(name)
            if where is not None and where.role == row.role:
                claim = Claim(source=row.name, priority=row.priority, said_on=row.said_on, value=value)
                found[row.row_id, where.field].append(claim)
    return found


def portions_of(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    """Cut numbers into as many as one statement takes."""
    for first in range(0, len(numbers), MANY):
        yield numbers[first : first + MANY]
