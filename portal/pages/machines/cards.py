"""The French address of every page that the public may read and a search engine may show."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session
from werkzeug.routing import Map

from portal.core.text import fold
from portal.directory.queries.published import published_pages
from portal.directory.rules.choices import Kind
from portal.geography.communes import Commune
from portal.geography.lookup import communes
from portal.search.opening import Search
from portal.web.languages import PREFIXES

_SHELVES = {Kind.SERVICE: "services", Kind.STRUCTURE: "structures", Kind.PLACE: "lieux", Kind.TOUR: "tournees"}
_UNLISTED = frozenset({"/ma-liste", "/integrer/recherche", "/passages/affiche"})
"""Pages that are nothing without what a visitor adds to their address."""


@dataclass(frozen=True)
class PageAddress:
    """One page, by its French path, and the day its content changed last, when that is known."""

    path: str
    changed_on: date | None = None


def page_addresses(session: Session, search: Search, site: Map) -> list[PageAddress]:
    """List every page: the fixed ones, themes, communes, then all that is published."""
    fixed = [PageAddress(path) for path in fixed_paths(site)]
    themes = [PageAddress(f"/themes/{each.slug}") for each in search.vocabulary.shown_families]
    towns = [PageAddress(f"/communes/{each.slug}") for each in communes_of(search)]
    sheets = [
        PageAddress(f"/{_SHELVES[page.kind]}/{page.slug}-{page.public_id}", page.changed_on)
        for page in published_pages(session)
    ]
    return [*fixed, *themes, *towns, *sheets]


def fixed_paths(site: Map) -> list[str]:
    """List the pages whose address never varies, as they were opened: none can be forgotten."""
    opened = {rule.rule for rule in site.iter_rules() if "GET" in (rule.methods or ()) and not rule.arguments}
    return sorted(path for path in opened if _is_page(path, opened))


def communes_of(search: Search) -> Iterable[Commune]:
    """Give the communes of the territory, in alphabetical order."""
    every = communes().communes
    here = (every.at(every.row_of(code)) for code in search.book.home)
    return sorted(here, key=lambda commune: (fold(commune.name), commune.code))


def _is_page(path: str, opened: set[str]) -> bool:
    """Tell pages for people from the rest: they stand in every language."""
    in_english = PREFIXES["en"] + path
    return path not in _UNLISTED and "." not in path and in_english in opened


def in_both_languages(addresses: Iterable[PageAddress]) -> Iterator[tuple[PageAddress, str]]:
    """Give each page once for each language, with the path it has there."""
    for address in addresses:
        for prefix in PREFIXES.values():
            yield address, prefix + address.path
