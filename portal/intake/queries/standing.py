"""What the directory says today of some rows, field by field, as the plan compares it: a dozen queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.canonical import canonical
from portal.directory.models.access_points import AccessPoint
from portal.directory.models.contacts import Contact
from portal.directory.models.identities import Identified
from portal.directory.models.openings import opening_of
from portal.directory.models.places import Place
from portal.directory.models.services import (
    Service,
    ServiceAudience,
    ServiceCompetence,
    ServiceConcept,
    ServiceLanguage,
    ServiceMode,
)
from portal.directory.models.structures import Structure
from portal.directory.queries.leaves import contact_line
from portal.directory.queries.openings import lines_of
from portal.directory.rules.competence import CompetenceArea
from portal.geography.points import Point
from portal.intake.rules.fields import FIELDS, Part
from portal.intake.rules.steps import KnownRow
from portal.intake.rules.values import Json, write

TABLES: Mapping[Part, type[Identified]] = {
    Part.SERVICE: Service,
    Part.STRUCTURE: Structure,
    Part.PLACE: Place,
    Part.ACCESS: AccessPoint,
}
Extras = Mapping[int, Mapping[str, Json]]
_APART = frozenset(
    {"contacts", "opening", "point", "ages", "concepts", "audiences", "modes", "languages", "competence"}
)


def standing(session: Session, numbers: Collection[int]) -> dict[int, KnownRow]:
    """Give the rows that bear some numbers, with what each says."""
    wanted = sorted(numbers)
    rows = [(part, row) for part in Part for row in rows_of_part(session, part, wanted)]
    codes, contacts = _codes(session, wanted), _contacts(session, wanted)
    lines = lines_of(session, [row.id for part, row in rows if part is Part.ACCESS])
    known = {}
    for part, row in rows:
        values = {name: write(getattr(row, name)) for name in FIELDS[part] if name not in _APART}
        values["contacts"] = contacts.get(row.id, [])
        if part is Part.ACCESS:
            values["opening"] = write(opening_of(lines.get(row.id, ())))
        known[row.id] = KnownRow(
            number=row.id, version=row.version, values=values | _apart(row) | codes.get(row.id, {})
        )
    return known


def rows_of_part(session: Session, part: Part, numbers: Iterable[int]) -> Iterable[Any]:
    """Load rows of one table by their numbers. One query."""
    table: Any = TABLES[part]
    return session.scalars(select(table).where(table.id.in_(list(numbers)))).all()


def _apart(row: Identified) -> dict[str, Json]:
    if isinstance(row, Place):
        return {"point": None if row.lat is None or row.lon is None else write(Point(row.lat, row.lon))}
    if isinstance(row, Service):
        unsaid: dict[str, Json] = {name: [] for name in ("concepts", "audiences", "modes", "languages", "competence")}
        return unsaid | {"ages": [row.age_min, row.age_max]}
    return {}


def _contacts(session: Session, numbers: Collection[int]) -> Mapping[int, list[Json]]:
    found: dict[int, list[Json]] = defaultdict(list)
    query = select(Contact).where(Contact.owner_id.in_(numbers)).order_by(Contact.owner_id, Contact.position)
    for row in session.scalars(query):
        found[row.owner_id].append(write(contact_line(row)))
    return found


def _codes(session: Session, numbers: Collection[int]) -> Mapping[int, dict[str, Json]]:
    found: dict[int, dict[str, Json]] = defaultdict(lambda: defaultdict(list))
    for name, number, code in _code_rows(session, numbers):
        found[number][name].append(write(code))
    return {
        number: {name: held if name == "concepts" else sorted(held, key=canonical) for name, held in sets.items()}
        for number, sets in found.items()
    }


def _code_rows(session: Session, numbers: Collection[int]) -> Iterator[tuple[str, int, object]]:
    concepts = select(ServiceConcept.service_id, ServiceConcept.code).order_by(ServiceConcept.position)
    for number, code in session.execute(concepts.where(ServiceConcept.service_id.in_(numbers))):
        yield "concepts", number, code
    audiences = select(ServiceAudience.service_id, ServiceAudience.audience)
    for number, audience in session.execute(audiences.where(ServiceAudience.service_id.in_(numbers))):
        yield "audiences", number, audience
    modes = select(ServiceMode.service_id, ServiceMode.mode).where(ServiceMode.service_id.in_(numbers))
    for number, mode in session.execute(modes):
        yield "modes", number, mode
    languages = select(ServiceLanguage.service_id, ServiceLanguage.language)
    for number, language in session.execute(languages.where(ServiceLanguage.service_id.in_(numbers))):
        yield "languages", number, language
    areas = select(ServiceCompetence.service_id, ServiceCompetence.kind, ServiceCompetence.code)
    for number, kind, code in session.execute(areas.where(ServiceCompetence.service_id.in_(numbers))):
        yield "competence", number, CompetenceArea(kind, code)
