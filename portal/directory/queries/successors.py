"""Where a closed service leads: to whoever answers for it today."""

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
