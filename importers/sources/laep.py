"""Places where parents and small children meet (LAEP), filled in on our template: sessions at one or several places."""

from importers.fields.yes_no import read_answer
from importers.pipeline.declaration import Reference
from importers.pipeline.lines import Line, Problems
from importers.sources.general import PARTS, spoken
from importers.sources.parts import always
from importers.sources.ram import structure_or_itself
from importers.sources.templates_filled import filled_source, with_cells
from importers.templates.laep import LAEP
from portal.directory.rules.choices import Answer
from portal.vocabulary.audiences import Audience

_WITH_BOOKING = "obligatoire"
_SENTENCES = {
    ("without_booking", Answer.YES): "Sans inscription.",
    ("without_booking", Answer.NO): "Sur inscription.",
    ("anonymous", Answer.YES): "Accueil anonyme.",
}


def _told(line: Line) -> Line:
    """Where one must book, the sessions are by appointment."""
    answer, _ = read_answer(line.text("without_booking"))
    return with_cells(line, appointment=_WITH_BOOKING) if answer is Answer.NO else line


def _eligibility(line: Line, reference: Reference) -> tuple[str | None, Problems]:
    """Say how one comes: whether one books, whether one gives a name, and what else the row says."""
    answers = {word: spoken(line, word)[0].read(word, read_answer) for word in ("without_booking", "anonymous")}
    told = [_SENTENCES.get((word, answer or Answer.UNKNOWN), "") for word, (answer, _) in answers.items()]
    conditions, of_conditions = PARTS["eligibility"](line, reference)
    problems = (*(each for _, found in answers.values() for each in found), *of_conditions)
    return " ".join(filter(None, (*told, conditions))) or None, problems


SOURCE = filled_source(
    LAEP,
    title="Lieux d’accueil enfants-parents",
    told=_told,
    parts={
        "structure": structure_or_itself,
        "concepts": always(("PE06",)),
        "audiences": always((Audience.FAMILIES,)),
        "eligibility": _eligibility,
    },
)
