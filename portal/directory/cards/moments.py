"""Cards as time goes by: what they say of the moment is said anew, without reading anything again."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, time, timedelta, tzinfo
from functools import lru_cache

from portal.directory.cards.services import opening_card
from portal.directory.cards.values import AccessPointCard, OpeningCard, ServiceCard
from portal.directory.queries.openings import schedule_of
from portal.directory.rules.freshness import Provenance, freshness
from portal.hours.calendar import Calendar
from portal.hours.slots import Opening

_A_DAY = timedelta(days=1)


def card_at(card: ServiceCard, provenance: Provenance, *, now: datetime) -> ServiceCard:
    """Say what holds now on a card made before: states, the day's messages, freshness. It is another card."""
    return replace(
        card,
        access_points=tuple(_access_point_at(each, now) for each in card.access_points),
        freshness=freshness(provenance, now.date()),
    )


def holds_until(card: ServiceCard, *, now: datetime) -> datetime:
    """Tell until when a card that was made now says what is true; the end is not included.

    Words count days ("demain à 9 h"), so that no card outlives its day, neither here nor at any of its desks.
    """
    ends = (opening_holds_until(each.opening, now=now) for each in card.access_points)
    return min((_midnight_after(now, now.tzinfo), *ends), key=datetime.timestamp)


def all_hold_until(cards: Iterable[ServiceCard], *, now: datetime) -> datetime:
    """Tell until when all of some cards are true: midnight at the latest."""
    ends = (holds_until(card, now=now) for card in cards)
    return min((_midnight_after(now, now.tzinfo), *ends), key=datetime.timestamp)


def _access_point_at(card: AccessPointCard, now: datetime) -> AccessPointCard:
    told = card.opening
    return replace(card, opening=opening_card(told.opening, told.calendar, words=told.words, now=now))


def opening_holds_until(card: OpeningCard, *, now: datetime) -> datetime:
    """Tell until when what is said of one opening is true."""
    midnight = _midnight_after(now, card.calendar.time_zone)
    change = _next_change(card.opening, card.calendar, now.replace(second=0, microsecond=0))
    return midnight if change is None else min(midnight, change, key=datetime.timestamp)


@lru_cache(maxsize=8192)
def _next_change(opening: Opening, calendar: Calendar, minute: datetime) -> datetime | None:
    """Look for the next change once a minute for all the desks that share an opening."""
    return schedule_of(opening, calendar).next_change(minute)


def _midnight_after(now: datetime, zone: tzinfo | None) -> datetime:
    return datetime.combine(now.astimezone(zone).date() + _A_DAY, time.min, tzinfo=zone)
