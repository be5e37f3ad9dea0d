"""Somebody who answers when the portal does not, and whether they do at this hour."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from portal.directory.queries.openings import schedule_of
from portal.geography.territory import TerritoryContact
from portal.hours.calendar import Calendar
from portal.hours.french.reading import read_french
from portal.hours.layers import StateCode
from portal.hours.slots import Opening
from portal.hours.words.state import state_sentence
from portal.search.listed import ListedState, dialled
from portal.web.languages import current_language


@dataclass(frozen=True)
class Person:
    """Whom to call or to write to."""

    name: str
    phone: str
    dialled: str
    email: str
    words: str
    state: ListedState | None = None
    """Whether somebody answers now; None where the words do not tell."""


def person_of(contact: TerritoryContact) -> Person:
    """Give the contact of a territory as pages show it, whatever the hour."""
    return Person(contact.name, contact.phone, dialled(contact.phone), contact.email, contact.words)


def person_now(contact: TerritoryContact, now: datetime) -> Person:
    """Give the contact of a territory, and say whether somebody answers now."""
    return replace(person_of(contact), state=_state(contact.words, now))


def _state(words: str, now: datetime) -> ListedState | None:
    opening = _opening(words)
    if not opening.slots:
        return None
    calendar = Calendar()
    state = schedule_of(opening, calendar).state_at(now.replace(second=0, microsecond=0))
    if state.code is StateCode.UNKNOWN:
        return None
    told = state_sentence(state, now.astimezone(calendar.time_zone), current_language())
    return ListedState(state.code.value, told)


@lru_cache(maxsize=8)
def _opening(words: str) -> Opening:
    """Read the hours among the words of a contact, which its territory file writes for people."""
    return read_french(words)[0]
