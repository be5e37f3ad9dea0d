"""What waits for a person, and what people decided."""

from collections.abc import Collection, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.core.errors import NotFound
from portal.directory.models.services import Service
from portal.directory.rules.public_ids import number_of
from portal.intake.models.decisions import ReviewItem, ReviewState
from portal.intake.models.sources import Feed, Run
from portal.intake.models.traces import Trace


def questions_of(session: Session, run: int) -> int:
    """Count the questions a run put in the queue. One query."""
    return session.scalar(select(func.count()).select_from(ReviewItem).where(ReviewItem.run_id == run)) or 0


def review_items(session: Session, state: ReviewState | None = ReviewState.OPEN) -> Sequence[ReviewItem]:
    """List questions in a state, or all of them, the oldest first. One query."""
    query = select(ReviewItem).order_by(ReviewItem.id)
    return session.scalars(query if state is None else query.where(ReviewItem.state == state)).all()


def origins_of(session: Session, items: Collection[ReviewItem]) -> dict[int, str]:
    """Tell from which list, and which line of it, questions come; visitors' come from none. One query."""
    rows = session.execute(
        select(ReviewItem, Feed.source_name, Feed.name, Trace.line)
        .outerjoin(Trace, Trace.id == ReviewItem.trace_id)
        .outerjoin(Run, Run.id == ReviewItem.run_id)
        .join(Feed, Feed.id == func.coalesce(Trace.feed_id, Run.feed_id))
        .where(ReviewItem.id.in_([item.id for item in items]))
    )
    found = {}
    for item, source, feed, line in rows:
        stood = line or item.content.get("line")
        found[item.id] = f"{source}/{feed}" + (f", ligne {stood}" if stood else "")
    return found


def review_item(session: Session, number: int) -> ReviewItem:
    """Find one question."""
    item = session.get(ReviewItem, number)
    if item is None:
        raise NotFound(f"Aucune question ne porte le numéro {number}. La liste : maillage review list.")
    return item


def run_numbered(session: Session, number: int) -> Run:
    """Find one run."""
    run = session.get(Run, number)
    if run is None:
        raise NotFound(f"Aucun import ne porte le numéro {number}. La liste : maillage runs.")
    return run


def runs_with_feeds(session: Session, limit: int) -> Sequence[tuple[Run, Feed]]:
    """List the last runs, each with its feed, the latest first. One query."""
    query = select(Run, Feed).join(Feed, Feed.id == Run.feed_id).order_by(Run.id.desc()).limit(limit)
    return [(run, feed) for run, feed in session.execute(query)]


def service_numbered(session: Session, public_id: str) -> Service:
    """Find the service that bears a public id, written alone or at the end of the address of its sheet."""
    number = number_of(public_id.rstrip("/").replace("/", "-").rpartition("-")[2])
    found = None if number is None else session.get(Service, number)
    if found is None:
        raise NotFound(f"Aucun service ne porte l’identifiant « {public_id} » : c’est la fin de l’adresse de sa fiche.")
    return found
