"""Contacts of whatever may have some: they are replaced as a whole, in the order they are shown."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal.core.text import tidy
from portal.directory.models.contacts import Contact
from portal.directory.models.identities import Identified
from portal.directory.operations.recording import owned_by
from portal.directory.operations.texts import fitting
from portal.directory.queries.leaves import contacts_of
from portal.directory.rules.contact_lines import ContactLine
from portal.directory.rules.refusals import ContactEmpty


def add_lines(session: Session, owner: Identified, lines: Iterable[ContactLine]) -> None:
    """Add contacts that were tidied before."""
    for position, line in enumerate(lines):
        session.add(Contact(position=position, **vars(line), **owned_by(owner)))


def replace_contacts(
    session: Session, owner: Identified, contacts: Iterable[ContactLine]
) -> dict[str, tuple[Any, Any]]:
    """Replace the contacts of a row when they differ."""
    before, after = contacts_of(session, owner.id), tidied(contacts)
    if before == after:
        return {}
    session.execute(delete(Contact).where(Contact.owner_id == owner.id))
    add_lines(session, owner, after)
    return {"contacts": (before, after)}


def tidied(contacts: Iterable[ContactLine]) -> tuple[ContactLine, ...]:
    """Tidy contacts, without repeats; each must say something and fit."""
    tidied = [_tidy_line(line) for line in contacts]
    for line in tidied:
        if not line.value:
            raise ContactEmpty
        fitting(Contact, vars(line))
    return _without_repeats(tidied)


def _tidy_line(line: ContactLine) -> ContactLine:
    value, label, person = tidy(line.value), tidy(line.label), tidy(line.person)
    is_tidy = (value, label, person) == (line.value, line.label, line.person)
    return line if is_tidy else replace(line, value=value, label=label, person=person)


def _without_repeats(lines: Sequence[ContactLine]) -> tuple[ContactLine, ...]:
    return tuple(dict.fromkeys(lines))
