"""SQLite with FTS5 and an R-tree as a rival of `bench.search`."""

import json
import math
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from bench.search_listings import WINDOW, Ask, Listing, Scene, n_schedules, week_of
from bench.search_peers import LIMIT, Combinations, Found, Terms
from search_index.analysis import fold
from search_index.distances import EARTH_RADIUS, vector_of
from search_index.documents import Spot
from search_index.slips import slips_allowed, slips_between

WEEK = (WINDOW.last + 1) // 2
SCHEMA = """
    create table listing (key integer primary key, combination integer, schedule integer, theme text, cost text,
                          name text, x real, y real, z real);
    create virtual table words using fts5(terms, content='', detail=column, tokenize="unicode61 remove_diacritics 0");
    create virtual table written using fts5(word, content='', detail=column, columnsize=0, prefix='3 4',
                                            tokenize="unicode61 remove_diacritics 0");
    create virtual table box using rtree(key, south, north, west, east);
    create table hours (schedule integer, begin integer, finish integer, primary key (schedule, begin)) without rowid;
    create table lexicon (word text primary key, n integer) without rowid;
    create virtual table slips using fts5(word, n unindexed, tokenize='trigram', detail=none, columnsize=0);
"""
AFTER = """
    insert into words(words) values ('optimize');
    insert into written(written) values ('optimize');
    create virtual table temp.vocabulary using fts5vocab('main', 'written', 'row');
    insert into lexicon select term, doc from temp.vocabulary;
    insert into slips(word, n) select word, n from lexicon where length(word) > 3;
    insert into slips(slips) values ('optimize');
    create index by_theme on listing(theme, name, schedule);
    analyze;
"""
"""What is done once all rows are in."""
SETTINGS = (
    "pragma mmap_size=4000000000",
    "pragma cache_size=-400000",
    "pragma temp_store=memory",
    "pragma query_only=1",
)
OPEN = "exists (select 1 from hours h where h.schedule = l.schedule and h.begin <= {minute} and h.finish > {minute})"
METRES_TO_DEGREE = 111_195


class Fts5:
    """SQLite's own full text and R-tree, in one file."""

    name = "FTS5 + R-tree"
    skips: frozenset[str] = frozenset()
    notes: Mapping[str, str] = {
        "prefix": "written words, no other forms of them",
        "suggestion": "other words of as many listings",
        "typo": "words that share three letters running",
    }

    def build(self, folder: Path, scene: Scene, listings: Iterator[Listing]) -> None:
        """Write the file in one transaction."""
        combinations, terms = Combinations(), Terms()
        with sqlite3.connect(folder / "listings.sqlite") as base:
            base.execute("pragma journal_mode=off")
            base.execute("pragma synchronous=off")
            base.executescript(SCHEMA)
            base.execute("begin")
            spans = ((one, *interval) for one in range(n_schedules(scene.count)) for interval in week_of(one))
            base.executemany("insert or ignore into hours values (?, ?, ?)", spans)
            for listing in listings:
                _insert(base, listing, combinations.number(listing.tags), terms)
            base.execute("commit")
            base.executescript(AFTER)
        (folder / "combinations.json").write_text(json.dumps(combinations.distinct))

    def opened(self, folder: Path) -> "Fts5Asker":
        """Open the file."""
        base = sqlite3.connect(folder / "listings.sqlite", cached_statements=512)
        for setting in SETTINGS:
            base.execute(setting)
        return Fts5Asker(base, Combinations(json.loads((folder / "combinations.json").read_text())))


def _insert(base: sqlite3.Connection, listing: Listing, combination: int, terms: Terms) -> None:
    key, spot, tags = listing.number, listing.spot, listing.tags
    vector = vector_of(spot)[:, 0].tolist()
    name = next(iter(listing.texts.values()))
    row = (key, combination, listing.schedule, tags["theme"][0], tags["cost"][0], name, *vector)
    base.execute("insert into listing values (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    base.execute("insert into box values (?, ?, ?, ?, ?)", (key, spot.lat, spot.lat, spot.lon, spot.lon))
    stems, written = terms.of_listing(listing)
    base.execute("insert into words(rowid, terms) values (?, ?)", (key, stems))
    base.execute("insert into written(rowid, word) values (?, ?)", (key, written))


class Fts5Asker:
    """One connection to the file."""

    def __init__(self, base: sqlite3.Connection, combinations: Combinations) -> None:
        self._base = base
        self._combinations = combinations
        self._terms = Terms()

    def prepare(self, ask: Ask, limit: int = LIMIT) -> Callable[[], Found]:
        """Write the statement and its values."""
        if ask.kind == "suggestion":
            return self._suggestion(fold(ask.words[0]))
        if ask.kind == "typo":
            return self._correction(fold(ask.words[0]))
        if ask.facets:
            return self._with_facets(ask, limit)
        statement, values = self._statement(
            ask, "l.key, count(*) over ()", f"order by {self._order(ask)} limit {limit}"
        )

        def answer() -> Found:
            rows = self._base.execute(statement, values).fetchall()
            return Found([key for key, _ in rows], rows[0][1] if rows else 0)

        return answer

    def close(self) -> None:
        """Close the connection."""
        self._base.close()

    def _with_facets(self, ask: Ask, limit: int) -> Callable[[], Found]:
        """Fetch all rows in order once: counting them here is quicker than asking twice."""
        statement, values = self._statement(ask, "l.key, l.combination", f"order by {self._order(ask)}")

        def answer() -> Found:
            rows = self._base.execute(statement, values).fetchall()
            n_each = Counter([combination for _, combination in rows])
            counts = self._combinations.counts(ask.facets, n_each)
            return Found([key for key, _ in rows[:limit]], len(rows), counts)

        return answer

    def _order(self, ask: Ask) -> str:
        if ask.is_nearest_first:
            return _far_from(ask)
        if self._terms.of_ask(ask) and not ask.is_prefix:
            return "w.rank"
        return "l.name" if ask.minute is not None else "l.key"

    def _statement(self, ask: Ask, columns: str, end: str) -> tuple[str, tuple[object, ...]]:
        """Let the rarest thing come first: words, else the box, else the theme."""
        terms = self._terms.of_ask(ask)
        tables, wheres, values = [], [], []
        if terms:
            fts = "written" if ask.is_prefix else "words"
            tables.append(f"{fts} w cross join listing l on l.key = w.rowid")
            wheres.append(f"{fts} match ?")
            joined = (" OR " if ask.is_any else " AND ").join(f'"{term}"' for term in terms)
            values.append(f"{joined}*" if ask.is_prefix else joined)
        elif ask.spot and ask.radius:
            tables.append("box b cross join listing l on l.key = b.key")
            wheres += _box(ask.spot, ask.radius)
        else:
            tables.append("listing l")
        if ask.spot and ask.radius:
            wheres.append(f"{_far_from(ask)} <= {_chord(ask.radius)!r}")
        wheres += [f"l.{facet} = '{value}'" for facet, value in ask.filters.items()]
        if ask.minute is not None:
            wheres.append(OPEN.format(minute=ask.minute % WEEK))
        where = " and ".join(wheres) or "true"
        return f"select {columns} from {tables[0]} where {where} {end}", tuple(values)  # noqa: S608 - our own values

    def _suggestion(self, start: str) -> Callable[[], Found]:
        statement = "select word from lexicon where word >= ? and word < ? order by n desc, word limit 10"
        values = (start, start + "\U0010ffff")
        return lambda: Found(words=tuple(word for (word,) in self._base.execute(statement, values)))

    def _correction(self, word: str) -> Callable[[], Found]:
        """Look words up that share three letters running, and count the slips of those alone."""
        trigrams = {word[place : place + 3] for place in range(len(word) - 2)}
        most = slips_allowed(word)
        statement = "select word, n from slips where slips match ? and length(word) between ? and ?"
        values = (" OR ".join(f'"{each}"' for each in sorted(trigrams)), len(word) - most, len(word) + most)

        def answer() -> Found:
            if self._base.execute("select 1 from lexicon where word = ?", (word,)).fetchone():
                return Found()
            near = (
                (slips, -n, each)
                for each, n in self._base.execute(statement, values)
                if (slips := slips_between(word, each, most=most)) <= most
            )
            return Found(words=tuple(each for _, _, each in sorted(near)[:3]))

        return answer


def _far_from(ask: Ask) -> str:
    """Write the square of the straight line to a spot."""
    x, y, z = vector_of(Spot(*(ask.spot or (0.0, 0.0))))[:, 0].tolist()
    return f"((l.x - {x!r}) * (l.x - {x!r}) + (l.y - {y!r}) * (l.y - {y!r}) + (l.z - {z!r}) * (l.z - {z!r}))"


def _chord(radius: float) -> float:
    """Give the square of the straight line under so many metres; ours rounds metres."""
    return (2 * math.sin((radius + 0.5) / EARTH_RADIUS / 2)) ** 2


def _box(spot: tuple[float, float], radius: float) -> list[str]:
    lat, lon = spot
    high = (radius + 1) / METRES_TO_DEGREE
    wide = high / math.cos(math.radians(abs(lat) + high))
    return [
        f"b.south >= {lat - high}",
        f"b.north <= {lat + high}",
        f"b.west >= {lon - wide}",
        f"b.east <= {lon + wide}",
    ]
