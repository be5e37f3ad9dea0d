"""Passages for diaries: every desk and round of the coming weeks as an event."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from portal.directory.cards.occurrences import occurrence_card
from portal.directory.cards.values import OccurrenceCard
from portal.hours.slots import Appointment
from portal.pages.passages.queries import Around, around, passing_with_phones
from portal.pages.passages.rules import PassagesRequest
from portal.search.dated import remarks
from portal.search.listed import Phone
from portal.search.opening import Search
from portal.search.results.sentences import near
from portal.web.addresses import absolute
from portal.web.icalendar import Event, opening_uid

_AHEAD = timedelta(days=27)


def diary(session: Session, search: Search, asked: PassagesRequest, *, now: datetime) -> tuple[str, tuple[Event, ...]]:
    """Give the name of a calendar and the events of four weeks. Three queries."""
    place, today = around(search, asked), now.date()
    found = passing_with_phones(session, search, place, between=(today, today + _AHEAD), theme=asked.theme)
    return name_of(place), tuple(
        event_of(occurrence_card(each), found.phones.get(each.access_point.id)) for each in found.listings
    )


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
