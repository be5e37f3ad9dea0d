"""What the home page says: where to begin, what passes this week, how much there is."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import chain
from typing import TypeVar

from flask_babel import format_decimal, ngettext
from sqlalchemy.orm import Session

from portal.core.languages import ENGLISH, FRENCH
from portal.directory.queries.counts import DirectoryCounts
from portal.directory.queries.occurrences import OccurrenceListing
from portal.geography.lookup import communes
from portal.pages.passages.cards import PassageDay, by_day, gathered, passages_of
from portal.pages.passages.queries import around, passing
from portal.pages.passages.rules import PassagesRequest
from portal.pages.passages.week import commune_page_of
from portal.pages.ways import Way
from portal.search.opening import Search
from portal.search.requests import SearchRequest
from portal.search.results.addresses import page_of
from portal.search.results.sentences import near
from portal.search.results.themes import Theme, theme_counts, themes_of
from portal.search.results.undoing import Step
from portal.web.addresses import to
from portal.web.languages import current_language

_AHEAD = timedelta(days=6)
_MOST_PASSAGES = 8

Kept = TypeVar("Kept")


@dataclass(frozen=True)
class Count:
    """One number of the home page and what it counts."""

    label: str
    number: str


@dataclass(frozen=True)
class Week:
    """What passes in the coming days."""

    where: str
    """The commune chosen, as it was typed."""
    near: str
    """The place, ready for "près …"; empty for the whole territory."""
    is_unknown: bool
    days: tuple[PassageDay, ...]
    more: str
    """Where all of it is."""
    commune: Way | None
    """The page of the commune chosen."""


@dataclass(frozen=True)
class Home:
    """What the home page says."""

    examples: tuple[Step, ...]
    """Questions as people ask them, in the language of the page."""
    themes: tuple[Theme, ...]
    week: Week
    counts: tuple[Count, ...]


def home_of(
    counted: DirectoryCounts, *, session: Session, search: Search, where: str, n_communes: int, now: datetime
) -> Home:
    """Gather what the home page says. One query."""
    week = _week(session, search, where, now)
    around_it = "" if week.is_unknown else where
    return Home(
        examples=tuple(
            Step(words, page_of(SearchRequest(words=words))) for words in examples(search.book.home, current_language())
        ),
        themes=themes_of(search.vocabulary, {} if around_it else theme_counts(search), where=around_it),
        week=week,
        counts=tuple(_counts(counted, n_communes)),
    )


_EXAMPLES = {
    FRENCH: (
        "nounou",
        "à",
        (
            "carte d’identité samedi",
            "médecin ouvert maintenant",
            "aide à domicile",
            "atelier informatique cette semaine",
        ),
    ),
    ENGLISH: (
        "babysitter",
        "in",
        ("ID card on Saturday", "doctor open now", "home help", "computer class this week"),
    ),
}
"""What is sought first, the word before a place, and other questions; words the search reads in each language."""


@lru_cache(maxsize=4)
def examples(home: frozenset[str], language: str) -> tuple[str, ...]:
    """Give questions that show what may be asked: a place, a day, an hour inside the words."""
    known = (communes().communes.get(code) for code in sorted(home))
    town = max((each for each in known if each is not None), key=lambda each: each.population, default=None)
    first, place, others = _EXAMPLES.get(language, _EXAMPLES[FRENCH])
    return (first if town is None else f"{first} {place} {town.name}", *others)


def _week(session: Session, search: Search, where: str, now: datetime) -> Week:
    today = now.date()
    asked = PassagesRequest(today, where=where)
    place = around(search, asked)
    listings = passing(session, search, place, first=today, last=today + _AHEAD)
    coming = varied((each for each in listings if each.occurrence.ends_at > now), _MOST_PASSAGES)
    shown = passages_of(coming, vocabulary=search.vocabulary, seen_from=place.point)
    return Week(
        where=where,
        near=near(place.words) if place.words else "",
        is_unknown=place.is_unknown,
        days=by_day(shown),
        commune=commune_page_of(search, place),
        more=to(PassagesRequest(today, "" if place.is_unknown else where).address(today)),
    )


def varied(listings: Iterable[OccurrenceListing], most: int) -> Iterator[OccurrenceListing]:
    """Choose what shows best what passes: the next of each kind, then of each service, then whatever comes; in order.

    A week told from its first hours alone would be the bread of six villages.
    """
    desks = [*gathered(listings)]
    kinds, services = set[str | None](), set[int]()
    ranks = [(_is_new(each[0].concept, kinds), _is_new(each[0].service.id, services)) for each in desks]
    chosen = sorted(range(len(desks)), key=lambda row: (*(not is_new for is_new in ranks[row]), row))[:most]
    return chain.from_iterable(desks[row] for row in sorted(chosen))


def _is_new(one: Kept, known: set[Kept]) -> bool:
    is_new = one not in known
    known.add(one)
    return is_new


def _counts(counts: DirectoryCounts, n_communes: int) -> Iterator[Count]:
    """Tell what the directory offers in the territory."""
    for number, label in (
        (counts.n_services, ngettext("service publié", "services publiés", counts.n_services)),
        (counts.n_structures, ngettext("structure", "structures", counts.n_structures)),
        (counts.n_places, ngettext("lieu d’accueil", "lieux d’accueil", counts.n_places)),
        (counts.n_tours, ngettext("tournée", "tournées", counts.n_tours)),
        (n_communes, ngettext("commune couverte", "communes couvertes", n_communes)),
    ):
        yield Count(label=label, number=format_decimal(number))
