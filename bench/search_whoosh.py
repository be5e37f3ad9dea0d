"""Whoosh alone as a rival of `bench.search`: its own searcher, scorer and facets; filters are fields."""

import json
import math
import warnings
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from bench.search_listings import HALF_HOUR, WINDOW, Ask, Listing, Scene, week_of
from bench.search_peers import LIMIT, Combinations, Found, Terms
from search_index.analysis import fold
from search_index.slips import slips_allowed

with warnings.catch_warnings():
    # Its source of 2016 has escape sequences that Python mentions when it compiles the files.
    warnings.simplefilter("ignore", SyntaxWarning)
    warnings.simplefilter("ignore", DeprecationWarning)
    from whoosh import analysis, fields, index, query, sorting

WEEK = (WINDOW.last + 1) // 2
CELL = 0.05
"""Degrees of a cell: places are words as well, since ranges of numbers are several times slower here."""

DEGREE = 111_195
"""Metres to a degree."""


class PlainWhoosh:
    """Whoosh 2.7.4 as its manual shows it, one segment, nothing compound."""

    name = "Whoosh alone"
    skips: frozenset[str] = frozenset()
    notes: Mapping[str, str] = {
        "prefix": "written words, no other forms of them",
        "suggestion": "other words of as many listings",
        "text + near": "cells, no circle",
        "near": "cells, no circle, no order by distance",
        "typo": "other words as near",
        "page": "cells, no circle",
    }

    def build(self, folder: Path, scene: Scene, listings: Iterator[Listing]) -> None:
        """Write one segment."""
        del scene
        combinations, terms = Combinations(), Terms()
        writer = index.create_in(folder, _schema()).writer(limitmb=512, compound=False)
        for listing in listings:
            words, written = terms.of_listing(listing)
            combination = combinations.number(listing.tags)
            writer.add_document(
                key=listing.number,
                words=words,
                written=written,
                theme=listing.tags["theme"][0],
                cost=listing.tags["cost"][0],
                combination=combination,
                cell=_cell(listing.spot.lat, listing.spot.lon),
                slot=" ".join(slots(listing.schedule)),
            )
        writer.commit(merge=False)
        (folder / "combinations.json").write_text(json.dumps(combinations.distinct))

    def opened(self, folder: Path) -> "WhooshAsker":
        """Open it."""
        return WhooshAsker(index.open_dir(folder), Combinations(json.loads((folder / "combinations.json").read_text())))


def _schema() -> Any:  # noqa: ANN401 - this library has no types
    apart = analysis.SpaceSeparatedTokenizer()
    return fields.Schema(
        key=fields.STORED,
        words=fields.TEXT(analyzer=apart, phrase=False),
        written=fields.TEXT(analyzer=apart, phrase=False),
        theme=fields.ID,
        cost=fields.ID,
        combination=fields.NUMERIC(signed=False, sortable=True),
        cell=fields.ID,
        slot=fields.KEYWORD,
    )


def slots(schedule: int) -> list[str]:
    """Name the half hours of the week in which doors are open."""
    return [str(slot) for begin, end in week_of(schedule) for slot in range(begin // HALF_HOUR, end // HALF_HOUR)]


def _cell(lat: float, lon: float) -> str:
    return f"{math.floor(lat / CELL)}:{math.floor(lon / CELL)}"


def _cells(spot: tuple[float, float], radius: float) -> Iterator[str]:
    """Name the cells whose middle lies within a radius."""
    lat, lon = spot
    stretch = math.cos(math.radians(lat))
    high = math.ceil(radius / DEGREE / CELL) + 1
    wide = math.ceil(high / stretch)
    for row in range(-high, high + 1):
        for column in range(-wide, wide + 1):
            south, west = (math.floor(lat / CELL) + row) * CELL, (math.floor(lon / CELL) + column) * CELL
            north, east = south + CELL / 2 - lat, (west + CELL / 2 - lon) * stretch
            if math.hypot(north, east) * DEGREE <= radius:
                yield _cell(south + CELL / 2, west + CELL / 2)


class WhooshAsker:
    """A searcher that lies open."""

    def __init__(self, opened: Any, combinations: Combinations) -> None:  # noqa: ANN401 - this library has no types
        self._index = opened
        self._searcher = opened.searcher()
        self._reader = self._searcher.reader()
        self._combinations = combinations
        self._terms = Terms()
        self._keys = [stored["key"] for _, stored in self._reader.iter_docs()]
        self._facet = sorting.FieldFacet("combination", maptype=sorting.Count)

    def prepare(self, ask: Ask, limit: int = LIMIT) -> Callable[[], Found]:
        """Write the query as a tree."""
        word = fold(ask.words[0]) if ask.words else ""
        if ask.kind == "suggestion":
            return lambda: Found(words=self._beginning(word))
        if ask.kind == "typo":
            corrector = self._searcher.corrector("written")
            most = slips_allowed(word)
            return lambda: Found(words=tuple(corrector.suggest(word, limit=3, maxdist=most)) if most else ())
        asked, grouped = _tree(self._terms.of_ask(ask), ask), self._facet if ask.facets else None
        restricted = query.And(_filters(ask)) if _filters(ask) else None
        plain, sieve = (asked, restricted) if asked is not None else (query.ConstantScoreQuery(restricted), None)

        def answer() -> Found:
            results = self._searcher.search(plain, limit=limit, filter=sieve, groupedby=grouped)
            total = len(results)
            counts = self._combinations.counts(ask.facets, results.groups()) if grouped else {}
            return Found([self._keys[number] for _, number in results.top_n], total, counts)

        return answer

    def close(self) -> None:
        """Close its files."""
        self._searcher.close()
        self._index.close()

    def _beginning(self, start: str) -> tuple[str, ...]:
        frequent = self._reader.most_frequent_terms("written", number=10, prefix=start)
        return tuple(term.decode() for _, term in frequent)


def _tree(terms: list[str], ask: Ask) -> Any:  # noqa: ANN401 - this library has no types
    if not terms:
        return None
    if ask.is_prefix:
        return query.Prefix("written", terms[0])
    return (query.Or if ask.is_any else query.And)([query.Term("words", term) for term in terms])


def _filters(ask: Ask) -> list[Any]:
    found = [query.Term(facet, value) for facet, value in ask.filters.items()]
    if ask.spot and ask.radius:
        found.append(query.Or([query.Term("cell", cell) for cell in _cells(ask.spot, ask.radius)]))
    if ask.minute is not None:
        found.append(query.Term("slot", str(ask.minute % WEEK // HALF_HOUR)))
    return found
