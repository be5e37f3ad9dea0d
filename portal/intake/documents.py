"""Runs and questions as lines of text, for the command line."""

from collections.abc import Iterator
from datetime import tzinfo

from portal.core.text import cut
from portal.directory.rules.choices import ContactType
from portal.intake.models.decisions import STRUCTURE, Correction, ReviewItem, ReviewKind, ReviewState
from portal.intake.models.reports import ErrorReport
from portal.intake.models.sources import Feed, Run, RunState
from portal.intake.operations.undoing import Undone
from portal.intake.rules.contact_values import KINDS, caution_on_contact
from portal.intake.rules.reports import WRONG_LABELS, Wrong
from portal.intake.rules.values import Json

_LONGEST = 200
RUN_STATES = {RunState.DONE: "fait", RunState.REFUSED: "refusé", RunState.UNDONE: "défait"}
_FIGURES = {
    "created": "créées",
    "updated": "modifiées",
    "unchanged": "inchangées",
    "duplicate": "en double",
    "quarantined": "en quarantaine",
    "refused": "refusées",
    "skipped": "passées",
    "hidden": "masquées",
}
_ASKED = {
    ReviewKind.DUPLICATE: "Deux fiches n’en font-elles qu’une ?",
    ReviewKind.CORRECTION: "La source contredit une correction : a-t-elle raison ?",
    ReviewKind.QUARANTINE: "Cette fiche entre-t-elle malgré un contrôle qui échoue ?",
    ReviewKind.REPORT: "Un visiteur signale une erreur : a-t-il raison ?",
}
_TWO_STRUCTURES = "Deux structures n’en font-elles qu’une ?"
_STATES = {ReviewState.OPEN: "à trancher", ReviewState.ACCEPTED: "acceptée", ReviewState.REFUSED: "refusée"}


def run_line(run: Run, feed: Feed, *, zone: tzinfo) -> str:
    """Say what a run did, on one line, at the hour of the territory."""
    figures = [_figure(n, _FIGURES[name]) for name, n in run.counts.items() if n and name in _FIGURES]
    told = ", ".join(figures) or "rien"
    at = run.at.astimezone(zone)
    return f"{run.id:>5}  {at:%Y-%m-%d %H:%M}  {feed.source_name}/{feed.name}  {RUN_STATES[run.state]} : {told}"


def undone_words(undone: Undone) -> str:
    """Say what undoing a run did to its records."""
    back = undone.restored - undone.withdrawn
    told = [
        _figure(undone.withdrawn, "fiches retirées") if undone.withdrawn else "",
        _figure(back, "fiches remises") + " comme avant" if back else "",
    ]
    return ", ".join(filter(None, told)) or "aucune fiche n’a changé"


def _figure(n: int, words: str) -> str:
    return f"{n} {words}" if n > 1 else f"{n} " + " ".join(word.removesuffix("s") for word in words.split())


def question_lines(item: ReviewItem, report: ErrorReport | None = None, origin: str = "") -> list[str]:
    """Say what a question asks, which list asks it, and what speaks for it: for a visitor's report, what they said."""
    score = "" if item.score is None else f" (ressemblance {item.score}/100)"
    asked = _ASKED[item.kind] if item.content.get("what") != STRUCTURE else _TWO_STRUCTURES
    lines = [f"{item.id:>5}  [{_STATES[item.state]}] {asked}{score}", f"       {_about(item)}"]
    reasons = item.reasons if report is None else [*(WRONG_LABELS[Wrong(each)].fr for each in report.wrong)]
    if report is not None and report.words:
        reasons = [*reasons, f"« {' '.join(report.words.split())} »"]
    lines += [f"       liste {origin}"] if origin else []
    return lines + [f"       - {reason}" for reason in reasons]


def correction_lines(correction: Correction, *, before: Json) -> list[str]:
    """Tell what a correction put in the place of what: a list is replaced whole, and who corrects must see it."""
    return [
        "Correction enregistrée ; elle survivra aux imports.",
        f"  avant : {_told(before)}",
        f"  après : {_told(correction.value)}",
        *(f"  à vérifier : {value} : {sentence}" for value, sentence in _cautions(correction.value, before)),
    ]


def _cautions(contacts: Json, before: Json) -> Iterator[tuple[str, str]]:
    """Say what an import would say of the contacts that a correction brings, those that stood already aside."""
    stood = before if isinstance(before, list) else []
    for each in contacts if isinstance(contacts, list) else []:
        if isinstance(each, dict) and each not in stood and "type" in each and "value" in each:
            sentence = caution_on_contact(ContactType(each["type"]), str(each["value"]))
            if sentence:
                yield str(each["value"]), sentence


def _told(value: Json) -> str:
    """Write a value on one line, for a person."""
    if isinstance(value, list):
        return " ; ".join(map(_told, value)) or "rien"
    if isinstance(value, dict):
        if "type" in value:
            value = {**value, "type": KINDS.get(value["type"], value["type"])}
        return " ".join(str(held) for held in value.values() if not isinstance(held, dict | list)) or "…"
    return cut(" ".join(str(value).split()), _LONGEST) if value not in (None, "") else "rien"


def _about(item: ReviewItem) -> str:
    content = item.content
    if item.kind is ReviewKind.CORRECTION:
        mine, theirs = content["mine"], content["theirs"]
        return f"{content['field']} : « {mine} » corrigé par une personne, « {theirs} » dit la source"
    if item.kind is ReviewKind.QUARANTINE:
        return str(content["said"]["title"])
    if item.kind is ReviewKind.REPORT:
        return f"{content['title']} ({content['service']}), reçu {item.key}"
    return " ; ".join(content["titles"])
