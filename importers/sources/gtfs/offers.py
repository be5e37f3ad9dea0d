"""What runs on which days: the departures of services brought together into kinds of days. Pure values."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from portal.hours.canonical import glued
from portal.hours.service_days import Horizon, cut_days
from portal.hours.slots import DAY, TimeSpan


@dataclass(frozen=True)
class Offer:
    """The departures of one service, and the days it runs."""

    days: int
    departures: tuple[int, ...]
    """Minutes of the day the service began on; past midnight they go on."""
    end: int
    """The minute of the last departure, or of the last arrival where vehicles are spoken of."""
    is_of_the_night: bool = False
    """Whether it belongs to the evening before, which went on past midnight."""


@dataclass(frozen=True)
class KindOfDay:
    """Days on which exactly the same departures run."""

    days: int
    departures: tuple[int, ...]
    spans: tuple[TimeSpan, ...]
    """From the first departure to the end; what is left of the night before stands apart."""


def kinds_of_days(offers: Iterable[Offer], horizon: Horizon) -> tuple[KindOfDay, ...]:
    """Cut the days of some offers where their union changes; the most frequent kind stands first."""
    moved = _of_their_own_days(offers, horizon)
    same: dict[tuple[tuple[int, ...], tuple[TimeSpan, ...]], int] = defaultdict(int)
    for held, places in cut_days([offer.days for offer in moved], horizon):
        running = [moved[place] for place in places]
        same[tuple(sorted({minute for each in running for minute in each.departures})), _spans(running)] |= held
    found = (KindOfDay(days, departures, spans) for (departures, spans), days in same.items())
    return tuple(sorted(found, key=lambda kind: (-kind.days.bit_count(), kind.days & -kind.days)))


def _spans(running: Iterable[Offer]) -> tuple[TimeSpan, ...]:
    bounds: dict[bool, tuple[int, int]] = {}
    for offer in running:
        first, end = bounds.get(offer.is_of_the_night, (offer.departures[0], 0))
        bounds[offer.is_of_the_night] = min(first, offer.departures[0]), max(end, offer.end)
    return glued((first, min(max(end, first + 1), first + DAY)) for first, end in bounds.values())


def _of_their_own_days(offers: Iterable[Offer], horizon: Horizon) -> tuple[Offer, ...]:
    """Join the offers of the same days; one that leaves past midnight only belongs to the day after."""
    found: dict[tuple[int, bool], tuple[set[int], int]] = {}
    for offer in offers:
        late, _ = divmod(min(offer.departures, default=0), DAY)
        days = (offer.days << late) & horizon.whole
        if days and offer.departures:
            minutes, end = found.setdefault((days, late > 0), (set(), 0))
            minutes |= {minute - late * DAY for minute in offer.departures}
            found[days, late > 0] = minutes, max(end, offer.end - late * DAY)
    return tuple(
        Offer(days, tuple(sorted(minutes)), end, is_of_the_night)
        for (days, is_of_the_night), (minutes, end) in sorted(found.items(), key=lambda each: each[0])
    )
