"""When a desk is open, as a sheet says it: the state now, the seven days to come, or the next dates of a tour."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice

from flask_babel import gettext

from portal.core.languages import FRENCH
from portal.directory.cards.values import OpeningCard
from portal.directory.queries.openings import schedule_of
from portal.directory.rules.openings import has_hours
from portal.hours.canonical import glued
from portal.hours.layers import StateCode
from portal.hours.occurrences import Occurrence
from portal.hours.slots import DAY
from portal.hours.words import Week, date_in_words, short, week_of
from portal.hours.words.languages import phrases_in
from portal.hours.words.moments import long_date, spans
from portal.search.listed import ListedState, state_words

WEEKS_AHEAD = 13
_MOST_DATES = 6


@dataclass(frozen=True)
class DatedTimes:
    """A day on which a tour stops, and when."""

    day: str
    iso: str
    times: str
    is_certain: bool


@dataclass(frozen=True)
class ShownOpening:
    """What a sheet says of an opening."""

    state: ListedState
    messages: tuple[str, ...]
    """What is announced for today."""
    usual: str
    """The whole opening in one line; empty when nobody told it."""
    is_always: bool = False
    """Whether it never closes: a sentence says so better than a week."""
    is_said_already: bool = False
    """Whether the line holds nothing but dates that are listed, or the words that could not be read."""
    week: Week | None = None
    dates: tuple[DatedTimes, ...] = ()
    source_words: str = ""
    """What was written, where some of it could not be read."""

    @property
    def is_told(self) -> bool:
        """Tell whether anything is known of when one can come."""
        return bool(self.usual or self.source_words)


def shown_opening(card: OpeningCard, *, now: datetime, language: str = FRENCH, is_dated: bool = False) -> ShownOpening:
    """Show an opening: seven days from today on, or its next dates when it passes by (`is_dated`)."""
    here = now.astimezone(card.calendar.time_zone)
    is_told = has_hours(card.opening)
    schedule = schedule_of(card.opening, card.calendar)
    usual = short(card.opening, language) if is_told else ""
    is_always = usual == phrases_in(language).always[False]
    wants_week = is_told and not is_dated and not is_always
    return ShownOpening(
        state=ListedState(card.state.code.value, _state_words(card, here, language, is_dated=is_dated)),
        messages=card.messages,
        usual=usual,
        is_always=is_always,
        is_said_already=_is_said_already(card, is_dated=is_dated),
        week=week_of(schedule, here.date(), first=here.date(), language=language) if wants_week else None,
        dates=next_dates(card, now=here, language=language) if is_told and is_dated else (),
        source_words=card.words if card.opening.unread else "",
    )


def _state_words(card: OpeningCard, here: datetime, language: str, *, is_dated: bool) -> str:
    if card.state.code is StateCode.UNKNOWN and not has_hours(card.opening):
        return str(gettext("Horaires non communiqués"))
    return state_words(card.state, here, language, passes_by=is_dated)


def _is_said_already(card: OpeningCard, *, is_dated: bool) -> bool:
    slots, exceptions = card.opening.slots, card.opening.exceptions
    if not slots and not exceptions:
        return bool(card.words)
    return is_dated and not exceptions and sum(len(slot.rule.dates) or _MOST_DATES + 1 for slot in slots) <= _MOST_DATES


def next_dates(card: OpeningCard, *, now: datetime, language: str, most: int = _MOST_DATES) -> tuple[DatedTimes, ...]:
    """List the next days on which it opens, today too until it is over."""
    schedule = schedule_of(card.opening, card.calendar)
    coming = schedule.occurrences(now.date(), now.date() + timedelta(weeks=WEEKS_AHEAD))
    by_day: dict[date, list[Occurrence]] = defaultdict(list)
    for one in coming:
        if one.end > now:
            by_day[one.start.date()].append(one)
    return tuple(_dated(day, found, language) for day, found in islice(by_day.items(), most))


def dates_hold_until(cards: Iterable[OpeningCard], *, now: datetime) -> datetime | None:
    """Tell when the next of today's dated openings is over, which is then listed no more; None when there is none."""
    ends = (one.end for card in cards for one in _today(card, now) if one.end > now)
    return min(ends, key=datetime.timestamp, default=None)


def _today(card: OpeningCard, now: datetime) -> Iterable[Occurrence]:
    today = now.astimezone(card.calendar.time_zone).date()
    return schedule_of(card.opening, card.calendar).occurrences(today, today)


def is_open(card: OpeningCard) -> bool:
    """Tell whether one can come now."""
    return card.state.code is StateCode.OPEN


def day_words(day: date | None, language: str) -> str:
    """Say a date whole; nothing for none."""
    return "" if day is None else date_in_words(day, language)


def _dated(day: date, found: Iterable[Occurrence], language: str) -> DatedTimes:
    phrases, several = phrases_in(language), tuple(found)
    times = glued(sorted(_minutes(one) for one in several))
    return DatedTimes(
        day=long_date(day, phrases),
        iso=day.isoformat(),
        times=spans(times, phrases),
        is_certain=all(one.is_certain for one in several),
    )


def _minutes(one: Occurrence) -> tuple[int, int]:
    start = one.start.hour * 60 + one.start.minute
    length = int((one.end - one.start).total_seconds()) // 60
    return start, start + min(max(length, 1), DAY)
