"""One feed put together: who runs which line, where it stops and when, read from the files the first time it is asked.

Small files are read at once; the passages, millions in a large feed, only when somebody needs them: of a feed that
lies wholly outside the territory nobody does.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import numpy as np

from importers.fields.cells import fault, said
from importers.fields.names import read_name
from importers.sources.gtfs.booking import BookingRule, read_booking_rules
from importers.sources.gtfs.calendars import ServiceDays, read_calendars
from importers.sources.gtfs.fares import Fares, read_fares
from importers.sources.gtfs.passings import WINDOW_COLUMNS, OnDemand, Passings, read_passings
from importers.sources.gtfs.stops import StopGroup, Stops, read_stops
from importers.sources.gtfs.tables import Cells, FeedFiles
from importers.sources.gtfs.zones import Polygon, read_groups, read_zones
from portal.core.problems import Problem
from portal.core.text import slug
from portal.geography.communes import Commune
from portal.geography.distances import NEAR, great_circles
from portal.geography.lookup import communes
from portal.geography.points import Point
from portal.geography.whereabouts import whereabouts
from portal.hours.gtfs import read_gtfs_date

if TYPE_CHECKING:
    from numpy.typing import NDArray

NOBODY = "Réseau de transport non précisé"
ON_DEMAND_TYPE = "715"
_DAY_IN_VERSION_LENGTH = 8
_LONGEST_KEY = 60
_YEAR = re.compile(r"(?:-20\d\d)+$")
_HEADER_BYTES = 4096
_REMEMBERED = 512
"""Answers kept at hand: one sheet asks the same of its stop over and over."""
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Agency:
    """Who runs lines."""

    id: str
    name: str
    cells: Cells = field(default_factory=dict, compare=False)

    @property
    def key(self) -> str:
        """Write what it is known by from one edition to the next: its name without the year some put at its end."""
        name = slug(self.name)
        return (_YEAR.sub("", name) or name or slug(self.id) or "reseau")[:_LONGEST_KEY].strip("-")


@dataclass(frozen=True)
class Route:
    """A row of routes.txt."""

    id: str
    line: int
    agency: Agency
    type: str
    short_name: str
    long_name: str


class Trip(NamedTuple):
    """A trip, by the numbers and names of what it belongs to."""

    route: str
    service: str
    direction: str
    headsign: str
    wheelchair: str


@dataclass(frozen=True)
class Timetable:
    """What the passages say, arranged to be asked by stop and by line."""

    passings: Passings
    on_demand: tuple[OnDemand, ...]
    trips: tuple[Trip, ...]
    by_stop: "NDArray[np.int64]"
    """Numbers of the passages in the order of the groups of stops."""
    stop_bounds: "NDArray[np.int64]"
    """Where each group begins in it."""
    trip_bounds: "NDArray[np.int64]"
    """Where each trip begins among the passages."""
    trips_of: Mapping[str, tuple[int, ...]]
    """Route -> its trips that stop somewhere."""
    on_demand_of: Mapping[str, tuple[OnDemand, ...]]
    """Route -> its stretches on demand."""

    def at_stop(self, number: int) -> "NDArray[np.int64]":
        """Give the passages at a group of stops."""
        return self.by_stop[self.stop_bounds[number] : self.stop_bounds[number + 1]]

    def of_trip(self, trip: int) -> slice:
        """Give where a trip stands among the passages."""
        return slice(int(self.trip_bounds[trip]), int(self.trip_bounds[trip + 1]))


class Network:
    """A feed, put together from its files."""

    def __init__(self, files: FeedFiles) -> None:
        self.files = files
        self.today: date | None = None
        self.scope: frozenset[str] | None = None
        self._near: dict[frozenset[str], frozenset[int]] = {}
        self._communes: dict[int, Commune | None] = {}
        self._passages: dict[str, Counter[int]] = {}
        self._along: dict[str, tuple[Commune, ...]] = {}
        self._answers: dict[Hashable, Any] = {}

    def remembered(self, question: Hashable, answer: Callable[[], Answer]) -> Answer:
        """Answer a question, from memory when it was asked shortly before."""
        if question not in self._answers:
            if len(self._answers) >= _REMEMBERED:
                self._answers.clear()
            self._answers[question] = answer()
        kept: Answer = self._answers[question]
        return kept

    def learn(self, *, today: date | None, scope: frozenset[str] | None) -> None:
        """Take note of the day it is and of the communes that count."""
        self.today, self.scope = today, scope

    @property
    def is_far(self) -> bool:
        """Tell whether the whole feed lies outside the communes that count."""
        return self.scope is not None and not self.near(self.scope)

    @cached_property
    def publisher(self) -> Cells:
        """Give the row of feed_info.txt, if any."""
        return next((cells for _, cells in self.files.rows("feed_info")), {})

    @property
    def said_on(self) -> date | None:
        """Give the day of this version: named in its number, else the first day it holds."""
        figures = "".join(sign for sign in self.publisher.get("feed_version", "")[:10] if sign.isdigit())
        return read_gtfs_date(figures[:_DAY_IN_VERSION_LENGTH]) or read_gtfs_date(
            self.publisher.get("feed_start_date", "")
        )

    @cached_property
    def agencies(self) -> tuple[Agency, ...]:
        """List who runs lines; without a file of agencies it is who publishes the feed."""
        found: dict[str, Agency] = {}
        for _, cells in self.files.rows("agency"):
            name, _problems = read_name(cells.get("agency_name", ""))
            ident = cells.get("agency_id", "").strip()
            found.setdefault(ident, Agency(ident, name or said(ident) or self._publisher_name, cells))
        return tuple(found.values()) or (Agency("", self._publisher_name),)

    @property
    def _publisher_name(self) -> str:
        return read_name(self.publisher.get("feed_publisher_name", ""))[0] or NOBODY

    @cached_property
    def routes(self) -> Mapping[str, Route]:
        """Give the lines by identifier; of two rows of one identifier the first counts."""
        by_id = {agency.id: agency for agency in self.agencies}
        only = self.agencies[0] if len(self.agencies) == 1 else None
        found: dict[str, Route] = {}
        for line, cells in self.files.rows("routes"):
            ident = cells.get("route_id", "").strip()
            if ident and ident not in found:
                named = cells.get("agency_id", "").strip()
                found[ident] = Route(
                    id=ident,
                    line=line,
                    agency=by_id.get(named) or only or Agency("", NOBODY),
                    type=cells.get("route_type", "").strip(),
                    short_name=said(cells.get("route_short_name", "")),
                    long_name=said(cells.get("route_long_name", "")),
                )
        return found

    @cached_property
    def stops(self) -> Stops:
        """Give the stops, put together."""
        return read_stops(self.files)

    @cached_property
    def services(self) -> ServiceDays:
        """Give the days of each service."""
        return read_calendars(self.files, self.today)

    @cached_property
    def timetable(self) -> Timetable:
        """Read the passages: the long part. A file that breaks off raises `BrokenOff`."""
        trips = dict(self._trips())
        numbers = {name: number for number, name in enumerate(trips)}
        found = read_passings(self.files, numbers, self.stops.numbers)
        passings, on_demand = found.passings, found.on_demand
        declared = tuple(trips.values())
        listed = (*declared, *(declared[model] for model in found.models))
        by_stop = np.lexsort((passings.departure, passings.stop))
        trips_of: dict[str, list[int]] = defaultdict(list)
        for trip in np.unique(passings.trip).tolist():
            trips_of[listed[trip].route].append(trip)
        asked: dict[str, list[OnDemand]] = defaultdict(list)
        for each in on_demand:
            asked[listed[each.trip].route].append(each)
        return Timetable(
            passings=passings,
            on_demand=on_demand,
            trips=listed,
            by_stop=by_stop,
            stop_bounds=_bounds(passings.stop[by_stop], len(self.stops.groups)),
            trip_bounds=_bounds(passings.trip, len(listed)),
            trips_of={route: tuple(found) for route, found in trips_of.items()},
            on_demand_of={route: tuple(found) for route, found in asked.items()},
        )

    @cached_property
    def may_be_on_demand(self) -> bool:
        """Tell, without reading the passages, whether some line may have to be booked."""
        if "booking_rules" in self.files.pieces or any(each.type == ON_DEMAND_TYPE for each in self.routes.values()):
            return True
        # Opening millions of rows only to see their header would cost as much as reading them.
        head = self.files.head("stop_times", _HEADER_BYTES).split(b"\n", maxsplit=1)[0].lower()
        return any(name.encode() in head for name in WINDOW_COLUMNS)

    @cached_property
    def on_demand_routes(self) -> frozenset[str]:
        """Name the lines that run only for those who book."""
        if not self.may_be_on_demand:
            return frozenset()
        typed = {route.id for route in self.routes.values() if route.type == ON_DEMAND_TYPE}
        return frozenset(typed | set(self.timetable.on_demand_of))

    @cached_property
    def fares(self) -> Fares:
        """Give the prices."""
        return read_fares(self.files)

    def remarks(self) -> tuple[Problem, ...]:
        """Tell what was wrong in the files beside the lists, all of them read."""
        _ = self.timetable, self.fares, self.booking_rules, self.zones
        return self.files.told()

    def passages_by_stop(self, route: str) -> Counter[int]:
        """Count how often the vehicles of a line pass each group of stops."""
        if route not in self._passages:
            timetable = self.timetable
            trips = timetable.trips_of.get(route, ())
            stops = [timetable.passings.stop[timetable.of_trip(trip)] for trip in trips]
            self._passages[route] = Counter(np.concatenate(stops).tolist() if stops else ())
        return self._passages[route]

    def stops_along(self, route: str) -> tuple[int, ...]:
        """Give the groups of stops of a line in order, by the pattern of its trips that has most of them."""
        timetable = self.timetable
        patterns = {
            tuple(timetable.passings.stop[timetable.of_trip(trip)].tolist())
            for trip in timetable.trips_of.get(route, ())
        }
        ranked = sorted(patterns, key=lambda stops: (-len(set(stops)), [self.group(each).main.id for each in stops]))
        return ranked[0] if ranked else ()

    def communes_along(self, route: str) -> tuple[Commune, ...]:
        """List the communes a line serves: in order along its longest pattern, then those of its other trips."""
        if route not in self._along:
            others = sorted(self.passages_by_stop(route), key=lambda number: self.group(number).main.id)
            found = [self.commune_of(number) for number in (*self.stops_along(route), *others)]
            self._along[route] = tuple(dict.fromkeys(commune for commune in found if commune is not None))
        return self._along[route]

    def commune_of(self, number: int) -> Commune | None:
        """Give the commune of a group of stops: by its point, and by its name where that names one around."""
        if number not in self._communes:
            group = self.stops.groups[number]
            point = group.point
            self._communes[number] = None if point is None else whereabouts().commune_at(point, words=group.name)
        return self._communes[number]

    @cached_property
    def booking_rules(self) -> Mapping[str, BookingRule]:
        """Give the ways to book."""
        return read_booking_rules(self.files)

    @cached_property
    def stops_of_groups(self) -> Mapping[str, frozenset[int]]:
        """Number the stops of each group to which one is taken on demand."""
        return {
            name: frozenset(self.stops.numbers[stop] for stop in stops if stop in self.stops.numbers)
            for name, stops in read_groups(self.files).items()
        }

    @cached_property
    def zones(self) -> Mapping[str, tuple[Polygon, ...]]:
        """Give the polygons of each zone on the map."""
        return read_zones(self.files)

    def natural_name(self, number: int) -> str:
        """Write what people know a stop by: its commune and its name."""
        commune, name = self.commune_of(number), slug(self.group(number).name)
        return f"{commune.code}-{name}" if commune is not None and name else ""

    def is_alone_with_its_name(self, number: int) -> bool:
        """Tell whether no other stop of the commune bears the same name: one that two bear tells neither."""
        alike = self._alike[slug(self.group(number).name)]
        return sum(1 for other in alike if self.commune_of(other) == self.commune_of(number)) == 1

    @cached_property
    def _alike(self) -> Mapping[str, tuple[int, ...]]:
        found: dict[str, list[int]] = defaultdict(list)
        for number, group in enumerate(self.stops.groups):
            found[slug(group.name)].append(number)
        return {name: tuple(numbers) for name, numbers in found.items()}

    def is_on_demand(self, number: int) -> bool:
        """Tell whether a group of stops is one to which one is taken on demand."""
        return number in self._on_demand_stops

    @cached_property
    def _on_demand_stops(self) -> frozenset[int]:
        single = (self.stops.numbers.get(each.place.removeprefix("stop:")) for each in self.timetable.on_demand)
        named = {number for number in single if number is not None}
        return frozenset(named.union(*self.stops_of_groups.values()))

    def near(self, scope: frozenset[str]) -> frozenset[int]:
        """List the groups of stops that may lie in some communes, at little cost."""
        if scope not in self._near:
            points = [(number, group.point) for number, group in enumerate(self.stops.groups) if group.point]
            self._near[scope] = frozenset(_near(points, scope))
        return self._near[scope]

    def _trips(self) -> Iterator[tuple[str, Trip]]:
        for line, cells in self.files.rows("trips"):
            trip = Trip(*(cells.get(name, "").strip() for name in _TRIP_COLUMNS))
            ident = cells.get("trip_id", "").strip()
            if not ident or trip.route not in self.routes or trip.service not in self.services.days:
                sentence = "Ce voyage nomme une ligne ou un calendrier que le fichier ne donne pas : il est laissé."
                value = f"{ident} / {trip.route} / {trip.service}"
                self.files.remark("trips", line, fault("gtfs-voyage-sans-ligne", sentence, value))
            else:
                yield ident, trip

    def group(self, number: int) -> StopGroup:
        """Give a group of stops."""
        return self.stops.groups[number]


_TRIP_COLUMNS = ("route_id", "service_id", "direction_id", "trip_headsign", "wheelchair_accessible")


def _bounds(numbers: "NDArray[np.int32]", n_numbers: int) -> "NDArray[np.int64]":
    """Give where each number begins in a sorted column; asked one by one, it would be converted each time."""
    return np.searchsorted(numbers, np.arange(n_numbers + 1, dtype=np.int32))


def _near(points: list[tuple[int, Point]], scope: frozenset[str]) -> set[int]:
    lats, lons = (np.array([getattr(point, axis) for _, point in points]) for axis in ("lat", "lon"))
    found: set[int] = set()
    for code in scope:
        commune = communes().communes.get(code)
        if commune is not None and points:
            away = great_circles(commune.point.lat, commune.point.lon, lats, lons)
            found.update(points[place][0] for place in np.flatnonzero(away <= commune.radius + NEAR).tolist())
    return found
