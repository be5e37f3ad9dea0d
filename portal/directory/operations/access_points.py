"""Access points: how one reaches a service, with their openings and contacts."""

from collections.abc import Iterable
from typing import Any, TypedDict, Unpack

from sqlalchemy.orm import Session

from portal.core.changes import Act
from portal.core.text import tidy
from portal.directory.models.access_points import AccessPoint, Stop
from portal.directory.models.places import Place
from portal.directory.models.services import Service
from portal.directory.operations.contacts import add_lines, replace_contacts, tidied
from portal.directory.operations.deleting import delete_row
from portal.directory.operations.occurrences import refresh_access_points, refresh_around
from portal.directory.operations.openings import add_opening
from portal.directory.operations.outlines import Outline
from portal.directory.operations.recording import (
    expect_version,
    identify,
    record_alteration,
    record_creation,
    set_fields,
)
from portal.directory.operations.texts import fitting, paragraphs
from portal.directory.rules.choices import AccessPointKind, AddressShown
from portal.directory.rules.contact_lines import ContactLine
from portal.directory.rules.refusals import PlaceMissing
from portal.hours.slots import Opening


class AccessPointValues(TypedDict, total=False):
    """What may be said of an access point; only what is given is changed."""

    note: str
    url: str
    address_shown: AddressShown | None
    contacts: Iterable[ContactLine]


class NewAccessPointValues(AccessPointValues, total=False):
    """What may be said of a new access point; `set_opening` changes its opening later."""

    opening: Opening
    opening_words: str


def create_access_point(
    session: Session,
    *,
    service: Service,
    kind: AccessPointKind,
    act: Act,
    at: Place | Stop | None = None,
    **values: Unpack[NewAccessPointValues],
) -> AccessPoint:
    """Make an access point: at a place, at a tour's stop, or of a kind that needs neither."""
    where = _where(kind, at)
    there = None if at is None else at.public_id
    outline = outline_access_point(kind=kind, service=service.public_id, at=there, **values)
    access_point = AccessPoint(**outline.columns, **where, service=service, service_id=service.id)
    identify(session, access_point, act)
    add_lines(session, access_point, outline.contacts)
    add_opening(session, access_point, outline.opening)
    record_creation(session, access_point, outline.said, act)
    if at is not None:
        refresh_around(session, changed=[access_point.id], services=[service.id], now=act.at)
    elif outline.opening.slots or outline.opening.exceptions:
        refresh_access_points(session, numbers=[access_point.id], now=act.at)
    return access_point


def outline_access_point(
    *, kind: AccessPointKind, service: str, at: str | None, **values: Unpack[NewAccessPointValues]
) -> Outline:
    """Check and clean what is said of a new access point; its service and where it is are named by their public ids."""
    if (at is not None) != (kind in {AccessPointKind.PLACE, AccessPointKind.TOUR_STOP}):
        raise PlaceMissing
    opening, words = values.get("opening", Opening()), values.get("opening_words", "")
    columns, contacts = _columns(values), tidied(values.get("contacts", ()))
    said = {"service": service, "kind": kind, "at": at, "opening": opening, "opening_words": words}
    return Outline(
        columns=columns | {"kind": kind, "opening_words": words},
        opening=opening,
        contacts=contacts,
        said={**said, **columns, "contacts": contacts},
    )


def change_access_point(
    session: Session,
    *,
    access_point: AccessPoint,
    act: Act,
    expected_version: int | None = None,
    **values: Unpack[AccessPointValues],
) -> bool:
    """Change what is given of an access point; give whether anything differed."""
    expect_version(access_point, expected_version)
    fields = set_fields(access_point, _columns(values))
    if "contacts" in values:
        fields |= replace_contacts(session, access_point, values["contacts"])
    return record_alteration(session, access_point, fields, act)


def move_access_point(session: Session, *, access_point: AccessPoint, to: Place | Stop, act: Act) -> bool:
    """Receive visitors of a service at another place or stop."""
    where = _where(access_point.kind, to)
    session.flush()
    before = session.get(Stop, access_point.stop_id) if access_point.stop_id is not None else None
    old = before or (session.get(Place, access_point.place_id) if access_point.place_id is not None else None)
    if old is to:
        return False
    for name, value in where.items():
        setattr(access_point, name, value)
    record_alteration(session, access_point, {"at": (old, to)}, act, verb="move")
    refresh_around(session, changed=[access_point.id], services=[access_point.service_id], now=act.at)
    return True


def delete_access_point(session: Session, *, access_point: AccessPoint, act: Act) -> None:
    """Delete an access point with its opening, occurrences and contacts; its public id is never given again."""
    service = access_point.service_id
    delete_row(session, access_point, act)
    refresh_around(session, changed=(), services=[service], now=act.at)


def _where(kind: AccessPointKind, at: Place | Stop | None) -> dict[str, Any]:
    """Say in columns where an access point is; a stop lends its place."""
    if kind is AccessPointKind.PLACE and isinstance(at, Place):
        return {"place": at, "place_id": at.id}
    if kind is AccessPointKind.TOUR_STOP and isinstance(at, Stop):
        return {"stop": at, "stop_id": at.id, "place_id": at.place_id}
    if at is None and kind not in {AccessPointKind.PLACE, AccessPointKind.TOUR_STOP}:
        return {}
    raise PlaceMissing


def _columns(values: AccessPointValues | NewAccessPointValues) -> dict[str, Any]:
    cleaning = {"note": paragraphs, "url": tidy}
    columns: dict[str, Any] = {name: value for name, value in values.items() if name in _COLUMNS}
    columns = {name: cleaning[name](value) if name in cleaning else value for name, value in columns.items()}
    return fitting(AccessPoint, columns)


_COLUMNS = frozenset({"note", "url", "address_shown"})
