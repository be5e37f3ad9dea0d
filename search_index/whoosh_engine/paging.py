"""The order of answers, always complete, and the page asked for: only what stands on it is sorted."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.intp]
Key = NDArray[np.float64] | NDArray[np.int64]


def page_of(keys: Sequence[Key], *, offset: int, limit: int) -> Places:
    """Give the places of a page, where answers are sorted by several keys, ascending, the first counting most."""
    n_answers = len(keys[-1])
    end = min(offset + limit, n_answers)
    if offset >= end:
        return np.zeros(0, dtype=np.intp)
    before = _first(keys, end)
    order = np.lexsort([key[before] for key in reversed(keys)])
    return before[order][offset:]


def _first(keys: Sequence[Key], wanted: int) -> Places:
    """Find the places of so many first answers, in any order: key by key, looking only at those that are equal."""
    equal: Places = np.arange(len(keys[-1]))
    sure = []
    for key in keys:
        if len(equal) <= wanted:
            break
        values = key[equal]
        limit = np.partition(values, wanted - 1)[wanted - 1]
        less = equal[values < limit]
        sure.append(less)
        wanted -= len(less)
        equal = equal[values == limit]
    return np.concatenate((*sure, equal))
