"""The order of names: a number for each row that sorts like its name does."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from search_index.whoosh_engine.arrays import Block

Ranks = NDArray[np.float64]


class Names:
    """The distinct names of a segment in order, and the place of each row's name among them."""

    def __init__(self, ranks: Ranks, block: Block | None = None, distinct: Sequence[str] = ()) -> None:
        self.ranks = ranks
        self._block = block
        self._distinct = distinct

    @cached_property
    def distinct(self) -> Sequence[str]:
        """Give the names; a large segment that stands alone never needs them."""
        return self._block.texts("names") if self._block else self._distinct

    def of_rows(self, rows: NDArray[np.intp]) -> Iterator[str]:
        """Give the names of rows of a segment."""
        return (self.distinct[int(rank)] for rank in self.ranks[rows])


def names_of(rows: Iterable[str]) -> Names:
    """Put names in order."""
    named = list(rows)
    distinct = sorted(set(named))
    places = {name: float(place) for place, name in enumerate(distinct)}
    return Names(np.array([places[name] for name in named], dtype=np.float64), distinct=distinct)


def joined(parts: Sequence[Names]) -> Names:
    """Rank the rows of several segments: what the others bring goes between the names of the first."""
    first, *others = parts
    places = _places(first.distinct, sorted({name for part in others for name in part.distinct}))
    ranks = [_ranks(places, part) for part in others]
    return Names(np.concatenate([first.ranks, *ranks]))


def _ranks(places: dict[str, float], part: Names) -> Ranks:
    of_name = np.array([places[name] for name in part.distinct], dtype=np.float64)
    return of_name[part.ranks.astype(np.intp)]


def _places(known: Sequence[str], fresh: Sequence[str]) -> dict[str, float]:
    """Give each name a place among known ones: theirs, or a fraction before the next of them."""
    places: dict[str, float] = {}
    for number, name in enumerate(fresh, start=1):
        place = bisect_left(known, name)
        is_known = place < len(known) and known[place] == name
        places[name] = float(place) if is_known else place - 1 + number / (len(fresh) + 1)
    return places
