"""Which rows are answers: words, place, filters and time together, the cheapest first."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search_index.distances import metres_of, square_of, squares_from, vector_of
from search_index.queries import Filters, Near, Query
from search_index.whoosh_engine.matching import Matched
from search_index.whoosh_engine.openings import YES
from search_index.whoosh_engine.rows import Floats, Mask, Rows, common, either, places_of
from search_index.whoosh_engine.view import View

_FEW = 1000
"""Rows whose distances are measured sooner than a circle is looked up in the grid."""


@dataclass(frozen=True, eq=False)
class Choice:
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
        return np.logical_and.reduce(masks) if masks else None


def chosen(view: View, query: Query, matched: Matched) -> Choice:
    """Choose."""
    rows = _first_rows(view, query, matched)
    counted, filters = frozenset(query.facets), query.filters
    for facet in filters.keys() - counted:
        rows = rows[_passes(view, facet, filters[facet], rows)]
    rows, distances = (rows, None) if query.near is None else _within(view, query.near, query.remote, rows)
    passed = {facet: _passes(view, facet, filters[facet], rows) for facet in filters.keys() & counted}
    receiving = view.openings.receiving(query.during)[view.schedule_of_row[rows]] if query.during else None
    return Choice(rows, distances, passed, receiving)


def receives(choice: Choice) -> Mask | None:
    """Tell which rows are known to receive somebody then; None when nobody asks."""
    return None if choice.receiving is None else choice.receiving == YES


def _first_rows(view: View, query: Query, matched: Matched) -> Rows:
    """Take the rows that meet the words, those that may be near, those that pass a filter, or all."""
    rows, near = matched.rows, query.near
    if near and near.radius is not None and (rows is None or len(rows) > _FEW):
        around = view.rows_around(near.spot, near.radius, fewer_than=None if rows is None else len(rows))
        if around is not None:
            around = either([around, view.rows_having(query.remote)]) if query.remote else around
            return around if rows is None else common(rows, around)
    if rows is not None:
        return rows
    counted = frozenset(query.facets)
    for facet, values in query.filters.items():
        if facet not in counted:
            return view.rows_having({facet: values})
    return view.all_rows


def _passes(view: View, facet: str, values: frozenset[str], rows: Rows) -> Mask:
    return view.sets_having(facet, values)[view.tags(facet).of_row[rows]]


def _within(view: View, near: Near, remote: Filters, rows: Rows) -> tuple[Rows, Floats]:
    """Measure distances, and leave out what lies beyond the radius, unless it needs no visit."""
    squares = squares_from(vector_of(near.spot), view.columns.vectors.take(rows, axis=1))
    if near.radius is not None:
        # What no rounding brings within the radius goes first; who has no spot goes, too.
        stay = squares <= square_of(near.radius + 1)
        if remote:
            stay |= places_of(rows, view.rows_having(remote))[1]
        rows, squares = rows[stay], squares[stay]
    metres = metres_of(squares)
    metres[np.isnan(metres)] = np.inf
    if near.radius is None or not (is_beyond := metres > near.radius).any():
        return rows, metres
    if remote:
        is_beyond &= ~places_of(rows, view.rows_having(remote))[1]
    return rows[~is_beyond], metres[~is_beyond]
