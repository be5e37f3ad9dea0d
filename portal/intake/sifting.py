"""Sifting: each submission gets its fate, or goes on to planning because it says something new. Nothing is written."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from sqlalchemy.orm import Session

from portal.core.database import Database
from portal.core.problems import Problem
from portal.intake.planning import communes_of
from portal.intake.queries.candidates import known_communes
from portal.intake.queries.traces import TraceMark, marks_by_key
from portal.intake.record import HandedIn, ServiceRecord, Submission, Unread, Verdict
from portal.intake.report import Fate, Report
from portal.intake.rules.checks import check
from portal.intake.rules.declarations import RunOptions
from portal.intake.rules.scope import outside_scope
from portal.intake.rules.staged import Reading
from portal.intake.rules.statements import fingerprint, said
from portal.intake.spool import Spool

PORTION = 500
"""Records looked at together."""
_FATES = {
    Verdict.QUARANTINED: Fate.QUARANTINED,
    Verdict.REFUSED: Fate.REFUSED,
    Verdict.SKIPPED: Fate.SKIPPED,
}
_OUTSIDE = frozenset(_FATES.values())
_ANOTHER = Problem(
    code="cle-en-double",
    text="Une autre ligne porte la même clé avec un autre contenu : la première a été gardée, vérifiez laquelle est "
    "juste.",
    field="key",
)


@dataclass(kw_only=True)
class Sifted:
    """What reading the whole file made clear."""

    report: Report
    changed: Spool[Reading]
    """Records known by their key that say something new."""
    new: Spool[Reading]
    aside: Spool[Submission]
    """Records a person may release."""
    seen: set[int] = field(default_factory=set)
    """Traces whose record stands in the file."""
    unchanged: set[int] = field(default_factory=set)
    back: set[int] = field(default_factory=set)
    """Those of the unchanged that had been missing."""
    imprints: dict[int, str] = field(default_factory=dict)
    """Those of the unchanged whose line stands otherwise, or is read by another release."""
    keys: dict[str, bytes] = field(default_factory=dict)
    """Key -> fingerprint, to notice the same record twice."""


class _Case(NamedTuple):
    """A submission with what is known of its key; or a line that stands as before, unread."""

    submission: HandedIn
    mark: TraceMark | None
    communes: frozenset[str]


def sift(
    database: Database, submissions: Iterable[HandedIn], *, feed: int | None, options: RunOptions, sifted: Sifted
) -> None:
    """Read every submission; a portion at a time, each with its own short look at the database."""
    source = iter(submissions)
    while portion := list(islice(source, PORTION)):
        with database.reading() as session:
            for case in _cases(session, portion, feed, sifted):
                _sift_one(case, options, sifted)


def _cases(session: Session, portion: Sequence[HandedIn], feed: int | None, sifted: Sifted) -> Iterator[_Case]:
    marks = marks_by_key(session, feed, {_key(each) for each in portion} - {""})
    first = {_key(each): each for each in reversed(portion) if _key(each) not in sifted.keys}
    read = [
        each if first.get(_key(each)) is each and _stands_as_before(each, marks.get(_key(each))) else _read(each)
        for each in portion
    ]
    records = (each.record for each in read if isinstance(each, Submission))
    communes = known_communes(session, {code for record in records if record for code in communes_of(record)})
    return (_Case(each, marks.get(_key(each)), communes) for each in read)


def _key(handed_in: HandedIn) -> str:
    if isinstance(handed_in, Unread):
        return handed_in.key
    return handed_in.key or (handed_in.record.key if handed_in.record else "")


def _stands_as_before(handed_in: HandedIn, mark: TraceMark | None) -> bool:
    return mark is not None and mark.imprint == handed_in.imprint != "" and not mark.is_hidden


def _read(handed_in: HandedIn) -> Submission:
    return handed_in.read() if isinstance(handed_in, Unread) else handed_in


def _sift_one(case: _Case, options: RunOptions, sifted: Sifted) -> None:
    mark = case.mark
    if mark is not None:
        # What stands in the file has not disappeared, even when it cannot be read today.
        sifted.seen.add(mark.number)
    if isinstance(case.submission, Submission):
        _sift_read(case.submission, case, options, sifted)
    elif mark is not None:
        sifted.keys[case.submission.key] = bytes.fromhex(mark.fingerprint)
        _keep(sifted, mark)


def _keep(sifted: Sifted, mark: TraceMark) -> None:
    """Count a record that says the same as before."""
    sifted.report.count(Fate.UNCHANGED)
    sifted.unchanged.add(mark.number)
    if mark.absence.runs:
        sifted.back.add(mark.number)


def _sift_read(submission: Submission, case: _Case, options: RunOptions, sifted: Sifted) -> None:
    record = submission.record
    if submission.verdict is Verdict.REFUSED or record is None:
        _end(sifted, submission, _FATES.get(submission.verdict, Fate.REFUSED), submission.problems)
        return
    faults = _faults(record, case.communes)
    if faults:
        _end(sifted, submission, Fate.REFUSED, (*submission.problems, *faults))
        return
    outside = outside_scope(record, options.scope)
    if outside or submission.verdict is Verdict.SKIPPED:
        _end(sifted, submission, Fate.SKIPPED, (outside,) if outside else submission.problems)
        return
    _sift_sound(submission, record, case.mark, sifted)


def _sift_sound(submission: Submission, record: ServiceRecord, mark: TraceMark | None, sifted: Sifted) -> None:
    """Compare a sound record with what its key said before, in this file and in earlier ones."""
    statement = said(record)
    digest = fingerprint(statement)
    brief = bytes.fromhex(digest)
    if record.key in sifted.keys:
        is_same = sifted.keys[record.key] == brief
        _end(sifted, submission, Fate.DUPLICATE if is_same else Fate.QUARANTINED, () if is_same else (_ANOTHER,))
        return
    sifted.keys[record.key] = brief
    # What there is to say of a line must be said each time.
    imprint = "" if submission.problems else submission.imprint
    if mark is not None and mark.fingerprint == digest and not mark.is_hidden:
        sifted.report.explain(submission.line, submission.problems)
        _keep(sifted, mark)
        if imprint != mark.imprint:
            sifted.imprints[mark.number] = imprint
    elif submission.verdict is Verdict.QUARANTINED:
        _end(sifted, submission, Fate.QUARANTINED, submission.problems)
    else:
        sifted.report.explain(submission.line, submission.problems)
        spool = sifted.new if mark is None else sifted.changed
        number = None if mark is None else mark.number
        reading = Reading(
            record=record, raw=submission.raw, fingerprint=digest, said=statement, imprint=imprint, trace=number
        )
        spool.add(reading)


def _end(sifted: Sifted, submission: Submission, fate: Fate, problems: Sequence[Problem]) -> None:
    sifted.report.count(fate)
    sifted.report.explain(submission.line, problems, fate if fate in _OUTSIDE else None)
    if fate is Fate.QUARANTINED:
        sifted.aside.add(submission)


def _faults(record: ServiceRecord, communes: frozenset[str]) -> tuple[Problem, ...]:
    unknown = communes_of(record) - communes
    text = "Cette commune n’existe pas aujourd’hui : vérifiez son code INSEE."
    return (
        *check(record),
        *(Problem("commune-inconnue", text, code, "commune_code") for code in sorted(unknown)),
    )
