"""Places: created, changed, linked when several sources describe the same one."""

from collections.abc import Iterable, Mapping
from typing import Any, TypedDict, Unpack

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.changes import Act
from portal.core.text import tidy
from portal.directory.models.access_points import AccessPoint, Stop
from portal.directory.models.identities import Identity
from portal.directory.models.places import Place
from portal.directory.operations.named import add_named, delete_named, set_named
from portal.directory.operations.occurrences import refresh_around
from portal.directory.operations.outlines import Outline, outline_named
from portal.directory.operations.recording import expect_version, record_alteration, tell
from portal.directory.operations.texts import cleaned, fitting, name_of, paragraphs
from portal.directory.rules.choices import AccessFeature, AddressShown, Answer, Precision
from portal.directory.rules.contact_lines import ContactLine
from portal.directory.rules.refusals import (
    AlreadyMerged,
    CannotMergeWithItself,
    CommuneMissing,
    NameMissing,
    NotMerged,
)
from portal.geography.points import Point

LINK = "link"


class PlaceValues(TypedDict, total=False):
    """What may be said of a place; only what is given is changed."""

    name: str
    address: str
    address_extra: str
    postal_code: str
    commune_code: str
    point: Point | None
    precision: Precision
    address_shown: AddressShown | None
    access: Mapping[AccessFeature, Answer]
    """Features left out keep their answer."""
    access_note: str
    contacts: Iterable[ContactLine]


def create_place(session: Session, *, act: Act, **values: Unpack[PlaceValues]) -> Place:
    """Make a place in a commune."""
    outline = outline_place(**values)
    return add_named(session, Place(**outline.columns), outline, act)


def outline_place(**values: Unpack[PlaceValues]) -> Outline:
    """Check and clean what is said of a new place."""
    if "name" not in values:
        raise NameMissing
    if not values.get("commune_code"):
        raise CommuneMissing
    return outline_named(_columns(values), values.get("contacts", ()))


def change_place(
    session: Session,
    *,
    place: Place,
    act: Act,
    expected_version: int | None = None,
    **values: Unpack[PlaceValues],
) -> bool:
    """Change what is given of a place; give whether anything differed."""
    expect_version(place, expected_version)
    fields = set_named(session, place, _columns(values), values.get("contacts"), act)
    if "commune_code" in fields:
        session.flush()
        session.expire(place, ["commune"])
        # School holidays depend on where one is.
        here = _access_points(session, place)
        services = {each.service_id for each in here}
        refresh_around(session, changed=[each.id for each in here], services=services, now=act.at)
    changed = record_alteration(session, place, fields, act)
    if changed:
        _tell_services(session, place)
    return changed


def link_places(session: Session, *, place: Place, to: Place, act: Act) -> None:
    """Say that two places are one: both keep their sources' words, the second one's page answers for both."""
    if place is to:
        raise CannotMergeWithItself
    session.flush()
    is_linked_to = session.scalar(select(Place.id).where(Place.linked_to_id == place.id).limit(1))
    if place.linked_to_id is not None or to.linked_to_id is not None or is_linked_to is not None:
        raise AlreadyMerged
    _link(session, place, to, act)


def unlink_place(session: Session, *, place: Place, act: Act) -> None:
    """Say that a linked place is one by itself after all."""
    if place.linked_to_id is None:
        raise NotMerged
    _link(session, place, None, act)


def delete_place(session: Session, *, place: Place, act: Act) -> None:
    """Delete a place where nothing is offered; its public id is never given again."""
    leaning = (
        select(AccessPoint.id).where(AccessPoint.place_id == place.id),
        select(Stop.id).where(Stop.place_id == place.id),
        select(Place.id).where(Place.linked_to_id == place.id),
    )
    delete_named(session, place, leaning, act)


def _link(session: Session, place: Place, to: Place | None, act: Act) -> None:
    before = session.get(Place, place.linked_to_id) if place.linked_to_id is not None else None
    place.linked_to_id = None if to is None else to.id
    session.get_one(Identity, place.id).moved_to_id = place.linked_to_id
    verb = "unlink" if to is None else LINK
    record_alteration(session, place, {"linked_to": (before, to)}, act, verb=verb)
    for other in (before, to):
        if other is not None:
            tell(session, other)
    _tell_services(session, place)


def _tell_services(session: Session, place: Place) -> None:
    """Publish that the sheets of the services offered at a place have changed too."""
    for access_point in _access_points(session, place):
        tell(session, access_point)


def _access_points(session: Session, place: Place) -> list[AccessPoint]:
    found = session.scalars(select(AccessPoint).where(AccessPoint.place_id == place.id).order_by(AccessPoint.id))
    return list(found)


def _columns(values: PlaceValues) -> dict[str, Any]:
    given: dict[str, Any] = {**values}
    given.pop("contacts", None)
    columns = {f"access_{feature}": answer for feature, answer in given.pop("access", {}).items()}
    if "point" in given:
        point = given.pop("point")
        columns |= {"lat": point.lat if point else None, "lon": point.lon if point else None}
    cleaning = {"name": name_of, "address": tidy, "address_extra": tidy, "access_note": paragraphs}
    return fitting(Place, columns | cleaned(given, cleaning))
