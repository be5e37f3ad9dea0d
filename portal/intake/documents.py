"""Runs and questions as lines of text, for the command line."""

from datetime import tzinfo

from portal.intake.models.decisions import ReviewItem, ReviewKind, ReviewState
from portal.intake.models.sources import Feed, Run, RunState

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
}
_STATES = {ReviewState.OPEN: "à trancher", ReviewState.ACCEPTED: "acceptée", ReviewState.REFUSED: "refusée"}


def run_line(run: Run, feed: Feed, *, zone: tzinfo) -> str:
    """Say what a run did, on one line, at the hour of the territory."""
    figures = [_figure(n, _FIGURES[name]) for name, n in run.counts.items() if n and name in _FIGURES]
    told = ", ".join(figures) or "rien"
    at = run.at.astimezone(zone)
    return f"{run.id:>5}  {at:%Y-%m-%d %H:%M}  {feed.source_name}/{feed.name}  {RUN_STATES[run.state]} : {told}"


def _figure(n: int, words: str) -> str:
    return f"{n} {words if n > 1 else words.removesuffix('s')}"


def question_lines(item: ReviewItem) -> list[str]:
    """Say what a question asks, and what speaks for it."""
    score = "" if item.score is None else f" (ressemblance {item.score}/100)"
    lines = [f"{item.id:>5}  [{_STATES[item.state]}] {_ASKED[item.kind]}{score}", f"       {_about(item)}"]
    return lines + [f"       - {reason}" for reason in item.reasons]


def _about(item: ReviewItem) -> str:
    content = item.content
    if item.kind is ReviewKind.CORRECTION:
        mine, theirs = content["mine"], content["theirs"]
        return f"{content['field']} : « {mine} » corrigé par une personne, « {theirs} » dit la source"
    if item.kind is ReviewKind.QUARANTINE:
        return f"ligne {content['line']} : {content['said']['title']}"
    return " ; ".join(content["titles"])
