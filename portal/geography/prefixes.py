"""Sorted keys: which ones equal a text, which ones begin with it; two binary searches each."""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[np.intp]

_LAST = b"\x7f"
"""Sorts after every letter a key may hold."""


class SortedKeys:
    """Keys in order, each with the row it came from; bytes in one block, because strings weigh four times as much."""

    def __init__(self, keys: list[str], rows: "Rows | None" = None) -> None:
        packed = np.array(keys, dtype="S")
        order = np.argsort(packed, kind="stable")
        self._keys = packed[order]
        self._rows = order if rows is None else rows[order]

    def equal_to(self, key: str) -> "Rows":
        """Give the rows whose key is this one."""
        packed = key.encode()
        return self._between(packed, self._keys.searchsorted(packed, side="right"))

    def beginning_with(self, key: str) -> "Rows":
        """Give the rows whose key begins so."""
        packed = key.encode()
        return self._between(packed, self._keys.searchsorted(packed + _LAST))

    def _between(self, first: bytes, last: np.intp) -> "Rows":
        return self._rows[self._keys.searchsorted(first) : last]
