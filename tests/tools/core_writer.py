"""A program to kill: it writes one round of changes and jobs into a database, in one unit of work.

core_writer.py URL ROUND        says "ready" before it writes and "done" after
core_writer.py URL count N      adds one to a counter N times, reading it before each time
core_writer.py URL forever      writes round after round, saying the content hash of each as it commits
"""

import sys
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from portal.core.changes import Act, Actor, Subject, record_change
from portal.core.content_hash import Content, content_hash
from portal.core.database import Database
from portal.core.jobs import enqueue
from portal.core.models import ActorKind, Change, JobRow
from tests.tools.obeying import obey

CHANGES = 150
START = datetime(2026, 11, 21, 8, tzinfo=UTC)
WRITER = Actor(kind=ActorKind.SYSTEM, name="writer")


def changes(session: Session) -> list[dict[str, object]]:
    """List the changes without what chance adds to them."""
    rows = session.execute(select(Change.number, Change.subject_key, Change.verb, Change.at))
    return [{"number": number, "key": key, "verb": verb, "at": at} for number, key, verb, at in rows]


def jobs(session: Session) -> list[dict[str, object]]:
    """List the jobs without their row numbers."""
    return [{"payload": payload, "due": due} for payload, due in session.execute(select(JobRow.payload, JobRow.due))]


CONTENTS = (Content("changes", changes), Content("jobs", jobs))
"""What must be old or new, never between."""


def write_round(database: Database, number: int) -> str:
    """Add changes and jobs, remove the jobs of an earlier round, and tell the content hash they make."""
    at = START + timedelta(minutes=number)
    with database.writing() as session:
        session.execute(delete(JobRow).where(JobRow.kind == f"round {number - 2}"))
        for index in range(CHANGES):
            subject = Subject("service", f"{number}-{index}")
            fields = {"title": (None, "Relais " * 40), "round": (number - 1, number)}
            record_change(session, subject=subject, verb="change", fields=fields, act=Act(by=WRITER, at=at))
            enqueue(session, f"round {number}", {"index": index}, due=at)
        session.flush()
        return content_hash(session, CONTENTS)


def next_round(database: Database) -> int:
    """Tell the number of the round that comes next."""
    with database.reading() as session:
        return (session.scalar(select(func.count(Change.number))) or 0) // CHANGES + 1


if __name__ == "__main__":
    obey(sys.argv[1:], write_round, next_round)
