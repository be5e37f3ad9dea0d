"""Places of digital mediation, national schema v1: lists joined by `|`, hours in the notation of OpenStreetMap."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from importers.fields.cells import fault, said, without_repeats
from importers.fields.dates import read_date
from importers.fields.identifiers import read_rna, read_siren, read_siret
from importers.fields.lists import split_list
from importers.fields.names import read_name
from importers.fields.texts import read_summary, read_text
from importers.fields.themes import read_digital_services
from importers.fields.urls import url_of
from importers.pipeline.declaration import Reference, Source
from importers.pipeline.lines import Line, Problems
from importers.reading import headed_by
from importers.sources.needs import OF_A_LIST_OF_PLACES
from importers.sources.parts import PlaceSaid, cell, contacts, identifier, left_to_complete, place, tour_to_complete
from portal.core.problems import Problem
from portal.core.text import fold
from portal.directory.rules.choices import Cost
from portal.hours.osm import read_osm
from portal.hours.slots import Opening
from portal.intake.record import AccessRecord, StructureRecord
from portal.intake.rules.declarations import SourceDeclaration
from portal.vocabulary.audiences import Audience

Value = TypeVar("Value")
_SUPPORT = ("NU01",)
"""What every place of this list offers, where its own services are not said."""
_AUDIENCES = {
    "jeunes": Audience.YOUNG_PEOPLE,
    "etudiants": Audience.STUDENTS,
    "familles et/ou enfants": Audience.FAMILIES,
    "familles/enfants": Audience.FAMILIES,
    "seniors": Audience.SENIORS,
    "femmes": Audience.WOMEN,
}
_COSTS = {"gratuit": Cost.FREE, "payant": Cost.PAID, "gratuit sous condition": Cost.DEPENDS}
_NO_VISITORS = "ce lieu n'accueille pas de public"
_SIRET_LENGTH = 14
_COLUMNS = {
    "key": ("id",),
    "pivot": ("pivot",),
    "title": ("nom",),
    "commune": ("commune",),
    "postal_code": ("code_postal",),
    "commune_code": ("code_insee",),
    "address": ("adresse",),
    "address_extra": ("complement_adresse",),
    "lat": ("latitude",),
    "lon": ("longitude",),
    "phone": ("telephone",),
    "mail": ("courriels", "courriel"),
    "site": ("site_web",),
    "hours": ("horaires",),
    "summary": ("presentation_resume",),
    "description": ("presentation_detail",),
    "roving": ("itinerance",),
    "updated": ("date_maj",),
    "services": ("services",),
    "audiences": ("publics_specifiquement_adresses", "publics_accueillis"),
    "care": ("prise_en_charge_specifique",),
    "cost": ("frais_a_charge", "conditions_acces"),
    "ways_in": ("modalites_acces",),
    "booking": ("prise_rdv",),
}


def _title(line: Line, _reference: Reference) -> tuple[str | None, Problems]:
    name, problems = line.read("title", read_name)
    return (f"Médiation numérique – {name}" if name else None), problems


def _structure(line: Line, _reference: Reference) -> tuple[StructureRecord | None, Problems]:
    name, _ = line.read("title", read_name)
    if name is None:
        return None, ()
    ids, problems = line.read("pivot", _register)
    return StructureRecord(name=name, official_ids=ids), problems


def _register(text: str) -> tuple[dict[str, str], Problems]:
    """Read the number of a body: SIRET, SIREN or that of an association; only zeros is how "unknown" is written."""
    written = said(text).replace(" ", "")
    if not written.strip("0"):
        return {}, ()
    if written[0] in "Ww":
        number, problems = read_rna(text)
        return ({"rna": number} if number else {}), problems
    if len(written) < _SIRET_LENGTH - 1:
        number, problems = read_siren(text)
        return ({"siren": number} if number else {}), problems
    number, problems = read_siret(text)
    return ({"siret": number} if number else {}), problems


def _concepts(line: Line, _reference: Reference) -> tuple[tuple[str, ...], Problems]:
    codes, problems = line.read("services", read_digital_services)
    return codes or _SUPPORT, problems


def _access(line: Line, reference: Reference) -> tuple[tuple[AccessRecord, ...] | None, Problems]:
    name, _ = line.read("title", read_name)
    if name is None:
        return None, ()
    where, problems = place(line, reference, PlaceSaid(name=name))
    if where is None:
        return None, problems
    if _only_roves(line):
        words = said(line.text("hours"))
        tour = tour_to_complete(where, name=name, words=words)
        return (tour,), (*problems, *line.named("roving", (left_to_complete(words),)))
    opening, of_hours = line.read("hours", _hours)
    return (AccessRecord(place=where, opening=opening, note=_care(line)),), (*problems, *of_hours)


def _hours(text: str) -> tuple[Opening | None, Problems]:
    return read_osm(text) if said(text) else (None, ())


def _care(line: Line) -> str | None:
    words, _ = split_list(line.text("care"), keep_commas=True)
    return f"Prise en charge : {', '.join(words)}." if words else None


def _only_roves(line: Line) -> bool:
    ways = {fold(word) for word in split_list(line.text("roving"))[0]}
    return any(way.startswith("itinerant") for way in ways) and "fixe" not in ways


def _audiences(text: str) -> tuple[tuple[Audience, ...] | None, Problems]:
    sentence = "Ce public n’est pas l’un de ceux du schéma : prenez un mot de sa liste."
    return _chosen(text, _AUDIENCES, "public-inconnu", sentence)


def _cost(text: str) -> tuple[Cost | None, Problems]:
    sentence = "Ce tarif n’est pas l’un de ceux du schéma : gratuit, gratuit sous condition ou payant."
    costs, problems = _chosen(text, _COSTS, "tarif-inconnu", sentence)
    if not costs:
        return None, problems
    return (costs[0] if len(costs) == 1 else Cost.DEPENDS), problems


def _cost_note(text: str) -> tuple[str | None, Problems]:
    """Keep the words of a cost that depends on something."""
    words, _ = split_list(text, keep_commas=True)
    cost, _ = _cost(text)
    return (", ".join(words) if cost is Cost.DEPENDS else None), ()


def _chosen(
    text: str, known: Mapping[str, Value], code: str, sentence: str
) -> tuple[tuple[Value, ...] | None, Problems]:
    """Read words of a closed list."""
    words, problems = split_list(text, keep_commas=True)
    unknown = tuple(fault(code, sentence, word) for word in words if fold(word) not in known)
    found = without_repeats([known[fold(word)] for word in words if fold(word) in known])
    return found or None, (*problems, *unknown)


def _when_said(read: Callable[[str], tuple[str | None, Problems]]) -> Callable[[str], tuple[str | None, Problems]]:
    return lambda text: read(said(text)) if said(text) else (None, ())


def _outside(line: Line, _reference: Reference) -> Problem | None:
    ways = {fold(word).replace("’", "'") for word in split_list(line.text("ways_in"), keep_commas=True)[0]}
    if ways != {_NO_VISITORS}:
        return None
    sentence = "Ce lieu n’accueille pas de public et ne dit pas comment le joindre : il est passé."
    return Problem("sans-accueil", sentence, field=line.columns["ways_in"])


SOURCE = Source(
    declaration=SourceDeclaration(
        name="numerique",
        title="Lieux de médiation numérique",
        owner="Agence nationale de la cohésion des territoires",
        licence="Licence Ouverte 2.0",
        frequency_days=30,
        priority=40,
    ),
    feed="lieux",
    columns=_COLUMNS,
    signature=frozenset({"key", "title", "services"}),
    key=identifier("key"),
    parts={
        "title": _title,
        "structure": _structure,
        "concepts": _concepts,
        "access": _access,
        "contacts": contacts,
        "summary": cell("summary", read_summary),
        "description": cell("description", read_text),
        "audiences": cell("audiences", _audiences),
        "cost": cell("cost", _cost),
        "cost_note": cell("cost", _cost_note),
        "online_url": cell("booking", _when_said(url_of)),
        "said_on": cell("updated", read_date),
    },
    needs=OF_A_LIST_OF_PLACES,
    outside=_outside,
    layout=headed_by(_COLUMNS),
)
