"""The page of a week of passages and its poster, as frozen words."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from flask_babel import gettext
from markupsafe import Markup
from sqlalchemy.orm import Session

from portal.core.text import fold
from portal.hours.words.languages import phrases_in
from portal.hours.words.moments import long_date
from portal.pages.passages.cards import Passage, PassageDay, by_day, passages_of
from portal.pages.passages.queries import Around, around, passing
from portal.pages.passages.rules import FARTHEST, RADII, WEEK, PassagesRequest, monday_of
from portal.search.opening import Search
from portal.search.results.sentences import near
from portal.web.addresses import absolute, to
from portal.web.languages import current_language
from portal.web.qr import qr_svg

MOST_LINES = 34
"""Lines that a sheet of A4 holds in letters one reads from a step away."""
_SIZES = ((20, "large"), (27, "medium"))
"""Lines up to which letters may be bigger."""
_LONGEST_LINE = 64


@dataclass(frozen=True)
class Choice:
    """One value of a field."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Way:
    """A link and its words."""

    words: str
    href: str


@dataclass(frozen=True)
class PassagesPage:
    """A week of passages."""

    heading: str
    week: str
    title: str
    where: str
    """As it stands in the field."""
    semaine: str
    """The week as the form carries it on; empty for this one."""
    is_unknown: bool
    has_place: bool
    choices: tuple[Way, ...]
    days: tuple[PassageDay, ...]
    n_passages: int
    earlier: str
    """Address of the week before; empty on this week's page."""
    later: str
    radii: tuple[Choice, ...]
    themes: tuple[Choice, ...]
    path: str
    """Its French address."""
    poster: str
    diary: str
    commune: Way | None
    """The page of the commune, where it has one."""
    is_usual: bool
    """False for what search engines need not list: other weeks, other distances, single themes."""


@dataclass(frozen=True)
class Poster:
    """A sheet for the notice board: one week around one commune."""

    heading: str
    week: str
    days: tuple[PassageDay, ...]
    n_more: int
    """Passages that found no room."""
    size: str
    radius: int
    path: str
    address: str
    """What one types to find the same on a screen."""
    code: Markup
    """The same as a QR code."""


def passages_page(session: Session, search: Search, asked: PassagesRequest, *, now: datetime) -> PassagesPage:
    """Tell what passes in a week around a place. One query."""
    today, place = now.date(), around(search, asked)
    found = _found(session, search, asked, place, now)
    heading, week = _heading(place), _week(asked, today)
    usual = PassagesRequest(monday_of(today), asked.where)
    return PassagesPage(
        heading=heading,
        week=week,
        title=f"{heading}, {week}",
        where=str(asked.where),
        semaine=asked.parameters(today).get("semaine", ""),
        is_unknown=place.is_unknown,
        has_place=place.point is not None,
        choices=tuple(
            Way(
                f"{each.name} ({each.department})", _to(replace(asked, where=f"{each.name} ({each.department})"), today)
            )
            for each in place.choices
        ),
        days=by_day(found),
        n_passages=len(found),
        earlier="" if asked.monday <= monday_of(today) else _to(asked.later(-1), today),
        later="" if asked.monday >= monday_of(today) + FARTHEST * WEEK else _to(asked.later(1), today),
        radii=tuple(Choice(str(each), f"{each} km", each == asked.radius) for each in RADII),
        themes=_themes(search, asked),
        path=replace(asked, where=_name(search, place) or asked.where).address(today),
        poster=to(asked.address(today, "/passages/affiche")),
        diary=replace(asked, monday=monday_of(today)).address(today, "/passages.ics"),
        commune=_commune(search, place),
        is_usual=asked == usual,
    )


def poster(session: Session, search: Search, asked: PassagesRequest, *, now: datetime) -> Poster | None:
    """Choose what stands on the notice board of a commune, the nearest first; None without a place. One query."""
    place = around(search, asked)
    if place.point is None or place.commune is None:
        return None
    found = _found(session, search, asked, place, now)
    kept = _fitting(found, home=place.commune.code)
    days, path = by_day(kept), asked.address(now.date())
    return Poster(
        heading=_heading(place),
        week=_week(asked, now.date()),
        days=days,
        n_more=len(found) - len(kept),
        size=_size(days),
        radius=asked.radius,
        path=path,
        address=absolute(to("/passages")).partition("://")[2],
        code=qr_svg(absolute(to(path)), title=gettext("Voir ces passages sur un téléphone")),
    )


def _fitting(found: tuple[Passage, ...], *, home: str) -> tuple[Passage, ...]:
    """Keep as many as one sheet holds: those of the commune first, then the nearest."""
    nearest = sorted(found, key=lambda each: (each.commune_code != home, each.metres or 0.0))
    for most in range(min(len(nearest), MOST_LINES // 2), 0, -1):
        kept = tuple(each for each in found if each in nearest[:most])
        if _lines(by_day(kept)) <= MOST_LINES:
            return kept
    return ()


def _size(days: tuple[PassageDay, ...]) -> str:
    return next((size for most, size in _SIZES if _lines(days) <= most), "small")


def _lines(days: tuple[PassageDay, ...]) -> float:
    """Estimate the height of days in lines of text: a day takes one and a half, a passage two or three."""
    long = sum(len(each.link.name) + len(each.kind) > _LONGEST_LINE for day in days for each in day.passages)
    return long + sum(1.5 + 2 * len(day.passages) for day in days)


def _found(
    session: Session, search: Search, asked: PassagesRequest, place: Around, now: datetime
) -> tuple[Passage, ...]:
    first, last = asked.days(now.date())
    listings = passing(session, search, place, first=first, last=last, theme=asked.theme)
    coming = (each for each in listings if each.occurrence.ends_at > now)
    return passages_of(coming, vocabulary=search.vocabulary, seen_from=place.point)


def _heading(place: Around) -> str:
    if place.point is None:
        return str(gettext("Les tournées du territoire"))
    return str(gettext("Passages autour %(place)s", place=near(place.words)))


def _name(search: Search, place: Around) -> str:
    """Name a place as its one address does, however it was written; empty where none was found."""
    here = place.commune
    if here is None:
        return ""
    return here.name if here.code in search.book.home else f"{here.name} ({here.department})"


def _week(asked: PassagesRequest, today: date) -> str:
    phrases, (first, last) = phrases_in(current_language()), asked.days(today)
    if first == last:
        return str(gettext("ce %(day)s", day=f"{long_date(last, phrases)} {last.year}"))
    days = {"first": long_date(first, phrases), "last": f"{long_date(last, phrases)} {last.year}"}
    return str(gettext("du %(first)s au %(last)s", **days))


def _themes(search: Search, asked: PassagesRequest) -> tuple[Choice, ...]:
    families = search.vocabulary.shown_families
    labels = sorted(
        ((each.label.said(current_language()), each.slug) for each in families), key=lambda one: fold(one[0])
    )
    return tuple(Choice(slug, label, slug == asked.theme) for label, slug in labels)


def _commune(search: Search, place: Around) -> Way | None:
    here = place.commune
    if here is None or here.code not in search.book.home:
        return None
    return Way(here.name, to(f"/communes/{here.slug}"))


def _to(asked: PassagesRequest, today: date) -> str:
    return to(asked.address(today))
