"""Passages as pages, posters and diaries show them: frozen words, day by day."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial
from itertools import islice
from types import MappingProxyType

from flask_babel import gettext

from portal.core.text import fold
from portal.directory.cards.occurrences import occurrence_card
from portal.directory.cards.values import Link, OccurrenceCard
from portal.directory.queries.occurrences import OccurrenceListing
from portal.geography.distances import distance_words, shown_distance
from portal.geography.grammar import printed
from portal.geography.points import Point
from portal.hours.slots import Appointment, TimeSpan
from portal.hours.words.languages import phrases_in
from portal.hours.words.moments import long_date, spans
from portal.search.listed import Phone
from portal.vocabulary.vocabulary import Vocabulary
from portal.web.languages import current_language

_MINUTES_OF_A_DAY = 1440
_TRADE = "CO"
"""Code of the family of trade in the thesaurus, with which those of its kinds begin."""


@dataclass(frozen=True)
class Passage:
    """Something that is there on a day: when, what, where."""

    day: date
    times: str
    link: Link
    access_point: str
    """Public id of the door or the stop."""
    kind: str
    """What it is in plain words; empty when its title says so already."""
    place: str
    commune: str
    """With its département, because names repeat."""
    town: str
    """Its bare name, for those who live around it."""
    commune_code: str
    metres: float | None
    """From where one asks; None when nobody asked from anywhere."""
    distance: str
    tour: Link | None
    remark: str
    """What to know before going: an appointment, a doubt, that it is cancelled."""
    is_cancelled: bool = False
    reason: str = ""
    """Why, in French, as far as told."""
    phone: Phone | None = None
    """Whom to call where one must."""
    is_trade: bool = False
    """Whether it sells food rather than helps: what a full notice board leaves out first."""


@dataclass(frozen=True)
class PassageDay:
    """All that passes on one day."""

    day: date
    name: str
    passages: tuple[Passage, ...]
    """None on a public holiday that is told for itself."""
    holiday: str = ""
    """Name of a public holiday."""


def passages_of(
    listings: Iterable[OccurrenceListing],
    *,
    vocabulary: Vocabulary,
    seen_from: Point | None = None,
    most: int | None = None,
    phones: Mapping[int, Phone] = MappingProxyType({}),
) -> tuple[Passage, ...]:
    """Show what passes in order of time, the first ones only if asked; a morning and an afternoon are one line."""
    far = cache(partial(shown_distance, seen_from)) if seen_from is not None else None
    return tuple(
        replace(_passage([*map(occurrence_card, same)], vocabulary, far), phone=phones.get(same[0].access_point.id))
        for same in islice(gathered(listings), most)
    )


def gathered(listings: Iterable[OccurrenceListing]) -> Iterable[list[OccurrenceListing]]:
    """Put together what one desk does on one day, apart from what it does not."""
    desks: dict[tuple[date, int, bool], list[OccurrenceListing]] = {}
    for each in listings:
        key = each.occurrence.day, each.access_point.id, each.cancelled is None
        desks.setdefault(key, []).append(each)
    return desks.values()


def by_day(passages: Iterable[Passage], holidays: Mapping[date, str] = MappingProxyType({})) -> tuple[PassageDay, ...]:
    """Group passages, which are in order, by day; public holidays are named, those without any passage too."""
    phrases = phrases_in(current_language())
    days = dict[date, list[Passage]]({day: [] for day in holidays})
    for passage in passages:
        days.setdefault(passage.day, []).append(passage)
    return tuple(
        PassageDay(day, long_date(day, phrases), tuple(same), _holiday(holidays.get(day, ""), long_date(day, phrases)))
        for day, same in sorted(days.items())
    )


def _holiday(name: str, day: str) -> str:
    """Say that a day is a public holiday; the first of May bears no other name."""
    if not name:
        return ""
    return str(gettext("jour férié") if name in day else gettext("%(name)s, férié", name=name))


def _passage(cards: Sequence[OccurrenceCard], vocabulary: Vocabulary, far: Callable[[Point], float] | None) -> Passage:
    first, where = cards[0], cards[0].location
    metres = far(where.point) if far is not None and where is not None and where.point is not None else None
    return Passage(
        day=first.starts_at.date(),
        times=spans(dict.fromkeys(map(_span, cards)), phrases_in(current_language())),
        link=first.service,
        access_point=first.access_point,
        kind=_kind(first, vocabulary),
        place="" if where is None or where.link is None else where.link.name,
        commune="" if where is None else f"{printed(where.commune.name)} ({where.commune.department})",
        town="" if where is None else printed(where.commune.name),
        commune_code="" if where is None else where.commune.code,
        metres=metres,
        distance="" if metres is None else distance_words(metres, current_language()),
        tour=None if first.tour is None or fold(first.tour.name) == fold(first.service.name) else first.tour,
        remark=_remark(cards),
        is_cancelled=first.cancelled is not None,
        reason=(first.cancelled or "").rstrip("."),
        is_trade=first.concept.startswith(_TRADE),
    )


def _span(card: OccurrenceCard) -> TimeSpan:
    start = card.starts_at.hour * 60 + card.starts_at.minute
    # Wall time: on the night of the clock change an hour less or more was not spent at the desk.
    days = (card.ends_at.date() - card.starts_at.date()).days
    end = days * _MINUTES_OF_A_DAY + card.ends_at.hour * 60 + card.ends_at.minute
    return TimeSpan(start, min(end, start + _MINUTES_OF_A_DAY))


def _kind(card: OccurrenceCard, vocabulary: Vocabulary) -> str:
    concept = vocabulary.concept(card.concept) if card.concept else None
    words = "" if concept is None else concept.label.said(current_language())
    return "" if fold(words) in fold(card.service.name) else words


def _remark(cards: Sequence[OccurrenceCard]) -> str:
    if cards[0].cancelled is not None:
        return str(gettext("annulé"))
    if not all(card.is_certain for card in cards):
        return str(gettext("à vérifier par téléphone"))
    if all(card.appointment is Appointment.REQUIRED for card in cards):
        return str(gettext("sur rendez-vous"))
    return ""
