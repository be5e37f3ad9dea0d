"""Which rows are answers: words, place, filters and time together, the cheapest first."""

from collections.abc import Mapping
from functools import reduce
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from search_index.queries import Query
from search_index.whoosh_engine.matching import Matched
from search_index.whoosh_engine.openings import YES
from search_index.whoosh_engine.reaching import circle, within
from search_index.whoosh_engine.rows import Floats, Mask, Reached, Rows, places_of
from search_index.whoosh_engine.view import View


class Choice(NamedTuple):
    """Rows that meet the words and lie within reach, whatever the filters on counted facets say."""

    rows: Rows
    distances: Floats | None
    """Whole metres, endless where there is no spot; None when nobody asks."""
    passed: Mapping[str, Mask]
    """Facet that is counted and filtered -> which rows pass its filter."""
    receiving: NDArray[np.uint8] | None
    """Whether somebody is received then, as `openings` says it; None when nobody asks."""

    def kept(self, which: Mask) -> "Choice":
        """Give some of the rows."""
        return Choice(
            self.rows[which],
            None if self.distances is None else self.distances[which],
            {facet: passed[which] for facet, passed in self.passed.items()},
            None if self.receiving is None else self.receiving[which],
        )

    def passing(self, *, but: str = "") -> Mask | None:
        """Tell which rows pass the filters of all facets, but one; None when there is none."""
        masks = [passed for facet, passed in self.passed.items() if facet != but]
        return reduce(np.logical_and, masks) if masks else None


def chosen(view: View, query: Query, matched: Matched) -> Choice:
    """Choose."""
    facets, filters = query.facets, query.filters
    rows, distances = _first_rows(view, query, matched)
    for facet, values in filters.items():
        if facet not in facets:
            passes = _passes(view, facet, values, rows)
            rows, distances = rows[passes], None if distances is None else distances[passes]
    if query.near is not None and distances is None:
        rows, distances = within(view, query.near, query.remote, rows)
    passed = {facet: _passes(view, facet, values, rows) for facet, values in filters.items() if facet in facets}
    receiving = view.openings.receiving(query.during)[view.schedule_of_row[rows]] if query.during else None
    return Choice(rows, distances, passed, receiving)


def receives(choice: Choice) -> Mask | None:
    """Tell which rows are known to receive somebody then; None when nobody asks."""
    return None if choice.receiving is None else choice.receiving == YES


def _first_rows(view: View, query: Query, matched: Matched) -> tuple[Rows, Floats | None]:
    """Take the rows that meet the words, those within reach, those that pass a filter, or all.

    With those within reach come their distances.
    """
    rows = matched.rows
    reached = None if query.near is None else circle(view, query.near, query.remote, rows)
    if reached is not None:
        return reached if rows is None else _reached_of(reached, rows)
    if rows is not None:
        return rows, None
    for facet, values in query.filters.items():
        if facet not in query.facets:
            return view.rows_having({facet: values}), None
    return view.all_rows, None


def _reached_of(reached: Reached, rows: Rows) -> tuple[Rows, Floats]:
    stand = places_of(reached.rows, rows)[1]
    return reached.rows[stand], reached.metres[stand]


def _passes(view: View, facet: str, values: frozenset[str], rows: Rows) -> Mask:
    return view.sets_having(facet, values)[view.tags(facet).of_row[rows]]
