"""What visitors reported, and what became of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.directory.models.services import Service
from portal.directory.queries.shown import is_published
from portal.directory.rules.public_ids import number_of
from portal.directory.rules.refusals import NoSuchSheet
from portal.intake.models.decisions import ReviewItem, ReviewKind, ReviewState
from portal.intake.models.reports import ErrorReport


@dataclass(frozen=True)
class Receipt:
    """What a visitor may learn of their report."""

    number: str
    service: Service
    state: ReviewState
    decided_at: datetime | None
    wrong: tuple[str, ...]
    """What was ticked."""
    at: datetime


def reported_service(session: Session, public_id: str) -> Service:
    """Find the published service that a visitor reports. One query."""
    number = number_of(public_id)
    found = session.scalar(select(Service).where(Service.id == number, is_published())) if number else None
    if found is None:
        raise NoSuchSheet
    return found


def receipt_numbered(session: Session, number: str) -> Receipt | None:
    """Find a report by the number its visitor was given. One query."""
    row = session.execute(
        select(ErrorReport, ReviewItem, Service)
        .join(ReviewItem, (ReviewItem.key == ErrorReport.receipt) & (ReviewItem.kind == ReviewKind.REPORT))
        .join(Service, Service.id == ErrorReport.subject_id)
        .where(ErrorReport.receipt == number)
    ).one_or_none()
    if row is None:
        return None
    report, item, service = row
    return Receipt(number, service, item.state, item.decided_at, tuple(report.wrong), report.at)


def reports_behind(session: Session, items: Iterable[ReviewItem]) -> Mapping[str, ErrorReport]:
    """Load what visitors said, by the key of the questions it asks. One query."""
    keys = [item.key for item in items if item.kind is ReviewKind.REPORT]
    if not keys:
        return {}
    rows = session.scalars(select(ErrorReport).where(ErrorReport.receipt.in_(keys)))
    return {report.receipt: report for report in rows}
