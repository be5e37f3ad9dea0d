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
from portal.directory.operations.recording import record_alteration
from portal.directory.operations.service_codes import codes_of, replace_codes
from portal.directory.rules.choices import Status
from portal.directory.rules.refusals import AlreadyMerged, CannotMergeWithItself, KeptUnpublished, NotMerged

Mergeable = TypeVar("Mergeable", Service, Structure)
Handed = AccessPoint | Service | Tour
_UNITED = ("concepts", "audiences", "modes", "languages")
"""Sets of codes that the kept service takes over; for the rest its own word stands."""


def merge_services(session: Session, *, keep: Service, drop: Service, act: Act) -> None:
    """Make one service of two; links to the dropped one lead to the kept one."""
    _check(session, keep, drop)
    if drop.status is Status.PUBLISHED and keep.status is not Status.PUBLISHED:
        raise KeptUnpublished
    access_points = _of_service(session, drop)
    fields = _hand_over(session, access_points, {"service": (drop, keep)}, act)
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
    fields = _hand_over(session, there, {"service": (kept, service)}, act)
    for name in _UNITED:
        leaving = _leaving(session, kept, name, moved[name])
        mine = [code for code in codes_of(session, kept, name) if code not in leaving]
        fields |= replace_codes(session, kept, name, mine)
    record_alteration(session, kept, {**fields, "absorbed": (service, None)}, act, verb="unmerge")
    for each in (kept, service):
        refresh_service(session, service=each, now=act.at)


def merge_structures(session: Session, *, keep: Structure, drop: Structure, act: Act) -> None:
    """Make one structure of two: its services and tours go over, links to the dropped one lead to the kept one."""
    _check(session, keep, drop)
    offered = _of_structure(session, drop)
    fields = _hand_over(session, offered, {"structure": (drop, keep)}, act)
    _merge(session, keep, drop, {"offered": [each.id for each in offered]}, act)
    record_alteration(session, keep, {**fields, "absorbed": (None, drop)}, act, verb="merge")


def unmerge_structure(session: Session, *, structure: Structure, act: Act) -> None:
    """Make two structures again of a merged one; each gets back what it offered."""
    kept, moved = _unmerge(session, structure, act)
    there = [each for each in _of_structure(session, kept) if each.id in moved["offered"]]
    fields = _hand_over(session, there, {"structure": (kept, structure)}, act)
    record_alteration(session, kept, {**fields, "absorbed": (structure, None)}, act, verb="unmerge")


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
    session.flush()
    record_alteration(session, dropped, {"merged_into": (kept, None)}, act, verb="unmerge")
    return kept, moved


def _of_service(session: Session, service: Service) -> list[AccessPoint]:
    query = select(AccessPoint).where(AccessPoint.service_id == service.id).order_by(AccessPoint.id)
    return list(session.scalars(query))


def _of_structure(session: Session, structure: Structure) -> list[Service | Tour]:
    services = select(Service).where(Service.structure_id == structure.id).order_by(Service.id)
    tours = select(Tour).where(Tour.structure_id == structure.id).order_by(Tour.id)
    return [*session.scalars(services), *session.scalars(tours)]


def _leaving(session: Session, kept: Service, name: str, moved: Sequence[Any]) -> list[Any]:
    """List the codes a kept service gives back; those of another one it absorbed stay, and go with that one."""
    leaving = list(moved)
    others = select(Merge).where(Merge.kept_id == kept.id).order_by(Merge.merged_at, Merge.dropped_id)
    for other in session.scalars(others).all():
        theirs = codes_of(session, session.get_one(Service, other.dropped_id), name)
        staying = [code for code in leaving if code in theirs]
        if staying:
            other.moved = {**other.moved, name: [*other.moved[name], *staying]}
            leaving = [code for code in leaving if code not in staying]
    return leaving


def _hand_over(
    session: Session, rows: Sequence[Handed], owner: Mapping[str, tuple[Mergeable, Mergeable]], act: Act
) -> dict[str, tuple[Any, Any]]:
    """Give rows to another owner, say it of each, and say it as a field of the kept one."""
    for row in rows:
        for name, (_, to) in owner.items():
            setattr(row, name, to)
            setattr(row, f"{name}_id", to.id)
        record_alteration(session, row, owner, act, verb="move")
    return {"handed_over": (None, [row.public_id for row in rows])} if rows else {}
