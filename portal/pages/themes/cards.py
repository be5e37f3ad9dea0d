"""The pages of themes as frozen words."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import ngettext
from sqlalchemy.orm import Session

from portal.pages.themes.queries import PAGE, ThemeFound, theme_counts, theme_found
from portal.search.hits import hit_cards
from portal.search.listed import ListedService, listed
from portal.search.opening import Search
from portal.search.results.off_map import off_map
from portal.search.shapes import suggestion_address
from portal.vocabulary.entries import Family
from portal.web.addresses import to
from portal.web.languages import current_language


@dataclass(frozen=True)
class ThemeLink:
    """A theme or a kind of service, and how much of it there is."""

    label: str
    href: str
    count: str
    """In words; empty where there is nothing, or while nobody can count."""
    icon: str = ""
    definition: str = ""
    is_only_french: bool = False
    """Whether its definition exists in no other language."""


@dataclass(frozen=True)
class ThemePage:
    """All that the page of a theme says."""

    label: str
    slug: str
    icon: str
    definition: str
    is_only_french: bool
    """Whether its definition exists in no other language."""
    is_found: bool
    kinds: tuple[ThemeLink, ...]
    services: tuple[ListedService, ...]
    total: int
    first: int
    """Number of the first service of this page."""
    off_map: str
    """What the map cannot show; empty when it shows them all."""
    page: int
    n_pages: int
    path: str

    def address_of_page(self, number: int) -> str:
        """Lead to another page of the list."""
        return to(_path(self.slug, number))


def theme_index(search: Search) -> tuple[ThemeLink, ...]:
    """List the themes with what each holds."""
    counts, language = theme_counts(search), current_language()
    return tuple(
        ThemeLink(
            label=family.label.said(language),
            href=to(_path(family.slug)),
            count=_count(counts.get(family.code, 0)),
            icon=family.code,
            definition=family.definition.said(language),
            is_only_french=not family.definition.en,
        )
        for family in search.vocabulary.shown_families
    )


def theme_page(session: Session, search: Search, family: Family, *, page: int, now: datetime) -> ThemePage:
    """Tell what a theme holds. No query or one, two more for cards not kept."""
    found = theme_found(search, family, page)
    given = found or ThemeFound()
    services = [hit.group for hit in given.hits]
    cards = search.cards.by_public_id(session, services, visitor=None, now=now)
    hits, first = hit_cards(given.hits, cards, None), (given.page - 1) * PAGE + 1
    shown = tuple(
        listed(hit.card, hit.access_point, vocabulary=search.vocabulary, now=now, others=hit.others) for hit in hits
    )
    return ThemePage(
        label=family.label.said(current_language()),
        slug=family.slug,
        icon=family.code,
        definition=family.definition.said(current_language()),
        is_only_french=not family.definition.en,
        is_found=found is not None,
        kinds=_kinds(search, family, given),
        services=shown,
        total=given.total,
        first=first,
        off_map=off_map(shown, first=first),
        page=given.page,
        n_pages=given.n_pages,
        path=_path(family.slug, given.page),
    )


def _kinds(search: Search, family: Family, found: ThemeFound) -> tuple[ThemeLink, ...]:
    """List the kinds of a theme, those that somebody offers; the others would lead to empty lists."""
    language = current_language()
    return tuple(
        ThemeLink(
            label=concept.label.said(language),
            href=to(suggestion_address(theme=concept.code)),
            count=_count(found.by_concept[concept.code]),
        )
        for concept in search.vocabulary.concepts_of(family)
        if found.by_concept.get(concept.code)
    )


def _count(number: int) -> str:
    return str(ngettext("%(num)s service", "%(num)s services", number)) if number else ""


def _path(slug: str, page: int = 1) -> str:
    return f"/themes/{slug}" if page == 1 else f"/themes/{slug}?page={page}"
