"""Doing the jobs that are due: one leader at a time, each job under a lease, failures tried again and then shown."""

import logging
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from portal.core.clock import Clock
from portal.core.database import Database
from portal.core.jobs import RECURRING, JobKinds, Payload, enqueue, payload_of, schedule_recurring, waiting_job
from portal.core.locks import file_lock
from portal.core.logs import place_of
from portal.core.models import JobRow, JobState

logger = logging.getLogger(__name__)

_LEADERS_LOCK = 0x4D61696D
"""Number of the advisory lock that the leader holds on PostgreSQL."""
_DONE_KEPT_FOR = timedelta(days=30)
_UNKNOWN_KIND = "no such kind of job in this version"
_INTERRUPTED = "the runner was interrupted at each attempt"


@dataclass(frozen=True)
class RunReport:
    """What came of the jobs that were due."""

    done: int = 0
    to_retry: int = 0
    failed: int = 0


@dataclass(frozen=True)
class _Claim:
    """A job taken by this runner; the number of attempts tells it from a later runner's."""

    id: int
    kind: str
    payload: Payload
    attempts: int
    recurs: bool


@contextmanager
def leadership(database: Database, data_dir: Path) -> Iterator[bool]:
    """Try to be the one process that runs jobs; yield whether it is this one. A crash gives the place back."""
    if database.is_sqlite:
        with file_lock(data_dir / "jobs.lock") as leads:
            yield leads
        return
    with database.engine.connect().execution_options(
        isolation_level="AUTOCOMMIT", maillage_access="read"
    ) as connection:
        # The lock belongs to the connection, not to a transaction: one that dies gives it back.
        connection.detach()
        leads = bool(connection.exec_driver_sql(f"SELECT pg_try_advisory_lock({_LEADERS_LOCK})").scalar())
        try:
            yield leads
        finally:
            if leads:
                connection.exec_driver_sql(f"SELECT pg_advisory_unlock({_LEADERS_LOCK})")


def keep_running(
    database: Database, clock: Clock, kinds: JobKinds, *, data_dir: Path, stop: threading.Event, pause: float = 5
) -> None:
    """Run due jobs until told to stop; among several processes only the leader does."""
    while not stop.is_set():
        try:
            with leadership(database, data_dir) as leads:
                while leads and not stop.is_set():
                    run_due(database, clock, kinds)
                    stop.wait(pause)
        except Exception as error:  # noqa: BLE001 - the next turn may succeed; a dead runner helps nobody
            logger.error("running due jobs failed: %(error)s", {"error": place_of(error)})  # noqa: TRY400 - see logs.py
        stop.wait(pause)


def run_due(database: Database, clock: Clock, kinds: JobKinds) -> RunReport:
    """Do every job that is due now; what these jobs ask for waits for the next run."""
    with database.writing() as session:
        schedule_recurring(session, kinds, clock.now())
        session.execute(
            delete(JobRow).where(JobRow.state == JobState.DONE, JobRow.ended_at < clock.now() - _DONE_KEPT_FOR)
        )
        last = session.scalar(select(func.max(JobRow.id))) or 0
    results: Counter[JobState] = Counter()
    while claim := _claim(database, clock.now(), kinds, last):
        results[_attempt(database, clock, kinds, claim)] += 1
    return RunReport(done=results[JobState.DONE], to_retry=results[JobState.WAITING], failed=results[JobState.FAILED])


def _claim(database: Database, now: datetime, kinds: JobKinds, last: int) -> _Claim | None:
    waits = (JobRow.state == JobState.WAITING) & (JobRow.due <= now)
    abandoned = (JobRow.state == JobState.RUNNING) & (JobRow.leased_until < now)
    query = select(JobRow).where(JobRow.id <= last, or_(waits, abandoned)).order_by(JobRow.due, JobRow.id).limit(1)
    with database.writing() as session:
        row = session.scalar(query)
        if row is None:
            return None
        job = kinds.by_kind.get(row.kind)
        row.state, row.attempts = JobState.RUNNING, row.attempts + 1
        row.leased_until = now + (job.lease if job else timedelta())
        return _Claim(row.id, row.kind, payload_of(row), row.attempts, row.unique_key == RECURRING)


def _attempt(database: Database, clock: Clock, kinds: JobKinds, claim: _Claim) -> JobState:
    job = kinds.by_kind.get(claim.kind)
    if job is None:
        return _end(database, clock.now(), kinds, claim, failure=_UNKNOWN_KIND)
    if claim.attempts > job.attempts:
        return _end(database, clock.now(), kinds, claim, failure=_INTERRUPTED)
    try:
        job.run(database, clock, claim.payload)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is kept with the job and shown
        return _end(database, clock.now(), kinds, claim, failure=place_of(error))
    return _end(database, clock.now(), kinds, claim)


def _end(database: Database, now: datetime, kinds: JobKinds, claim: _Claim, *, failure: str = "") -> JobState:
    job = kinds.by_kind.get(claim.kind)
    with database.writing() as session:
        row = session.get(JobRow, claim.id)
        if row is None or row.state is not JobState.RUNNING or row.attempts != claim.attempts:
            # The lease ran out and another runner has it: the outcome is theirs to tell.
            return JobState.RUNNING
        row.leased_until, row.failure = None, failure
        if failure and job and claim.attempts < job.attempts:
            _wait_again(session, row, due=now + job.delay_after(claim.attempts))
            return JobState.WAITING
        row.state, row.ended_at = (JobState.FAILED if failure else JobState.DONE), now
        every = kinds.every(claim.kind)
        if claim.recurs and every:
            due = row.due + every
            enqueue(session, claim.kind, {}, due=due if due > now else now + every, unique_key=RECURRING)
    if failure:
        logger.error(
            "job %(id)s of kind %(kind)s failed: %(error)s", {"id": claim.id, "kind": claim.kind, "error": failure}
        )
    return JobState.FAILED if failure else JobState.DONE


def _wait_again(session: Session, row: JobRow, *, due: datetime) -> None:
    if row.unique_key is not None and waiting_job(session, row.kind, row.unique_key):
        # The same was asked for again meanwhile: that job stands for both.
        session.delete(row)
    else:
        row.state, row.due = JobState.WAITING, due
