"""An index as it is at one commit, ready to be asked; it never changes, so that threads share it without a lock."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search_index.documents import Spot
from search_index.queries import Filters
from search_index.ranking import freshness
from search_index.whoosh_engine import columns as joining
from search_index.whoosh_engine.codec import PostingsReader
from search_index.whoosh_engine.columns import Columns
from search_index.whoosh_engine.lexicon import Lexicon, Words
from search_index.whoosh_engine.openings import Openings
from search_index.whoosh_engine.remembered import Remembered
from search_index.whoosh_engine.rows import Floats, Found, Mask, Reached, Rows, either, firsts
from search_index.whoosh_engine.states import State
from search_index.whoosh_engine.tags import Table, Tags

_MOST_BYTES = 32_000_000
"""Of what is remembered of clauses, of words, of circles and of tags each, in each process."""
_MOST_TABLES = 16
_MOST_DAYS = 2
"""Around midnight, questions of two days are answered."""
Numbers = NDArray[np.int64]
AREAS = "\0areas"
"""Stands for the areas among facets; no facet has this name."""


def _remembering_found() -> Remembered[Found]:
    return Remembered(most_bytes=_MOST_BYTES, size=lambda found: found.n_bytes)


def _remembering_circles() -> Remembered[Reached]:
    return Remembered(most_bytes=_MOST_BYTES, size=lambda reached: reached.n_bytes)


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
    circles: Remembered[Reached] = field(default_factory=_remembering_circles)
    _sets: Remembered[Mask] = field(default_factory=_remembering_arrays)
    _tables: dict[tuple[str, ...], Table] = field(default_factory=dict)
    _tagged: Remembered[Rows] = field(default_factory=_remembering_arrays)
    _fresh: dict[int, Floats] = field(default_factory=dict)

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
            return np.arange(self.columns.n_rows)
        return np.flatnonzero(self.live)

    @cached_property
    def group_numbers(self) -> NDArray[np.intp]:
        """Number the groups in the order of rows."""
        return np.cumsum(firsts(self.columns.groups))

    @cached_property
    def has_twin(self) -> Mask | None:
        """Tell which rows share their group with another one that counts; None when none does."""
        groups = self.group_numbers[self.all_rows]
        has_twin = np.zeros(self.columns.n_rows, dtype=np.bool_)
        has_twin[self.all_rows] = np.bincount(groups)[groups] > 1
        return has_twin if has_twin.any() else None

    def warmed(self) -> "View":
        """Work out now what questions need, so that no visitor waits for it."""
        for part in self.parts:
            _ = part.words.ranks, part.words.spelling
        _ = self.parts[0].columns.grid, self.has_twin, self.schedule_of_row, self.lexicon
        return self

    def living(self, rows: Rows) -> Rows:
        """Leave out rows that count no more."""
        return rows if self.live is None else rows[self.live[rows]]

    def term(self, term: str) -> tuple[Rows, NDArray[np.uint16]] | None:
        """Give the rows that have a term, and its grains there."""
        found = [
            (rows + np.intp(offset), grains)
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

    def table(self, facets: tuple[str, ...]) -> Table:
        """Give facets side by side; few combinations are ever asked for."""
        table = self._tables.get(facets)
        if table is None:
            if len(self._tables) >= _MOST_TABLES:
                self._tables.clear()
            table = self._tables[facets] = Table([self.columns.facet(facet) for facet in facets])
        return table

    def rows_having(self, wanted: Filters) -> Rows:
        """Give the rows that have one of the values of any of these facets."""
        return either([self._rows_tagged(facet, values) for facet, values in wanted.items()])

    def _rows_tagged(self, facet: str, values: frozenset[str]) -> Rows:
        def look() -> Rows:
            has_one = self.sets_having(facet, values)[self.tags(facet).of_row]
            return self.living(np.flatnonzero(has_one))

        return self._tagged.get((facet, values), look)

    def n_around(self, spot: Spot, radius: float) -> int:
        """Count the rows that may lie within a radius, which is known before they are written out."""
        first = self.parts[0].columns
        return sum(end - start for start, end in first.grid.slices(spot, radius)) + self.columns.n_rows - first.n_rows

    def rows_around(self, spot: Spot, radius: float) -> Rows:
        """Give the rows that may lie within a radius: those of the cells it touches, and all that came later."""
        first = self.parts[0].columns
        around = first.grid.rows_in(first.grid.slices(spot, radius))
        if self.columns.n_rows == first.n_rows:
            return self.living(around)
        return self.living(np.concatenate((around, np.arange(first.n_rows, self.columns.n_rows))))

    def freshness(self, today: int) -> Floats:
        """Give what is left of each row's score today; worked out once a day."""
        fresh = self._fresh.get(today)
        if fresh is None:
            if len(self._fresh) >= _MOST_DAYS:
                self._fresh.clear()
            fresh = self._fresh[today] = freshness(today - self.columns.fresh_on)
        return fresh

    @cached_property
    def ones(self) -> Floats:
        """Give a 1 for each row: the score where no words are asked for."""
        return np.ones(self.columns.n_rows)

    @cached_property
    def schedule_of_row(self) -> Numbers:
        """Give the number of the schedule of each row."""
        return np.concatenate([self.openings.numbers_of(part.columns.schedules) for part in self.parts])
