"""How fresh a sheet is, said in public; nothing is hidden for age alone."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from operator import itemgetter

_MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
DEFAULT_RHYTHM = 12
"""Months given to a service whose rhythm nobody has chosen."""


@dataclass(frozen=True)
class Provenance:
    """Since when a sheet is held true, and on whose word."""

    verified_on: date | None = None
    verified_by: str = ""
    imported_on: date | None = None
    imported_from: str = ""
    review_months: int = DEFAULT_RHYTHM


@dataclass(frozen=True)
class Freshness:
    """What the public reads about the age of a sheet."""

    sentence: str
    is_overdue: bool


def freshness(provenance: Provenance, today: date) -> Freshness:
    """Say on whose word a sheet is held true and since when, and whether its rhythm has passed.

    A person's check is worth more than the import that repeats the sheet every week, until its rhythm is over.
    """
    words = _words(provenance)
    if not words:
        return Freshness("Jamais vérifié : téléphonez avant de vous déplacer.", is_overdue=True)
    for day, sentence in words:
        if today <= months_later(day, provenance.review_months):
            return Freshness(f"{sentence}.", is_overdue=False)
    day, sentence = max(words, key=itemgetter(0))
    due = french_date(months_later(day, provenance.review_months))
    return Freshness(
        f"{sentence} : une vérification était prévue le {due}, téléphonez avant de vous déplacer.", is_overdue=True
    )


def review_due(provenance: Provenance) -> date | None:
    """Tell the day by which a sheet should be checked again; None when it never was."""
    return max((months_later(day, provenance.review_months) for day, _ in _words(provenance)), default=None)


def months_later(day: date, months: int) -> date:
    """Add months to a date, or take some away; the 31st becomes the last day of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def oldest_fresh_day(today: date, months: int) -> date:
    """Give the first day whose check still holds today: what was said before it is past its rhythm."""
    day = months_later(today, -months)
    while months_later(day, months) < today:
        day += timedelta(days=1)
    while months_later(day - timedelta(days=1), months) >= today:
        day -= timedelta(days=1)
    return day


def french_date(day: date) -> str:
    """Write a date as a person reads it: 1er mai 2026."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number} {_MONTHS[day.month - 1]} {day.year}"


def _words(provenance: Provenance) -> list[tuple[date, str]]:
    """List who said that the sheet was true and when, a person's check first."""
    words = []
    if provenance.verified_on is not None:
        by = provenance.verified_by or "le service"
        words.append((provenance.verified_on, f"Vérifié le {french_date(provenance.verified_on)} par {by}"))
    if provenance.imported_on is not None:
        source = f" de {provenance.imported_from}" if provenance.imported_from else ""
        words.append((provenance.imported_on, f"Importé le {french_date(provenance.imported_on)}{source}"))
    return words
