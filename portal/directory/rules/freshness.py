"""How fresh a sheet is, said in public; nothing is hidden for age alone."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from operator import itemgetter

from portal.core.languages import ENGLISH, FRENCH, Label
from portal.hours.words import date_in_words

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

    sentence: Label
    is_overdue: bool
    plain: Label
    """The same in the words of the simple version: no source, and what to do."""


def freshness(provenance: Provenance, today: date) -> Freshness:
    """Say on whose word a sheet is held true and since when, and whether its rhythm has passed.

    A person's check is worth more than the import that repeats the sheet every week, until its rhythm is over.
    """
    words = _words(provenance)
    if not words:
        return Freshness(_NEVER, is_overdue=True, plain=_NEVER_PLAIN)
    for day, sentence in words:
        if today <= months_later(day, provenance.review_months):
            is_checked = day == provenance.verified_on
            form, plain = (_FRESH, _CHECKED_PLAIN) if is_checked else (_UNCHECKED, _READ_PLAIN)
            return Freshness(form.filled(sentence=sentence), is_overdue=False, plain=plain.filled(day=_date(day)))
    day, sentence = max(words, key=itemgetter(0))
    due = _date(months_later(day, provenance.review_months))
    return Freshness(
        _LATE.filled(sentence=sentence, due=due), is_overdue=True, plain=_LATE_PLAIN.filled(day=_date(day))
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


def _words(provenance: Provenance) -> list[tuple[date, Label]]:
    """List who said that the sheet was true and when, a person's check first."""
    words = []
    if provenance.verified_on is not None:
        form, day = _CHECKED_BY if provenance.verified_by else _CHECKED, provenance.verified_on
        words.append((day, form.filled(day=_date(day), name=provenance.verified_by)))
    if provenance.imported_on is not None:
        form, day = _READ_IN if provenance.imported_from else _READ, provenance.imported_on
        words.append((day, form.filled(day=_date(day), name=provenance.imported_from)))
    return words


def _date(day: date) -> Label:
    return Label(date_in_words(day, FRENCH), date_in_words(day, ENGLISH))


_NEVER_PLAIN = Label("Nous ne le savons pas. Appelez avant de venir.", "We do not know. Call before you go.")
_CHECKED_PLAIN = Label("Oui : quelqu’un a vérifié le {day}.", "Yes: somebody checked on {day}.")
_READ_PLAIN = Label(
    "Nous avons lu cette information le {day}. Appelez avant de venir.",
    "We read this information on {day}. Call before you go.",
)
_LATE_PLAIN = Label(
    "Cette information date du {day}. Elle a peut-être changé. Appelez avant de venir.",
    "This information is from {day}. It may have changed. Call before you go.",
)
_NEVER = Label("Jamais vérifié : téléphonez avant de vous déplacer.", "Never checked: call before you go.")
_CHECKED = Label("Vérifié le {day} par le service", "Checked on {day} by the service")
_CHECKED_BY = Label("Vérifié le {day} par {name}", "Checked on {day} by {name}")
_READ = Label("Lu le {day}", "Read on {day}")
_READ_IN = Label("Lu le {day} dans le fichier « {name} »", "Read on {day} in the file “{name}”")
_UNCHECKED = Label(
    "{sentence}, pas vérifié depuis : appelez avant de venir.", "{sentence}, not checked since: call before you go."
)
"""What no person vouches for: who reads it is told what to do about it."""
_FRESH = Label("{sentence}.", "{sentence}.")
_LATE = Label(
    "{sentence} : une vérification était prévue le {due}, téléphonez avant de vous déplacer.",
    "{sentence}: a check was due on {due}, call before you go.",
)
