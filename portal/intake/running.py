"""Runs: the door by which records come into the directory, from a file or from a form.

Reading, sifting and planning happen beside the directory, in portions that wait in files; then one transaction applies
the steps. Stopped anywhere before its end, a run has changed nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import chain

from portal.core.changes import Act, Actor
from portal.core.clock import Clock
from portal.core.collecting import collecting_rarely
from portal.core.database import Database
from portal.core.jobs import enqueue
from portal.core.many_rows import insert_rows
from portal.core.models import ActorKind
from portal.core.problems import Problem
from portal.directory.jobs import OCCURRENCES
from portal.directory.operations.occurrences import chunks, collecting_refreshes, refresh_access_points
from portal.intake.creations import AT_HAND, Circumstances, Creations, Ready, make_ready, write_ready
from portal.intake.models.sources import Run, RunKind, RunProblem, RunState
from portal.intake.operations.applying import (
    Applied,
    apply_steps,
    declare_feed,
    expect_last_run,
    note_seen,
    open_run,
)
from portal.intake.operations.asking import ask_bodies, ask_release
from portal.intake.operations.missing import note_missing
from portal.intake.operations.preparing import is_prepared
from portal.intake.operations.writer import RunWriter
from portal.intake.planning import Briefing, plan_known, plan_new
from portal.intake.queries.reviews import questions_of
from portal.intake.queries.traces import feed_number, last_file_run, marks_of_feed, newest_word, portions_of
from portal.intake.record import HandedIn
from portal.intake.report import Fate, Report
from portal.intake.rules.declarations import FeedDeclaration, RunOptions
from portal.intake.rules.disappearance import Absence, guard, is_to_be_hidden
from portal.intake.rules.staged import Planned, without_grounds
from portal.intake.rules.steps import Ask, Create, SourceWord, Update
from portal.intake.rules.winning import too_late
from portal.intake.sifting import PORTION, Sifted, sift
from portal.intake.spool import Spool


@dataclass(frozen=True, kw_only=True)
class _Plan:
    """A whole run, decided but not done."""

    feed: FeedDeclaration
    briefing: Briefing
    last_run: int | None
    sifted: Sifted
    creations: Creations
    """Records that are made ready beforehand."""
    steps: Spool[Planned]
    """What becomes of the others."""
    absences: tuple[tuple[int, Absence], ...]
    """Records that the feed listed and the file does not."""
    listed: int


def run_records(
    database: Database,
    clock: Clock,
    feed: FeedDeclaration,
    submissions: Iterable[HandedIn],
    *,
    options: RunOptions | None = None,
) -> Report:
    """Bring the records of one feed into the directory, or say what that would do."""
    options = options or RunOptions()
    with collecting_rarely(), _planned(database, clock, feed, submissions, options) as plan:
        report = plan.sifted.report
        refusal = None if options.accepts_loss else _guard(plan)
        if refusal is not None:
            report.guard = refusal
        if options.dry_run or refusal is not None:
            _count_planned(plan, clock)
        if not options.dry_run:
            _record(database, clock, plan, options)
        return report


@contextmanager
def _planned(
    database: Database, clock: Clock, feed: FeedDeclaration, submissions: Iterable[HandedIn], options: RunOptions
) -> Iterator[_Plan]:
    with ExitStack() as files:
        sifted = Sifted(
            report=Report(source=feed.source.name, feed=feed.name),
            changed=files.enter_context(Spool()),
            new=files.enter_context(Spool()),
            aside=files.enter_context(Spool()),
        )
        with database.reading() as session:
            number = feed_number(session, source=feed.source.name, name=feed.name)
            last, newest = last_file_run(session, number), newest_word(session, number)
        sift(database, submissions, feed=number, options=options, sifted=sifted)
        said_on = options.said_on or clock.today()
        word = SourceWord(
            source=feed.source.name,
            priority=feed.weight,
            said_on=said_on,
            is_late=newest is not None and said_on < newest,
        )
        if newest is not None and word.is_late:
            sifted.report.explain(0, [too_late(said_on, newest)])
        briefing = Briefing(feed=number, source=feed.source.name, word=word, seen=sifted.seen)
        steps: Spool[Planned] = files.enter_context(Spool())
        creations = Creations(steps=files.enter_context(Spool()))
        _plan_all(database, sifted, briefing, steps, creations)
        with database.reading() as session:
            marks = tuple(marks_of_feed(session, number))
        absences = () if word.is_late else tuple(mark for mark in marks if mark[0] not in sifted.seen)
        yield _Plan(
            feed=feed,
            briefing=briefing,
            last_run=None if last is None else last.id,
            sifted=sifted,
            creations=creations,
            steps=steps,
            absences=absences,
            listed=len(marks),
        )


def _plan_all(
    database: Database, sifted: Sifted, briefing: Briefing, steps: Spool[Planned], creations: Creations
) -> None:
    """Plan what says something new; a new key may turn out to be a known record renamed."""
    for spool, plan in ((sifted.changed, plan_known), (sifted.new, plan_new)):
        for portion in spool.portions(PORTION):
            with database.reading() as session:
                for planned in plan(session, portion, briefing):
                    if is_prepared(planned):
                        creations.add(planned)
                    else:
                        steps.add(without_grounds(planned))
                    if planned.known is not None and planned.known.trace:
                        sifted.seen.add(planned.known.trace)


def _guard(plan: _Plan) -> Problem | None:
    lost = sum(1 for _, absence in plan.absences if not absence.runs)
    return guard(listed=plan.listed, lost=lost, new=plan.sifted.new.count)


def _count_planned(plan: _Plan, clock: Clock) -> None:
    """Count what would become of the records."""
    report, today = plan.sifted.report, clock.today()
    for portion in chain(plan.creations.steps.portions(PORTION), plan.steps.portions(PORTION)):
        for planned in portion:
            report.count(_fate(planned))
            report.asked += len(planned.step.questions) if isinstance(planned.step, Ask) else 0
            report.asked += planned.resembles is not None
    report.hidden = sum(is_to_be_hidden(absence.again(today), today) for _, absence in plan.absences)
    report.missing = len(plan.absences) - report.hidden


def _fate(planned: Planned) -> Fate:
    step = planned.step.meanwhile if isinstance(planned.step, Ask) else planned.step
    if isinstance(step, Create):
        return Fate.CREATED
    is_joined = planned.known is not None and not planned.known.trace
    return Fate.UPDATED if isinstance(step, Update) or is_joined else Fate.UNCHANGED


def _record(database: Database, clock: Clock, plan: _Plan, options: RunOptions) -> None:
    """Apply the plan in one transaction, or keep the trace of its refusal."""
    report, now = plan.sifted.report, clock.now()
    title = plan.feed.source.title
    act = Act(by=Actor(kind=ActorKind.SOURCE, name=plan.feed.source.name), at=now, reason=f"Import de « {title} »")
    portions = plan.steps.portions(PORTION)
    if plan.steps.count <= AT_HAND:
        # Read before others have to wait.
        portions = iter(list(portions))
    around = Circumstances(
        dialect=database.engine.dialect, act=act, source=title, today=clock.today(), said_on=plan.briefing.word.said_on
    )
    files = ExitStack()
    ready = None if report.guard else _make_ready(database, plan.creations, around, files)
    with files, database.writing() as session, collecting_refreshes(session) as later:
        feed = declare_feed(session, plan.feed)
        expect_last_run(session, feed, last=plan.last_run)
        said_on, accepts = plan.briefing.word.said_on, options.accepts_loss
        run = open_run(session, feed, kind=RunKind.FILE, said_on=said_on, accepts_loss=accepts, act=act)
        number = report.run = run.id
        writer = RunWriter(session=session, act=act, run=run.id, feed=feed.id, source=title, today=clock.today())
        if ready is not None:
            footing = plan.creations.footing(session)
            if footing != ready.footing:
                ready = make_ready(plan.creations, around, footing, files)
            report.count(Fate.CREATED, write_ready(writer, ready))
            _apply(writer, plan, portions, replace(plan.briefing, feed=feed.id))
        _write_problems(writer, report)
        run = session.get_one(Run, number)
        run.state = RunState.REFUSED if report.guard else RunState.DONE
        run.counts = report.figures()
        if later:
            enqueue(session, OCCURRENCES, {}, due=now + _SOON, unique_key="run")
    if not options.leaves_openings:
        _refresh(database, later, now)


def _make_ready(database: Database, creations: Creations, around: Circumstances, files: ExitStack) -> Ready:
    with database.reading() as session:
        footing = creations.footing(session)
    return make_ready(creations, around, footing, files)


_SOON = timedelta(minutes=10)
"""When the job that refreshes everything makes up for a run that died after its commit."""


def _refresh(database: Database, later: Iterable[int], now: datetime) -> None:
    """Refresh the openings of what a run changed, letting other writers in between: they are most of the work."""
    for chunk in chunks(sorted(later)):
        with database.writing() as session:
            refresh_access_points(session, numbers=chunk, now=now)


def _apply(writer: RunWriter, plan: _Plan, portions: Iterable[Sequence[Planned]], briefing: Briefing) -> None:
    applied, report = Applied(), plan.sifted.report
    for portion in portions:
        apply_steps(writer, portion, briefing, applied)
        # What was read for this portion is of no use to the next one.
        writer.session.expunge_all()
    report.count(Fate.CREATED, applied.created)
    report.count(Fate.UPDATED, applied.updated)
    report.count(Fate.UNCHANGED, applied.kept)
    note_seen(writer, unchanged=plan.sifted.unchanged, back=plan.sifted.back, imprints=plan.sifted.imprints)
    missing = [trace for trace, _ in plan.absences]
    report.hidden = sum(note_missing(writer, some) for some in portions_of(missing))
    report.missing = len(missing) - report.hidden
    for some in plan.sifted.aside.portions(PORTION):
        for submission in some:
            ask_release(writer, submission)
    writer.write_notes()
    ask_bodies(writer.session, run=writer.run, at=writer.act.at)
    report.asked = questions_of(writer.session, writer.run)


def _write_problems(writer: RunWriter, report: Report) -> None:
    rows = (
        {
            "run_id": writer.run,
            "line": reason.line,
            "field": reason.problem.field[:250],
            "code": reason.problem.code,
            "message": reason.problem.text,
            "value": reason.problem.value,
        }
        for reason in report.all_reasons()
    )
    insert_rows(writer.session.connection(), RunProblem, rows)
