"""From one well-formed table of the demonstration files to one entry."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from importers.demo import words
from importers.demo.days import read_day
from importers.demo.openings import read_hours
from importers.demo.sheets import (
    AccessEntry,
    Closure,
    Hours,
    PlaceEntry,
    ServiceEntry,
    StopEntry,
    StructureEntry,
    TourEntry,
    Verification,
)
from portal.directory.rules.choices import (
    AccessPointKind,
    CompetenceKind,
    ContactAudience,
    ContactType,
    Cost,
    LegalNature,
    Status,
)
from portal.directory.rules.competence import CompetenceArea
from portal.directory.rules.contact_lines import ContactLine
from portal.geography.points import Point
from portal.hours.slots import Mode
from portal.vocabulary.audiences import Audience
from portal.vocabulary.faults import Fault, Gravity
from portal.vocabulary.marks import Table

_CONTACTS = {"telephone": ContactType.PHONE, "courriel": ContactType.MAIL, "site": ContactType.SITE}
_AREAS = {
    "tous": CompetenceKind.EVERYONE,
    "territoire": CompetenceKind.TERRITORY,
    "epci": CompetenceKind.EPCI,
    "commune": CompetenceKind.COMMUNE,
}


@dataclass(frozen=True)
class Context:
    """What reading an entry needs beside it: the reference day, and where to say what was not understood."""

    file: str
    reference_day: date
    faults: list[Fault] = field(default_factory=list)

    def hours(self, table: Table, *, mode: Mode = Mode.ON_SITE) -> Hours:
        """Read the hours of an access point or a stop."""
        hours, problems = read_hours(table, reference_day=self.reference_day, mode=mode)
        for problem in problems:
            line = table.line_of("exceptions" if problem.field == "exceptions" else "horaires")
            self.faults.append(Fault(problem, file=self.file, line=line, gravity=Gravity.WARNING))
        return hours

    def past_day(self, text: str) -> date:
        """Read a day of the past; a later one counts as the reference day."""
        day = read_day(text, reference_day=self.reference_day) or self.reference_day
        return min(day, self.reference_day)


def read_structure(table: Table, _: Context) -> StructureEntry:
    """Read one structure."""
    return StructureEntry(
        key=table.text("cle"),
        name=table.text("nom"),
        legal_nature=words.NATURES.get(table.text("nature"), LegalNature.UNKNOWN),
        description=table.text("description"),
        contacts=_contacts(table),
    )


def read_place(table: Table, _: Context) -> PlaceEntry:
    """Read one place."""
    lat, lon = table.text("point").split(",")
    answers = table.table("acces")
    return PlaceEntry(
        key=table.text("cle"),
        name=table.text("nom"),
        commune=table.text("commune"),
        postal_code=table.text("code_postal"),
        point=Point(float(lat), float(lon)),
        precision=words.PRECISIONS[table.text("precision")],
        address=table.text("adresse"),
        address_shown=words.ADDRESSES.get(table.text("adresse_montree")),
        access=tuple((words.FEATURES[name], words.ANSWERS[answers.text(name)]) for name in answers.members),
        access_note=table.text("note_acces"),
    )


def read_tour(table: Table, context: Context) -> TourEntry:
    """Read one tour with its stops."""
    return TourEntry(
        key=table.text("cle"),
        structure=table.text("structure"),
        name=table.text("nom"),
        description=table.text("description"),
        contacts=_contacts(table),
        stops=tuple(
            StopEntry(
                key=f"{table.text('cle')}/{stop.text('cle')}",
                place=stop.text("lieu"),
                hours=context.hours(stop),
                note=stop.text("note"),
            )
            for stop in table.tables("arrets")
        ),
    )


def read_service(table: Table, context: Context) -> ServiceEntry:
    """Read one service with its access points."""
    ages = [int(age) for age in _texts(table, "ages")]
    closure, verification = table.table("ferme"), table.table("verifie")
    return ServiceEntry(
        key=table.text("cle"),
        structure=table.text("structure"),
        title=table.text("titre"),
        former_titles=_texts(table, "anciens_titres"),
        summary=table.text("resume"),
        description=table.text("description"),
        concepts=_texts(table, "concepts"),
        audiences=tuple(Audience(code) for code in _texts(table, "publics")),
        ages=(ages[0], ages[1] if len(ages) > 1 else None) if ages else None,
        cost=words.COSTS.get(table.text("cout"), Cost.UNKNOWN),
        cost_note=table.text("note_cout"),
        modes=tuple(words.MODES[mode] for mode in _texts(table, "modes")),
        languages=_texts(table, "langues"),
        documents=table.text("pieces"),
        eligibility=table.text("conditions"),
        legal_nature=words.NATURES.get(table.text("nature"), LegalNature.UNKNOWN),
        competence=_areas(_texts(table, "competence")),
        online_url=table.text("en_ligne"),
        status=words.STATUSES.get(table.text("etat"), Status.PUBLISHED),
        closure=Closure(context.past_day(closure.text("le")), closure.text("successeur")) if closure.members else None,
        verification=(
            Verification(context.past_day(verification.text("le")), verification.text("par"))
            if verification.members
            else None
        ),
        review_months=int(table.text("rythme")) if table.text("rythme") else None,
        contacts=_contacts(table),
        access=tuple(_access(access, context) for access in table.tables("acces")),
    )


def _access(table: Table, context: Context) -> AccessEntry:
    kind = words.KINDS.get(words.MODES.get(table.text("mode"), Mode.ON_SITE), AccessPointKind.PLACE)
    if table.text("arret"):
        kind = AccessPointKind.TOUR_STOP
    return AccessEntry(
        kind=kind,
        at=table.text("lieu") or table.text("arret"),
        hours=context.hours(table, mode=words.MODES_OF_KINDS.get(kind, Mode.ON_SITE)),
        note=table.text("note"),
        url=table.text("url"),
        address_shown=words.ADDRESSES.get(table.text("adresse_montree")),
        contacts=_contacts(table),
    )


def _contacts(table: Table) -> tuple[ContactLine, ...]:
    return tuple(
        ContactLine(
            type=type_,
            value=line.text(name),
            label=line.text("libelle"),
            audience=ContactAudience.PROFESSIONAL if line.text("public") else ContactAudience.PUBLIC,
        )
        for line in table.tables("contacts")
        for name, type_ in _CONTACTS.items()
        if line.text(name)
    )


def _areas(codes: Iterable[str]) -> tuple[CompetenceArea, ...]:
    parts = (code.partition(":") for code in codes)
    return tuple(CompetenceArea(_AREAS[kind], code) for kind, _, code in parts)


def _texts(table: Table, name: str) -> tuple[str, ...]:
    return tuple(leaf.text for leaf in table.leaves(name))
