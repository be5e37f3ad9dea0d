"""The openings of a desk as events for a diary, computed from its hours: nothing is asked of the database."""

from collections.abc import Iterator
from datetime import date

from portal.directory.cards.values import AccessPointCard, ServiceCard
from portal.directory.queries.openings import schedule_of
from portal.hours.slots import Appointment
from portal.web.icalendar import Event, opening_uid


def openings_of(card: ServiceCard, desk: AccessPointCard, *, first: date, last: date, url: str) -> Iterator[Event]:
    """List the openings of a desk from one date to another, each an event of its own."""
    place = _place(desk)
    for one in schedule_of(desk.opening.opening, desk.opening.calendar).occurrences(first, last):
        yield Event(
            uid=opening_uid(desk.public_id, one.start, one.end),
            starts_at=one.start,
            ends_at=one.end,
            summary=card.title,
            location=place,
            description="\n".join(
                remarks(
                    "" if desk.tour is None else desk.tour.name,
                    by_appointment=one.appointment is Appointment.REQUIRED,
                    is_certain=one.is_certain,
                )
            ),
            url=url,
            is_certain=one.is_certain,
        )


def remarks(tour: str, *, by_appointment: bool, is_certain: bool) -> Iterator[str]:
    """Say what to know before going; diaries have one text for all, and it is French."""
    if tour:
        yield tour
    if by_appointment:
        yield "Sur rendez-vous."
    if not is_certain:
        yield "À vérifier par téléphone avant de venir."


def _place(desk: AccessPointCard) -> str:
    where = desk.location
    if where is None:
        return ""
    town = f"{where.postal_code} {where.commune.name}".strip()
    return ", ".join(dict.fromkeys(part for part in (where.own_name, where.address, town) if part))
