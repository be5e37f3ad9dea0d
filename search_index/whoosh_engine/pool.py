"""Where postings wait until a segment is written: three growing arrays, sorted once at the end.

Whoosh's own pool keeps a tuple for each posting and spills runs to disk; 50,000 documents took 730 MB that way.
"""

from array import array
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray


class Pool:
    """Postings in the order in which documents bring them: rows ascend."""

    def __init__(self) -> None:
        self._numbers: dict[bytes, int] = {}
        self._terms, self._rows, self._grains = array("i"), array("i"), array("H")

    def add(self, item: tuple[str, bytes, int, float, bytes | None]) -> None:
        """Take a posting the way Whoosh says it: field, term, row, weight, value."""
        _, term, row, weight, _ = item
        self._terms.append(self._numbers.setdefault(term, len(self._numbers)))
        self._rows.append(row)
        self._grains.append(int(weight))

    def extend(self, term: str, rows: NDArray[np.int32], grains: NDArray[np.uint16]) -> None:
        """Take postings of one term."""
        number = self._numbers.setdefault(term.encode(), len(self._numbers))
        self._terms.extend([number] * len(rows))
        self._rows.frombytes(rows.tobytes())
        self._grains.frombytes(grains.tobytes())

    def sorted(self) -> tuple[list[str], NDArray[np.int64], NDArray[np.int32], NDArray[np.uint16]]:
        """Give the terms in order, how many postings each has, and the postings term after term."""
        terms = sorted(self._numbers)
        places = np.empty(len(terms), dtype=np.int32)
        places[[self._numbers[term] for term in terms]] = np.arange(len(terms), dtype=np.int32)
        of_posting = places[np.frombuffer(self._terms, dtype=np.int32)]
        order = np.lexsort((np.frombuffer(self._rows, dtype=np.int32), of_posting))
        rows = np.frombuffer(self._rows, dtype=np.int32)[order]
        grains = np.frombuffer(self._grains, dtype=np.uint16)[order]
        counts = np.bincount(of_posting, minlength=len(terms))
        return [term.decode() for term in terms], counts, rows, grains

    def iter_postings(self) -> "Pool":
        """Stand for all postings: our writer takes them in arrays."""
        return self

    def __iter__(self) -> Iterator[object]:
        """Refuse to be walked through one by one."""
        raise NotImplementedError("postings are taken as arrays")

    def cleanup(self) -> None:
        """Forget everything."""
        self.__init__()  # type: ignore[misc]  # the arrays begin anew
