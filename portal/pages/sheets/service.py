"""The page of a service: everything one must know to go there, call or apply, and who says so."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from math import isinf
from typing import NamedTuple

from flask_babel import gettext, ngettext
from markupsafe import Markup
from sqlalchemy.orm import Session

from portal.core.languages import FRENCH
from portal.core.text import fold
from portal.directory.cards.moments import holds_until
from portal.directory.cards.services import service_sheet
from portal.directory.cards.values import AccessPointCard, Link, ServiceCard, ServiceSheet
from portal.directory.queries.listings import ServiceListing
from portal.directory.rules.choices import AccessPointKind, LegalNature, Status
from portal.directory.rules.names import LEGAL_NATURE_LABELS
from portal.directory.rules.sensitive import is_sensitive
from portal.geography.grammar import at_commune, printed
from portal.pages.sheets.audience import subject_of
from portal.pages.sheets.beside import Beside, SourceLine, beside_service
from portal.pages.sheets.coming import MOBILITY, WaysToCome, shown_ways, ways_to
from portal.pages.sheets.facts import Fact, comes_to, facts_of
from portal.pages.sheets.found import FoundDoor, first_of, found_door
from portal.pages.sheets.linked_data import service_described
from portal.pages.sheets.openings import dates_hold_until, is_open
from portal.pages.sheets.reaching import Reach, ShownWay, Telling, opens_in_order, shown_reach, soonest_first
from portal.pages.sheets.sharing import Sharing, sharing_of, told_of
from portal.pages.sheets.texts import Line, Prose, Speaker
from portal.search.contacts import ShownContact, shown_contacts
from portal.search.listed import Phone, commune_words, home_words, phone_of, state_of, state_words
from portal.search.opening import Search
from portal.web.addresses import to
from portal.web.audience import Subject
from portal.web.linked_data import in_script
from portal.web.simple import is_simple

_MOST_POINTS_WITH_WAYS = 3
_FOLDED_FROM = 4
"""Ways to reach a service from which each is folded under its name."""


class Step(NamedTuple):
    """A part of the way from the home page."""

    text: str
    href: str


@dataclass(frozen=True)
class ServicePage:
    """What the page of a service shows."""

    link: Link
    title: Line
    where: str
    """What tells apart sheets that bear the same name: structure and commune."""
    kind: str
    """What it is in plain words; empty when its title says so already."""
    steps: tuple[Step, ...]
    structure: Link
    is_its_structure: bool
    """Whether it bears the name of its structure, which then need not be said again."""
    legal_nature: str
    summary: Line
    phone: Phone | None
    online_url: str
    facts: tuple[Fact, ...]
    description: Prose
    documents: Prose
    eligibility: Prose
    reaches: tuple[Reach, ...]
    address: str
    """Where one goes, when there is one place."""
    comes_to: str
    """To whose homes it comes, where it does."""
    found: FoundDoor | None
    """The one somebody came for, where there are several."""
    open_now: str
    """How many of several desks are open, or which opens next; empty when there is one."""
    contacts: tuple[ShownContact, ...]
    freshness: str
    is_overdue: bool
    sources: tuple[SourceLine, ...]
    sharing: Sharing | None
    """None where handing the sheet on could put somebody in danger."""
    copied: str
    """What somebody is told of it in a note: name, place, hours, contacts."""
    is_sensitive: bool
    language_note: str
    """What is to be said of texts that are not in the language of the page."""
    described: Markup
    """What search engines are told."""
    about: Subject
    """What counts of visits are told."""
    until: datetime
    """When the next of it changes."""
    drawn: dict[str, Sequence[Markup]] = field(default_factory=dict, compare=False, repr=False)
    """How templates drew it."""

    @property
    def is_folded(self) -> bool:
        """Tell whether the ways to reach it are too many to stand open."""
        return len(self.reaches) >= _FOLDED_FROM

    @property
    def is_reached_at_once(self) -> bool:
        """Tell whether one may call or apply from the top of the page."""
        return bool(self.phone or self.online_url)

    @property
    def journeys(self) -> tuple[Reach, ...]:
        """Give the ways that lead to a place, to be told after what must be known; folded ones tell it inside."""
        return () if self.is_folded else tuple(reach for reach in self.reaches if reach.leads_somewhere)


class _Doors(NamedTuple):
    """The ways to reach a service: in the order they open, as they are shown, and the one somebody came for."""

    points: list[AccessPointCard]
    reaches: tuple[Reach, ...]
    found: FoundDoor | None

    @property
    def door(self) -> str:
        """Give the public id of the one somebody came for; nothing where they came for none."""
        return "" if self.found is None else self.reaches[0].public_id

    def phone(self, card: ServiceCard) -> Phone | None:
        """Give the number to call; the one that stood in the list is the one that stands here."""
        own = (line for point in self.points if point.public_id == self.door for line in point.contacts)
        return phone_of((*own, *card.contacts, *(line for point in self.points for line in point.contacts)))


def service_page(
    session: Session, listing: ServiceListing, *, search: Search, telling: Telling, asked: str = ""
) -> ServicePage:
    """Make the page of a published service, beginning with the way to reach it that was asked for.

    One query beside the listing.
    """
    sheet = service_sheet(listing, now=telling.now)
    points = soonest_first(sheet.card.access_points)
    shown = first_of(points, (point for point in points if point.public_id == asked))
    found = _ways(search, sheet.card, shown)
    beside = beside_service(
        session,
        listing.service.id,
        language=telling.language,
        stops=[hit.key for each in found.values() for hit in each.stops],
        on_demand=[hit.group for each in found.values() for hit in each.on_demand],
    )
    ways = {point: shown_ways(each, beside.ways) for point, each in found.items()}
    reaches = tuple(_reach(point, sheet.card, telling, ways.get(point.public_id, ())) for point in shown)
    page = _page(sheet, beside, _Doors(points, reaches, found_door(reaches, asked)), telling)
    # A door that is none of its own makes no other page of it: that one is not worth keeping.
    is_own = any(point.public_id == asked for point in points)
    return page if is_own or not asked else replace(page, until=telling.now)


def _reach(point: AccessPointCard, card: ServiceCard, telling: Telling, ways: tuple[ShownWay, ...]) -> Reach:
    """Show one way to reach a service, in the words that lists have for its kind."""
    opening = replace(point.opening, state=state_of(point.opening.state, card.concepts))
    reach = shown_reach(replace(point, opening=opening), telling, ways=ways)
    if point.kind is AccessPointKind.HOME:
        return replace(reach, name=home_words(card.concepts))
    if reach.place and reach.place.link and fold(reach.name) == fold(card.title):
        return replace(reach, name=", ".join(reach.place.address), is_address=True)
    return reach


def _page(
    sheet: ServiceSheet,
    beside: Beside,
    doors: _Doors,
    telling: Telling,
) -> ServicePage:
    card, speaker = sheet.card, Speaker(telling.language, beside.translations)
    points, reaches = doors.points, doors.reaches
    title, hides = speaker.line("title", card.title), is_sensitive(card.concepts)
    phone = doors.phone(card)
    contacts = shown_contacts(card.contacts)
    told = told_of(title.text, "" if phone is None else phone.shown, reaches, contacts)
    return ServicePage(
        link=Link(card.public_id, card.slug, card.title),
        title=title,
        where=" · ".join(_where(card, points, has_namesake=beside.has_namesake)),
        kind=_kind(card, telling),
        steps=tuple(_steps(card, telling)),
        structure=card.structure,
        is_its_structure=fold(card.structure.name) == fold(card.title),
        legal_nature=_legal_nature(sheet, telling.language),
        summary=speaker.line("summary", card.summary),
        phone=phone,
        online_url=card.online_url if card.online_url.startswith(("https://", "http://")) else "",
        facts=facts_of(sheet, speaker, telling),
        description=speaker.prose("description", sheet.description),
        documents=speaker.items("documents", sheet.documents),
        eligibility=speaker.prose("eligibility", sheet.eligibility),
        reaches=reaches,
        address=_address(reaches),
        comes_to=comes_to(sheet, telling.language),
        found=doors.found,
        open_now=_open_now(points, telling),
        contacts=contacts,
        freshness=(card.freshness.plain if is_simple() else card.freshness.sentence).said(telling.language),
        is_overdue=card.freshness.is_overdue,
        sources=beside.sources,
        sharing=None if hides else sharing_of(card.public_id, told, door=doors.door),
        copied=told.copied,
        is_sensitive=hides,
        language_note=_language_note(sheet, speaker),
        described=in_script(service_described(sheet, points, telling)),
        about=subject_of(((card, point) for point in points), telling.vocabulary),
        until=_until(card, telling.now),
    )


def _until(card: ServiceCard, now: datetime) -> datetime:
    """Tell until when the page of a service is true."""
    dated = [point.opening for point in card.access_points if point.kind is AccessPointKind.TOUR_STOP]
    ends = (holds_until(card, now=now), dates_hold_until(dated, now=now))
    return min((end for end in ends if end is not None), key=datetime.timestamp)


def _legal_nature(sheet: ServiceSheet, language: str) -> str:
    is_told = sheet.legal_nature is not LegalNature.UNKNOWN
    return LEGAL_NATURE_LABELS[sheet.legal_nature].said(language) if is_told else ""


def _ways(search: Search, card: ServiceCard, points: Iterable[AccessPointCard]) -> Mapping[str, WaysToCome]:
    """Look for ways to come, by access point; a bus line needs none to its own stops."""
    if any(code.startswith(MOBILITY) for code in card.concepts):
        return {}
    located = [(point, point.location) for point in points if point.location is not None]
    return {
        point.public_id: ways_to(search, where.point, commune=where.commune.code)
        for point, where in located[:_MOST_POINTS_WITH_WAYS]
        if where.point is not None
    }


def _where(card: ServiceCard, points: list[AccessPointCard], *, has_namesake: bool) -> Iterable[str]:
    if fold(card.structure.name) not in fold(card.title):
        yield card.structure.name
    communes = {commune_words(point.location.commune) for point in points if point.location is not None}
    if len(communes) == 1:
        yield communes.pop()
    if has_namesake:
        yield gettext("fiche %(id)s", id=card.public_id)


def _kind(card: ServiceCard, telling: Telling) -> str:
    concept = telling.vocabulary.concept(card.concepts[0]) if card.concepts else None
    words = "" if concept is None else concept.label.said(telling.language)
    return "" if fold(words) in fold(card.title) else words


def _steps(card: ServiceCard, telling: Telling) -> Iterable[Step]:
    concept = telling.vocabulary.concept(card.concepts[0]) if card.concepts else None
    family = None if concept is None else telling.vocabulary.family(concept.family)
    if concept is not None and family is not None:
        yield Step(family.label.said(telling.language), to(f"/themes/{family.slug}"))
        yield Step(concept.label.said(telling.language), to(f"/recherche?theme={concept.code}"))


def _address(reaches: tuple[Reach, ...]) -> str:
    places = [reach.place for reach in reaches if reach.place is not None]
    return ", ".join(places[0].address) if len(places) == 1 else ""


def _open_now(points: list[AccessPointCard], telling: Telling) -> str:
    """Say how many of several desks are open; when none is, which one opens next, and where."""
    if len(points) < 2:  # noqa: PLR2004 - one desk says it itself
        return ""
    n_open = sum(is_open(point.opening) for point in points)
    if n_open:
        return str(ngettext("%(num)s accueil ouvert en ce moment", "%(num)s accueils ouverts en ce moment", n_open))
    return _next_opening(points[0], telling) or str(gettext("Aucun accueil ouvert en ce moment"))


def _next_opening(point: AccessPointCard, telling: Telling) -> str:
    opening = point.opening
    if isinf(opens_in_order(point)):
        return ""
    here = telling.now.astimezone(opening.calendar.time_zone)
    passes_by = point.kind is AccessPointKind.TOUR_STOP
    state = state_words(opening.state, here, telling.language, passes_by=passes_by)
    if point.location is None:
        return state
    name = printed(point.location.commune.name)
    where = at_commune(name) if telling.language == FRENCH else name
    return str(gettext("%(state)s %(at_commune)s", state=state, at_commune=where))


def _language_note(sheet: ServiceSheet, speaker: Speaker) -> str:
    if speaker.language == FRENCH:
        return ""
    card = sheet.card
    written = {"summary": card.summary, "description": sheet.description, "documents": sheet.documents}
    missing = [name for name, text in written.items() if text and name not in speaker.translations]
    if missing and not speaker.translations:
        return str(gettext("Les textes de cette fiche n’existent qu’en français."))
    if missing:
        return str(gettext("Une partie de cette fiche n’existe qu’en français."))
    if speaker.has_machine_words:
        return str(gettext("Traduction automatique : le texte français fait foi."))
    return ""


def is_published(listing: ServiceListing) -> bool:
    """Tell whether the public sees it; a closed service has another page."""
    return listing.service.status is Status.PUBLISHED
