"""Merging two services or two structures into one, and undoing it exactly.

The dropped one keeps all it says; only what leads visitors to it goes over, and a row remembers what went.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.changes import Act
from portal.directory.models.access_points import AccessPoint, Tour
from portal.directory.models.identities import Identity
from portal.directory.models.merges import Merge
from portal.directory.models.services import Service
from portal.directory.models.structures import Structure
from portal.directory.operations.occurrences import refresh_service
from portal.directory.operations.recording import record_alteration, tell
from portal.directory.operations.service_codes import codes_of, replace_codes
from portal.directory.rules.refusals import AlreadyMerged, CannotMergeWithItself, NotMerged

Mergeable = TypeVar("Mergeable", Service, Structure)
Handed = AccessPoint | Service | Tour
_UNITED = ("concepts", "audiences", "languages")
"""Sets of codes that the kept service takes over; for the rest its own word stands."""


def merge_services(session: Session, *, keep: Service, drop: Service, act: Act) -> None:
    """Make one service of two; links to the dropped one lead to the kept one."""
    _check(session, keep, drop)
    access_points = _of_service(session, drop)
    fields = _hand_over(access_points, keep)
    moved: dict[str, Any] = {"access_points": [each.id for each in access_points]}
    for name in _UNITED:
        mine, theirs = codes_of(session, keep, name), codes_of(session, drop, name)
        new = [code for code in theirs if code not in mine]
        fields |= replace_codes(session, keep, name, (*mine, *new))
        moved[name] = new
    _merge(session, keep, drop, moved, act)
    record_alteration(session, keep, {**fields, "absorbed": (None, drop)}, act, verb="merge")
    refresh_service(session, service=keep, now=act.at)


def unmerge_service(session: Session, *, service: Service, act: Act) -> None:
    """Make two services again of a merged one; each gets back what it had."""
    kept, moved = _unmerge(session, service, act)
    there = [each for each in _of_service(session, kept) if each.id in moved["access_points"]]
    fields = _hand_over(there, service)
    for name in _UNITED:
        mine = [code for code in codes_of(session, kept, name) if code not in moved[name]]
        fields |= replace_codes(session, kept, name, mine)
    record_alteration(session, kept, {**fields, "absorbed": (service, None)}, act, verb="unmerge")
    for each in (kept, service):
        refresh_service(session, service=each, now=act.at)


def merge_structures(session: Session, *, keep: Structure, drop: Structure, act: Act) -> None:
    """Make one structure of two: its services and tours go over, links to the dropped one lead to the kept one."""
    _check(session, keep, drop)
    offered = _of_structure(session, drop)
    fields = _hand_over(offered, keep)
    _merge(session, keep, drop, {"offered": [each.id for each in offered]}, act)
    record_alteration(session, keep, {**fields, "absorbed": (None, drop)}, act, verb="merge")
    _tell_all(session, offered)


def unmerge_structure(session: Session, *, structure: Structure, act: Act) -> None:
    """Make two structures again of a merged one; each gets back what it offered."""
    kept, moved = _unmerge(session, structure, act)
    there = [each for each in _of_structure(session, kept) if each.id in moved["offered"]]
    fields = _hand_over(there, structure)
    record_alteration(session, kept, {**fields, "absorbed": (structure, None)}, act, verb="unmerge")
    _tell_all(session, there)


def _check(session: Session, keep: Mergeable, drop: Mergeable) -> None:
    if keep is drop:
        raise CannotMergeWithItself
    if keep.merged_into_id is not None or drop.merged_into_id is not None:
        raise AlreadyMerged
    session.flush()


def _merge(session: Session, keep: Mergeable, drop: Mergeable, moved: Mapping[str, Any], act: Act) -> None:
    drop.merged_into_id = keep.id
    session.get_one(Identity, drop.id).moved_to_id = keep.id
    session.add(Merge(dropped_id=drop.id, kept_id=keep.id, merged_at=act.at, moved=dict(moved)))
    record_alteration(session, drop, {"merged_into": (None, keep)}, act, verb="merge")


def _unmerge(session: Session, dropped: Mergeable, act: Act) -> tuple[Mergeable, dict[str, Any]]:
    merge = session.get(Merge, dropped.id)
    if merge is None:
        raise NotMerged
    kept = session.get_one(type(dropped), merge.kept_id)
    if kept.merged_into_id is not None:
        raise AlreadyMerged
    dropped.merged_into_id = None
    session.get_one(Identity, dropped.id).moved_to_id = None
    moved = merge.moved
    session.delete(merge)
    record_alteration(session, dropped, {"merged_into": (kept, None)}, act, verb="unmerge")
    return kept, moved


def _of_service(session: Session, service: Service) -> list[AccessPoint]:
    query = select(AccessPoint).where(AccessPoint.service_id == service.id).order_by(AccessPoint.id)
    return list(session.scalars(query))


def _of_structure(session: Session, structure: Structure) -> list[Service | Tour]:
    services = select(Service).where(Service.structure_id == structure.id).order_by(Service.id)
    tours = select(Tour).where(Tour.structure_id == structure.id).order_by(Tour.id)
    return [*session.scalars(services), *session.scalars(tours)]


def _hand_over(rows: Sequence[Handed], to: Service | Structure) -> dict[str, tuple[Any, Any]]:
    """Give rows to another owner, and say it as a field of the kept one."""
    for row in rows:
        if isinstance(row, AccessPoint) and isinstance(to, Service):
            row.service, row.service_id = to, to.id
        elif not isinstance(row, AccessPoint) and isinstance(to, Structure):
            row.structure, row.structure_id = to, to.id
    return {"handed_over": (None, [row.public_id for row in rows])} if rows else {}


def _tell_all(session: Session, rows: Sequence[Handed]) -> None:
    for row in rows:
        tell(session, row)
