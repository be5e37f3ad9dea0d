"""Puts a question in the queue, once: two things that look alike, a source against a person, a record set aside."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.canonical import canonical
from portal.directory.models.services import Service
from portal.intake.models.decisions import STRUCTURE, ReviewItem, ReviewKind, ReviewState
from portal.intake.operations.writer import RunWriter
from portal.intake.queries.bodies import namesakes
from portal.intake.record import Submission
from portal.intake.rules.bodies import same_bodies, unasked
from portal.intake.rules.staged import LikeAnother, Resemblance
from portal.intake.rules.statements import fingerprint, path, said
from portal.intake.rules.steps import Question


def ask_duplicate(writer: RunWriter, service: int, resemblance: Resemblance, *, trace: int) -> None:
    """Ask whether a new service is one that was there."""
    match = resemblance.match
    titles = [writer.session.get_one(Service, number).title for number in (resemblance.service, service)]
    content = {"drop": service, "keep": resemblance.service, "titles": titles}
    item = _ask(writer, ReviewKind.DUPLICATE, f"{resemblance.service}:{service}", trace, content)
    if item is not None:
        item.score, item.reasons = match.score, list(match.reasons)


def ask_duplicates(writer: RunWriter, alike: Sequence[LikeAnother]) -> None:
    """Ask the same of services that were made together; nobody was asked of them before."""
    others = {each.resembles.service for each in alike}
    titles = dict(writer.session.execute(select(Service.id, Service.title).where(Service.id.in_(others))).all())
    for each in alike:
        keep, match = each.resembles.service, each.resembles.match
        content = {"drop": each.service, "keep": keep, "titles": [titles[keep], each.title]}
        item = _item(writer, ReviewKind.DUPLICATE, f"{keep}:{each.service}", each.trace, content)
        item.score, item.reasons = match.score, list(match.reasons)
        writer.session.add(item)


def ask_bodies(session: Session, *, run: int | None, at: datetime) -> int:
    """Ask whether structures that lists name apart are one; once, whatever was answered. Give how many are asked of.

    `run` is the import that asks; None where a person has just written what unites them.
    """
    n_asked = 0
    asked = select(ReviewItem.content, ReviewItem.state).where(
        ReviewItem.kind == ReviewKind.DUPLICATE, ReviewItem.key.startswith(f"{STRUCTURE}:")
    )
    pairs = {(content["keep"], content["drop"]): state for content, state in session.execute(asked)}
    for same in unasked(
        same_bodies(namesakes(session)),
        alike=[pair for pair, state in pairs.items() if state is not ReviewState.REFUSED],
        apart=[pair for pair, state in pairs.items() if state is ReviewState.REFUSED],
    ):
        keep, drop = same.keep.number, same.drop.number
        content = {"what": STRUCTURE, "drop": drop, "keep": keep, "titles": [same.keep.name, same.drop.name]}
        item = ReviewItem(
            kind=ReviewKind.DUPLICATE,
            key=f"{STRUCTURE}:{keep}:{drop}",
            state=ReviewState.OPEN,
            run_id=run,
            reasons=list(same.match.reasons),
            score=same.match.score,
            content=content,
            asked_at=at,
        )
        session.add(item)
        n_asked += 1
    return n_asked


def ask_fields(writer: RunWriter, questions: Iterable[Question], roles: Mapping[str, int], *, trace: int) -> None:
    """Ask who is right, a source or the person who corrected it."""
    for question in questions:
        where = path(question.path)
        if where is None:
            continue
        key = f"{question.correction}:{_digest(question.theirs)}"
        content = {
            "correction": question.correction,
            "row": roles[where.role],
            "field": where.field,
            "mine": question.mine,
            "theirs": question.theirs,
        }
        _ask(writer, ReviewKind.CORRECTION, key, trace, content)


def ask_release(writer: RunWriter, submission: Submission) -> None:
    """Set a record aside until a person releases it."""
    if submission.record is None:
        return
    statement = said(submission.record)
    key = f"{writer.feed}:{submission.key or submission.record.key}:{fingerprint(statement)}"
    content = {
        "key": submission.record.key,
        "line": submission.line,
        "raw": submission.raw,
        "said": statement,
        "said_on": None if submission.record.said_on is None else submission.record.said_on.isoformat(),
    }
    item = _ask(writer, ReviewKind.QUARANTINE, key, None, content)
    if item is not None:
        item.reasons = [problem.text for problem in submission.problems]


def _ask(
    writer: RunWriter, kind: ReviewKind, key: str, trace: int | None, content: Mapping[str, Any]
) -> ReviewItem | None:
    if _is_asked(writer.session, kind, key):
        return None
    item = _item(writer, kind, key, trace, content)
    writer.session.add(item)
    return item


def _item(writer: RunWriter, kind: ReviewKind, key: str, trace: int | None, content: Mapping[str, Any]) -> ReviewItem:
    return ReviewItem(
        kind=kind,
        key=key,
        state=ReviewState.OPEN,
        run_id=writer.run,
        trace_id=trace,
        reasons=[],
        content=dict(content),
        asked_at=writer.act.at,
    )


def _is_asked(session: Session, kind: ReviewKind, key: str) -> bool:
    query = select(ReviewItem.id).where(ReviewItem.kind == kind, ReviewItem.key == key)
    return session.scalar(query.limit(1)) is not None


def _digest(value: object) -> str:
    return hashlib.sha256(canonical(value).encode()).hexdigest()[:32]
