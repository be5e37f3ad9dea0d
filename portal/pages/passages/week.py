"""What a screen and a poster say alike of a week: what passes, around where, which days."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from flask_babel import gettext
from sqlalchemy.orm import Session

from portal.directory.cards.moments import all_hold_until
from portal.directory.queries.openings import calendar_of
from portal.geography.grammar import printed
from portal.hours.words.languages import phrases_in
from portal.hours.words.moments import long_date
from portal.pages.passages.cards import Passage, passages_of
from portal.pages.passages.queries import Around, passing_with_phones
from portal.pages.passages.rules import WEEK, PassagesRequest
from portal.pages.ways import Way
from portal.search.opening import Search
from portal.search.results.sentences import near
from portal.web.addresses import to
from portal.web.languages import current_language


class Coming(NamedTuple):
    """What is still to come, and until when that is true."""

    passages: tuple[Passage, ...]
    until: datetime


def found_in_week(
    session: Session, search: Search, asked: PassagesRequest, place: Around, now: datetime, *, calls_all: bool = False
) -> Coming:
    """List what is still to come in a week around a place. Three queries."""
    found = passing_with_phones(
        session, search, place, between=(asked.first, asked.last), theme=asked.theme, calls_all=calls_all
    )
    coming = [each for each in found.listings if each.occurrence.ends_at > now]
    return Coming(
        passages_of(coming, vocabulary=search.vocabulary, seen_from=place.point, phones=found.phones),
        min((all_hold_until((), now=now), *(each.occurrence.ends_at for each in coming)), key=datetime.timestamp),
    )


def holidays_in_week(asked: PassagesRequest, place: Around) -> dict[date, str]:
    """Name the public holidays of a week."""
    calendar = calendar_of(None if place.commune is None else place.commune.department)
    names = phrases_in(current_language()).holidays
    days = (asked.first + timedelta(days=number) for number in range(WEEK.days))
    return {day: names.get(name, name) for day in days if (name := calendar.public_holiday(day))}


def heading_of(place: Around) -> str:
    """Say around where."""
    if place.point is None:
        return str(gettext("Les tournées du territoire"))
    return str(gettext("Passages autour %(place)s", place=near(place.words)))


def week_words(asked: PassagesRequest) -> str:
    """Say which days."""
    phrases = phrases_in(current_language())
    days = {"first": long_date(asked.first, phrases), "last": f"{long_date(asked.last, phrases)} {asked.last.year}"}
    return str(gettext("du %(first)s au %(last)s", **days))


def commune_page_of(search: Search, place: Around) -> Way | None:
    """Lead to the page of a commune of the territory."""
    here = place.commune
    if here is None or here.code not in search.book.home:
        return None
    return Way(printed(here.name), to(f"/communes/{here.slug}"))
