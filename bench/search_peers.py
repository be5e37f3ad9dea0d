"""What every engine of `bench.search` does, and ours."""

import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from bench.search_listings import FACETS, TODAY, Ask, Listing, Scene, document_of, timetables
from search_index.analysis import Analysis, fold
from search_index.documents import Part, Spot
from search_index.queries import Alternative, Clause, Near, Query, Sort
from search_index.results import Results
from search_index.times import Span
from search_index.whoosh_engine.engine import WhooshEngine

LIMIT = 20
TITLE_COUNTS = 3
"""How often rivals are given the words of a title: their only weights are counts."""


@dataclass(frozen=True)
class Found:
    """What an engine answered."""

    keys: Sequence[int] = ()
    total: int = 0
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    """Where words were asked for."""


class Asker(Protocol):
    """An index that lies open."""

    def prepare(self, ask: Ask, limit: int = LIMIT) -> Callable[[], Found]:
        """Make everything ready that can be before the question is asked."""
        ...

    def close(self) -> None:
        """Let go of its files."""
        ...


class Peer(Protocol):
    """An engine."""

    name: str
    skips: frozenset[str]
    """Kinds of questions it has no answer to."""
    notes: Mapping[str, str]
    """Kind of question -> what it does less."""

    def build(self, folder: Path, scene: Scene, listings: Iterator[Listing]) -> None:
        """Write an index."""
        ...

    def opened(self, folder: Path) -> Asker:
        """Open it."""
        ...


class Ours:
    """Whoosh with arrays, behind the contract of `search_index`."""

    name = "ours"
    skips: frozenset[str] = frozenset()
    notes: Mapping[str, str] = {}

    def build(self, folder: Path, scene: Scene, listings: Iterator[Listing]) -> None:
        """Write an index, and its timetables."""
        engine = WhooshEngine(folder, Analysis())
        engine.rebuild(map(document_of, listings), times=lambda: timetables(scene.count))

    def opened(self, folder: Path) -> "OurAsker":
        """Open it."""
        return OurAsker(WhooshEngine(folder, Analysis()))


class OurAsker:
    """Our engine over an index."""

    def __init__(self, engine: WhooshEngine) -> None:
        self._engine = engine

    def prepare(self, ask: Ask, limit: int = LIMIT) -> Callable[[], Found]:
        """Write the query; the engine reads its words when it is asked."""
        word = ask.words[0] if ask.words else ""
        if ask.kind == "suggestion":
            return lambda: Found(words=tuple(each.word for each in self._engine.completions(word)))
        if ask.kind == "typo":
            return lambda: Found(words=tuple(each.word for each in self._engine.corrections(word)))
        query = _query(ask, limit)
        return lambda: _found(self._engine.search(query))

    def close(self) -> None:
        """Leave it to the engine, which keeps no file open."""


def _query(ask: Ask, limit: int) -> Query:
    ways = tuple(Alternative(words=(word,), is_prefix=ask.is_prefix) for word in ask.words)
    return Query(
        clauses=(Clause(ways),) if ask.is_any else tuple(Clause((way,)) for way in ways),
        near=Near(Spot(*ask.spot), ask.radius) if ask.spot else None,
        filters={facet: frozenset((value,)) for facet, value in ask.filters.items()},
        during=None if ask.minute is None else Span(ask.minute, ask.minute),
        now=ask.minute,
        today=TODAY,
        facets=ask.facets,
        sort=Sort.DISTANCE if ask.is_nearest_first else Sort.RELEVANCE,
        limit=limit,
    )


def _found(results: Results) -> Found:
    counts = {facet: {each.value: each.n_groups for each in of_one} for facet, of_one in results.facets.items()}
    return Found([hit.key for hit in results.hits], results.total, counts)


class Combinations:
    """The distinct combinations of tags: engines count these, a number each, and the facets are added up from them.

    A count for each facet is what their manuals offer; this is several times quicker.
    """

    def __init__(self, distinct: Sequence[Mapping[str, Sequence[str]]] = ()) -> None:
        self._numbers = {_told(tags): number for number, tags in enumerate(distinct)}
        self.distinct = list(distinct)

    def number(self, tags: Mapping[str, Sequence[str]]) -> int:
        """Give the number of a combination, a new one when it was not met before."""
        number = self._numbers.setdefault(_told(tags), len(self.distinct))
        if number == len(self.distinct):
            self.distinct.append(tags)
        return number

    def counts(self, facets: Sequence[str], n_each: Mapping[int, int]) -> dict[str, dict[str, int]]:
        """Add up facets."""
        counted: dict[str, Counter[str]] = {facet: Counter() for facet in facets}
        for number, count in n_each.items():
            tags = self.distinct[number]
            for facet, counter in counted.items():
                for value in tags[facet]:
                    counter[value] += count
        return {facet: dict(counter) for facet, counter in counted.items()}


def _told(tags: Mapping[str, Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(tags[facet]) for facet in FACETS)


class Terms:
    """Gives rivals the same terms as ours: what they are good at is not stems of French."""

    def __init__(self) -> None:
        self._analysis = Analysis()

    def of_listing(self, listing: Listing) -> tuple[str, str]:
        """Give the terms of a listing, and its words as they are written but folded."""
        words = {part: self._analysis.words(text) for part, text in listing.texts.items()}
        counted = [word.terms[0] for part in Part for word in words[part] * (TITLE_COUNTS if part is Part.TITLE else 1)]
        return " ".join(counted), " ".join(word.folded for part in Part for word in words[part])

    def of_ask(self, ask: Ask) -> list[str]:
        """Give the terms of a question; of a word still being typed, its letters."""
        if ask.is_prefix:
            return [fold(word) for word in ask.words]
        return list(dict.fromkeys(word.terms[0] for word in self._analysis.asked(" ".join(ask.words))))


def size_of(folder: Path) -> float:
    """Give the megabytes of all files of a folder."""
    return sum((Path(path) / name).stat().st_size for path, _, names in os.walk(folder) for name in names) / 1e6
