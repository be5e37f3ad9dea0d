"""Erasing a person: their name leaves the contacts and the change log, whose chain still verifies."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.audit import Part, erase_parts, parts_of_actor
from portal.core.canonical import canonical
from portal.core.changes import FIELD, Act, read_parts
from portal.core.models import ChangeValues
from portal.core.text import tidy
from portal.directory.models.contacts import Contact

_CONTACTS = f"{FIELD}contacts"


def erase_person(session: Session, *, name: str, act: Act) -> int:
    """Remove a person wherever the directory names one: as somebody's contact, and as the author of changes."""
    acts = parts_of_actor(session, tidy(name))
    if acts:
        erase_parts(session, acts, act)
    return erase_contact_person(session, name=name, act=act) + len(acts)


def erase_contact_person(session: Session, *, name: str, act: Act) -> int:
    """Remove a person's name from every contact and from all the log says of contacts; give how many places held it.

    The contact itself stays when it has a value of its own: a desk keeps its telephone. What the log said of the
    contacts of those days goes as a whole, numbers included, for a direct line names a person as a name does.
    """
    person = tidy(name)
    session.flush()
    contacts = session.scalars(select(Contact).where(Contact.person == person)).all()
    for contact in contacts:
        contact.person = ""
    parts = _logged(session, person)
    if contacts or parts:
        erase_parts(session, parts, act)
    return len(contacts) + len(parts)


def _logged(session: Session, person: str) -> list[Part]:
    written = canonical(person)
    rows = session.scalars(
        select(ChangeValues).where(ChangeValues.parts.contains(written, autoescape=True)).order_by(ChangeValues.number)
    )
    return [Part(row.number, _CONTACTS) for row in rows if written in canonical(read_parts(row).get(_CONTACTS))]
