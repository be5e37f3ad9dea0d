"""The lists that the files of a GTFS feed are: for each agency its lines and the stops it serves most.

A row is a route or a stop; the other files are what they are joined with. Each agency is a feed of its own, named
after it: `gtfs-<agency>`, for an identifier such as "1" would be that of many networks. Keys are the identifiers of
the producer; where he renumbers, a line or stop is known again by its number and names (`official_ids`).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import TypeVar

from importers.fields.names import read_name
from importers.pipeline.declaration import OpenedList, Reference, Source
from importers.pipeline.headers import map_header
from importers.pipeline.lines import Line
from importers.pipeline.lists import ANOTHER_FILE, BrokenOff, date_in_name
from importers.reading import Piece, RawRow, RowOutcome, Table, Unreadable
from importers.sources.gtfs import demand, lines, stations
from importers.sources.gtfs.network import Network
from importers.sources.gtfs.tables import FeedFiles, feeds_among, layout_of
from importers.sources.mobility import MOBILITY
from importers.sources.parts import cell, identifier
from portal.core.problems import Problem

_TIMETABLE, ON_DEMAND = "gtfs-", "tad-"
Answer = TypeVar("Answer")

UNSAID_LICENCE = "Licence à demander au producteur"


def open_feeds(source: Source, pieces: tuple[Piece, ...]) -> tuple[OpenedList, ...] | Unreadable:
    """Open the lists of the GTFS feeds at a path."""
    found = feeds_among(pieces)
    if not found:
        sentence = (
            "Ces fichiers ne sont pas un GTFS : il faut au moins routes.txt, stops.txt, trips.txt et stop_times.txt."
        )
        return Unreadable(Problem(ANOTHER_FILE, sentence, value=", ".join(piece.name for piece in pieces[:4])))
    lists: list[OpenedList] = []
    for files in found:
        try:
            lists += _lists(source, files)
        except BrokenOff as broken:
            return Unreadable(broken.problem)
    return tuple(lists)


def _lists(source: Source, files: FeedFiles) -> Iterator[OpenedList]:
    if files.lacking:
        sentence = (
            f"Ce GTFS n’est pas complet : il y manque {', '.join(files.lacking)}. Redemandez-le à son producteur."
        )
        raise BrokenOff(Problem("gtfs-incomplet", sentence, value=", ".join(sorted(files.pieces))))
    network = Network(files)
    feeds = _Feeds(network)
    for name in feeds.names:
        yield from _lists_of(source, feeds, name)


@dataclass(frozen=True)
class _Feeds:
    """To which feed each row belongs."""

    network: Network

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Name the feeds: those of timetables first, for stops that nothing serves stand in the first one."""
        found = {self.of_route(route.id) for route in self.network.routes.values()}
        return tuple(sorted(found)) or (f"{_TIMETABLE}{self.network.agencies[0].key}",)

    def of_route(self, ident: str) -> str:
        """Name the feed of a line; of a row that names none, the first."""
        route = self.network.routes.get(ident)
        if route is None:
            return self.names[0]
        kind = ON_DEMAND if ident in self.network.on_demand_routes else _TIMETABLE
        return f"{kind}{route.agency.key}"

    def of_stop(self, ident: str) -> str:
        """Name the feed of who serves a stop most; where there is only one, nobody has to know."""
        number = self.network.stops.numbers.get(ident)
        if len(self.names) == 1 or number is None or self.network.is_far:
            return self.names[0]
        agency = stations.feed_agency(self.network, number)
        name = f"{_TIMETABLE}{agency.key}" if agency else ""
        return name if name in self.names else self.names[0]


def _lists_of(source: Source, feeds: _Feeds, name: str) -> Iterator[OpenedList]:
    """Give the lines and the stops of one feed: two files of one list."""
    network = feeds.network
    said_on = network.said_on or date_in_name(network.files.name)
    mine = replace(source, feed=name, owner=_owner(network, name, feeds), licence=UNSAID_LICENCE)
    for table, sheet in (("routes", demand if name.startswith(ON_DEMAND) else lines), ("stops", stations)):
        opened = network.files.table(table)
        belongs = partial(_belongs, feeds, name, table)
        if opened is not None:
            declared = replace(
                mine,
                columns=sheet.COLUMNS,
                key=_informed(network, sheet.key),
                parts=sheet.parts(network),
                needs=sheet.NEEDS,
                outside=_informed(network, sheet.outside),
                layout=layout_of(table),
            )
            header = map_header(opened.reading.columns, sheet.COLUMNS)
            rows = partial(_rows, opened, header.columns.get("key", ""), belongs)
            yield OpenedList(declared, replace(opened, rows=rows), header, said_on)


def _owner(network: Network, name: str, feeds: _Feeds) -> str:
    named = {route.agency.name for route in network.routes.values() if feeds.of_route(route.id) == name}
    return next(iter(sorted(named)), network.agencies[0].name)


def _belongs(feeds: _Feeds, name: str, table: str, ident: str) -> bool:
    return name == (feeds.of_route(ident) if table == "routes" else feeds.of_stop(ident))


def _rows(table: Table, column: str, belongs: Callable[[str], bool]) -> Iterator[RowOutcome]:
    """Give the rows of one feed; what is no row belongs to the first."""
    for outcome in table.rows():
        if isinstance(outcome, RawRow):
            mine = belongs(outcome.cells.get(column, "").strip())
        else:
            mine = isinstance(outcome, Unreadable) or belongs("")
        if mine:
            yield outcome


def _informed(
    network: Network, asked: Callable[[Network, Line, Reference], Answer]
) -> Callable[[Line, Reference], Answer]:
    """Let the network know the day and the territory before anything is asked of it."""

    def told(line: Line, reference: Reference) -> Answer:
        network.learn(today=reference.today, scope=reference.scope)
        return asked(network, line, reference)

    return told


SOURCE = Source(
    declaration=MOBILITY,
    feed="gtfs",
    licence=UNSAID_LICENCE,
    open=open_feeds,
    columns=lines.COLUMNS,
    signature=frozenset({"key", "type"}),
    key=identifier("key"),
    parts={"title": cell("long_name", read_name)},
    needs={"key": lines.NEEDS["key"], "title": lines.NEEDS["title"]},
)
"""Every GTFS feed; what is read of a row is declared when its network is known."""
