"""Answers the questions of the queue: accept, refuse, and take an answer back.

Accepting a duplicate merges the two services or structures; accepting a source's word withdraws the correction;
accepting a record in quarantine releases it, as a run of its own that can be undone like any other.
"""

from collections.abc import Callable, Mapping

from sqlalchemy.orm import Session

from portal.core.changes import Act
from portal.core.errors import Conflict
from portal.directory.models.identities import Identified, Identity
from portal.directory.models.services import Service
from portal.directory.models.structures import Structure
from portal.directory.operations.merging import (
    merge_services,
    merge_structures,
    unmerge_service,
    unmerge_structure,
)
from portal.intake.models.decisions import STRUCTURE, Correction, ReviewItem, ReviewKind, ReviewState
from portal.intake.models.sources import Run
from portal.intake.operations.correcting import PARTS, withdraw_correction
from portal.intake.operations.releasing import release
from portal.intake.operations.undoing import undo_run
from portal.intake.operations.updating import set_written
from portal.intake.queries.candidates import living_structure
from portal.intake.queries.standing import TABLES, standing


class AnsweredAlready(Conflict):
    """A question is answered once."""

    def __init__(self, number: int) -> None:
        super().__init__(
            f"La question {number} a déjà une réponse : reprenez-la d’abord avec maillage review undo {number}."
        )


class NotAnswered(Conflict):
    """Only an answer can be taken back."""

    def __init__(self, number: int) -> None:
        super().__init__(f"La question {number} n’a pas encore de réponse.")


class CorrectedAgain(Conflict):
    """The answer is about a correction that stands no more."""

    def __init__(self) -> None:
        super().__init__("La correction dont parle cette question a été remplacée ou retirée depuis.")


class TouchedSince(Conflict):
    """Taking an answer back would overwrite what somebody wrote since."""

    def __init__(self) -> None:
        super().__init__("La fiche a été modifiée depuis cette réponse : corrigez-la directement.")


def accept(session: Session, *, item: ReviewItem, act: Act) -> None:
    """Answer yes: the two are one, the source is right, the record comes in."""
    _answer(item, ReviewState.ACCEPTED, act)
    _ACCEPT[item.kind](session, item, act)


def refuse(session: Session, *, item: ReviewItem, act: Act) -> None:
    """Answer no: two services, the person is right, the record stays out."""
    _answer(item, ReviewState.REFUSED, act)
    if item.kind is ReviewKind.CORRECTION:
        # What the source says now is known and refused: it will have to say something else to ask again.
        correction = _correction(session, item)
        item.content = item.content | {"sources_said": correction.sources_said}
        correction.sources_said = correction.sources_said | {str(item.trace_id): item.content["theirs"]}


def take_back(session: Session, *, item: ReviewItem, act: Act) -> None:
    """Make a question open again, and undo what its answer did."""
    if item.state is ReviewState.OPEN:
        raise NotAnswered(item.id)
    if item.state is ReviewState.ACCEPTED:
        _TAKE_BACK[item.kind](session, item, act)
    elif item.kind is ReviewKind.CORRECTION:
        _correction(session, item).sources_said = item.content["sources_said"]
    item.state, item.decided_at, item.decided_by, item.decision_reason = ReviewState.OPEN, None, "", ""


def _answer(item: ReviewItem, state: ReviewState, act: Act) -> None:
    if item.state is not ReviewState.OPEN:
        raise AnsweredAlready(item.id)
    item.state, item.decided_at, item.decided_by, item.decision_reason = state, act.at, act.by.name, act.reason


def _leave_to_a_person(session: Session, item: ReviewItem, act: Act) -> None:
    """Change nothing: a visitor's word corrects no sheet by itself, whoever accepts it does."""


def _merge(session: Session, item: ReviewItem, act: Act) -> None:
    if item.content.get("what") == STRUCTURE:
        _merge_structures(session, item, act)
        return
    kept, drop = (session.get_one(Service, item.content[each]) for each in ("keep", "drop"))
    merge_services(session, keep=kept, drop=drop, act=act)


def _unmerge(session: Session, item: ReviewItem, act: Act) -> None:
    if item.content.get("what") == STRUCTURE:
        _unmerge_structures(session, item, act)
        return
    unmerge_service(session, service=session.get_one(Service, item.content["drop"]), act=act)


def _merge_structures(session: Session, item: ReviewItem, act: Act) -> None:
    """Make one of two; another answer may have made each of them part of a third one, or of each other, already."""
    keep, drop = (living_structure(session, item.content[each]) for each in ("keep", "drop"))
    if keep is not drop:
        merge_structures(session, keep=keep, drop=drop, act=act)
    item.content = item.content | {"merged": None if keep is drop else drop.id}


def _unmerge_structures(session: Session, item: ReviewItem, act: Act) -> None:
    if item.content["merged"] is not None:
        unmerge_structure(session, structure=session.get_one(Structure, item.content["merged"]), act=act)


def _believe_source(session: Session, item: ReviewItem, act: Act) -> None:
    correction, row = _correction(session, item), _row(session, item)
    withdraw_correction(session, correction=correction, act=act)
    set_written(session, row, {item.content["field"]: item.content["theirs"]}, act)


def _believe_person(session: Session, item: ReviewItem, act: Act) -> None:
    row = _row(session, item)
    session.flush()
    if standing(session, [row.id])[row.id].values[item.content["field"]] != item.content["theirs"]:
        raise TouchedSince
    correction = session.get_one(Correction, item.content["correction"])
    correction.withdrawn_at = None
    set_written(session, row, {item.content["field"]: item.content["mine"]}, act)


def _release(session: Session, item: ReviewItem, act: Act) -> None:
    run = release(session, item=item, act=act)
    item.content = item.content | {"released_by": run}


def _set_aside_again(session: Session, item: ReviewItem, act: Act) -> None:
    run = session.get_one(Run, item.content["released_by"])
    if undo_run(session, run=run, act=act).left:
        raise TouchedSince


def _correction(session: Session, item: ReviewItem) -> Correction:
    correction = session.get_one(Correction, item.content["correction"])
    if correction.withdrawn_at is not None:
        raise CorrectedAgain
    return correction


def _row(session: Session, item: ReviewItem) -> Identified:
    number: int = item.content["row"]
    return session.get_one(TABLES[PARTS[session.get_one(Identity, number).kind]], number)


_Answer = Callable[[Session, ReviewItem, Act], None]
_ACCEPT: Mapping[ReviewKind, _Answer] = {
    ReviewKind.DUPLICATE: _merge,
    ReviewKind.CORRECTION: _believe_source,
    ReviewKind.QUARANTINE: _release,
    ReviewKind.REPORT: _leave_to_a_person,
}
_TAKE_BACK: Mapping[ReviewKind, _Answer] = {
    ReviewKind.DUPLICATE: _unmerge,
    ReviewKind.CORRECTION: _believe_person,
    ReviewKind.QUARANTINE: _set_aside_again,
    ReviewKind.REPORT: _leave_to_a_person,
}
