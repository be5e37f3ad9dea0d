"""What the intake does by itself: forget what visitors wrote when its time is over."""

from datetime import timedelta

from portal.core.clock import Clock
from portal.core.database import Database
from portal.core.jobs import Job, Payload, Recurring
from portal.intake.operations.reporting import forget_old_words

OLD_WORDS = "old-reports"


def _run(database: Database, clock: Clock, _payload: Payload) -> None:
    with database.writing() as session:
        forget_old_words(session, clock.now())


JOBS = (Job(OLD_WORDS, run=_run),)
RECURRING_JOBS = (Recurring(OLD_WORDS, every=timedelta(days=1)),)
