"""The audience of some days."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.statistics.models import AudienceCount
from portal.statistics.rules import Seen


def audience_since(session: Session, day: date) -> list[tuple[Seen, int]]:
    """Add up what was seen since a day, that day included. One query."""
    keys = (AudienceCount.kind, AudienceCount.theme, AudienceCount.commune, AudienceCount.found_nothing)
    rows = session.execute(
        select(*keys, func.sum(AudienceCount.times)).where(AudienceCount.day >= day).group_by(*keys).order_by(*keys)
    )
    return [(Seen(kind, theme, commune, found_nothing), times) for kind, theme, commune, found_nothing, times in rows]
