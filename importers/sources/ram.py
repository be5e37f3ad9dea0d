"""Early childhood relays (relais petite enfance), filled in on our template: an office, workshops, a telephone."""

from importers.fields.audiences import read_audiences
from importers.fields.cells import fault, said, without_repeats
from importers.fields.lists import split_list
from importers.fields.names import read_name
from importers.pipeline.declaration import Reference
from importers.pipeline.lines import Line, Problems
from importers.sources import general_places
from importers.sources.general import PARTS, every, spoken
from importers.sources.own_rows import lines_of
from importers.sources.parts import always
from importers.sources.templates_filled import filled_source, with_cells
from importers.templates.ram import RAM
from portal.core.text import fold, slug
from portal.intake.record import AccessRecord, StructureRecord
from portal.vocabulary.audiences import Audience

_TELEPHONE = "téléphone"
_WORKSHOP, _ON_DUTY = "Atelier", "Permanence"
_KINDS: dict[str, str] = {
    "bureau": "",
    "siege": "",
    "accueil": "",
    "accueil-du-public": "",
    "atelier": _WORKSHOP,
    "ateliers": _WORKSHOP,
    "atelier-d-eveil": _WORKSHOP,
    "matinee-d-eveil": _WORKSHOP,
    "temps-collectif": _WORKSHOP,
    "accueil-sur-place": _ON_DUTY,
    "permanence": _ON_DUTY,
    "permanences": _ON_DUTY,
    "telephone": _TELEPHONE,
    "permanence-telephonique": _TELEPHONE,
}
"""Sort of welcome -> what is said of it beside the place."""
_PEOPLE = {
    "parents": Audience.FAMILIES,
    "enfants": Audience.FAMILIES,
    "futurs parents": Audience.FAMILIES,
    "assistants maternels": Audience.WORKERS,
    "assistantes maternelles": Audience.WORKERS,
    "assistants maternels et parents": Audience.FAMILIES,
    "gardes a domicile": Audience.WORKERS,
    "gardes d'enfants a domicile": Audience.WORKERS,
    "candidats a l'agrement": Audience.WORKERS,
    "professionnels": Audience.WORKERS,
}
_NAMES = ("relais", "rpe", "ram")


def _told(line: Line) -> Line:
    """Say the sort of welcome as the general template would."""
    word, beside = _KINDS.get(slug(said(line.text("kind"))), ""), said(line.text("note"))
    if word == _TELEPHONE:
        return with_cells(line, modes=word)
    is_said = bool(word) and fold(beside).startswith(fold(word))
    return with_cells(line, note=beside if is_said else " : ".join(filter(None, (word, beside))))


def _title(line: Line, reference: Reference) -> tuple[str | None, Problems]:
    """Say what it is, where the name alone does not."""
    name, problems = PARTS["title"](line, reference)
    if name is None or any(word in fold(name).split() for word in _NAMES):
        return name, problems
    return f"Relais petite enfance – {name}", problems


def structure_or_itself(line: Line, reference: Reference) -> tuple[StructureRecord | None, Problems]:
    """Name who runs it; where nobody is named, it stands for itself."""
    body, problems = PARTS["structure"](line, reference)
    name, _ = spoken(line, "title")[0].read("title", read_name)
    if body is None and name and not said(spoken(line, "structure")[0].text("structure")):
        body = StructureRecord(name=name)
    return body, problems


def _access(line: Line, reference: Reference) -> tuple[tuple[AccessRecord, ...] | None, Problems]:
    found, problems = general_places.access(line, reference)
    sentence = "Cette sorte d’accueil n’est pas connue : écrivez bureau, atelier, permanence ou téléphone."
    unknown = tuple(
        problem
        for each in lines_of(line)
        if slug(said(each.text("kind"))) not in {"", *_KINDS}
        for problem in each.named("kind", (fault("sorte-inconnue", sentence, each.text("kind")),))
    )
    return found, (*problems, *unknown)


def _audiences(text: str, _reference: Reference) -> tuple[tuple[Audience, ...] | None, Problems]:
    """Read who a relay is for: those who mind children at work are workers."""
    words, problems = split_list(text)
    found: list[Audience] = []
    for word in words:
        known = _PEOPLE.get(fold(word).replace("’", "'"))
        others, faults = ((known,), ()) if known else read_audiences(word)
        found += others or ()
        problems = (*problems, *faults)
    return without_repeats(found) or None, problems


def _eligibility(line: Line, _reference: Reference) -> tuple[str | None, Problems]:
    """Keep the words that no audience of ours carries, such as assistants maternels."""
    words, _ = split_list(spoken(line, "audiences")[0].text("audiences"))
    return (f"Pour : {', '.join(words)}." if words else None), ()


SOURCE = filled_source(
    RAM,
    title="Relais petite enfance",
    told=_told,
    parts={
        "title": _title,
        "structure": structure_or_itself,
        "concepts": always(("PE01",)),
        "access": _access,
        "audiences": every(("audiences",), _audiences),
        "eligibility": _eligibility,
    },
)
