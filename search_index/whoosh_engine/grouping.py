"""Documents of one group count once: which one stands for it, and how many groups have which value.

Rows of a group are neighbours, so that groups are runs in any ascending array of rows.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from search_index.results import Count
from search_index.whoosh_engine.rows import Floats, Mask, Rows, firsts
from search_index.whoosh_engine.tags import Tags
from search_index.whoosh_engine.view import View

Places = NDArray[np.intp]


def standing(view: View, rows: Rows, distances: Floats | None, waits: Callable[[Rows], Floats] | None) -> Places | None:
    """Choose the row that stands for each group: the nearest, then the one that receives next, then the first.

    Gives the places of those rows; None when every row has a group of its own.
    """
    if not view.has_twins:
        return None
    groups = view.group_numbers[rows]
    begins = firsts(groups)
    if begins.all():
        return None
    left: Places = np.arange(len(rows))
    if distances is not None:
        left = _least(left, groups, distances)
    if waits is not None and not firsts(groups[left]).all():
        left = _least(left, groups[left], waits(rows[left]))
    return left[firsts(groups[left])]


def _least(left: Places, groups: NDArray[np.int32], values: Floats) -> Places:
    """Keep the places at which each group has its least value."""
    begins = firsts(groups)
    least = np.minimum.reduceat(values, np.flatnonzero(begins))
    kept: Places = left[values == least[np.cumsum(begins) - 1]]
    return kept


def n_groups(view: View, rows: Rows) -> int:
    """Count the groups of rows."""
    return int(np.count_nonzero(firsts(view.group_numbers[rows]))) if view.has_twins else len(rows)


def counts(view: View, tags: Tags, rows: Rows) -> tuple[Count, ...]:
    """Count the groups that have each value, the most frequent first, then by value."""
    sets = tags.of_row[rows]
    found = np.zeros(len(tags.values), dtype=np.int64)
    if view.has_twins:
        groups = view.group_numbers[rows]
        differs = firsts(groups)
        np.logical_or(differs[1:], sets[1:] != sets[:-1], out=differs[1:])
        groups, sets = groups[differs], sets[differs]
        several = _has_neighbour(groups)
        if several.any():
            found += _of_several(tags, groups[several], sets[several])
            sets = sets[~several]
    of_set = np.bincount(sets, minlength=tags.n_sets)
    found += np.bincount(tags.members, weights=of_set[tags.set_of_member], minlength=len(found)).astype(np.int64)
    return _told(tags, found)


def _has_neighbour(groups: NDArray[np.int32]) -> Mask:
    """Mark the groups that still have several rows: rows with other values each."""
    begins = firsts(groups)
    ends = np.append(begins[1:], [True]) if len(begins) else begins
    return ~(begins & ends)


def _of_several(tags: Tags, groups: NDArray[np.int32], sets: NDArray[np.int32]) -> NDArray[np.int64]:
    """Count values of groups whose rows have different ones, each value once for each group."""
    values, n_values = tags.members_of(sets)
    pairs = np.repeat(groups.astype(np.int64), n_values) * max(len(tags.values), 1) + values
    return np.bincount(np.unique(pairs) % max(len(tags.values), 1), minlength=len(tags.values))


def _told(tags: Tags, found: NDArray[np.int64]) -> tuple[Count, ...]:
    present = np.flatnonzero(found)
    order = np.lexsort((tags.alphabetical[present], -found[present]))
    numbers = present[order]
    return tuple(map(Count, map(tags.values.__getitem__, numbers.tolist()), found[numbers].tolist()))
