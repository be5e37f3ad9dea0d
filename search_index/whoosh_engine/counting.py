"""How many groups have which value, for several facets at once.

A group counts once for a value however many of its documents have it. Documents of one group mostly have the same
values; only where they differ are values written out one by one.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from search_index.results import Count
from search_index.whoosh_engine.grouping import twins_among
from search_index.whoosh_engine.rows import Rows, firsts
from search_index.whoosh_engine.tags import Numbers, Table
from search_index.whoosh_engine.view import View

Whole = NDArray[np.intp]
_EMPTY = 0
"""A set of no value."""


def counts(view: View, facets: Sequence[str], rows: Rows) -> Mapping[str, tuple[Count, ...]]:
    """Count the groups that have each value of some facets, the most frequent first, then by value."""
    if not facets:
        return {}
    table = view.table(tuple(facets))
    sets = table.of_row[rows]
    found = np.zeros(len(table.values), dtype=np.intp)
    twins = twins_among(view, rows)
    if twins is not None:
        found, sets[twins] = _of_twins(table, view.group_numbers[rows[twins]], sets[twins])
    of_set = np.bincount(sets.ravel(), minlength=table.n_sets)
    found += np.bincount(table.members, weights=of_set[table.set_of_member], minlength=len(found)).astype(np.intp)
    return dict(zip(facets, _told(table, found, len(facets)), strict=True))


def _of_twins(table: Table, groups: Whole, sets: Numbers) -> tuple[Whole, Numbers]:
    """Count values where documents of a group differ; where they agree, leave the set to one of them."""
    begins = firsts(groups)
    of_row = begins.cumsum() - 1
    agrees = np.ones(sets.shape, dtype=np.bool_)
    np.logical_or(sets[1:] == sets[:-1], begins[1:, np.newaxis], out=agrees[1:])
    agrees = np.logical_and.reduceat(agrees, begins.nonzero()[0])[of_row]
    differing, facets = (~agrees).nonzero()
    values, n_values = table.members_of(sets[differing, facets])
    pairs = np.repeat(of_row[differing], n_values) * len(table.values) + values
    pairs.sort()
    found = np.bincount(pairs[firsts(pairs)] % max(len(table.values), 1), minlength=len(table.values))
    return found, np.where(agrees & begins[:, np.newaxis], sets, np.int32(_EMPTY))


def _told(table: Table, found: Whole, n_facets: int) -> list[tuple[Count, ...]]:
    present = found.nonzero()[0]
    numbers = found[present]
    order = np.lexsort((table.alphabetical[present], -numbers, table.facet_of_value[present]))
    present, numbers = present[order], numbers[order]
    told = list(map(Count, map(table.values.__getitem__, present.tolist()), numbers.tolist()))
    bounds = table.facet_of_value[present].searchsorted(np.arange(n_facets + 1)).tolist()
    return [tuple(told[start:end]) for start, end in pairwise(bounds)]
