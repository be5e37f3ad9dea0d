"""Everything a document is beside its words, as one array for each property; rows are those of the segments.

Rows of a segment follow the cells of the grid, then groups, then keys; a group never lies in two segments (an edit
replaces it whole). The documents of a group are therefore neighbours, which makes collapsing and counting groups
cheap, and so are those of one place, which makes looking around it cheap.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from search_index.distances import Vectors, vectors_of
from search_index.documents import Document
from search_index.whoosh_engine import names, tags
from search_index.whoosh_engine.arrays import Array, Block, write_block
from search_index.whoosh_engine.grid import Grid, cell_of
from search_index.whoosh_engine.names import Names
from search_index.whoosh_engine.tags import Tags

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
_PLAIN = ("keys", "groups", "fresh_on")
_AREAS, _SCHEDULES, _FACET = "areas", "schedules", "facet:"


@dataclass(frozen=True, kw_only=True)
class Columns:
    """The properties of rows."""

    keys: Whole
    groups: Whole
    vectors: Vectors
    """Of the spots; not a number where there is none."""
    fresh_on: Floats
    areas: Tags
    schedules: Tags
    """Of one value at most."""
    facets: Mapping[str, Tags]
    names: Names

    @property
    def n_rows(self) -> int:
        """Count the rows."""
        return len(self.keys)

    def facet(self, name: str) -> Tags:
        """Give the tags of a facet, also of one that no document has."""
        found = self.facets.get(name)
        return tags.empty(self.n_rows) if found is None else found

    @cached_property
    def grid(self) -> Grid:
        """Give the cells the rows lie in."""
        x, y, z = self.vectors
        return Grid(np.degrees(np.arcsin(z)), np.degrees(np.arctan2(y, x)))

    def taken(self, rows: NDArray[np.intp]) -> "Columns":
        """Give some of the rows."""
        kept = [*self.names.of_rows(rows)]
        return Columns(
            **{name: getattr(self, name)[rows] for name in _PLAIN},
            vectors=self.vectors[:, rows],
            areas=self.areas.taken(rows),
            schedules=self.schedules.taken(rows),
            facets={facet: of_facet.taken(rows) for facet, of_facet in self.facets.items()},
            names=names.names_of(kept),
        )


def in_rows(documents: Iterable[Document]) -> list[Document]:
    """Sort documents the way rows are; of two with one key the later counts."""
    by_key = {document.key: document for document in documents}
    ordered = sorted(by_key.values(), key=lambda document: (document.group, document.key))
    cells: dict[int, int] = {}
    for document in ordered:
        cells.setdefault(document.group, cell_of(document.spot) if document.spot else -1)
    ordered.sort(key=lambda document: cells[document.group])
    return ordered


def columns_of(documents: Sequence[Document]) -> Columns:
    """Lay out documents in rows."""
    facets = dict.fromkeys(facet for document in documents for facet in document.tags)
    spots = [(spot.lat, spot.lon) if spot else (np.nan, np.nan) for spot in (each.spot for each in documents)]
    return Columns(
        keys=np.array([document.key for document in documents], dtype=np.int64),
        groups=np.array([document.group for document in documents], dtype=np.int64),
        vectors=vectors_of(*np.array(spots, dtype=np.float64).reshape(-1, 2).T),
        fresh_on=np.array([document.fresh_on for document in documents], dtype=np.float64),
        areas=tags.tags_of(document.areas for document in documents),
        schedules=tags.tags_of((document.schedule,) if document.schedule else () for document in documents),
        facets={facet: tags.tags_of(document.tags.get(facet, ()) for document in documents) for facet in facets},
        names=names.names_of(document.name for document in documents),
    )


def joined(parts: Sequence[Columns]) -> Columns:
    """Put the rows of several segments after each other, but for schedules, which are numbered segment by segment."""
    if len(parts) == 1:
        return parts[0]
    facets = dict.fromkeys(facet for part in parts for facet in part.facets)
    return Columns(
        **{name: np.concatenate([getattr(part, name) for part in parts]) for name in _PLAIN},
        vectors=np.concatenate([part.vectors for part in parts], axis=1),
        areas=tags.joined([part.areas for part in parts]),
        schedules=tags.empty(0),
        facets={facet: tags.joined([part.facet(facet) for part in parts]) for facet in facets},
        names=names.joined([part.names for part in parts]),
    )


def merged(parts: Sequence[Columns]) -> Columns:
    """Make columns of one segment of those of several, with names in an order of their own."""
    rows = [name for part in parts for name in part.names.of_rows(np.arange(part.n_rows))]
    schedules = tags.joined([part.schedules for part in parts])
    return replace(joined(parts), schedules=schedules, names=names.names_of(rows))


def write_columns(path: Path, columns: Columns) -> None:
    """Keep columns in a file."""
    arrays: dict[str, Array] = {name: getattr(columns, name) for name in _PLAIN}
    arrays |= {"name_ranks": columns.names.ranks, "vectors": columns.vectors.ravel()}
    texts: dict[str, Sequence[str]] = {"facets": list(columns.facets), "names": columns.names.distinct}
    named = {f"{_FACET}{facet}": of_facet for facet, of_facet in columns.facets.items()}
    for name, of_name in {_AREAS: columns.areas, _SCHEDULES: columns.schedules, **named}.items():
        its_arrays, its_texts = tags.written(name, of_name)
        arrays |= its_arrays
        texts |= its_texts
    write_block(path, arrays, texts)


def read_columns(content: bytes) -> Columns:
    """Read columns from the content of such a file."""
    block = Block(content)
    return Columns(
        **{name: block.array(name) for name in _PLAIN},
        vectors=block.array("vectors").reshape(3, -1),
        areas=tags.read(_AREAS, block),
        schedules=tags.read(_SCHEDULES, block),
        facets={facet: tags.read(f"{_FACET}{facet}", block) for facet in block.texts("facets")},
        names=Names(block.array("name_ranks"), block),
    )
