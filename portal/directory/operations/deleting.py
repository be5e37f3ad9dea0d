"""Deletion: the row goes, its number stays taken and its address says that it is gone."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, delete
from sqlalchemy.orm import Session

from portal.core.changes import Act, record_change
from portal.directory.models.contacts import Contact, Translation
from portal.directory.models.identities import Identified, Identity
from portal.directory.models.openings import LINE_TABLES
from portal.directory.operations.recording import subject_of, tell
from portal.directory.rules.refusals import StillInUse

_LINES = (Contact, Translation, *LINE_TABLES)


def refuse_if_any(session: Session, leaning: Iterable[Select[Any]]) -> None:
    """Refuse to delete what other rows still lean on."""
    if any(session.scalar(each.limit(1)) is not None for each in leaning):
        raise StillInUse


def delete_row(session: Session, row: Identified, act: Act) -> None:
    """Delete a row on which nothing leans any more, with all that hangs on it."""
    session.flush()
    delete_lines(session, row.id)
    identity = session.get_one(Identity, row.id)
    identity.gone_on = act.at.date()
    record_change(session, subject=subject_of(row), verb="delete", fields={}, act=act)
    tell(session, row)
    session.delete(row)
    session.flush()


def delete_lines(session: Session, owner_id: int) -> None:
    """Delete the contacts, translations and opening of a row."""
    for table in _LINES:
        session.execute(delete(table).where(table.owner_id == owner_id))
