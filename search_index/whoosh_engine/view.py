"""An index as it is at one commit, ready to be asked; it never changes, so that threads share it without a lock."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search_index.queries import Filters, Near
from search_index.whoosh_engine import columns as joining
from search_index.whoosh_engine.codec import PostingsReader
from search_index.whoosh_engine.columns import Columns
from search_index.whoosh_engine.lexicon import Lexicon, Words
from search_index.whoosh_engine.openings import Openings
from search_index.whoosh_engine.remembered import Remembered
from search_index.whoosh_engine.rows import Found, Mask, Rows, either, firsts
from search_index.whoosh_engine.states import State
from search_index.whoosh_engine.tags import Tags

_MOST_BYTES = 64_000_000
"""Of what is remembered of words, and again of tags, in each process."""
Numbers = NDArray[np.int64]
AREAS = "\0areas"
"""Stands for the areas among facets; no facet has this name."""


def _remembering_found() -> Remembered[Found]:
    return Remembered(most_bytes=_MOST_BYTES, size=lambda found: found.n_bytes)


def _remembering_arrays() -> Remembered[NDArray[Any]]:
    return Remembered(most_bytes=_MOST_BYTES, size=lambda array: array.nbytes + 200)


@dataclass(frozen=True, eq=False)
class Part:
    """A segment that lies open."""

    postings: PostingsReader
    columns: Columns
    words: Words


@dataclass(frozen=True, eq=False)
class View:
    """All segments of a commit, the rows that count, and the timetables."""

    state: State
    parts: Sequence[Part]
    deleted: Sequence[Rows]
    """Rows of each part that count no more."""
    openings: Openings
    clauses: Remembered[Found] = field(default_factory=_remembering_found)
    words: Remembered[Found] = field(default_factory=_remembering_found)
    _sets: Remembered[Mask] = field(default_factory=_remembering_arrays)
    _tagged: Remembered[Rows] = field(default_factory=_remembering_arrays)

    @cached_property
    def columns(self) -> Columns:
        """Give the columns of all rows."""
        return joining.joined([part.columns for part in self.parts])

    @cached_property
    def lexicon(self) -> Lexicon:
        """Give the words of all parts."""
        return Lexicon([part.words for part in self.parts])

    @cached_property
    def offsets(self) -> list[int]:
        """Give the first row of each part."""
        counts = [part.columns.n_rows for part in self.parts]
        return [sum(counts[:place]) for place in range(len(counts))]

    @cached_property
    def live(self) -> Mask | None:
        """Tell which rows count; None when all do."""
        if not any(len(deleted) for deleted in self.deleted):
            return None
        live = np.ones(self.columns.n_rows, dtype=np.bool_)
        for offset, deleted in zip(self.offsets, self.deleted, strict=True):
            live[deleted + offset] = False
        return live

    @cached_property
    def all_rows(self) -> Rows:
        """Give the rows that count."""
        if self.live is None:
            return np.arange(self.columns.n_rows, dtype=np.int32)
        return np.flatnonzero(self.live).astype(np.int32)

    @cached_property
    def group_numbers(self) -> NDArray[np.int32]:
        """Number the groups in the order of rows."""
        return np.cumsum(firsts(self.columns.groups), dtype=np.int32)

    @cached_property
    def has_twins(self) -> bool:
        """Tell whether any group has several rows."""
        return bool(len(self.group_numbers) and self.group_numbers[-1] < len(self.group_numbers))

    def living(self, rows: Rows) -> Rows:
        """Leave out rows that count no more."""
        return rows if self.live is None else rows[self.live[rows]]

    def term(self, term: str) -> tuple[Rows, NDArray[np.uint16]] | None:
        """Give the rows that have a term, and its grains there."""
        found = [
            (rows + np.int32(offset), grains)
            for part, offset in zip(self.parts, self.offsets, strict=True)
            if (both := part.postings.postings(term)) is not None
            for rows, grains in [both]
        ]
        if not found:
            return None
        rows, grains = found[0] if len(found) == 1 else (np.concatenate(arrays) for arrays in zip(*found, strict=True))
        if self.live is None:
            return rows, grains
        counts = self.live[rows]
        return rows[counts], grains[counts]

    def has_term(self, term: str) -> bool:
        """Tell whether any row has a term."""
        found = self.term(term)
        return found is not None and len(found[0]) > 0

    def sets_having(self, facet: str, values: frozenset[str]) -> Mask:
        """Tell which sets of a facet have one of these values."""
        return self._sets.get((facet, values), lambda: self.tags(facet).having(values))

    def tags(self, facet: str) -> Tags:
        """Give the tags of a facet, or the areas."""
        return self.columns.areas if facet == AREAS else self.columns.facet(facet)

    def rows_having(self, wanted: Filters) -> Rows:
        """Give the rows that have one of the values of any of these facets."""
        return either([self._rows_tagged(facet, values) for facet, values in wanted.items()])

    def _rows_tagged(self, facet: str, values: frozenset[str]) -> Rows:
        def look() -> Rows:
            has_one = self.sets_having(facet, values)[self.tags(facet).of_row]
            return self.living(np.flatnonzero(has_one).astype(np.int32))

        return self._tagged.get((facet, values), look)

    def n_around(self, near: Near) -> int:
        """Count the rows that may lie within the radius."""
        first = self.parts[0].columns
        return first.grid.n_around(near.spot, near.radius or 0.0) + self.columns.n_rows - first.n_rows

    def rows_around(self, near: Near) -> Rows:
        """Give the rows that may lie within the radius: those of the cells it touches, and all that came later."""
        first = self.parts[0].columns
        later = np.arange(first.n_rows, self.columns.n_rows, dtype=np.int32)
        around = first.grid.around(near.spot, near.radius or 0.0)
        return self.living(np.concatenate((around, later)) if len(later) else around)

    @cached_property
    def _schedule_of_set(self) -> Numbers:
        schedules = self.columns.schedules
        numbers = np.full(schedules.n_sets, -1, dtype=np.int64)
        numbers[schedules.set_of_member] = self.openings.numbers_of(schedules.values)[schedules.members]
        return numbers

    def schedules(self, rows: NDArray[np.signedinteger]) -> Numbers:
        """Give the number of the schedule of each row."""
        numbers: Numbers = self._schedule_of_set[self.columns.schedules.of_row[rows]]
        return numbers
