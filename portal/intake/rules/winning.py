"""Who wins, field by field: a person over the sources, then the source of higher priority, then the later word."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.core.problems import Problem
from portal.intake.rules.fields import says_nothing
from portal.intake.rules.values import Json


class Outcome(StrEnum):
    """What becomes of what a source says."""

    TAKE = "take"
    KEEP = "keep"
    ASK = "ask"


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What a source says of a field, and since when."""

    source: str
    priority: int
    said_on: date
    value: Json

    @property
    def strength(self) -> tuple[int, date, str]:
        """Rank claims; the name decides between equals, so that the order of the runs does not."""
        return (self.priority, self.said_on, self.source)


@dataclass(frozen=True, kw_only=True)
class PersonsWord:
    """A correction that stands, and what the source said when it was made (None: nothing)."""

    number: int
    on: date
    value: Json
    source_said: Json


def who_wins(
    claim: Claim,
    *,
    standing: Json,
    correction: PersonsWord | None = None,
    rivals: tuple[Claim, ...] = (),
    is_late: bool = False,
) -> Outcome:
    """Decide whether what a source says replaces what stands in the directory.

    `is_late`: the file is older than the last one of its feed, and may only add what is missing.
    """
    if claim.value == standing:
        return Outcome.KEEP
    if correction is not None:
        return _against_a_person(claim, correction)
    if says_nothing(standing):
        return Outcome.TAKE
    if is_late or any(rival.strength > claim.strength for rival in rivals):
        return Outcome.KEEP
    return Outcome.TAKE


def _against_a_person(claim: Claim, correction: PersonsWord) -> Outcome:
    is_younger = claim.said_on > correction.on
    differs = claim.value not in (correction.source_said, correction.value)
    return Outcome.ASK if is_younger and differs else Outcome.KEEP


def too_late(said_on: date, newest: date) -> Problem:
    """Warn that a list is older than one that came in before, for it then does less than its reader expects."""
    return Problem(
        code="liste-plus-ancienne",
        text=f"Cette liste est du {said_on:%d/%m/%Y} ; une plus récente, du {newest:%d/%m/%Y}, est déjà entrée. "
        "Celle-ci ajoute ce qui manquait, sans rien remplacer ni masquer. Pour qu’elle l’emporte, annulez d’abord "
        "l’import de la plus récente (maillage runs, puis maillage undo).",
    )
