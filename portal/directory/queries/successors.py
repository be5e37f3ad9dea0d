"""Where a closed service leads: to whoever answers for it today."""

from collections.abc import Collection, Mapping

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.directory.models.services import Service
from portal.directory.rules.choices import Status


def successor_of(session: Session, service: Service) -> Service | None:
    """Follow successors and merges to the first service one can go to; None when there is none. A query a step."""
    heir: Service | None = service
    seen: set[int] = set()
    while heir is not None and heir.id not in seen:
        seen.add(heir.id)
        if heir is not service and heir.status is Status.PUBLISHED and heir.merged_into_id is None:
            return heir
        # What was merged answers no more: its own successor counts for nothing.
        onwards = heir.successor_id if heir.merged_into_id is None else heir.merged_into_id
        heir = None if onwards is None else session.get(Service, onwards)
    return None


def left_services(session: Session, numbers: Collection[int]) -> Mapping[int, Service]:
    """Give those of some services that the public once saw and that are closed or merged. One query."""
    left = or_(Service.status == Status.CLOSED, Service.merged_into_id.is_not(None))
    rows = session.scalars(select(Service).where(Service.id.in_(numbers), Service.status != Status.DRAFT, left))
    return {row.id: row for row in rows}
