"""How far rows are, and which of them lie within reach.

Most people ask from the middle of a commune, within the usual radius: the rows of a circle and their distances are
remembered like those of a word.
"""

import numpy as np

from search_index.distances import metres_from, metres_of, spot_of, square_of, squares_from, vector_of
from search_index.queries import Beside, Filters, Near
from search_index.whoosh_engine.rows import Floats, Reached, Rows, either, places_of
from search_index.whoosh_engine.view import View

_FEW = 1000
"""Rows whose distances are measured sooner than a circle is looked up in the grid."""


def circle(view: View, near: Near, remote: Filters, rows: Rows | None) -> Reached | None:
    """Give what lies within the radius or needs no visit; None when measuring the rows at hand is quicker."""
    spot, radius = near.spot, near.radius
    if radius is None or (rows is not None and (len(rows) <= _FEW or view.n_around(spot, radius) >= len(rows))):
        return None
    return view.circles.get((spot, radius, *remote.items()), lambda: _circle(view, near, radius, remote))


def _circle(view: View, near: Near, radius: float, remote: Filters) -> Reached:
    around = view.rows_around(near.spot, radius)
    rows = either([around, view.rows_having(remote)]) if remote else around
    return Reached(*within(view, near, remote, rows))


def within(view: View, near: Near, remote: Filters, rows: Rows) -> tuple[Rows, Floats]:
    """Measure distances, and leave out what lies beyond the radius, unless it needs no visit."""
    squares = squares_from(vector_of(near.spot), view.columns.vectors.take(rows, axis=1))
    if near.radius is None:
        return rows, _metres(squares)
    # What no rounding brings within the radius goes first; who has no spot goes, too.
    stay = squares <= square_of(near.radius + 1)
    if remote:
        stay |= places_of(rows, view.rows_having(remote))[1]
    rows = rows[stay]
    metres = _metres(squares[stay])
    stay = metres <= near.radius
    if remote:
        stay |= places_of(rows, view.rows_having(remote))[1]
    return rows[stay], metres[stay]


def rows_beside(view: View, beside: Beside) -> Rows:
    """Give the rows that have one of the tags, or stand near one that has; many stops share a spot."""
    tagged = view.rows_having({beside.facet: beside.values})
    metres, vectors = beside.metres, view.columns.vectors
    if metres is None:
        return tagged
    centres = np.unique(vectors.take(tagged, axis=1), axis=1)
    is_beside = np.zeros(view.columns.n_rows, dtype=np.bool_)
    for centre in centres[:, ~np.isnan(centres[0])].T:
        around = view.rows_around(spot_of(centre), metres)
        is_beside[around[metres_from(centre[:, None], vectors.take(around, axis=1)) <= metres]] = True
    return np.flatnonzero(is_beside)


def _metres(squares: Floats) -> Floats:
    metres = metres_of(squares)
    metres[np.isnan(metres)] = np.inf
    return metres
