"""The page of a week of passages as frozen words."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from markupsafe import Markup
from sqlalchemy.orm import Session

from portal.pages.passages import choices
from portal.pages.passages.cards import PassageDay, by_day
from portal.pages.passages.queries import Around, around
from portal.pages.passages.rules import FARTHEST, WEEK, PassagesRequest
from portal.pages.passages.week import commune_page_of, found_in_week, heading_of, holidays_in_week, week_words
from portal.pages.ways import Choice, Way
from portal.search.opening import Search
from portal.web.addresses import absolute, to


@dataclass(frozen=True)
class PassagesPage:
    """A week of passages."""

    heading: str
    week: str
    where: str
    """As it stands in the field."""
    semaine: str
    """The days as the form carries them on; empty for those from today on."""
    is_unknown: bool
    has_place: bool
    choices: tuple[Way, ...]
    days: tuple[PassageDay, ...]
    n_passages: int
    earlier: str
    """Address of the seven days before; empty when they have passed."""
    later: str
    radii: tuple[Choice, ...]
    themes: tuple[Choice, ...]
    path: str
    """Its French address."""
    poster: str
    diary: str
    subscription: str
    """The same for programs that keep diaries, which open it and come back to it."""
    news: str
    commune: Way | None
    """The page of the commune, where it has one."""
    is_usual: bool
    """False for what search engines need not list: other weeks, other distances, single themes."""
    until: datetime
    """When the next of it changes."""
    drawn: dict[str, Sequence[Markup]] = field(default_factory=dict, compare=False, repr=False)
    """How templates drew it."""


def passages_page(session: Session, search: Search, asked: PassagesRequest, *, now: datetime) -> PassagesPage:
    """Tell what passes in a week around a place. Three queries."""
    today, place = now.date(), around(search, asked)
    found, until = found_in_week(session, search, asked, place, now)
    heading, week = heading_of(place), week_words(asked)
    usual = PassagesRequest(today, asked.where)
    # A diary refuses a name that a page may guess.
    where = place.commune.code if place.is_guessed and place.commune is not None else asked.where
    followed = replace(asked, first=today, where=where)
    diary = followed.address(today, "/passages.ics")
    return PassagesPage(
        heading=heading,
        week=week,
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
        days=by_day(found, holidays_in_week(asked, place)),
        n_passages=len(found),
        earlier="" if asked.first <= today else _to(replace(asked, first=max(asked.later(-1).first, today)), today),
        later="" if asked.later(1).first > today + FARTHEST * WEEK else _to(asked.later(1), today),
        radii=choices.radii(asked),
        themes=choices.themes(search.vocabulary, asked),
        path=replace(asked, where=_name(search, place) or asked.where).address(today),
        poster=to(asked.address(today, "/passages/affiche")),
        diary=diary,
        subscription=f"webcal://{absolute(diary).partition('://')[2]}",
        news=followed.address(today, "/passages.atom"),
        commune=commune_page_of(search, place),
        is_usual=asked == usual,
        # Words that name no place are as many as visitors: what they bring is not worth keeping.
        until=now if place.is_unknown else until,
    )


def _name(search: Search, place: Around) -> str:
    """Name a place as its one address does, however it was written; empty where none was found."""
    here = place.commune
    if here is None:
        return ""
    return here.name if here.code in search.book.home else f"{here.name} ({here.department})"


def _to(asked: PassagesRequest, today: date) -> str:
    return to(asked.address(today))
