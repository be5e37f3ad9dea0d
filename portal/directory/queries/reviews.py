"""Which sheets to check again, the longest unsaid first."""

from datetime import date

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, joinedload

from portal.directory.models.services import Service
from portal.directory.queries.shown import is_published
from portal.directory.rules.choices import REVIEW_RHYTHMS
from portal.directory.rules.freshness import oldest_fresh_day

_NEVER = date(1, 1, 1)


def services_to_recheck(session: Session, *, today: date, limit: int = 100) -> list[Service]:
    """List published services past their rhythm, with their structure. One query."""
    verified = func.coalesce(Service.verified_on, _NEVER)
    imported = func.coalesce(Service.imported_on, _NEVER)
    overdue = [
        and_(Service.review_months == months, verified < since, imported < since)
        for months in REVIEW_RHYTHMS
        for since in (oldest_fresh_day(today, months),)
    ]
    found = session.scalars(
        select(Service)
        .options(joinedload(Service.structure))
        .where(is_published(), or_(*overdue))
        .order_by(verified, imported, Service.id)
        .limit(limit)
    )
    return list(found)
