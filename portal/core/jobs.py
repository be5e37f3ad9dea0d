"""Work to be done later, kept in the database so that it survives the process that asked for it.

A room declares its kinds of jobs; whoever needs one enqueues it within its unit of work. `job_runner.py` does them.
A job may be done twice when its runner dies at the last moment: its work must bear that.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from portal.core.canonical import canonical
from portal.core.clock import Clock
from portal.core.database import Database
from portal.core.errors import Conflict, NotFound
from portal.core.models import JobRow, JobState

Payload = Mapping[str, Any]
RECURRING = "recurring"
"""Unique key of the one waiting job of a recurring kind."""
_LONGEST_DELAY = timedelta(days=1)


@dataclass(frozen=True)
class Job:
    """A kind of job: its name, what it does, and how patient one is with it."""

    kind: str
    run: Callable[[Database, Clock, Payload], None]
    attempts: int = 5
    delay: timedelta = timedelta(minutes=1)
    """Wait before the second attempt; it doubles each time."""
    lease: timedelta = timedelta(minutes=30)
    """After this long without an answer the runner is taken for dead, and the job begun again."""

    def delay_after(self, attempts: int) -> timedelta:
        """Tell how long to wait after so many attempts have failed."""
        # Beyond ten doublings the longest delay holds anyhow, and a timedelta could overflow.
        doublings = min(attempts - 1, 10)
        return min(self.delay * (1 << doublings), _LONGEST_DELAY)


@dataclass(frozen=True)
class Recurring:
    """A kind of job that comes back by itself; after a long silence it is done once, not as often as it was missed."""

    kind: str
    every: timedelta


@dataclass(frozen=True)
class JobKinds:
    """Every kind of job the rooms declare; the composition root gathers them."""

    jobs: tuple[Job, ...] = ()
    recurring: tuple[Recurring, ...] = ()
    by_kind: Mapping[str, Job] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_kind = {job.kind: job for job in self.jobs}
        undeclared = {each.kind for each in self.recurring} - by_kind.keys()
        if undeclared or len(by_kind) != len(self.jobs):
            message = f"kinds of jobs declared twice, or recurring without a job: {sorted(undeclared)}"
            raise ValueError(message)
        object.__setattr__(self, "by_kind", by_kind)

    def every(self, kind: str) -> timedelta | None:
        """Tell how often a kind comes back by itself."""
        return next((each.every for each in self.recurring if each.kind == kind), None)


@dataclass(frozen=True)
class JobCard:
    """A job as it is listed."""

    id: int
    kind: str
    state: JobState
    due: datetime
    attempts: int
    failure: str


def enqueue(session: Session, kind: str, payload: Payload, *, due: datetime, unique_key: str | None = None) -> int:
    """Ask for a job; when one of the same kind and unique key is waiting, it stands for both, at the earlier date."""
    waiting = waiting_job(session, kind, unique_key) if unique_key is not None else None
    if waiting:
        waiting.due, waiting.payload = min(waiting.due, due), canonical(payload)
        return waiting.id
    row = JobRow(
        kind=kind,
        payload=canonical(payload),
        unique_key=unique_key,
        state=JobState.WAITING,
        due=due,
        attempts=0,
        failure="",
    )
    session.add(row)
    session.flush()
    return row.id


def schedule_recurring(session: Session, kinds: JobKinds, now: datetime) -> None:
    """Make sure that every recurring job waits, or is under way."""
    live = session.scalars(
        select(JobRow.kind).where(
            JobRow.unique_key == RECURRING, JobRow.state.in_((JobState.WAITING, JobState.RUNNING))
        )
    )
    known = set(live)
    for each in kinds.recurring:
        if each.kind not in known:
            enqueue(session, each.kind, {}, due=now, unique_key=RECURRING)


def retry(session: Session, number: int, now: datetime) -> None:
    """Give a failed job another chance, from its first attempt."""
    row = session.get(JobRow, number)
    if row is None:
        raise NotFound(f"Aucune tâche ne porte le numéro {number}. La liste : maillage jobs list.")
    if row.state is not JobState.FAILED:
        raise Conflict(f"La tâche {number} n’a pas échoué : elle n’a pas besoin d’être relancée.")
    if row.unique_key is not None and waiting_job(session, row.kind, row.unique_key):
        raise Conflict(f"Une tâche semblable à la tâche {number} attend déjà son tour.")
    row.state, row.due, row.attempts, row.ended_at = JobState.WAITING, now, 0, None


def list_jobs(session: Session, states: Iterable[JobState] = tuple(JobState)) -> list[JobCard]:
    """List jobs in given states: failures first, then by date."""
    failed_first = case((JobRow.state == JobState.FAILED, 0), else_=1)
    rows = session.scalars(
        select(JobRow).where(JobRow.state.in_(tuple(states))).order_by(failed_first, JobRow.due, JobRow.id)
    )
    return [JobCard(row.id, row.kind, row.state, row.due, row.attempts, row.failure) for row in rows]


def last_done(session: Session, kind: str) -> datetime | None:
    """Tell when a job of a kind was last done; None when it was not within the month that done jobs are kept."""
    done = (JobRow.kind == kind, JobRow.state == JobState.DONE)
    return session.scalar(select(func.max(JobRow.ended_at)).where(*done))


def waiting_job(session: Session, kind: str, unique_key: str) -> JobRow | None:
    """Find the waiting job that stands for all of its kind and unique key."""
    return session.scalar(
        select(JobRow).where(JobRow.kind == kind, JobRow.unique_key == unique_key, JobRow.state == JobState.WAITING)
    )


def payload_of(row: JobRow) -> Payload:
    """Read what a job was asked with."""
    payload: Payload = json.loads(row.payload)
    return payload
