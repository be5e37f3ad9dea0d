"""The families of services to begin with, each with how many services it holds."""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.search.finding import ask
from portal.search.opening import Search
from portal.search.requests import SearchRequest
from portal.search.results.addresses import page_of
from portal.vocabulary.vocabulary import Vocabulary
from portal.web.addresses import to
from portal.web.languages import current_language
from portal.web.sentences import ngettext
from search_index.engine import IndexDamaged
from search_index.queries import Query


@dataclass(frozen=True)
class Theme:
    """A family to begin with."""

    code: str
    label: str
    n_services: str
    """In words; empty when nobody can count."""
    href: str


def themes_of(vocabulary: Vocabulary, counts: Mapping[str, int], *, where: str = "") -> tuple[Theme, ...]:
    """Lay out the families; `counts` goes by slug. With a place, they lead to what is around it."""
    return tuple(
        Theme(
            code=family.code,
            label=family.label.said(current_language()),
            n_services=_counted(counts.get(family.slug, 0)),
            href=page_of(SearchRequest(where=where, theme=family.slug)) if where else to(f"/themes/{family.slug}"),
        )
        for family in vocabulary.shown_families
    )


def theme_counts(search: Search) -> Mapping[str, int]:
    """Count what each family holds in the whole directory; nothing while the index is lost."""
    try:
        facets = ask(search, Query(facets=("theme",), limit=0)).facets
    except IndexDamaged:
        search.indexing.ask_for_healing()
        return {}
    families = ((search.vocabulary.family(count.value), count.n_groups) for count in facets.get("theme", ()))
    return {family.slug: n_services for family, n_services in families if family is not None}


def _counted(n_services: int) -> str:
    said: str = ngettext("%(num)d service", "%(num)d services", n_services) if n_services else ""
    return said
