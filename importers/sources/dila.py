"""The directory of administrations: JSON records of the API and of the bulk files, whose members are JSON once more.

What the thesaurus has no concept for is passed over; whom an office answers for is what its pivot names.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from importers.fields.cells import fault, said, without_repeats
from importers.fields.contacts import read_mail_lines, read_phone_lines, read_site_lines
from importers.fields.dates import read_date
from importers.fields.identifiers import read_siren, read_siret
from importers.fields.lists import split_list
from importers.fields.names import read_name
from importers.fields.texts import read_text
from importers.pipeline.declaration import Need, Reference, Source
from importers.pipeline.lines import Line, Problems
from importers.reading import Layout
from importers.sources.needs import NO_PLACE
from importers.sources.parts import cell, identifier, known_as, place
from portal.core.problems import Problem
from portal.core.text import fold
from portal.directory.rules.choices import (
    SUMMARY_LENGTH,
    AccessFeature,
    Answer,
    CompetenceKind,
    ContactType,
    LegalNature,
)
from portal.directory.rules.competence import CompetenceArea
from portal.directory.rules.contact_lines import ContactLine
from portal.hours.dila import read_ranges
from portal.hours.slots import Opening
from portal.intake.record import AccessRecord, PlaceRecord, StructureRecord, Verdict
from portal.intake.rules.declarations import SourceDeclaration
from portal.vocabulary.entries import Nomenclature

_TOWN_HALL = "mairie"
_WHEELCHAIR = {"ACC": Answer.YES, "NAC": Answer.NO}
"""What the directory knows of access; "DEM", on request, is neither yes nor no."""
_COLUMNS = {
    "key": ("id",),
    "title": ("nom",),
    "pivot": ("pivot",),
    "commune_code": ("code_insee_commune",),
    "address": ("adresse",),
    "phone": ("telephone",),
    "mail": ("adresse_courriel",),
    "site": ("site_internet",),
    "social": ("reseau_social",),
    "form": ("formulaire_contact",),
    "hours": ("plage_ouverture",),
    "comment": ("commentaire_plage_ouverture",),
    "description": ("mission",),
    "siret": ("siret",),
    "siren": ("siren",),
    "updated": ("date_modification",),
    "is_shown": ("statut_de_diffusion",),
    "version": ("version_type",),
}


def _objects(text: str) -> list[Mapping[str, Any]]:
    """Read a member that is a list of objects, or the text of one."""
    try:
        found = json.loads(text) if text.strip() else []
    except (ValueError, RecursionError):
        return []
    if isinstance(found, str):
        return _objects(found) if found.lstrip().startswith("[") else []
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _words(line: Line, word: str) -> list[str]:
    """List the values of a member: a text, a list of texts, or a list of objects with a `valeur`."""
    objects = _objects(line.text(word))
    found = [str(each.get("valeur") or "") for each in objects] if objects else split_list(line.text(word))[0]
    return [value for value in map(said, found) if value]


def _kinds(line: Line) -> tuple[str, ...]:
    return without_repeats([said(str(each.get("type_service_local") or "")) for each in _objects(line.text("pivot"))])


def _outside(line: Line, reference: Reference) -> Problem | None:
    """Pass over what is not published, and what the thesaurus has no concept for."""
    column = line.columns.get("pivot", "pivot")
    if fold(said(line.text("is_shown"))) == "false" or fold(said(line.text("version"))) not in {"", "publiable"}:
        return Problem("non-publie", "Cet organisme n’est pas publié par sa source : il est passé.", field=column)
    if _concepts(line, reference)[0]:
        return None
    kinds = ", ".join(_kinds(line))
    sentence = "Ce type d’organisme n’entre pas dans l’annuaire : il est passé."
    return replace(fault("type-hors-champ", sentence, kinds), field=column)


def _concepts(line: Line, reference: Reference) -> tuple[tuple[str, ...], Problems]:
    """File an office under the first concept that the thesaurus gives to its type."""
    found = [reference.vocabulary.concepts_for(Nomenclature.DILA, kind)[:1] for kind in _kinds(line)]
    return without_repeats([concept.code for concepts in found for concept in concepts]), ()


def _title(line: Line, _reference: Reference) -> tuple[str | None, Problems]:
    name, problems = line.read("title", read_name)
    return (name.replace(" - ", " – ") if name else None), problems


def _structure(line: Line, reference: Reference) -> tuple[StructureRecord | None, Problems]:
    name, _ = _title(line, reference)
    if name is None:
        return None, ()
    siret, of_siret = line.read("siret", read_siret)
    siren, of_siren = line.read("siren", read_siren)
    numbers = {"siret": siret} if siret else {"siren": siren} if siren else {}
    nature = LegalNature.PUBLIC if _TOWN_HALL in _kinds(line) else None
    return StructureRecord(name=name, official_ids=numbers, legal_nature=nature), (*of_siret, *of_siren)


def _competence(line: Line, reference: Reference) -> tuple[tuple[CompetenceArea, ...] | None, Problems]:
    """Read the communes that the pivot names; old codes are translated."""
    named = [code for each in _objects(line.text("pivot")) for code in _codes(each.get("code_insee_commune"))]
    today = {code: reference.lookup.communes.todays_code(code) for code in without_repeats(named)}
    sentence = "Ce code INSEE du pivot n’est celui d’aucune commune : vérifiez-le."
    problems = tuple(fault("code-insee-inconnu", sentence, code) for code, found in today.items() if found is None)
    areas = {CompetenceArea(CompetenceKind.COMMUNE, found) for found in today.values() if found is not None}
    return tuple(sorted(areas)) or None, line.named("pivot", problems)


def _codes(value: object) -> Iterable[str]:
    listed = value if isinstance(value, list) else [value]
    return (code for code in (said(str(each or "")) for each in listed) if code)


def _access(line: Line, reference: Reference) -> tuple[tuple[AccessRecord, ...] | None, Problems]:
    where, problems = _place(line, reference)
    if where is None:
        return None, problems
    opening, of_hours = _opening(line)
    words = said(line.text("comment"))
    found = AccessRecord(place=where, opening=opening, opening_words=words or None)
    return (found,), (*problems, *of_hours)


def _place(line: Line, reference: Reference) -> tuple[PlaceRecord | None, Problems]:
    """Read the address where one goes; the postal one is where letters go."""
    addresses = _objects(line.text("address"))
    visited = next((each for each in addresses if fold(str(each.get("type_adresse"))) == "adresse"), {})
    street = "\n".join(_text(visited, name) for name in ("complement1", "complement2", "numero_voie"))
    cells = {
        "address": street.strip(),
        "postal_code": _text(visited, "code_postal"),
        "commune": _text(visited, "nom_commune"),
        "lat": _text(visited, "latitude"),
        "lon": _text(visited, "longitude"),
        "commune_code": next(iter(split_list(line.text("commune_code"))[0]), ""),
    }
    column = line.columns.get("address", "address")
    named = replace(line, cells=cells, columns={**dict.fromkeys(cells, column), **line.columns})
    where, problems = place(named, reference)
    answer = _WHEELCHAIR.get(_text(visited, "accessibilite").upper())
    if where is not None:
        note = _text(visited, "note_accessibilite") or None
        access = {AccessFeature.WHEELCHAIR: answer} if answer else None
        where = replace(where, access=access, access_note=note)
    return where, problems


def _text(record: Mapping[str, Any], name: str) -> str:
    value = record.get(name)
    return said(value) if isinstance(value, str) else ""


def _opening(line: Line) -> tuple[Opening | None, Problems]:
    """Read the ranges; none at all says nothing, and closes nothing."""
    written, comment = line.text("hours"), line.text("comment")
    if written.strip() in {"", "[]", "null"} and not said(comment):
        return None, ()
    opening, problems = read_ranges(written, comment)
    return opening, line.named("hours", tuple(problems))


def _contacts(line: Line, _reference: Reference) -> tuple[tuple[ContactLine, ...] | None, Problems]:
    """Read every way to reach an office, telephone first."""
    lines: list[ContactLine] = []
    problems: list[Problem] = []
    readers = (("phone", read_phone_lines), ("mail", read_mail_lines), ("site", read_site_lines))
    for word, reader in (*readers, ("social", read_site_lines), ("form", read_site_lines)):
        for value in _words(line, word):
            found, doubts = reader(value)
            lines += [replace(each, type=ContactType.FORM) if word == "form" else each for each in found or ()]
            problems += line.named(word, doubts)
    return without_repeats(lines) or None, tuple(problems)


def _summary(line: Line, _reference: Reference) -> tuple[str | None, Problems]:
    """Take the mission for the summary where a list has room for it: it is all that the directory says of an office."""
    mission, _ = line.read("description", read_text)
    return (mission if mission and _is_short(mission) else None), ()


def _description(line: Line, _reference: Reference) -> tuple[str | None, Problems]:
    mission, problems = line.read("description", read_text)
    return (None if mission and _is_short(mission) else mission), problems


def _is_short(mission: str) -> bool:
    return len(mission) <= SUMMARY_LENGTH and "\n" not in mission


SOURCE = Source(
    declaration=SourceDeclaration(
        name="dila",
        title="Annuaire de l’administration",
        owner="Direction de l’information légale et administrative",
        licence="Licence Ouverte 2.0",
        frequency_days=7,
        priority=60,
    ),
    feed="organismes",
    columns=_COLUMNS,
    signature=frozenset({"key", "title", "pivot", "address"}),
    key=identifier("key"),
    parts={
        "title": _title,
        "structure": _structure,
        "concepts": _concepts,
        "access": _access,
        "contacts": _contacts,
        "competence": _competence,
        "summary": _summary,
        "description": _description,
        "official_ids": known_as("dila"),
        "said_on": cell("updated", read_date),
    },
    needs={
        "key": Need(verdict=Verdict.REFUSED, sentence="Cet organisme n’a pas d’identifiant : indiquez le sien."),
        "title": Need(verdict=Verdict.REFUSED, sentence="Cet organisme n’a pas de nom : indiquez le sien."),
        "access": NO_PLACE,
    },
    outside=_outside,
    layout=Layout(),
)
