"""France services (formerly MSAP): one list whose header changed with the years, read by the names its columns had.

A bus or an itinerant team comes as a tour to be completed: the hours of its row are those of the team, and nobody has
written at which stop it stands when. They are kept as words and never become an opening.
"""

from dataclasses import replace

from importers.fields.cells import cleaned, said
from importers.fields.names import read_name
from importers.fields.texts import read_text
from importers.fields.yes_no import read_answer
from importers.pipeline.declaration import Reference, Source
from importers.pipeline.lines import Line, Problems
from importers.reading import headed_by
from importers.sources.needs import OF_A_LIST_OF_PLACES
from importers.sources.parts import PlaceSaid, contacts, identifier, known_as, left_to_complete, place, tour_to_complete
from portal.core.problems import Problem
from portal.core.text import fold
from portal.directory.rules.choices import Answer, LegalNature
from portal.hours.france_services import DAY_NAMES, read_days
from portal.hours.slots import Opening, Weekday
from portal.intake.record import AccessRecord, StructureRecord
from portal.intake.rules.declarations import SourceDeclaration

_FRANCE_SERVICES, _BUS = "AD03", "AD04"
_ROVING = ("bus", "itineran", "camion", "mobile", "camping")
_FIXED = ("fixe", "multisite", "antenne", "principal")
_NATURES = {"collectivite": LegalNature.PUBLIC, "association": LegalNature.ASSOCIATION}
_COLUMNS = {
    "key": ("id_fs", "matricule", "identifiant", "id_msap", "id"),
    "title": ("lib_fs", "lib_france_services", "nom_fs", "nom", "lib_msap"),
    "department": ("insee_dep", "departement", "dep"),
    "address": ("adresse", "adresse_fs"),
    "address_extra": ("complement_adresse", "complement_d_adresse"),
    "commune_code": ("insee_com", "code_insee", "insee"),
    "postal_code": ("code_postal", "cp"),
    "commune": ("lib_com", "commune", "ville"),
    "lat": ("latitude", "lat"),
    "lon": ("longitude", "lon", "long"),
    "precision": ("result_type",),
    "mail": ("mail", "contact_mail", "courriel", "email"),
    "phone": ("telephone", "tel"),
    "site": ("site_internet", "site_web", "url"),
    **{day: (f"h_{day}", day, f"horaires_{day}") for day in DAY_NAMES[:6]},
    "comment": ("commentaire", "commentaires", "commentaire_horaires"),
    "appointment": ("prise_rdv", "rdv"),
    "kind": ("type_fs",),
    "format": ("format_fs", "format"),
    "roving": ("itinerance", "itinerant"),
    "carrier": ("structure_porteuse", "porteur"),
    "carrier_kind": ("type_structure_porteuse", "type_porteur"),
    "operators": ("operateurs", "operateurs_presents", "partenaires"),
}


def _title(line: Line, _reference: Reference) -> tuple[str | None, Problems]:
    """Read the name; the older lists write the town alone."""
    name, problems = line.read("title", read_name)
    if name is None or "france services" in fold(name):
        return name, problems
    return f"France services {name}", problems


def _structure(line: Line, reference: Reference) -> tuple[StructureRecord | None, Problems]:
    """Make the body of the label itself: who carries it changes, and one carrier has many."""
    name, _ = _title(line, reference)
    if name is None:
        return None, ()
    carrier = said(line.text("carrier"))
    operators, problems = line.read("operators", read_text)
    sentences = [
        f"Structure porteuse : {carrier}." if carrier else "",
        f"Opérateurs : {operators}" if operators else "",
    ]
    return StructureRecord(
        name=name,
        description="\n\n".join(sentence for sentence in sentences if sentence) or None,
        legal_nature=_NATURES.get(fold(said(line.text("carrier_kind")))),
    ), problems


def _concepts(line: Line, _reference: Reference) -> tuple[tuple[str, ...], Problems]:
    return ((_BUS, _FRANCE_SERVICES) if _is_roving(line) else (_FRANCE_SERVICES,)), ()


def _access(line: Line, reference: Reference) -> tuple[tuple[AccessRecord, ...] | None, Problems]:
    name, _ = _title(line, reference)
    if name is None:
        return None, ()
    if _is_roving(line):
        return _tour(line, reference, name)
    where, problems = place(line, reference, PlaceSaid(name=name))
    if where is None:
        return None, problems
    opening, of_hours = _opening(line)
    words = cleaned(line.text("comment"))
    return (AccessRecord(place=where, opening=opening, opening_words=words or None),), (*problems, *of_hours)


def _tour(line: Line, reference: Reference, name: str) -> tuple[tuple[AccessRecord, ...] | None, Problems]:
    where, problems = place(line, reference)
    if where is None:
        return None, problems
    hours = (f"{day} : {line.text(day)}" for day in DAY_NAMES if said(line.text(day)))
    words = "\n".join((*hours, cleaned(line.text("comment")))).strip()
    remarks = line.named("format", (left_to_complete(words),))
    return (tour_to_complete(where, name=name, words=words),), (*problems, *remarks)


def _opening(line: Line) -> tuple[Opening | None, Problems]:
    """Read the week; a week of empty cells without comment says nothing, and closes nothing."""
    cells = {Weekday(rank): line.text(day) for rank, day in enumerate(DAY_NAMES) if day in line.columns}
    if not any(map(said, cells.values())) and not said(line.text("comment")):
        return None, ()
    opening, problems = read_days(cells, line.text("comment"), said(line.text("appointment")))
    return opening, tuple(_with_column(line, problem) for problem in problems)


def _with_column(line: Line, problem: Problem) -> Problem:
    """Call a column as the file does."""
    word = {"commentaire": "comment", "rendez-vous": "appointment"}.get(problem.field, problem.field)
    return replace(problem, field=line.columns.get(word, word))


def _is_roving(line: Line) -> bool:
    """Tell whether a row is a bus or a team on the road; a format nobody knows is not taken for a fixed one."""
    answer, _ = read_answer(line.text("roving"))
    written = fold(said(line.text("format")))
    stays = any(word in written for word in _FIXED)
    return answer is Answer.YES or any(word in written for word in _ROVING) or bool(written and not stays)


SOURCE = Source(
    declaration=SourceDeclaration(
        name="msap",
        title="France services",
        owner="Agence nationale de la cohésion des territoires",
        licence="Licence Ouverte 2.0",
        url="https://www.data.gouv.fr/fr/datasets/liste-des-structures-france-services/",
        frequency_days=30,
        priority=50,
    ),
    feed="liste",
    columns=_COLUMNS,
    signature=frozenset({"key", "title", "lundi"}),
    key=identifier("key"),
    parts={
        "title": _title,
        "structure": _structure,
        "concepts": _concepts,
        "access": _access,
        "contacts": contacts,
        "official_ids": known_as("france-services"),
    },
    needs=OF_A_LIST_OF_PLACES,
    layout=headed_by(_COLUMNS),
)
