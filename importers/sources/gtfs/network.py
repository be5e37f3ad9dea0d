"""One feed put together: who runs which line, where it stops and when, read from the files the first time it is asked.

Small files are read at once; the passages, millions in a large feed, only when somebody needs them: of a feed that
lies wholly outside the territory nobody does.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Mapping
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

import numpy as np

from importers.fields.names import read_name
from importers.sources.gtfs.agencies import Agency, Route, read_agencies, read_routes
from importers.sources.gtfs.booking import BookingRule, read_booking_rules
from importers.sources.gtfs.calendars import ServiceDays, read_calendars
from importers.sources.gtfs.fares import Fares, read_fares
from importers.sources.gtfs.passings import WINDOW_COLUMNS
from importers.sources.gtfs.stops import StopGroup, Stops, read_stops
from importers.sources.gtfs.tables import Cells, FeedFiles
from importers.sources.gtfs.timetable import Timetable, read_timetable
from importers.sources.gtfs.zones import Polygon, read_groups, read_zones
from portal.core.problems import Problem
from portal.core.text import slug
from portal.geography.communes import Commune
from portal.geography.distances import NEAR, great_circles
from portal.geography.lookup import communes
from portal.geography.points import Point
from portal.geography.whereabouts import whereabouts
from portal.hours.gtfs import read_gtfs_date

ON_DEMAND_TYPE = "715"
_DAY_IN_VERSION_LENGTH = 8
_HEADER_BYTES = 4096
_REMEMBERED = 512
"""Answers kept at hand: one sheet asks the same of its stop over and over."""
Answer = TypeVar("Answer")


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
        """List who runs lines."""
        return read_agencies(self.files, read_name(self.publisher.get("feed_publisher_name", ""))[0] or "")

    @cached_property
    def routes(self) -> Mapping[str, Route]:
        """Give the lines by identifier."""
        return read_routes(self.files, self.agencies)

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
        return read_timetable(self.files, self.routes, self.services, self.stops)

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
        patterns: dict[tuple[int, ...], str] = {}
        for trip in timetable.trips_of.get(route, ()):
            stops = tuple(timetable.passings.stop[timetable.of_trip(trip)].tolist())
            direction = timetable.trips[trip].direction
            patterns[stops] = min(patterns.get(stops, direction), direction)
        return min(
            patterns,
            key=lambda stops: (-len(set(stops)), patterns[stops], [self.group(each).main.id for each in stops]),
            default=(),
        )

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

    def group(self, number: int) -> StopGroup:
        """Give a group of stops."""
        return self.stops.groups[number]


def _near(points: list[tuple[int, Point]], scope: frozenset[str]) -> set[int]:
    lats, lons = (np.array([getattr(point, axis) for _, point in points]) for axis in ("lat", "lon"))
    found: set[int] = set()
    for code in scope:
        commune = communes().communes.get(code)
        if commune is not None and points:
            away = great_circles(commune.point.lat, commune.point.lon, lats, lons)
            found.update(points[place][0] for place in np.flatnonzero(away <= commune.radius + NEAR).tolist())
    return found
