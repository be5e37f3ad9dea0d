"""The poster of a week for the notice board: as much as one sheet of A4 holds, or two, the nearest first."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import NamedTuple

from flask_babel import gettext
from markupsafe import Markup
from sqlalchemy.orm import Session

from portal.core.text import cut, fold
from portal.hours.words import date_in_words
from portal.pages.passages import choices
from portal.pages.passages.cards import Passage, PassageDay, by_day
from portal.pages.passages.queries import around
from portal.pages.passages.rules import MOST_SHEETS, PassagesRequest, poster_week
from portal.pages.passages.week import found_in_week, heading_of, holidays_in_week, week_words
from portal.pages.ways import Choice
from portal.search.opening import Search
from portal.search.results.sentences import theme_name
from portal.web.addresses import absolute, to
from portal.web.languages import current_language
from portal.web.qr import qr_svg


class Size(NamedTuple):
    """How big the letters of a sheet of A4 may be."""

    name: str
    most_lines: int
    longest_line: int
    """Letters in a line, beside the times."""
    n_columns: int = 1


SIZES = (
    Size("largest", 24, 36),
    Size("large", 29, 42),
    Size("medium", 33, 48),
    Size("small", 39, 56),
    Size("columns", 102, 37, n_columns=2),
)
"""From the biggest on; the smallest, in two columns, is still read from a step away."""
_LONGEST_MORE = 150
_SHORT_WORD = 3
"""Letters of words that tell nothing: articles and the like."""


@dataclass(frozen=True)
class Poster:
    """A sheet for the notice board: one week around one commune."""

    heading: str
    week: str
    theme: str
    """Name of the one theme it is about; empty for all."""
    days: tuple[PassageDay, ...]
    n_passages: int
    n_more: int
    """Passages that found no room."""
    more: str
    """What they are, as far as a line goes."""
    n_sheets: int
    sheets: tuple[Choice, ...]
    """On how many sheets it may stand."""
    other_sheets: str
    """Address of the same on as many sheets as there may be; empty when it is."""
    size: str
    radius: int
    where: str
    """The commune as the form carries it on."""
    weeks: tuple[Choice, ...]
    radii: tuple[Choice, ...]
    themes: tuple[Choice, ...]
    path: str
    address: str
    """What one types to find what passes around the commune: its code, which has no accent to spell."""
    code: Markup
    """These very days as a QR code."""
    printed_on: str
    is_outside: bool
    """Whether the commune is none of the territory's, so that an empty poster says nothing."""
    until: datetime
    """When the next of it changes."""
    drawn: dict[str, Sequence[Markup]] = field(default_factory=dict, compare=False, repr=False)
    """How templates drew it."""


def poster(session: Session, search: Search, asked: PassagesRequest, *, now: datetime) -> Poster | None:
    """Choose what stands on the notice board of a commune, the nearest first; None without a place. Three queries."""
    place, today = around(search, asked), now.date()
    if place.point is None or place.commune is None:
        return None
    found, until = found_in_week(session, search, asked, place, now, calls_all=True)
    holidays = holidays_in_week(asked, place)
    found = tuple(map(_in_few_words, found))
    kept = fitting(found, holidays, home=place.commune.code, n_sheets=asked.sheets)
    days, path = laid_out(kept, holidays), replace(asked, sheets=1).address(today)
    return Poster(
        heading=heading_of(place),
        week=week_words(asked),
        theme=theme_name(asked.theme, search.vocabulary) if asked.theme else "",
        days=days,
        n_passages=len(kept),
        n_more=len(found) - len(kept),
        more=_names({*found} - {*kept}, but={each.link.name for each in kept}),
        n_sheets=asked.sheets,
        sheets=choices.sheets(asked),
        other_sheets=_on_more_sheets(asked, today),
        size=(size_for(days, n_sheets=asked.sheets) or SIZES[-1]).name,
        radius=asked.radius,
        where=str(asked.where),
        weeks=choices.weeks(asked, today),
        radii=choices.radii(asked),
        themes=choices.themes(search.vocabulary, asked),
        path=path,
        address=_typed(place.commune.code, now),
        code=qr_svg(absolute(to(path)), title=gettext("Voir ces passages sur un téléphone")),
        printed_on=date_in_words(today, current_language()),
        is_outside=place.commune.code not in search.book.home,
        until=until,
    )


def _typed(commune: str, now: datetime) -> str:
    asked = PassagesRequest(now.date(), where=commune)
    return absolute(to(asked.address(now.date()))).partition("://")[2]


def _on_more_sheets(asked: PassagesRequest, today: date) -> str:
    if asked.sheets == MOST_SHEETS:
        return ""
    return to(replace(asked, sheets=MOST_SHEETS).address(poster_week(today), "/passages/affiche"))


def _in_few_words(passage: Passage) -> Passage:
    """Keep the first words of what it is, unless its name says so: "Bibliothèque, médiathèque" fills a line."""
    kind = passage.kind.partition(",")[0]
    told = {*fold(passage.link.name).split()}
    says_so = all(word in told for word in fold(kind).split() if len(word) > _SHORT_WORD)
    return replace(passage, kind="" if says_so else kind)


def _names(left: Iterable[Passage], *, but: Collection[str]) -> str:
    """Name what found no room, the nearest first; what stands elsewhere on the sheet only for want of others."""
    nearest = sorted(left, key=lambda each: (each.link.name in but, each.metres or 0.0, each.link.name))
    return cut(", ".join(dict.fromkeys(each.link.name for each in nearest)), _LONGEST_MORE)


def fitting(
    found: tuple[Passage, ...],
    holidays: Mapping[date, str] = MappingProxyType({}),
    *,
    home: str,
    n_sheets: int = 1,
) -> tuple[Passage, ...]:
    """Keep as many as the sheets hold: services before trade, those of the commune first, then the nearest."""
    nearest = sorted(range(len(found)), key=lambda row: _rank(found[row], home))
    fits, exceeds, kept = 0, len(found) + 1, tuple[Passage, ...]()
    while exceeds - fits > 1:
        most = (fits + exceeds) // 2
        tried = tuple(found[row] for row in sorted(nearest[:most]))
        if size_for(laid_out(tried, holidays), n_sheets=n_sheets) is not None:
            fits, kept = most, tried
        else:
            exceeds = most
    return kept


def _rank(passage: Passage, home: str) -> tuple[bool, bool, float]:
    return passage.is_trade, passage.commune_code != home, passage.metres or 0.0


def laid_out(
    passages: Iterable[Passage], holidays: Mapping[date, str] = MappingProxyType({})
) -> tuple[PassageDay, ...]:
    """Group passages by day, and days on which the very same passes under one heading."""
    days: dict[object, PassageDay] = {}
    for day in by_day(passages, holidays):
        same = day.holiday, tuple(replace(each, day=date.min) for each in day.passages)
        known = days.get(same)
        days[same] = day if known is None else replace(known, name=f"{known.name}\n{day.name}")
    return tuple(replace(day, name=_listed(day.name.split("\n"))) for day in days.values())


def _listed(names: list[str]) -> str:
    """Say days one after the other."""
    if len(names) == 1:
        return names[0]
    return str(gettext("%(first)s et %(last)s", first=", ".join(names[:-1]), last=names[-1]))


def size_for(days: tuple[PassageDay, ...], *, n_sheets: int = 1) -> Size | None:
    """Give the biggest letters in which days stand on one sheet, or on several; None when they are too many."""
    return next((size for size in SIZES if lines_of(days, size) <= size.most_lines * n_sheets), None)


def lines_of(days: Iterable[PassageDay], size: Size) -> float:
    """Estimate the height of days in lines of text: a day takes one and a half, a passage two or more."""
    return sum(_lines_of(day, size) for day in days)


def _lines_of(day: PassageDay, size: Size) -> float:
    heading = 1.5 + (len(day.name) + len(day.holiday)) // size.longest_line
    return heading + (sum(_lines_of_passage(each, size) for each in day.passages) if day.passages else 1)


def _lines_of_passage(passage: Passage, size: Size) -> int:
    phone, longest = "" if passage.phone is None else passage.phone.shown, size.longest_line
    # In two columns the times stand in the line of the name.
    times = len(passage.times) + 2 if size.n_columns > 1 else 0
    what = times + len(passage.link.name) + len(passage.kind)
    where = sum(map(len, (passage.place, passage.town, passage.remark, passage.reason, phone)))
    return 2 + what // longest + where // longest
