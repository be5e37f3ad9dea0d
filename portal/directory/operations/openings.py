"""Openings of access points and stops: replaced as a whole, or in their exceptions only."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal.core.changes import Act
from portal.directory.models.access_points import AccessPoint, Stop
from portal.directory.models.openings import LINE_TABLES, rows_of
from portal.directory.operations.occurrences import refresh_access_points, refresh_stop
from portal.directory.operations.recording import expect_version, owned_by, record_alteration, set_fields, tell
from portal.directory.queries.leaves import access_points_of_stop, opening_of_owner
from portal.hours.slots import DatedException, Opening


def set_opening(
    session: Session,
    *,
    owner: AccessPoint | Stop,
    opening: Opening,
    words: str,
    act: Act,
    expected_version: int | None = None,
) -> bool:
    """Replace what is known of when one can come, with the words it was read from; give whether anything differed."""
    expect_version(owner, expected_version)
    fields: dict[str, tuple[Any, Any]] = set_fields(owner, {"opening_words": words})
    fields |= _replace(session, owner, opening)
    if not record_alteration(session, owner, fields, act, verb="set_opening"):
        return False
    if isinstance(owner, Stop):
        for access_point in access_points_of_stop(session, owner):
            tell(session, access_point)
        refresh_stop(session, stop=owner, now=act.at)
    else:
        refresh_access_points(session, numbers=[owner.id], now=act.at)
    return True


def set_exceptions(
    session: Session, *, owner: AccessPoint | Stop, exceptions: Iterable[DatedException], act: Act
) -> bool:
    """Replace the dated exceptions and leave the rest of the opening as it is.

    Those of an access point at a tour's stop come on top of the stop's opening.
    """
    session.flush()
    opening = replace(opening_of_owner(session, owner.id), exceptions=tuple(exceptions))
    return set_opening(session, owner=owner, opening=opening, words=owner.opening_words, act=act)


def add_opening(session: Session, owner: AccessPoint | Stop, opening: Opening) -> None:
    """Write the opening of a row that has none."""
    for row in rows_of(opening):
        for name, value in owned_by(owner).items():
            setattr(row, name, value)
        session.add(row)


def _replace(session: Session, owner: AccessPoint | Stop, opening: Opening) -> dict[str, tuple[Any, Any]]:
    session.flush()
    before = opening_of_owner(session, owner.id)
    if before == opening:
        return {}
    for table in LINE_TABLES:
        session.execute(delete(table).where(table.owner_id == owner.id))
    add_opening(session, owner, opening)
    return {"opening": (before, opening)}
