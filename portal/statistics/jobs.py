"""What the statistics do by themselves: forget the days that are long past."""

from datetime import timedelta

from sqlalchemy import delete

from portal.core.clock import Clock
from portal.core.database import Database
from portal.core.jobs import Job, Payload, Recurring
from portal.statistics.models import AudienceCount

OLD_COUNTS = "old-audience"
KEPT_FOR = timedelta(days=760)
"""Twenty-five months, so that a month can be compared with the same one of two years before."""


def _run(database: Database, clock: Clock, _payload: Payload) -> None:
    with database.writing() as session:
        session.execute(delete(AudienceCount).where(AudienceCount.day < clock.today() - KEPT_FOR))


JOBS = (Job(OLD_COUNTS, run=_run),)
RECURRING_JOBS = (Recurring(OLD_COUNTS, every=timedelta(days=1)),)
