"""Values that documents have several of (tags of a facet, areas): rows share few distinct sets of values.

Each row has the number of its set; a filter is looked up once for each set and then gathered, a count is taken for
each set and then handed to its values. Set 0 is empty.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from search_index.whoosh_engine.arrays import Array, Block

Numbers = NDArray[np.int32]
Mask = NDArray[np.bool_]


class Tags:
    """The sets of values of one facet, for the rows of a segment or of all of them."""

    def __init__(self, of_row: Numbers, ends: Numbers, members: Numbers, values: Sequence[str]) -> None:
        self.of_row = of_row
        """The set of each row."""
        self.ends = ends
        self.members = members
        """Numbers of values, set after set."""
        self.values = values
        self.n_sets = len(ends)

    @cached_property
    def set_of_member(self) -> Numbers:
        """Give the set each member stands in."""
        return np.repeat(np.arange(self.n_sets, dtype=np.int32), np.diff(self.ends, prepend=0))

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """Give the number of each value."""
        return {value: number for number, value in enumerate(self.values)}

    @cached_property
    def sets(self) -> Mapping[tuple[int, ...], int]:
        """Give the number of each set."""
        parts = np.split(self.members, self.ends[:-1])
        return {tuple(part.tolist()): number for number, part in enumerate(parts)}

    def having(self, values: Iterable[str]) -> Mask:
        """Tell which sets have one of these values."""
        wanted = [self.numbers[value] for value in values if value in self.numbers]
        is_wanted = np.zeros(len(self.values), dtype=np.bool_)
        is_wanted[wanted] = True
        found = np.zeros(self.n_sets, dtype=np.bool_)
        found[self.set_of_member[is_wanted[self.members]]] = True
        return found

    @cached_property
    def alphabetical(self) -> NDArray[np.int64]:
        """Give the place of each value in the alphabet."""
        places = np.empty(len(self.values), dtype=np.int64)
        places[sorted(range(len(self.values)), key=self.values.__getitem__)] = np.arange(len(self.values))
        return places

    def taken(self, rows: NDArray[np.intp]) -> "Tags":
        """Give the tags of some rows."""
        return Tags(self.of_row[rows], self.ends, self.members, self.values)

    @property
    def is_filled(self) -> Mask:
        """Tell which sets have any value at all."""
        filled: Mask = np.diff(self.ends, prepend=0) > 0
        return filled


class Table:
    """Several facets side by side, so that they are counted in one go."""

    def __init__(self, facets: Sequence[Tags]) -> None:
        counts = [tags.n_sets for tags in facets]
        offsets = [sum(counts[:place]) for place in range(len(counts))]
        n_values = [len(tags.values) for tags in facets]
        first_values = [sum(n_values[:place]) for place in range(len(n_values))]
        self.of_row = np.stack([tags.of_row + offset for tags, offset in zip(facets, offsets, strict=True)], axis=1)
        """For each row, a set of each facet; sets and values of all facets have numbers of their own."""
        self.n_sets = sum(counts)
        self.members = np.concatenate(
            [tags.members + first for tags, first in zip(facets, first_values, strict=True)]
        ).astype(np.intp)
        self.n_members = np.concatenate([np.diff(tags.ends, prepend=0) for tags in facets])
        self._ends = np.cumsum(self.n_members)
        self.set_of_member = np.repeat(np.arange(self.n_sets), self.n_members)
        self.values = [value for tags in facets for value in tags.values]
        self.alphabetical = np.concatenate([tags.alphabetical for tags in facets])
        self.facet_of_value = np.repeat(np.arange(len(facets)), n_values)

    def members_of(self, sets: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Give the values of sets, one set after the other, and how many each has."""
        counts = self.n_members[sets]
        ends = counts.cumsum()
        within = np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - counts, counts)
        return self.members[np.repeat(self._ends[sets] - counts, counts) + within], counts


def tags_of(rows: Iterable[Iterable[str]]) -> Tags:
    """Give each row the number of its set."""
    numbers: dict[str, int] = {}
    sets: dict[tuple[int, ...], int] = {(): 0}
    of_row = [
        sets.setdefault(tuple(sorted({numbers.setdefault(value, len(numbers)) for value in row})), len(sets))
        for row in rows
    ]
    return Tags(np.array(of_row, dtype=np.int32), *_flat(sets), list(numbers))


def _flat(sets: Iterable[tuple[int, ...]]) -> tuple[Numbers, Numbers]:
    listed = list(sets)
    ends = np.cumsum([len(members) for members in listed], dtype=np.int32)
    return ends, np.array([member for members in listed for member in members], dtype=np.int32)


def joined(parts: Sequence[Tags]) -> Tags:
    """Put the rows of several segments after each other; the first is large, the others hardly bring new sets."""
    first, *others = parts
    if not others:
        return first
    numbers, of_row = dict(first.numbers), [first.of_row]
    added: dict[tuple[int, ...], int] = {}
    for part in others:
        values = [numbers.setdefault(value, len(numbers)) for value in part.values]
        places = np.empty(part.n_sets, dtype=np.int32)
        for members, number in part.sets.items():
            known = tuple(sorted(values[member] for member in members))
            place = first.sets.get(known)
            places[number] = added.setdefault(known, first.n_sets + len(added)) if place is None else place
        of_row.append(places[part.of_row])
    ends, its_members = _flat(added)
    return Tags(
        np.concatenate(of_row),
        np.concatenate((first.ends, first.ends[-1] + ends)),
        np.concatenate((first.members, its_members)),
        list(numbers),
    )


def empty(n_rows: int) -> Tags:
    """Give the tags of rows that have none."""
    return Tags(np.zeros(n_rows, dtype=np.int32), np.zeros(1, dtype=np.int32), np.zeros(0, dtype=np.int32), [])


def written(name: str, tags: Tags) -> tuple[dict[str, Array], dict[str, Sequence[str]]]:
    """Give what is kept on disk."""
    arrays = {f"{name}.of_row": tags.of_row, f"{name}.ends": tags.ends, f"{name}.members": tags.members}
    return dict(arrays), {f"{name}.values": tags.values}


def read(name: str, block: Block) -> Tags:
    """Read what was kept."""
    of_row, ends, members = (block.array(f"{name}.{part}") for part in ("of_row", "ends", "members"))
    return Tags(of_row, ends, members, block.texts(f"{name}.values"))
