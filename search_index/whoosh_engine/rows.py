"""Sets of rows as ascending arrays, and what is done with them."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.intp]
"""Of the width indices have, so that nothing is converted when values are gathered."""
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
NO_ROWS: Rows = np.zeros(0, dtype=np.intp)
_SPARSE = 8


class Found(NamedTuple):
    """Rows that meet something, and how well."""

    rows: Rows
    scores: Floats

    @property
    def n_bytes(self) -> int:
        """Count the bytes it takes."""
        return self.rows.nbytes + self.scores.nbytes + 200


NOTHING = Found(NO_ROWS, np.zeros(0))


class Reached(NamedTuple):
    """Rows within reach, and the whole metres to each; endless to one that has no spot and needs no visit."""

    rows: Rows
    metres: Floats

    @property
    def n_bytes(self) -> int:
        """Count the bytes it takes."""
        return self.rows.nbytes + self.metres.nbytes + 200


def places_of(rows: Rows, among: Rows) -> tuple[NDArray[np.intp], Mask]:
    """Tell where rows stand among others, and which of them do."""
    places = among.searchsorted(rows)
    if not len(among):
        return places, np.zeros(len(rows), dtype=np.bool_)
    places[places == len(among)] = 0
    return places, among[places] == rows


def common(one: Rows, other: Rows) -> Rows:
    """Give the rows that stand in both."""
    fewer, more = (one, other) if len(one) <= len(other) else (other, one)
    return fewer[places_of(fewer, more)[1]]


def either(parts: Sequence[Rows]) -> Rows:
    """Give the rows that stand in any."""
    if len(parts) == 1:
        return parts[0]
    rows = np.concatenate(parts)
    rows.sort(kind="stable")
    return rows[firsts(rows)]


def firsts(ascending: NDArray[np.signedinteger]) -> Mask:
    """Mark where each run of equal numbers begins."""
    begins = np.ones(len(ascending), dtype=np.bool_)
    np.not_equal(ascending[1:], ascending[:-1], out=begins[1:])
    return begins


def best(parts: Sequence[Found], n_rows: int) -> Found:
    """Give the rows that stand in any, each with its best score."""
    if len(parts) == 1:
        return parts[0]
    if sum(len(part.rows) for part in parts) * _SPARSE > n_rows:
        return _best_dense(parts, n_rows)
    rows = np.concatenate([part.rows for part in parts])
    # Several ascending runs one after the other: a stable sort only merges them.
    order = np.argsort(rows, kind="stable")
    rows = rows[order]
    begins = np.flatnonzero(firsts(rows))
    scores = np.concatenate([part.scores for part in parts])[order]
    return Found(rows[begins], np.maximum.reduceat(scores, begins) if len(begins) else scores)


def _best_dense(parts: Sequence[Found], n_rows: int) -> Found:
    scores = np.full(n_rows, -1.0)
    for part in parts:
        scores[part.rows] = np.maximum(scores[part.rows], part.scores)
    rows = np.flatnonzero(scores >= 0)
    return Found(rows, scores[rows])
