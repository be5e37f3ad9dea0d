"""Disappearance and the guards: what is missing from a file waits, and a file that lost too much is refused."""

from dataclasses import dataclass
from datetime import date, timedelta

from portal.core.problems import Problem

MISSING_RUNS = 2
GRACE = timedelta(days=7)
LOSS_SHARE = 10
"""Percent of the records of a feed that one run may lose."""
LOSS_COUNT = 5
"""Losses that are never too many, however short the list."""


@dataclass(frozen=True)
class Absence:
    """Since when, and for how many runs, a record has been missing from its feed."""

    runs: int = 0
    since: date | None = None

    def again(self, today: date) -> "Absence":
        """Count one more run without the record."""
        return Absence(self.runs + 1, self.since or today)


def is_to_be_hidden(absence: Absence, today: date) -> bool:
    """Tell whether a record has been missing often enough and long enough."""
    return absence.runs >= MISSING_RUNS and absence.since is not None and today - absence.since >= GRACE


def guard(*, listed: int, lost: int, new: int) -> Problem | None:
    """Refuse a run that loses too much of what its feed listed, or renames it.

    `listed`: records that the feed listed before; `lost`: those of them that are missing for the first time.
    """
    if lost <= LOSS_COUNT or lost * 100 <= LOSS_SHARE * listed:
        return None
    share = f"{lost} fiches sur {listed}"
    if new * 100 >= (100 - LOSS_SHARE) * lost:
        return Problem(
            code="identifiants-changes",
            text=f"{share} manquent et {new} sont nouvelles : la source a sans doute changé ses identifiants. Rien "
            "n’a été modifié. Vérifiez la colonne qui sert de clé, ou confirmez avec --accept-loss.",
        )
    return Problem(
        code="perte-trop-grande",
        text=f"{share} manquent dans ce fichier : il est peut-être tronqué. Rien n’a été modifié. Vérifiez-le, ou "
        "confirmez avec --accept-loss.",
    )
