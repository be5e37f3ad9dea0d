"""Receives what visitors say is wrong, and forgets their words when their time is over."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.core.errors import Refused
from portal.core.languages import Label
from portal.directory.models.services import Service
from portal.intake.models.decisions import ReviewItem, ReviewKind, ReviewState
from portal.intake.models.reports import ErrorReport
from portal.intake.rules.reports import MOST_OPEN, Report, are_words_over


class EnoughReports(Refused):
    """So many reports of one sheet wait for an answer that another one would say nothing new."""

    status = 429

    def __init__(self) -> None:
        super().__init__(
            Label(
                "Cette fiche a déjà été signalée plusieurs fois : l’équipe du portail va la vérifier.",
                "This page has already been reported several times: the portal team will check it.",
            )
        )


def receive_report(session: Session, *, service: Service, report: Report, receipt: str, at: datetime) -> None:
    """Put what a visitor says into the queue; the same form sent twice is one report."""
    if session.scalar(select(ErrorReport.id).where(ErrorReport.receipt == receipt)) is not None:
        return
    if _n_open(session, service) >= MOST_OPEN:
        raise EnoughReports
    wrong = [each.value for each in report.wrong]
    row = ErrorReport(receipt=receipt, subject_id=service.id, wrong=wrong, words=report.words, at=at)
    session.add(row)
    session.flush()
    session.add(
        ReviewItem(
            kind=ReviewKind.REPORT,
            key=receipt,
            state=ReviewState.OPEN,
            reasons=[],
            content={"report": row.id, "service": service.public_id, "title": service.title},
            asked_at=at,
        )
    )


def forget_old_words(session: Session, now: datetime) -> int:
    """Erase the words whose time is over; give how many reports lost theirs."""
    rows = session.execute(
        select(ErrorReport, ReviewItem.decided_at)
        .outerjoin(ReviewItem, (ReviewItem.key == ErrorReport.receipt) & (ReviewItem.kind == ReviewKind.REPORT))
        .where(ErrorReport.words != "")
    ).all()
    old = [report for report, answered_at in rows if are_words_over(report.at, answered_at, now.date())]
    for report in old:
        report.words = ""
    return len(old)


def _n_open(session: Session, service: Service) -> int:
    query = (
        select(func.count())
        .select_from(ErrorReport)
        .join(ReviewItem, (ReviewItem.key == ErrorReport.receipt) & (ReviewItem.kind == ReviewKind.REPORT))
        .where(ErrorReport.subject_id == service.id, ReviewItem.state == ReviewState.OPEN)
    )
    return session.scalar(query) or 0
