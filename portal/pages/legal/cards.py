"""The frozen values of the legal pages: whom to ask, the declaration, the register, the map."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from flask_babel import format_date, format_percent, gettext

from portal.core.languages import Label
from portal.core.register import OfPeople, Treatment
from portal.core.text import fold
from portal.geography.communes import Commune
from portal.geography.lookup import communes
from portal.geography.territory import Accessibility, Conformity, Territory
from portal.pages.legal.rules import ABOUT, MAP_BACKGROUND, NO_THIRD_PARTY, PASSING, WAYS_IN
from portal.pages.legal.tables import EVERY_TABLE
from portal.search.results.persons import Person, person_of
from portal.vocabulary.vocabulary import Vocabulary
from portal.web.addresses import to
from portal.web.languages import current_language


@dataclass(frozen=True)
class Declaration:
    """What is declared of the accessibility of this portal."""

    body: str
    is_full: bool
    is_partial: bool
    auditor: str
    rate: str
    audited_on: str
    declared_on: str
    barriers: tuple[str, ...]
    exemptions: tuple[str, ...]
    out_of_scope: tuple[str, ...]
    environment: str
    tools: str
    pages: str
    plan: str


@dataclass(frozen=True)
class Register:
    """What is kept of people, and what only passes."""

    treatments: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    """Each with its facts: what they are called, and what they are."""
    passing: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Shelf:
    """One part of the map of the site."""

    title: str
    links: tuple[tuple[str, str], ...]


def person_to_ask(territory: Territory | None) -> Person | None:
    """Give the contact of the territory; None where no territory is installed."""
    return None if territory is None else person_of(territory.contact)


def declaration_of(territory: Territory | None) -> Declaration:
    """Say what the territory's file holds of an audit; without one, the portal is declared non-compliant."""
    said = Accessibility() if territory is None else territory.accessibility
    return Declaration(
        body=gettext("L’éditeur de ce portail") if territory is None else territory.publisher.name,
        is_full=said.conformity is Conformity.FULL,
        is_partial=said.conformity is Conformity.PARTIAL,
        auditor=said.auditor,
        rate=str(format_percent(said.rate / 100)),
        audited_on=_day(said.audited_on),
        declared_on=_day(said.declared_on),
        barriers=said.barriers,
        exemptions=said.exemptions,
        out_of_scope=said.out_of_scope,
        environment=" ; ".join(said.environment),
        tools=", ".join(said.tools),
        pages=", ".join(said.pages),
        plan=said.plan,
    )


def register_of(*, tiles_url: str) -> Register:
    """Gather what the tables say beside themselves; several tables may serve one treatment."""
    treatments = dict.fromkeys(_treatments())
    return Register(
        treatments=tuple((_said(each.name), tuple(_facts(each))) for each in treatments),
        passing=(*((_said(name), _said(words)) for name, words in PASSING), _third_party(tiles_url)),
    )


def site_plan(territory: Territory | None, vocabulary: Vocabulary) -> tuple[Shelf, ...]:
    """List every way into the site: the pages, the themes, the communes."""
    language = current_language()
    themes = [(each.label.said(language), f"/themes/{each.slug}") for each in vocabulary.shown_families]
    towns = [(each.name, f"/communes/{each.slug}") for each in _communes(territory)]
    shelves = (
        Shelf(gettext("Trouver un service"), _links((_said(name), path) for name, path in WAYS_IN)),
        Shelf(gettext("Les thèmes"), _links(themes)),
        Shelf(gettext("Les communes"), _links(sorted(towns, key=lambda town: fold(town[0])))),
        Shelf(gettext("À propos du portail"), _links((_said(name), path) for name, path in ABOUT)),
    )
    return tuple(shelf for shelf in shelves if shelf.links)


def _links(named: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, to(path)) for name, path in named)


def _communes(territory: Territory | None) -> list[Commune]:
    if territory is None:
        return []
    every = communes().communes
    return [every.at(every.row_of(code)) for code in territory.communes]


def _third_party(tiles_url: str) -> tuple[str, str]:
    name, words = MAP_BACKGROUND if tiles_url else NO_THIRD_PARTY
    return _said(name), _said(words).replace("{site}", urlsplit(tiles_url).hostname or "")


def _treatments() -> Iterator[Treatment]:
    kept = (table.REGISTER for table in EVERY_TABLE)
    return (each.treatment for each in kept if isinstance(each, OfPeople))


def _facts(treatment: Treatment) -> Iterator[tuple[str, str]]:
    for name, value in (
        (gettext("À quoi cela sert"), treatment.purpose),
        (gettext("Qui est concerné"), treatment.people),
        (gettext("Ce qui est gardé"), treatment.kept),
        (gettext("Ce qui l’autorise"), treatment.basis),
        (gettext("Qui peut le voir"), treatment.readers),
        (gettext("Combien de temps"), treatment.retention),
        (gettext("Comment l’effacer"), treatment.erasure),
    ):
        yield name, _said(value)


def _said(words: Label) -> str:
    return words.said(current_language())


def _day(day: date | None) -> str:
    return "" if day is None else str(format_date(day, "long"))
