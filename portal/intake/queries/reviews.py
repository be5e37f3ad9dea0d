"""What waits for a person, and what people decided."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.core.errors import NotFound
from portal.intake.models.decisions import ReviewItem, ReviewState
from portal.intake.models.sources import Run


def questions_of(session: Session, run: int) -> int:
    """Count the questions a run put in the queue. One query."""
    return session.scalar(select(func.count()).select_from(ReviewItem).where(ReviewItem.run_id == run)) or 0


def review_items(session: Session, state: ReviewState | None = ReviewState.OPEN) -> Sequence[ReviewItem]:
    """List questions in a state, or all of them, the oldest first. One query."""
    query = select(ReviewItem).order_by(ReviewItem.id)
    return session.scalars(query if state is None else query.where(ReviewItem.state == state)).all()


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
