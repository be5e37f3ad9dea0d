"""The order of answers, always complete, and the page asked for: only what may stand on it is looked at and sorted."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.intp]
Values = NDArray[np.float64] | NDArray[np.int64]
Key = Callable[[Places], Values]
"""Gives what some of the answers are sorted by, ascending."""
_SAMPLED = 16
_WORTH_SAMPLING = 1000


def page_of(keys: Sequence[Key], n_answers: int, *, offset: int, limit: int) -> Places:
    """Give the places of a page, where answers are sorted by several keys, the first counting most."""
    end = min(offset + limit, n_answers)
    if offset >= end:
        return np.zeros(0, dtype=np.intp)
    before = _first(keys, n_answers, end)
    order = np.lexsort([key(before) for key in reversed(keys)])
    return before[order][offset:]


def _first(keys: Sequence[Key], n_answers: int, wanted: int) -> Places:
    """Find the places of so many first answers, in any order: key by key, looking only at those that are equal."""
    equal: Places = np.arange(n_answers)
    sure = []
    for key in keys:
        if len(equal) <= wanted:
            break
        values = key(equal)
        limit = _smallest(values, wanted)
        less = equal[values < limit]
        sure.append(less)
        wanted -= len(less)
        equal = equal[values == limit]
    # Of answers equal in everything but the key, more may be left than are wanted; keys are never equal.
    return np.concatenate((*sure, equal))


def _smallest(values: Values, wanted: int) -> float:
    """Give the value at a place of the sorted values."""
    if len(values) > _WORTH_SAMPLING and wanted * _SAMPLED < len(values):
        # A sample tells which few values can be that small; sorting out all of them would cost ten times as much.
        sample = values[::_SAMPLED]
        place = min(wanted // _SAMPLED * 2 + 8, len(sample) - 1)
        small = values[values <= np.partition(sample, place)[place]]
        values = small if len(small) >= wanted else values
    return float(np.partition(values, wanted - 1)[wanted - 1])
