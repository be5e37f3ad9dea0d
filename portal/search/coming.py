"""When one can come, as a card says it to somebody who will not open the sheet.

Of what passes by: until when, and whether every other week only; of a bus: its next first or last departure; of hours
that nobody told: whom to ask.
"""

from datetime import datetime, timedelta
from itertools import pairwise

from flask_babel import gettext

from portal.core.languages import FRENCH
from portal.directory.cards.values import AccessPointCard
from portal.directory.queries.openings import schedule_of
from portal.directory.rules.choices import AccessPointKind
from portal.hours.layers import StateCode
from portal.hours.schedule import OpenRun, State
from portal.hours.words.languages import phrases_in
from portal.hours.words.moments import clock, day_seen_from, moment_seen_from
from portal.hours.words.state import state_sentence
from portal.web.languages import current_language

_BUS = "MO01"
_FORTNIGHT = timedelta(days=14)
_SHORT = 90
_MOST_VISITS, _ENOUGH_VISITS = 6, 3
"""Visits looked at to tell how often: a stop may have two in a day."""


def coming_words(
    access_point: AccessPointCard, state: State, now: datetime, *, concepts: tuple[str, ...], has_phone: bool
) -> str:
    """Say when one can come; `state` is the one to be told, in the time of the place."""
    here = now.astimezone(access_point.opening.calendar.time_zone)
    if state.code is StateCode.UNKNOWN and not access_point.opening.opening.slots:
        return _unknown(access_point.opening.words, has_phone=has_phone)
    if state.code is StateCode.CLOSED and state.next is not None:
        if access_point.kind is AccessPointKind.TOUR_STOP:
            return _visit(access_point, here) or state_sentence(state, here, current_language())
        if concepts[:1] == (_BUS,):
            when = moment_seen_from(state.next.astimezone(here.tzinfo), here, phrases_in(current_language()))
            return str(gettext("Premier départ %(when)s", when=when))
    if state.code is StateCode.OPEN and concepts[:1] == (_BUS,) and state.until is not None:
        end = _time(state.until.astimezone(here.tzinfo))
        return str(gettext("Dernier départ à %(end)s", end=end))
    return state_sentence(state, here, current_language())


def _unknown(words: str, *, has_phone: bool) -> str:
    """Quote what was written, which says more than a doubt: "samedi matin, ou quand le tracteur est dans la cour"."""
    if words and len(words) <= _SHORT and current_language() == FRENCH:
        return f"«\u00a0{words}\u00a0»"
    return str(gettext("Horaires à demander par téléphone") if has_phone else gettext("Horaires non communiqués"))


def _visit(access_point: AccessPointCard, here: datetime) -> str:
    """Say when a tour passes next, until when, and whether every other week only."""
    opening = access_point.opening
    coming = schedule_of(opening.opening, opening.calendar).next_openings(_MOST_VISITS, here)
    if not coming:
        return ""
    start, end = coming[0].start.astimezone(here.tzinfo), coming[0].end
    phrases = phrases_in(current_language())
    if end is None:
        return str(gettext("Passe %(when)s", when=moment_seen_from(start, here, phrases)))
    day = day_seen_from(start.date(), here.date(), phrases) or phrases.states["today"]
    told = gettext(
        "Passe %(day)s de %(start)s à %(end)s", day=day, start=_time(start), end=_time(end.astimezone(here.tzinfo))
    )
    return str(gettext("%(visit)s, une semaine sur deux", visit=told) if _is_fortnightly(coming) else told)


def _is_fortnightly(coming: tuple[OpenRun, ...]) -> bool:
    days = sorted({each.start.date() for each in coming})[:_ENOUGH_VISITS]
    return len(days) == _ENOUGH_VISITS and all(later - day == _FORTNIGHT for day, later in pairwise(days))


def _time(instant: datetime) -> str:
    return clock(instant.hour * 60 + instant.minute, phrases_in(current_language()))
