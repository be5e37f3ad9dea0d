"""The page of a commune as frozen words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlencode

from flask_babel import format_decimal, gettext, ngettext
from markupsafe import Markup
from sqlalchemy.orm import Session

from portal.core.text import fold
from portal.directory.cards.moments import all_hold_until
from portal.directory.queries.occurrences import OccurrenceListing
from portal.directory.queries.openings import schedule_of
from portal.geography.communes import Commune
from portal.geography.distances import distance_words
from portal.geography.grammar import printed
from portal.geography.lookup import communes
from portal.hours.words import Week, week_of
from portal.pages.communes.queries import CommuneFound, FamilyFound, commune_found, neighbours_of
from portal.pages.communes.rules import town_hall_order
from portal.pages.passages.cards import Passage, PassageDay, by_day, passages_of
from portal.pages.passages.queries import Around, codes_within, passing
from portal.pages.ways import Way
from portal.search.answers import HitCard
from portal.search.contacts import ShownContact, shown_contacts
from portal.search.finding import areas_of
from portal.search.hits import hit_cards, visitor_in
from portal.search.listed import ListedService, listed
from portal.search.opening import Search
from portal.search.results.sentences import near
from portal.web.addresses import to
from portal.web.languages import current_language
from search_index.results import Hit

_REACH = 10
"""Kilometres within which what passes elsewhere is worth a journey."""
_AHEAD = timedelta(days=13)
_MOST_HERE, _MOST_NEAR = 8, 4


@dataclass(frozen=True)
class TownHall:
    """A mairie, or one of its offices."""

    service: ListedService
    contacts: tuple[ShownContact, ...]
    address: str
    week: Week | None


@dataclass(frozen=True)
class FamilyLine:
    """What a family of services offers here."""

    icon: str
    label: str
    href: str
    words: str
    """How many are here, or pass."""
    nearest: ListedService | None


@dataclass(frozen=True)
class Office:
    """An office that the people of the commune have to do with."""

    kind: str
    """Empty when its title says so already."""
    service: ListedService
    caution: str = ""
    """What to know of a near desk before going there."""


@dataclass(frozen=True)
class CommuneLink:
    """Another commune, and how far it is."""

    name: str
    href: str
    distance: str = ""


@dataclass(frozen=True)
class CommunePage:
    """All that the page of a commune says."""

    name: str
    title: str
    """With its département, because names repeat."""
    facts: str
    path: str
    search: str
    """The address of a search around here, to which a question may be added."""
    is_found: bool
    """False while the index is lost: then nothing can be said of what there is."""
    town_halls: tuple[TownHall, ...]
    families: tuple[FamilyLine, ...]
    offices: tuple[Office, ...]
    """Those in charge of the commune by their sector."""
    desks: tuple[Office, ...]
    """The nearest of the others."""
    here: tuple[PassageDay, ...]
    nearby: tuple[PassageDay, ...]
    passages: Way
    poster: str
    diary: str
    news: str
    embedding: str
    home: str
    """What town halls hand on: the week on paper, in a diary, as news; the search; the home page seen from here."""
    neighbours: tuple[CommuneLink, ...]
    until: datetime
    """When the next of it changes."""
    drawn: dict[str, Sequence[Markup]] = field(default_factory=dict, compare=False, repr=False)
    """How templates drew it."""


def commune_page(session: Session, search: Search, commune: Commune, *, now: datetime) -> CommunePage:
    """Tell what a commune offers its people. One query or two, two more for cards not kept."""
    found = commune_found(search, commune) or CommuneFound()
    hits = _Hits(session, search, commune, found.services, now)
    here, nearby, over = _passages(session, search, commune, now)
    where = urlencode({"ou": commune.name})
    town_halls = sorted(hits.shown(found.town_halls), key=lambda hit: town_hall_order(hit.card.title, commune.name))
    return CommunePage(
        name=printed(commune.name),
        title=f"{printed(commune.name)} ({commune.department_name})",
        facts=_facts(commune),
        path=address_of(commune),
        search=to(f"/recherche?{where}"),
        is_found=bool(found.families),
        town_halls=tuple(_town_hall(hit, hits, now) for hit in town_halls),
        families=tuple(_family(each, where, hits) for each in found.families),
        offices=tuple(_offices(found.offices, found, hits, search)),
        desks=tuple(_offices(found.desks, found, hits, search)),
        here=by_day(here),
        nearby=by_day(nearby),
        passages=Way(gettext("Tous les passages autour %(place)s", place=near(commune.name)), to(f"/passages?{where}")),
        poster=to(f"/passages/affiche?{where}"),
        diary=f"/passages.ics?{where}",
        news=f"/passages.atom?{where}",
        embedding=to(f"/integrer?{where}"),
        home=to(f"/?{where}"),
        neighbours=tuple(
            CommuneLink(printed(each.name), to(address_of(each)), distance_words(metres, current_language()))
            for each, metres in neighbours_of(search, commune)
        ),
        until=min(hits.until, over, key=datetime.timestamp) if found.families else now,
    )


def commune_index(search: Search) -> tuple[tuple[str, tuple[CommuneLink, ...]], ...]:
    """List the communes of the territory by their first letter, as a dictionary does."""
    known = communes().communes
    mine = sorted(
        (each for code in search.book.home if (each := known.get(code)) is not None),
        key=lambda each: (fold(each.name), each.code),
    )
    letters = dict.fromkeys(_letter(each) for each in mine)
    return tuple(
        (
            letter,
            tuple(CommuneLink(printed(each.name), to(address_of(each))) for each in mine if _letter(each) == letter),
        )
        for letter in letters
    )


def address_of(commune: Commune) -> str:
    """Give the French address of a commune's page."""
    return f"/communes/{commune.slug}"


class _Hits:
    """The cards of all that was found, read before anything else is asked of the session."""

    def __init__(
        self, session: Session, search: Search, commune: Commune, services: Sequence[int], now: datetime
    ) -> None:
        visitor = visitor_in(areas_of(search, commune.code))
        self._cards = search.cards.by_public_id(session, list(dict.fromkeys(services)), visitor=visitor, now=now)
        self._point, self._vocabulary, self._now = commune.point, search.vocabulary, now

    @property
    def until(self) -> datetime:
        """Tell until when the cards are true."""
        return all_hold_until(self._cards.values(), now=self._now)

    def shown(self, hits: Iterable[Hit]) -> tuple[HitCard, ...]:
        """Give the cards of hits; what was closed meanwhile is left out."""
        return hit_cards(tuple(hits), self._cards, self._point)

    def listed(self, hit: HitCard) -> ListedService:
        """Show one of them in a list."""
        return listed(hit.card, hit.access_point, vocabulary=self._vocabulary, now=self._now, distance=hit.distance)


def _town_hall(hit: HitCard, hits: _Hits, now: datetime) -> TownHall:
    desk = hit.access_point
    where = None if desk is None else desk.location
    told = None if desk is None or not desk.opening.opening.slots else desk.opening
    return TownHall(
        service=hits.listed(hit),
        contacts=shown_contacts((*(() if desk is None else desk.contacts), *hit.card.contacts)),
        address=""
        if where is None or not where.address
        else f"{where.address}, {where.postal_code} {printed(where.commune.name)}",
        week=None
        if told is None
        else week_of(
            schedule_of(told.opening, told.calendar), now.date(), first=now.date(), language=current_language()
        ),
    )


def _family(found: FamilyFound, where: str, hits: _Hits) -> FamilyLine:
    nearest = hits.shown(() if found.nearest is None else (found.nearest,))
    return FamilyLine(
        icon=found.family.code,
        label=found.family.label.said(current_language()),
        href=to(f"/recherche?{where}&theme={found.family.slug}"),
        words=_words(found),
        nearest=hits.listed(nearest[0]) if nearest else None,
    )


def _words(found: FamilyFound) -> str:
    told = []
    if found.n_here:
        told.append(ngettext("%(num)s service sur place", "%(num)s services sur place", found.n_here))
    if found.n_passing:
        told.append(ngettext("%(num)s service de passage", "%(num)s services de passage", found.n_passing))
    return ", ".join(told)


def _offices(some: Iterable[tuple[str, Hit]], found: CommuneFound, hits: _Hits, search: Search) -> Iterable[Office]:
    town_halls = {hit.group for hit in found.town_halls}
    for code, hit in some:
        concept = search.vocabulary.concept(code)
        for card in hits.shown((hit,)) if hit.group not in town_halls else ():
            service = hits.listed(card)
            kind = (
                ""
                if concept is None or fold(concept.label.fr) in fold(card.card.title)
                else concept.label.said(current_language())
            )
            elsewhere = (
                gettext("suit d’abord d’autres communes : téléphonez avant") if hit.is_competent is False else ""
            )
            yield Office(kind, service, elsewhere)


def _passages(
    session: Session, search: Search, commune: Commune, now: datetime
) -> tuple[tuple[Passage, ...], tuple[Passage, ...], datetime]:
    """Tell what passes here in the coming fortnight, what passes not far from here, and when the next is over."""
    today = now.date()
    place = Around(codes_within(commune.point, _REACH) | {commune.code}, commune.point, commune)
    listings = passing(session, search, place, first=today, last=today + _AHEAD)
    coming = [each for each in listings if each.occurrence.ends_at > now]
    here = [each for each in coming if each.commune.code == commune.code]
    away = [each for each in coming if each.commune.code != commune.code]

    def shown(some: list[OccurrenceListing], most: int) -> tuple[Passage, ...]:
        return passages_of(some, vocabulary=search.vocabulary, seen_from=commune.point, most=most)

    over = min((each.occurrence.ends_at for each in coming), default=now + _AHEAD)
    return shown(here, _MOST_HERE), shown(away, _MOST_NEAR), over


def _facts(commune: Commune) -> str:
    number = format_decimal(commune.population)
    people = ngettext("%(number)s habitant", "%(number)s habitants", commune.population, number=number)
    return " · ".join(filter(None, (people, ", ".join(commune.postal_codes), commune.epci_name)))


def _letter(commune: Commune) -> str:
    return fold(commune.name)[:1].upper()
