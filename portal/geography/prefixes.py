"""Sorted keys: which ones equal a text, which ones begin with it; two binary searches each."""

from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[np.intp]


class SortedKeys:
    """Keys in order, each with the row it came from; bytes in one block, because strings weigh four times as much."""

    def __init__(self, keys: list[str], rows: "Rows | None" = None) -> None:
        packed = np.array(keys, dtype="S")
        order = np.argsort(packed, kind="stable")
        self._keys = packed[order]
        self._rows = order if rows is None else rows[order]

    def equal_to(self, key: str) -> "Rows":
        """Give the rows whose key is this one."""
        return self._between(key, key, side="right")

    def beginning_with(self, key: str) -> "Rows":
        """Give the rows whose key begins so."""
        return self._between(key, key[:-1] + chr(ord(key[-1]) + 1), side="left")

    def _between(self, first: str, last: str, *, side: Literal["left", "right"]) -> "Rows":
        # A text longer than every key has no rows, and would have the whole block copied to its width.
        if len(first) > self._keys.dtype.itemsize:
            return self._rows[:0]
        start = self._keys.searchsorted(first.encode())
        end = self._keys.searchsorted(last.encode(), side=side)
        return self._rows[start:end]
