"""Everything a document is beside its words, as one array for each property; rows are those of the segments.

Rows of a segment are sorted by group and key, and a group never lies in two segments (an edit replaces it whole).
The documents of a group are therefore neighbours, which makes collapsing and counting groups cheap.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from search_index.distances import vectors_of
from search_index.documents import Document, Spot
from search_index.whoosh_engine import names, tags
from search_index.whoosh_engine.arrays import Array, Block, write_block
from search_index.whoosh_engine.grid import Grid
from search_index.whoosh_engine.names import Names
from search_index.whoosh_engine.tags import Tags

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
_PLAIN = ("keys", "groups", "xs", "ys", "zs", "fresh_on")
_AREAS, _SCHEDULES, _FACET = "areas", "schedules", "facet:"


@dataclass(frozen=True, kw_only=True)
class Columns:
    """The properties of rows."""

    keys: Whole
    groups: Whole
    xs: Floats
    """Points on a sphere of radius 1, from which distances are cheap; not a number where there is no spot."""
    ys: Floats
    zs: Floats
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
        return Grid(np.degrees(np.arcsin(self.zs)), np.degrees(np.arctan2(self.ys, self.xs)))

    def taken(self, rows: NDArray[np.intp]) -> "Columns":
        """Give some of the rows."""
        kept = [*self.names.of_rows(rows)]
        return Columns(
            **{name: getattr(self, name)[rows] for name in _PLAIN},
            areas=self.areas.taken(rows),
            schedules=self.schedules.taken(rows),
            facets={facet: of_facet.taken(rows) for facet, of_facet in self.facets.items()},
            names=names.names_of(kept),
        )


def columns_of(documents: Sequence[Document]) -> Columns:
    """Lay out documents in rows."""
    facets = dict.fromkeys(facet for document in documents for facet in document.tags)
    xs, ys, zs = points_of([document.spot for document in documents])
    return Columns(
        keys=np.array([document.key for document in documents], dtype=np.int64),
        groups=np.array([document.group for document in documents], dtype=np.int64),
        xs=xs,
        ys=ys,
        zs=zs,
        fresh_on=np.array([document.fresh_on for document in documents], dtype=np.float64),
        areas=tags.tags_of(document.areas for document in documents),
        schedules=tags.tags_of((document.schedule,) if document.schedule else () for document in documents),
        facets={facet: tags.tags_of(document.tags.get(facet, ()) for document in documents) for facet in facets},
        names=names.names_of(document.name for document in documents),
    )


def points_of(spots: Iterable[Spot | None]) -> tuple[Floats, Floats, Floats]:
    """Give points on a sphere of radius 1."""
    degrees = [(spot.lat, spot.lon) if spot else (np.nan, np.nan) for spot in spots]
    xs, ys, zs = vectors_of(*np.array(degrees, dtype=np.float64).reshape(-1, 2).T)
    return xs, ys, zs


def joined(parts: Sequence[Columns]) -> Columns:
    """Put the rows of several segments after each other."""
    if len(parts) == 1:
        return parts[0]
    facets = dict.fromkeys(facet for part in parts for facet in part.facets)
    return Columns(
        **{name: np.concatenate([getattr(part, name) for part in parts]) for name in _PLAIN},
        areas=tags.joined([part.areas for part in parts]),
        schedules=tags.joined([part.schedules for part in parts]),
        facets={facet: tags.joined([part.facet(facet) for part in parts]) for facet in facets},
        names=names.joined([part.names for part in parts]),
    )


def write_columns(path: Path, columns: Columns) -> None:
    """Keep columns in a file."""
    arrays: dict[str, Array] = {name: getattr(columns, name) for name in _PLAIN}
    arrays["name_ranks"] = columns.names.ranks
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
        areas=tags.read(_AREAS, block),
        schedules=tags.read(_SCHEDULES, block),
        facets={facet: tags.read(f"{_FACET}{facet}", block) for facet in block.texts("facets")},
        names=Names(block.array("name_ranks"), block),
    )
