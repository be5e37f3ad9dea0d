"""Hand the rows of a list to the intake: a whole list as one run, or one line to see what would become of it."""

from dataclasses import replace

from importers.pipeline.declaration import OpenedList, Reference, Source
from importers.pipeline.editions import edition_of
from importers.pipeline.lists import handed_in
from importers.pipeline.passages import Passage
from portal.core.clock import Clock
from portal.core.database import Database
from portal.core.problems import Problem
from portal.geography.queries import edition_of_communes
from portal.intake.report import Fate, Report
from portal.intake.rules.declarations import RunOptions
from portal.intake.running import run_records


def import_list(
    database: Database, clock: Clock, opened: OpenedList, reference: Reference, *, options: RunOptions
) -> Report:
    """Bring a list into the directory, or say what that would do; a file that breaks off changes nothing."""
    dated = replace(options, said_on=options.said_on or opened.said_on)
    with database.reading() as session:
        edition = edition_of(opened, communes=edition_of_communes(session), scope=options.scope)
    lines = handed_in(opened, reference, edition=edition)
    return run_records(database, clock, opened.source.declared_feed, lines, options=dated)


def fate_of(
    database: Database, clock: Clock, source: Source, passage: Passage, *, options: RunOptions
) -> tuple[Fate, Report]:
    """Say what would become of one line today; nothing is written."""
    alone = replace(options, dry_run=True, accepts_loss=True)
    report = run_records(database, clock, source.declared_feed, [passage.submission], options=alone)
    return next(fate for fate, n in report.counts.items() if n), report


def report_of_unreadable(source: Source, problem: Problem) -> Report:
    """Make the report of a file nothing was read of."""
    report = Report(source=source.name, feed=source.feed)
    report.explain(0, [problem])
    return report
