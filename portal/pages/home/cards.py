"""The frozen values the pages' templates receive, and how they are made."""

from dataclasses import dataclass

from flask_babel import format_decimal, ngettext
from sqlalchemy.orm import Session

from portal.directory.queries.counts import directory_counts


@dataclass(frozen=True)
class Count:
    """One number of the home page and what it counts."""

    label: str
    number: str


@dataclass(frozen=True)
class Home:
    """What the home page says."""

    territory: str
    counts: tuple[Count, ...]


def home_of(session: Session, *, territory: str, n_communes: int) -> Home:
    """Count what the directory offers in the territory. Two queries."""
    counts = directory_counts(session)
    numbers = (
        (counts.n_services, ngettext("service publié", "services publiés", counts.n_services)),
        (counts.n_structures, ngettext("structure", "structures", counts.n_structures)),
        (counts.n_places, ngettext("lieu d’accueil", "lieux d’accueil", counts.n_places)),
        (counts.n_tours, ngettext("tournée", "tournées", counts.n_tours)),
        (n_communes, ngettext("commune couverte", "communes couvertes", n_communes)),
    )
    return Home(
        territory=territory,
        counts=tuple(Count(label=label, number=format_decimal(number)) for number, label in numbers),
    )
