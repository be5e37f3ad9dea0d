"""The files of a GTFS feed among those at a path, and their rows; lines that are no rows are kept as remarks.

A timetable is told by all its files together: `stop_times` may hold millions of rows, so it is read as a stream and
its own cap on rows is wider; the caps on bytes, unpacked bytes and ratio hold for it as for any file.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from importers.pipeline.lists import BrokenOff
from importers.reading import Layout, Piece, RawRow, Refusal, Table, Unreadable, open_table, pieces_within
from importers.reading.caps import StopReadingError
from portal.core.problems import Problem

Cells = Mapping[str, str]

MOST_PASSAGES = 6_000_000
"""Rows of `stop_times` at most: they are kept as numbers, some twenty bytes each."""
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "agency": ("agency_id", "agency_name", "agency_url", "agency_timezone", "agency_phone"),
    "stops": ("stop_id", "stop_name", "stop_lat", "stop_lon", "location_type", "parent_station"),
    "routes": ("route_id", "agency_id", "route_short_name", "route_long_name", "route_type"),
    "trips": ("route_id", "service_id", "trip_id", "direction_id", "trip_headsign"),
    "stop_times": ("trip_id", "arrival_time", "departure_time", "stop_id", "stop_sequence"),
    "calendar": ("service_id", "monday", "tuesday", "sunday", "start_date", "end_date"),
    "calendar_dates": ("service_id", "date", "exception_type"),
    "feed_info": ("feed_publisher_name", "feed_publisher_url", "feed_start_date", "feed_version"),
    "frequencies": ("trip_id", "start_time", "end_time", "headway_secs"),
    "fare_attributes": ("fare_id", "price", "currency_type", "payment_method"),
    "fare_rules": ("fare_id", "route_id", "origin_id", "destination_id"),
    "fare_products": ("fare_product_id", "fare_product_name", "amount", "currency"),
    "booking_rules": ("booking_rule_id", "booking_type", "phone_number", "info_url", "booking_url"),
    "location_groups": ("location_group_id", "location_group_name"),
    "location_group_stops": ("location_group_id", "stop_id"),
    "stop_areas": ("area_id", "stop_id"),
}
"""The files that are read, and columns by which their header is known."""
GEOGRAPHY = "locations"
"""Zones on the map: `locations.geojson`."""
_TELLING = frozenset({"stops", "routes", "trips", "stop_times"})
_LISTED = frozenset({"routes", "stops"})
"""Files whose lines are the rows of the lists: what is wrong with one is said where it is refused."""
_ENOUGH = 2
_N_REMARKS = 10
_EMPTY = frozenset({"fichier-vide"})


@dataclass(frozen=True)
class FeedFiles:
    """The files of one feed, and what was remarked while reading them."""

    name: str
    """The folder or zip they lie in; empty at the top of what was given."""
    pieces: Mapping[str, Piece]
    """Name without ending, such as `stop_times` -> the file."""
    remarks: dict[str, list[Problem]] = field(default_factory=dict, compare=False)
    n_remarks: Counter[str] = field(default_factory=Counter, compare=False)

    @property
    def lacking(self) -> tuple[str, ...]:
        """Name the files without which there is no timetable."""
        lacking = [f"{name}.txt" for name in ("routes", "stops", "trips", "stop_times") if name not in self.pieces]
        has_days = "calendar" in self.pieces or "calendar_dates" in self.pieces
        return (*lacking, *(() if has_days else ("calendar.txt",)))

    def remark(self, table: str, line: int, problem: Problem) -> None:
        """Keep a remark on a line; after a few, the others are only counted."""
        self.n_remarks[table] += 1
        kept = self.remarks.setdefault(table, [])
        if len(kept) < _N_REMARKS:
            place = f"{table}.txt, ligne {line}" if line else f"{table}.txt"
            kept.append(replace(problem, text=f"{place} : {problem.text}", field=f"{table}.txt"))

    def told(self) -> tuple[Problem, ...]:
        """List the remarks: the first of each file, and how many more there are."""
        shown: list[Problem] = []
        for table, kept in sorted(self.remarks.items()):
            shown += kept
            more = self.n_remarks[table] - len(kept)
            if more:
                sentence = f"{more} autres remarques sur ce fichier ne sont pas montrées : vérifiez-le."
                shown.append(Problem("gtfs-autres-remarques", sentence, field=f"{table}.txt"))
        return tuple(shown)

    def table(self, name: str) -> Table | None:
        """Open a file; None where it is not there or empty. A file nobody can read ends it all."""
        piece = self.pieces.get(name)
        if piece is None:
            return None
        rows = max(MOST_PASSAGES, piece.caps.rows) if name == "stop_times" else piece.caps.rows
        opened = open_table(piece, layout_of(name), replace(piece.caps, rows=rows))
        if isinstance(opened, Unreadable):
            if opened.problem.code in _EMPTY and name not in _TELLING:
                return None
            raise BrokenOff(_in_file(piece, opened.problem))
        return opened

    def head(self, name: str, n_bytes: int) -> bytes:
        """Give the first bytes of a file; none of one that cannot be read, which reading its rows will tell."""
        try:
            return self.pieces[name].head(n_bytes)
        except (StopReadingError, OSError):
            return b""

    def rows(self, name: str) -> Iterator[tuple[int, Cells]]:
        """Go through the rows of a file, under the names of the format however the header writes them."""
        table = self.table(name)
        if table is None:
            return
        names = {column: column.strip().lower() for column in table.reading.columns}
        is_plain = all(column == written for written, column in names.items())
        for outcome in table.rows():
            if isinstance(outcome, RawRow):
                cells = outcome.cells
                yield outcome.line, cells if is_plain else {names.get(each, each): cells[each] for each in cells}
            elif isinstance(outcome, Refusal):
                if name not in _LISTED:
                    self.remark(name, outcome.line, outcome.problem)
            else:
                raise BrokenOff(_in_file(self.pieces[name], outcome.problem))


def layout_of(name: str) -> Layout:
    """Declare what a file looks like: rows may stop before their last empty cells."""
    return Layout(expected=frozenset(_COLUMNS[name]), short_rows=True)


def feeds_among(pieces: Iterable[Piece]) -> tuple[FeedFiles, ...]:
    """Gather the files at a path into feeds: one a folder, and one a zip within a folder."""
    folders: dict[str, dict[str, Piece]] = {}
    for piece in _opened_up(pieces):
        path = PurePosixPath(piece.name)
        name = path.stem.lower()
        is_read = name in _COLUMNS if path.suffix.lower() == ".txt" else name == GEOGRAPHY
        if is_read:
            folders.setdefault(path.parent.as_posix(), {}).setdefault(name, piece)
    return tuple(
        FeedFiles("" if folder == "." else folder, found)
        for folder, found in sorted(folders.items())
        if len(_TELLING & found.keys()) >= _ENOUGH
    )


def beside_feeds(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Leave out the text files of folders that hold a feed: shapes and passages may be huge, and are no other list."""
    names = [(PurePosixPath(piece.name).parent, PurePosixPath(piece.name)) for piece in pieces]
    telling: Counter[PurePosixPath] = Counter(
        folder for folder, path in names if path.suffix.lower() == ".txt" and path.stem.lower() in _TELLING
    )
    return tuple(
        piece
        for piece, (folder, path) in zip(pieces, names, strict=True)
        if telling[folder] < _ENOUGH or path.suffix.lower() != ".txt"
    )


def _opened_up(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Take the files out of the zips of a folder; a zip that cannot be read stays what it is."""
    for piece in pieces:
        if piece.is_packed or not piece.name.lower().endswith(".zip"):
            yield piece
            continue
        inside = pieces_within(piece)
        if not isinstance(inside, Unreadable):
            yield from (replace(each, name=f"{piece.name}/{each.name}") for each in inside)


def _in_file(piece: Piece, problem: Problem) -> Problem:
    return replace(problem, text=f"{piece.name} : {problem.text}", field=piece.name)
