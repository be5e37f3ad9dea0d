"""What hangs on one row: its contacts, its opening, the access points of a stop."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.directory.models.access_points import AccessPoint, Stop
from portal.directory.models.contacts import Contact
from portal.directory.models.openings import LINE_TABLES, OpeningLine, opening_of
from portal.directory.rules.contact_lines import ContactLine
from portal.hours.slots import Opening


def contacts_of(session: Session, owner_id: int) -> tuple[ContactLine, ...]:
    """List the contacts of a row, those for professionals too, in their order. One query."""
    rows = session.scalars(select(Contact).where(Contact.owner_id == owner_id).order_by(Contact.position))
    return tuple(contact_line(row) for row in rows)


def opening_of_owner(session: Session, owner_id: int) -> Opening:
    """Read the opening of an access point or a stop. Three queries."""
    lines: list[OpeningLine] = []
    for table in LINE_TABLES:
        lines += session.scalars(select(table).where(table.owner_id == owner_id))
    return opening_of(lines)


def access_points_of_stop(session: Session, stop: Stop) -> list[AccessPoint]:
    """List what a tour brings to a stop, in order of number. One query."""
    found = session.scalars(select(AccessPoint).where(AccessPoint.stop_id == stop.id).order_by(AccessPoint.id))
    return list(found)


def contact_line(row: Contact) -> ContactLine:
    """Read a contact as a value."""
    return ContactLine(type=row.type, value=row.value, label=row.label, person=row.person, audience=row.audience)
