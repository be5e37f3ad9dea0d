"""Releases a record from quarantine: it is planned and applied like any other, in a run of its own."""

from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from portal.core.changes import Act
from portal.core.errors import Conflict
from portal.directory.operations.occurrences import refreshing_later
from portal.intake.models.decisions import ReviewItem
from portal.intake.models.sources import Feed, Run, RunKind, Source
from portal.intake.operations.applying import Applied, apply_steps, open_run
from portal.intake.operations.writer import RunWriter
from portal.intake.planning import Briefing, plan_known, plan_new
from portal.intake.queries.traces import marks_by_key
from portal.intake.rules.checks import check
from portal.intake.rules.staged import Reading
from portal.intake.rules.statements import fingerprint, record_of, said
from portal.intake.rules.steps import SourceWord


class StillFaulty(Conflict):
    """A record that cannot be rows is not released."""

    def __init__(self, fault: str) -> None:
        super().__init__(f"Cette fiche ne peut pas entrer telle quelle : {fault}")


def release(session: Session, *, item: ReviewItem, act: Act) -> int:
    """Bring the record of a question into the directory; give the number of the run that did."""
    content = item.content
    feed = session.get_one(Feed, session.get_one(Run, item.run_id).feed_id)
    source = session.get_one(Source, feed.source_name)
    said_on = (
        date.fromisoformat(content["said_on"]) if content["said_on"] else session.get_one(Run, item.run_id).said_on
    )
    record = replace(record_of(content["said"], key=content["key"], line=content["line"]), said_on=said_on)
    for problem in check(record):
        raise StillFaulty(problem.text)
    run = open_run(session, feed, kind=RunKind.RELEASE, said_on=said_on, accepts_loss=False, act=act)
    priority = source.priority if feed.priority is None else feed.priority
    briefing = Briefing(
        feed=feed.id,
        source=source.name,
        word=SourceWord(source=source.name, priority=priority, said_on=said_on),
    )
    mark = marks_by_key(session, feed.id, {record.key}).get(record.key)
    reading = Reading(
        record=record,
        raw=content["raw"],
        fingerprint=fingerprint(content["said"]),
        said=said(record),
        trace=None if mark is None else mark.number,
    )
    steps = (plan_new if mark is None else plan_known)(session, [reading], briefing)
    number, applied = run.id, Applied()
    writer = RunWriter(session=session, act=act, run=number, feed=feed.id, source=source.title, today=act.at.date())
    with refreshing_later(session, now=act.at):
        apply_steps(writer, steps, briefing, applied)
    session.get_one(Run, number).counts = {
        "read": 1,
        "created": applied.created,
        "updated": applied.updated,
        "unchanged": applied.kept,
    }
    return number
