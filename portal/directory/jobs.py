"""What the directory does by itself: keep the occurrences of the next thirteen weeks true as days go by."""

from datetime import datetime, timedelta

from sqlalchemy import select

from portal.core.clock import Clock
from portal.core.database import Database
from portal.core.jobs import Job, Payload, Recurring
from portal.directory.models.access_points import AccessPoint
from portal.directory.operations.occurrences import Refreshed, chunks, refresh_access_points

OCCURRENCES = "occurrences"


def refresh_everything(database: Database, now: datetime) -> Refreshed:
    """Refresh the occurrences of every access point, letting other writers in between."""
    with database.reading() as session:
        numbers = session.scalars(select(AccessPoint.id).order_by(AccessPoint.id)).all()
    result = Refreshed()
    for chunk in chunks(numbers):
        with database.writing() as session:
            result += refresh_access_points(session, numbers=chunk, now=now)
    return result


def _run(database: Database, clock: Clock, _payload: Payload) -> None:
    refresh_everything(database, clock.now())


JOBS = (Job(OCCURRENCES, run=_run),)
RECURRING_JOBS = (Recurring(OCCURRENCES, every=timedelta(hours=6)),)
"""Four times a day, so that a morning missed by a sleeping machine is made up for by noon."""
