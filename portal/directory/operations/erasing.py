"""Erasing a person: their name leaves the contacts and the change log, whose chain still verifies."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import String, and_, cast, or_, select
from sqlalchemy.orm import Session

from portal.core.audit import Part, erase_parts
from portal.core.changes import FIELD, Act, read_parts
from portal.core.models import ChangeValues
from portal.core.person_names import PersonName
from portal.directory.models.access_points import AccessPoint, Stop, Tour
from portal.directory.models.contacts import Contact, Translation
from portal.directory.models.identities import FormerSlug, Identified
from portal.directory.models.places import Place
from portal.directory.models.services import Service
from portal.directory.models.structures import Structure
from portal.directory.rules.choices import Kind

_CONTACTS = f"{FIELD}contacts"
NAMES: Mapping[Kind, str] = {
    Kind.SERVICE: "service",
    Kind.STRUCTURE: "structure",
    Kind.PLACE: "lieu",
    Kind.ACCESS_POINT: "point d’accès",
    Kind.TOUR: "tournée",
    Kind.STOP: "arrêt",
}
_TEXTS: tuple[type[Identified], ...] = (Service, Structure, Place, AccessPoint, Tour, Stop)


def erase_person(session: Session, *, name: PersonName, act: Act) -> int:
    """Remove a person from every contact and from all the log says; give how many places held the name.

    The contact itself stays when it has a value of its own: a desk keeps its telephone, but not an address made of the
    name. What the log said of the contacts of those days goes as a whole, numbers included, for a direct line names a
    person as a name does.
    """
    if not name.words:
        return 0
    session.flush()
    contacts = _contacts(session, name)
    for contact in contacts:
        if name.out_of(contact.value) == "":
            session.delete(contact)
        contact.person, contact.label = name.out_of(contact.person), name.out_of(contact.label)
    verified = session.scalars(select(Service).where(_all_of(Service.verified_by, name))).all()
    for service in verified:
        service.verified_by = name.out_of(service.verified_by)
    parts = _logged(session, name)
    found = len(contacts) + len(parts) + len(verified)
    if found:
        erase_parts(session, parts, act)
    return found


@dataclass(frozen=True)
class ErasedBeside:
    """What named a person beside the sheets themselves."""

    n_slugs: int = 0
    n_translations: int = 0


def erase_beside(session: Session, *, name: PersonName) -> ErasedBeside:
    """Remove a person from the former addresses of sheets, which their ids lead on from, and from translations."""
    if not name.words:
        return ErasedBeside()
    session.flush()
    slugs = [
        row for row in session.scalars(select(FormerSlug).where(_all_of(FormerSlug.slug, name))) if name.is_in(row.slug)
    ]
    for slug in slugs:
        session.delete(slug)
    rows = session.scalars(select(Translation).where(_all_of(Translation.text, name)))
    translations = [row for row in rows if name.is_in(row.text)]
    for row in translations:
        row.text = name.out_of(row.text)
        if not row.text:
            session.delete(row)
    session.flush()
    return ErasedBeside(len(slugs), len(translations))


def _contacts(session: Session, name: PersonName) -> list[Contact]:
    columns = (Contact.person, Contact.label, Contact.value)
    may_name = or_(*(_all_of(column, name) for column in columns))
    rows = session.scalars(select(Contact).where(may_name)).all()
    return [row for row in rows if any(name.is_in(text) for text in (row.person, row.label, row.value))]


def _logged(session: Session, name: PersonName) -> list[Part]:
    rows = session.scalars(select(ChangeValues).where(_all_of(ChangeValues.parts, name)).order_by(ChangeValues.number))
    return [
        Part(row.number, part)
        for row in rows
        for part, value in read_parts(row).items()
        if name.out_of_value(value) != value
    ]


def _all_of(column: Any, name: PersonName) -> Any:  # noqa: ANN401 - a column and a condition
    return and_(*(cast(column, String).ilike(pattern) for pattern in name.sieve))


def sheets_naming(session: Session, *, name: PersonName) -> list[str]:
    """List what the public reads that still names a person, for somebody to write anew."""
    found = []
    for table in _TEXTS if name.words else ():
        texts = [column for column in table.__table__.columns if isinstance(column.type, String)]  # type: ignore[attr-defined] # every row has a table
        query = select(table).where(or_(*(_all_of(column, name) for column in texts)))
        found += [
            f"{NAMES[table.KIND]} {row.public_id}"
            for row in session.scalars(query.order_by(table.id))
            if any(name.is_in(str(getattr(row, column.key) or "")) for column in texts)
        ]
    return found
