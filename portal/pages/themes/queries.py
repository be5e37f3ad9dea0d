"""What the index holds of a theme: how many services of each kind, and one page of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from portal.search.finding import ask
from portal.search.opening import Search
from portal.vocabulary.entries import Family
from search_index.engine import IndexDamaged
from search_index.queries import Query, Sort
from search_index.results import Hit

PAGE = 20


@dataclass(frozen=True)
class ThemeFound:
    """One page of the services of a theme, by name."""

    hits: tuple[Hit, ...] = ()
    total: int = 0
    page: int = 1
    by_concept: Mapping[str, int] = field(default_factory=dict)

    @property
    def n_pages(self) -> int:
        """Tell how many pages there are."""
        return -(-self.total // PAGE)


def theme_found(search: Search, family: Family, page: int) -> ThemeFound | None:
    """Find one page of a theme, the first one past the end; None while the index is lost."""
    query = Query(
        filters={"theme": frozenset({family.code})},
        facets=("concept",),
        sort=Sort.NAME,
        offset=(page - 1) * PAGE,
        limit=PAGE,
    )
    try:
        results = ask(search, query)
    except IndexDamaged:
        search.indexing.ask_for_healing()
        return None
    if results.total and not results.hits:
        return theme_found(search, family, 1)
    counts = {count.value: count.n_groups for count in results.facets.get("concept", ())}
    return ThemeFound(results.hits, results.total, page, counts)


def theme_counts(search: Search) -> Mapping[str, int]:
    """Count the services of each theme, by the code of the family."""
    try:
        facets = ask(search, Query(facets=("theme",), limit=0)).facets
    except IndexDamaged:
        search.indexing.ask_for_healing()
        return {}
    return {count.value: count.n_groups for count in facets.get("theme", ())}
