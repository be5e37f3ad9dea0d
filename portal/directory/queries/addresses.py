"""What an address of the portal stands for today: found, moved, or gone; old addresses go on answering."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.errors import NotFound
from portal.directory.models.access_points import Tour
from portal.directory.models.identities import Addressed, FormerSlug, Identity
from portal.directory.models.places import Place
from portal.directory.models.services import Service
from portal.directory.models.structures import Structure
from portal.directory.rules.choices import Kind, Status
from portal.directory.rules.public_ids import number_of, public_id

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


class NoSuchSheet(NotFound):
    """Nothing ever had this address, or nothing the public may see."""

    def __init__(self) -> None:
        super().__init__("Cette fiche n’existe pas. Vérifiez l’adresse, ou cherchez le service par son nom.")


def resolve(session: Session, kind: Kind, name: str, *, slug: str = "") -> Found | Moved | Gone:
    """Tell what the public id of an address stands for; an empty slug is right too. At most four queries.

    Drafts have no public address yet. A closed service is found: its page says so and leads on.
    """
    identity = _identity(session, name)
    if identity.kind is not kind:
        raise NoSuchSheet
    if identity.gone_on is not None:
        return Gone(identity.gone_on)
    here = _follow(session, identity)
    row = session.get_one(_TABLES[kind], here.id)
    if isinstance(row, Service) and row.status is Status.DRAFT:
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


def _follow(session: Session, identity: Identity) -> Identity:
    while identity.moved_to_id is not None:
        identity = session.get_one(Identity, identity.moved_to_id)
    return identity
