"""What one may choose around a week of passages: how far, which theme, which days."""

from datetime import date, timedelta

from flask_babel import gettext

from portal.core.text import fold
from portal.hours.words.languages import phrases_in
from portal.hours.words.moments import long_date
from portal.pages.passages.rules import RADII, WEEK, PassagesRequest, poster_week
from portal.pages.ways import Choice
from portal.vocabulary.vocabulary import Vocabulary
from portal.web.languages import current_language

_WEEKS_AHEAD = 4
"""Calendar weeks offered for a notice board: later ones are still to change."""


def radii(asked: PassagesRequest) -> tuple[Choice, ...]:
    """List the distances."""
    return tuple(Choice(str(each), f"{each} km", each == asked.radius) for each in RADII)


def themes(vocabulary: Vocabulary, asked: PassagesRequest) -> tuple[Choice, ...]:
    """List the themes in the order of the alphabet."""
    labels = sorted(
        ((each.label.said(current_language()), each.slug) for each in vocabulary.shown_families),
        key=lambda one: fold(one[0]),
    )
    return tuple(Choice(slug, label, slug == asked.theme) for label, slug in labels)


def sheets(asked: PassagesRequest) -> tuple[Choice, ...]:
    """List on how many sheets a poster may stand."""
    labels = gettext("Une page"), gettext("Deux pages, en plus grand")
    return tuple(Choice(str(n), label, n == asked.sheets) for n, label in enumerate(labels, start=1))


def weeks(asked: PassagesRequest, today: date) -> tuple[Choice, ...]:
    """List the weeks that a poster may tell: seven days from today, the calendar weeks to come, the one asked for."""
    monday = today - timedelta(days=today.weekday()) + WEEK
    offered = {today, *(monday + number * WEEK for number in range(_WEEKS_AHEAD)), asked.first}
    return tuple(_week(asked, first, today) for first in sorted(offered))


def _week(asked: PassagesRequest, first: date, today: date) -> Choice:
    written = PassagesRequest(first).parameters(poster_week(today)).get("semaine", "")
    return Choice(written, _days(first, today), first == asked.first)


def _days(first: date, today: date) -> str:
    if first == today:
        return str(gettext("Les 7 jours qui viennent"))
    phrases = phrases_in(current_language())
    last = first + WEEK - timedelta(days=1)
    return str(gettext("Du %(first)s au %(last)s", first=long_date(first, phrases), last=long_date(last, phrases)))
