"""Sorted keys: which ones equal a text, which ones begin with it; two binary searches each."""

from typing import TYPE_CHECKING

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
        keys, sought = self._keys, key.encode()
        start = int(keys.searchsorted(sought)) if len(key) <= keys.dtype.itemsize else len(keys)
        # Most of what is asked for is no key at all: one search tells.
        if start == len(keys) or keys[start] != sought:
            return self._rows[:0]
        return self._rows[start : int(keys.searchsorted(sought, side="right"))]

    def beginning_with(self, key: str) -> "Rows":
        """Give the rows whose key begins so."""
        # A text longer than every key has no rows, and would have the whole block copied to its width.
        if len(key) > self._keys.dtype.itemsize:
            return self._rows[:0]
        start = self._keys.searchsorted(key.encode())
        end = self._keys.searchsorted((key[:-1] + chr(ord(key[-1]) + 1)).encode())
        return self._rows[start:end]
