"""The poster of a week for the notice board: as much as one sheet of A4 holds, the nearest first."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext
from markupsafe import Markup
from sqlalchemy.orm import Session

from portal.pages.passages.cards import Passage, PassageDay, by_day
from portal.pages.passages.queries import around
from portal.pages.passages.rules import PassagesRequest
from portal.pages.passages.week import found_in_week, heading_of, week_words
from portal.search.opening import Search
from portal.web.addresses import absolute, to
from portal.web.qr import qr_svg

MOST_LINES = 34
"""Lines that a sheet of A4 holds in letters one reads from a step away."""
_SIZES = ((20, "large"), (27, "medium"))
"""Lines up to which letters may be bigger."""
_LONGEST_LINE = 64


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
    """What one types to find what passes around the commune: its code, which has no accent to spell."""
    code: Markup
    """These very days as a QR code."""
    is_outside: bool
    """Whether the commune is none of the territory's, so that an empty poster says nothing."""


def poster(session: Session, search: Search, asked: PassagesRequest, *, now: datetime) -> Poster | None:
    """Choose what stands on the notice board of a commune, the nearest first; None without a place. One query."""
    place = around(search, asked)
    if place.point is None or place.commune is None:
        return None
    found = found_in_week(session, search, asked, place, now)
    kept = fitting(found, home=place.commune.code)
    days, path = by_day(kept), asked.address(now.date())
    return Poster(
        heading=heading_of(place),
        week=week_words(asked),
        days=days,
        n_more=len(found) - len(kept),
        size=_size(days),
        radius=asked.radius,
        path=path,
        address=_typed(place.commune.code, now),
        code=qr_svg(absolute(to(path)), title=gettext("Voir ces passages sur un téléphone")),
        is_outside=place.commune.code not in search.book.home,
    )


def _typed(commune: str, now: datetime) -> str:
    asked = PassagesRequest(now.date(), where=commune)
    return absolute(to(asked.address(now.date()))).partition("://")[2]


def fitting(found: tuple[Passage, ...], *, home: str) -> tuple[Passage, ...]:
    """Keep as many as one sheet holds: those of the commune first, then the nearest."""
    nearest = sorted(found, key=lambda each: (each.commune_code != home, each.metres or 0.0))
    for most in range(min(len(nearest), MOST_LINES // 2), 0, -1):
        kept = tuple(each for each in found if each in nearest[:most])
        if lines_of(by_day(kept)) <= MOST_LINES:
            return kept
    return ()


def _size(days: tuple[PassageDay, ...]) -> str:
    return next((size for most, size in _SIZES if lines_of(days) <= most), "small")


def lines_of(days: tuple[PassageDay, ...]) -> float:
    """Estimate the height of days in lines of text: a day takes one and a half, a passage two or three."""
    long = sum(len(each.link.name) + len(each.kind) > _LONGEST_LINE for day in days for each in day.passages)
    return long + sum(1.5 + 2 * len(day.passages) for day in days)
