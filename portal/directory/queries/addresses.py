"""What an address of the portal stands for today: found, moved, or gone; old addresses go on answering."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.directory.models.access_points import AccessPoint, Tour
from portal.directory.models.identities import Addressed, FormerSlug, Identity
from portal.directory.models.places import Place
from portal.directory.models.services import Service
from portal.directory.models.structures import Structure
from portal.directory.queries.shown import is_published, shows_its_address
from portal.directory.rules.choices import AddressShown, Kind, Status
from portal.directory.rules.public_ids import number_of, public_id
from portal.directory.rules.refusals import NoSuchSheet
from portal.directory.rules.sensitive import shown_of_place

_TABLES: dict[Kind, type[Addressed]] = {
    Kind.STRUCTURE: Structure,
    Kind.PLACE: Place,
    Kind.SERVICE: Service,
    Kind.TOUR: Tour,
}


@dataclass(frozen=True)
class Found:
    """The address is the right one; `number` is what the other queries take."""

    number: int


@dataclass(frozen=True)
class Moved:
    """The thing has another address now: it was renamed, merged or linked (301)."""

    kind: Kind
    slug: str
    public_id: str


@dataclass(frozen=True)
class Gone:
    """The thing was deleted (410)."""

    on: date


def resolve(session: Session, kind: Kind, name: str, *, slug: str = "") -> Found | Moved | Gone:
    """Tell what the public id of an address stands for; an empty slug is right too. A handful of queries.

    Drafts have no public address yet, and places whose address is withheld never have one: their very name could
    tell it. A closed service is found: its page says so and leads on.
    """
    identity = _identity(session, name)
    if identity.kind is not kind:
        raise NoSuchSheet
    here = _follow(session, identity)
    if here.gone_on is not None:
        return Gone(here.gone_on)
    row = session.get_one(_TABLES[kind], here.id)
    if not _is_public(session, row):
        raise NoSuchSheet
    if here is identity and slug in {"", row.slug}:
        return Found(here.id)
    return Moved(kind, row.slug, row.public_id)


def kind_of(session: Session, name: str) -> Kind:
    """Tell what a public id names, for short addresses. One query."""
    return _identity(session, name).kind


def former_owners(session: Session, kind: Kind, slug: str) -> list[str]:
    """List the public ids of what had a slug, or has it still, in order of number. Two queries."""
    table = _TABLES[kind]
    has = session.scalars(select(table.id).where(table.slug == slug))
    had = session.scalars(
        select(FormerSlug.owner_id)
        .join(Identity, Identity.id == FormerSlug.owner_id)
        .where(FormerSlug.slug == slug, Identity.kind == kind, Identity.gone_on.is_(None))
    )
    return [public_id(number) for number in sorted({*has, *had})]


def _identity(session: Session, name: str) -> Identity:
    number = number_of(name)
    identity = None if number is None else session.get(Identity, number)
    if identity is None:
        raise NoSuchSheet
    return identity


def _is_public(session: Session, row: Addressed) -> bool:
    if isinstance(row, Service):
        return row.status is not Status.DRAFT
    if not isinstance(row, Place):
        return True
    here = session.execute(
        select(Place.id == row.id, is_published(), shows_its_address())
        .select_from(AccessPoint)
        .join(Service, Service.id == AccessPoint.service_id)
        .join(Place, Place.id == AccessPoint.place_id)
        .where(or_(Place.id == row.id, Place.linked_to_id == row.id))
    ).all()
    shown: dict[tuple[bool, bool], list[AddressShown]] = defaultdict(list)
    for own, seen, exact in here:
        shown[bool(own), bool(seen)].append(AddressShown.EXACT if exact else AddressShown.NONE)
    published = shown[True, True] or shown[False, True]
    others = [*shown[True, False], *shown[False, False]]
    return shown_of_place(row.address_shown, published=published, others=others) is AddressShown.EXACT


def _follow(session: Session, identity: Identity) -> Identity:
    while identity.moved_to_id is not None:
        identity = session.get_one(Identity, identity.moved_to_id)
    return identity
