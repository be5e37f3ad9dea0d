"""Which rows are answers: words, place, filters and time together, the cheapest first."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from search_index.distances import metres_from, vector_of
from search_index.documents import Spot
from search_index.queries import Query
from search_index.whoosh_engine.columns import Columns
from search_index.whoosh_engine.matching import Matched
from search_index.whoosh_engine.openings import YES
from search_index.whoosh_engine.rows import Floats, Mask, Rows, common, either, places_of
from search_index.whoosh_engine.view import View


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
    counted, others = frozenset(query.facets), query.filters
    for facet in others.keys() - counted:
        rows = rows[_passes(view, facet, others[facet], rows)]
    choice = _within(view, query, rows)
    passed = {facet: _passes(view, facet, others[facet], choice.rows) for facet in others.keys() & counted}
    receiving = view.openings.receiving(view.schedules(choice.rows), query.during) if query.during else None
    return replace(choice, passed=passed, receiving=receiving)


def receives(choice: Choice) -> Mask | None:
    """Tell which rows are known to receive somebody then; None when nobody asks."""
    return None if choice.receiving is None else choice.receiving == YES


def _first_rows(view: View, query: Query, matched: Matched) -> Rows:
    """Take the rows that meet the words, those that may be near, those that pass a filter, or all."""
    rows, near = matched.rows, query.near
    if near and near.radius is not None and (rows is None or len(rows) > view.n_around(near)):
        around = view.rows_around(near)
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


def _within(view: View, query: Query, rows: Rows) -> Choice:
    """Leave out what lies beyond the radius, unless it needs no visit."""
    if query.near is None:
        return Choice(rows, None, {}, None)
    distances = _metres(query.near.spot, view.columns, rows)
    choice = Choice(rows, distances, {}, None)
    if query.near.radius is None:
        return choice
    is_within = distances <= query.near.radius
    if query.remote:
        is_within |= places_of(rows, view.rows_having(query.remote))[1]
    return choice.kept(is_within)


def _metres(spot: Spot, columns: Columns, rows: Rows) -> Floats:
    """Give the whole metres to each row, endless where there is no spot."""
    metres = metres_from(vector_of(spot), np.array([columns.xs[rows], columns.ys[rows], columns.zs[rows]]))
    metres[np.isnan(metres)] = np.inf
    return metres
