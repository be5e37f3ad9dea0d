"""The order of answers, always complete, and the page asked for: only what may stand on it is looked at and sorted."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.intp]
Values = NDArray[np.float64] | NDArray[np.int64]
Key = Callable[[Places | slice], Values]
"""Gives what some of the answers, or all, are sorted by, ascending."""
_ALL = slice(None)
_SAMPLED = 16
_WORTH_SAMPLING = 1000
_FEW_MORE = 64
"""Answers beyond those wanted that are sorted by all keys sooner than told apart one key after the other."""


def page_of(keys: Sequence[Key], n_answers: int, offset: int, limit: int) -> Places:
    """Give the places of a page, where answers are sorted by several keys, the first counting most."""
    end = min(offset + limit, n_answers)
    if offset >= end:
        return np.zeros(0, dtype=np.intp)
    if n_answers <= end + _FEW_MORE:
        return np.lexsort([key(_ALL) for key in reversed(keys)])[offset:end]
    before = _first(keys, end)
    order = np.lexsort([key(before) for key in reversed(keys)])
    return before[order[offset:end]]


def _first(keys: Sequence[Key], wanted: int) -> Places:
    """Find the places of so many first answers and a few more, in any order.

    Key by key, looking only at those that are equal.
    """
    values = keys[0](_ALL)
    limit = _smallest(values, wanted)
    may = (values <= limit).nonzero()[0]
    if len(may) <= wanted + _FEW_MORE:
        return may
    less = may[values[may] < limit]
    equal, sure = may[values[may] == limit], [less]
    wanted -= len(less)
    for key in keys[1:]:
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
        sample = values[::_SAMPLED].copy()
        place = min(wanted // _SAMPLED * 2 + 8, len(sample) - 1)
        sample.partition(place)
        small = values[values <= sample[place]]
        values = small if len(small) >= wanted else values
    sorted_out = values.copy()
    sorted_out.partition(wanted - 1)
    return float(sorted_out[wanted - 1])
