"""Tantivy, a search library in Rust, as a rival of `bench.search`; from PyPI, only there when it was asked for."""

import json
import math
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import tantivy

from bench.search_listings import HALF_HOUR, WINDOW, Ask, Listing, Scene, week_of
from bench.search_peers import LIMIT, Combinations, Found, Terms
from search_index.analysis import fold
from search_index.slips import slips_allowed

WEEK = (WINDOW.last + 1) // 2
DEGREE = 111_195
"""Metres to a degree."""
HEAP = 512_000_000
MOST_COMBINATIONS = 100_000
MUST = tantivy.Occur.Must


class Tantivy:
    """Everything in one segment; numbers in columns; counts by its own aggregation."""

    name = "tantivy"
    skips: frozenset[str] = frozenset()
    notes: Mapping[str, str] = {
        "prefix": "written words, no other forms of them",
        "suggestion": "other words of as many listings",
        "text + near": "box, no circle",
        "near": "box, no circle, no order by distance",
        "page": "box, no circle",
        "typo": "gives listings, no words",
    }

    def build(self, folder: Path, scene: Scene, listings: Iterator[Listing]) -> None:
        """Write one segment."""
        del scene
        combinations, terms = Combinations(), Terms()
        index = tantivy.Index(_schema(), path=str(folder))
        writer = index.writer(heap_size=HEAP, num_threads=1)
        for listing in listings:
            writer.add_document(_document(listing, combinations.number(listing.tags), terms))
        writer.commit()
        writer.wait_merging_threads()
        (folder / "combinations.json").write_text(json.dumps(combinations.distinct))

    def opened(self, folder: Path) -> "TantivyAsker":
        """Open it."""
        combinations = Combinations(json.loads((folder / "combinations.json").read_text()))
        return TantivyAsker(tantivy.Index.open(str(folder)), combinations)


def _schema() -> Any:  # noqa: ANN401 - built at run time
    builder = tantivy.SchemaBuilder()
    for name in ("words", "written"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for name in ("theme", "cost"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in ("lat", "lon"):
        builder.add_float_field(name, fast=True)
    for name in ("key", "combination"):
        builder.add_unsigned_field(name, fast=True)
    builder.add_unsigned_field("slot", indexed=True)
    return builder.build()


def _document(listing: Listing, combination: int, terms: Terms) -> Any:  # noqa: ANN401 - built at run time
    words, written = terms.of_listing(listing)
    document = tantivy.Document(
        words=words, written=written, theme=listing.tags["theme"][0], cost=listing.tags["cost"][0]
    )
    document.add_float("lat", listing.spot.lat)
    document.add_float("lon", listing.spot.lon)
    document.add_unsigned("key", listing.number)
    document.add_unsigned("combination", combination)
    for begin, end in week_of(listing.schedule):
        for slot in range(begin // HALF_HOUR, end // HALF_HOUR):
            document.add_unsigned("slot", slot)
    return document


class TantivyAsker:
    """A searcher that lies open."""

    def __init__(self, index: Any, combinations: Combinations) -> None:  # noqa: ANN401 - built at run time
        index.config_reader("manual", 1)
        index.reload()
        self._schema = index.schema
        self._searcher = index.searcher()
        self._combinations = combinations
        self._terms = Terms()

    def prepare(self, ask: Ask, limit: int = LIMIT) -> Callable[[], Found]:
        """Write the query as a tree."""
        word = fold(ask.words[0]) if ask.words else ""
        searcher = self._searcher
        if ask.kind == "suggestion":
            return lambda: Found(words=tuple(term for term, _ in searcher.terms_with_prefix("written", word, limit=10)))
        asked = self._asked(ask)
        counting = {"c": {"terms": {"field": "combination", "size": MOST_COMBINATIONS}}} if ask.facets else None

        def answer() -> Found:
            results = searcher.search(asked, limit)
            keys = searcher.fast_field_values("key", [address for _, address in results.hits])
            counts = self._counts(ask, searcher.aggregate(asked, counting)) if counting else {}
            return Found(keys, results.count, counts)

        return answer

    def close(self) -> None:
        """Leave it to the library."""

    def _counts(self, ask: Ask, aggregated: Any) -> dict[str, dict[str, int]]:  # noqa: ANN401 - its own JSON
        n_each = {int(bucket["key"]): bucket["doc_count"] for bucket in aggregated["c"]["buckets"]}
        return self._combinations.counts(ask.facets, n_each)

    def _asked(self, ask: Ask) -> Any:  # noqa: ANN401 - built at run time
        query, schema = tantivy.Query, self._schema
        if ask.kind == "typo":
            word = fold(ask.words[0])
            return query.fuzzy_term_query(schema, "written", word, max(1, slips_allowed(word)))
        every = [self._words(ask)] if ask.words else []
        every += [query.const_score_query(each, 0.0) for each in self._filters(ask)]
        return every[0] if len(every) == 1 else query.boolean_query([(MUST, each) for each in every])

    def _words(self, ask: Ask) -> Any:  # noqa: ANN401 - built at run time
        query, schema, terms = tantivy.Query, self._schema, self._terms.of_ask(ask)
        if ask.is_prefix:
            return query.regex_query(schema, "written", f"{terms[0]}.*")
        occur = tantivy.Occur.Should if ask.is_any else MUST
        each = [(occur, query.term_query(schema, "words", term, "freq")) for term in terms]
        return each[0][1] if len(each) == 1 else query.boolean_query(each)

    def _filters(self, ask: Ask) -> Iterator[Any]:
        query, schema = tantivy.Query, self._schema
        for facet, value in ask.filters.items():
            yield query.term_query(schema, facet, value, "basic")
        if ask.minute is not None:
            yield query.term_query(schema, "slot", ask.minute % WEEK // HALF_HOUR, "basic")
        if ask.spot and ask.radius:
            lat, lon = ask.spot
            high = ask.radius / DEGREE
            wide = high / math.cos(math.radians(abs(lat)))
            yield query.range_query(schema, "lat", tantivy.FieldType.Float, lat - high, lat + high)
            yield query.range_query(schema, "lon", tantivy.FieldType.Float, lon - wide, lon + wide)
