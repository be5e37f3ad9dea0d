"""Things with a name, a page and contacts: how each of them is made, changed and deleted."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from sqlalchemy import Select
from sqlalchemy.orm import Session

from portal.core.changes import Act
from portal.directory.models.identities import Addressed
from portal.directory.operations.contacts import add_lines, replace_contacts
from portal.directory.operations.deleting import delete_row, refuse_if_any
from portal.directory.operations.outlines import Outline
from portal.directory.operations.recording import identify, record_creation, rename, set_fields
from portal.directory.rules.contact_lines import ContactLine

Row = TypeVar("Row", bound=Addressed)


def add_named(session: Session, row: Row, outline: Outline, act: Act) -> Row:
    """Add a new thing with its contacts, as its outline tells it."""
    identify(session, row, act)
    add_lines(session, row, outline.contacts)
    record_creation(session, row, outline.said, act)
    return row


def set_named(
    session: Session, row: Addressed, columns: Mapping[str, Any], contacts: Iterable[ContactLine] | None, act: Act
) -> dict[str, tuple[Any, Any]]:
    """Set what differs, and give each field with its value before and after; contacts that are None stay."""
    fields = set_fields(row, columns)
    if "name" in fields:
        rename(session, row, columns["name"], act)
    return fields if contacts is None else fields | replace_contacts(session, row, contacts)


def delete_named(session: Session, row: Addressed, leaning: Iterable[Select[Any]], act: Act) -> None:
    """Delete a thing on which nothing leans; its public id is never given again."""
    session.flush()
    refuse_if_any(session, leaning)
    delete_row(session, row, act)
