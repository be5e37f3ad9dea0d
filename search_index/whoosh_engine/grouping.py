"""Documents of one group count once: which one stands for it.

Rows of a group are neighbours, so that groups are runs in any ascending array of rows.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from search_index.whoosh_engine.rows import Floats, Mask, Rows, firsts, places_of
from search_index.whoosh_engine.view import View

Places = NDArray[np.intp]
Groups = NDArray[np.intp]


def standing(view: View, rows: Rows, distances: Floats | None, waits: Callable[[Rows], Floats] | None) -> Mask | None:
    """Mark the row that stands for each group: the nearest, then the one that receives next, then the first.

    None when every row has a group of its own.
    """
    twins = twins_among(view, rows)
    if twins is None:
        return None
    groups, left = view.group_numbers[rows[twins]], twins
    if distances is not None:
        groups, left = _least(groups, left, distances[left])
    if waits is not None:
        groups, left = _least(groups, left, waits(rows[left]))
    stands = np.ones(len(rows), dtype=np.bool_)
    stands[twins] = False
    stands[left[firsts(groups)]] = True
    return stands


def twins_among(view: View, rows: Rows) -> Places | None:
    """Give the places of rows whose group may have several of them; None when there is none."""
    if view.has_twin is None:
        return None
    twins = view.has_twin[rows].nonzero()[0]
    return twins if len(twins) else None


def _least(groups: Groups, left: Places, values: Floats) -> tuple[Groups, Places]:
    """Keep the places at which each group has its least value."""
    begins = firsts(groups)
    least = np.minimum.reduceat(values, begins.nonzero()[0])
    stay = values == least[begins.cumsum() - 1]
    return groups[stay], left[stay]


def n_groups_without(view: View, rows: Rows, others: Rows) -> int:
    """Count the groups of rows of which none is among others."""
    groups, of_others = (_groups(view, some) for some in (rows, others))
    return len(groups) - int(np.count_nonzero(places_of(groups, of_others)[1]))


def n_groups(view: View, rows: Rows) -> int:
    """Count the groups of rows."""
    return len(rows) if view.has_twin is None else int(np.count_nonzero(firsts(view.group_numbers[rows])))


def _groups(view: View, rows: Rows) -> Places:
    groups = view.group_numbers[rows]
    return groups[firsts(groups)]
