"""Passages for diaries: every desk and round of the coming weeks as an event."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from sys import getsizeof

from sqlalchemy.orm import Session

from portal.directory.cards.moments import all_hold_until
from portal.directory.cards.occurrences import occurrence_card
from portal.directory.cards.values import OccurrenceCard
from portal.hours.slots import Appointment
from portal.pages.passages.queries import Around, around, passing_with_phones
from portal.pages.passages.rules import PassagesRequest
from portal.search.dated import remarks
from portal.search.exports.listing import alone
from portal.search.listed import Phone
from portal.search.opening import Search
from portal.search.results.sentences import near
from portal.web.addresses import absolute
from portal.web.icalendar import Event, opening_uid, write_calendar

_AHEAD = timedelta(days=27)
MOST_EVENTS = 1000
"""What a diary still shows; the first ones, for the others come nearer day by day."""


@dataclass(frozen=True)
class Written:
    """What programs follow, as it is sent, and until when it stays so."""

    text: str
    until: datetime

    @property
    def weight(self) -> int:
        """Give the bytes it takes where it is kept."""
        return getsizeof(self.text)


@alone()
def written_diary(session: Session, search: Search, asked: PassagesRequest, *, now: datetime) -> Written:
    """Write the calendar of four weeks: what is to come on a day does not change while it passes. Three queries."""
    place, today = around(search, asked), now.date()
    found = passing_with_phones(session, search, place, between=(today, today + _AHEAD), theme=asked.theme)
    events = (
        event_of(occurrence_card(each), found.phones.get(each.access_point.id)) for each in found.listings[:MOST_EVENTS]
    )
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return Written(write_calendar(name_of(place), events, stamp=midnight), all_hold_until((), now=now))


def name_of(place: Around) -> str:
    """Name what programs follow; in French, as all that is for programs."""
    return f"Passages autour {near(place.words)}" if place.words else "Tournées du territoire"


def event_of(card: OccurrenceCard, phone: Phone | None = None) -> Event:
    """Write an opening on its date as an event; one that is cancelled stays in the diary and says so."""
    return Event(
        uid=opening_uid(card.access_point, card.starts_at, card.ends_at),
        starts_at=card.starts_at,
        ends_at=card.ends_at,
        summary=card.service.name,
        location=", ".join(_where(card)),
        description="\n".join(_description(card, phone)),
        url=absolute(f"/services/{card.service.slug}-{card.service.public_id}"),
        is_certain=card.is_certain,
        is_cancelled=card.cancelled is not None,
    )


def _description(card: OccurrenceCard, phone: Phone | None) -> Iterator[str]:
    if card.cancelled is not None:
        yield f"Annulé : {card.cancelled}" if card.cancelled else "Annulé."
    yield from remarks(
        "" if card.tour is None else card.tour.name,
        by_appointment=card.appointment is Appointment.REQUIRED,
        is_certain=card.is_certain,
    )
    if phone is not None:
        yield f"Téléphone : {phone.shown}"


def _where(card: OccurrenceCard) -> Iterator[str]:
    where = card.location
    if where is None:
        return
    if where.own_name:
        yield where.own_name
    if where.address:
        yield where.address
    yield f"{where.postal_code} {where.commune.name}".strip()
