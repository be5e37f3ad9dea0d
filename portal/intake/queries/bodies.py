"""The structures that may be there twice: those that bear the same name or the same SIRET."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from sqlalchemy import Select, func, select, union
from sqlalchemy.orm import Session

from portal.directory.models.access_points import AccessPoint, Stop
from portal.directory.models.contacts import Contact
from portal.directory.models.places import Place
from portal.directory.models.services import Service, ServiceCompetence
from portal.directory.models.structures import Structure
from portal.directory.queries.leaves import contact_line
from portal.directory.rules.choices import CompetenceKind
from portal.geography.models import Commune
from portal.intake.queries.traces import portions_of
from portal.intake.rules.bodies import Body, name_key
from portal.intake.rules.bodies import Contact as ComparedContact
from portal.intake.rules.matching import contact_key


def namesakes(session: Session) -> list[Body]:
    """Draw the living structures that share a name or a SIRET with another one. A few queries in all."""
    alike: dict[str, list[int]] = defaultdict(list)
    living = select(Structure.id, Structure.slug, Structure.siret).where(Structure.merged_into_id.is_(None))
    for number, slug, siret in session.execute(living.order_by(Structure.id)):
        alike[name_key(slug)].append(number)
        if siret:
            alike[siret].append(number)
    numbers = {number for some in alike.values() if len(some) > 1 for number in some}
    return [body for some in portions_of(sorted(numbers)) for body in _bodies(session, some)]


def _bodies(session: Session, numbers: Collection[int]) -> Iterable[Body]:
    communes, contacts = _communes(session, numbers), _contacts(session, numbers)
    columns = select(Structure.id, Structure.name, Structure.slug, Structure.siret, Structure.legal_nature)
    for number, name, slug, siret, nature in session.execute(columns.where(Structure.id.in_(numbers))):
        yield Body(
            number=number,
            name=name,
            slug=slug,
            siret=siret,
            nature=nature,
            communes=communes.get(number, {}),
            contacts=contacts.get(number, {}),
        )


def _communes(session: Session, numbers: Collection[int]) -> dict[int, dict[str, str]]:
    """Tell in which communes some structures receive; for those that only come home, for which communes they answer."""
    found = _communes_in(session, _receiving(numbers))
    for number, named in _communes_in(session, _answering(numbers)).items():
        found.setdefault(number, named)
    return found


Communes = Select[int, str, str]


def _communes_in(session: Session, query: Communes) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for number, code, name in session.execute(query.distinct()):
        found[number][code] = name
    return found


def _answering(numbers: Collection[int]) -> Communes:
    return (
        select(Service.structure_id, Commune.code, Commune.name)
        .join(ServiceCompetence, ServiceCompetence.service_id == Service.id)
        .join(Commune, Commune.code == ServiceCompetence.code)
        .where(Service.structure_id.in_(numbers), ServiceCompetence.kind == CompetenceKind.COMMUNE)
    )


def _receiving(numbers: Collection[int]) -> Communes:
    place = func.coalesce(AccessPoint.place_id, Stop.place_id)
    return (
        select(Service.structure_id, Commune.code, Commune.name)
        .join(AccessPoint, AccessPoint.service_id == Service.id)
        .outerjoin(Stop, Stop.id == AccessPoint.stop_id)
        .join(Place, Place.id == place)
        .join(Commune, Commune.code == Place.commune_code)
        .where(Service.structure_id.in_(numbers))
    )


def _contacts(session: Session, numbers: Collection[int]) -> dict[int, dict[ComparedContact, str]]:
    """List the contacts of some structures and of what they offer."""
    found: dict[int, dict[ComparedContact, str]] = defaultdict(dict)
    owners = union(
        select(Structure.id.label("body"), Structure.id.label("owner")).where(Structure.id.in_(numbers)),
        select(Service.structure_id, Service.id).where(Service.structure_id.in_(numbers)),
    ).subquery()
    query = select(owners.c.body, Contact).join(Contact, Contact.owner_id == owners.c.owner)
    for number, contact in session.execute(query):
        line = contact_line(contact)
        key = contact_key(line)
        if key is not None:
            found[number][key] = line.value
    return found
