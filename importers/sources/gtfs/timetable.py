"""The passages of a feed arranged to be asked by stop, by line and by trip."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from importers.fields.cells import fault
from importers.sources.gtfs.agencies import Route
from importers.sources.gtfs.calendars import ServiceDays
from importers.sources.gtfs.passings import OnDemand, Passings, read_passings
from importers.sources.gtfs.stops import Stops
from importers.sources.gtfs.tables import FeedFiles

if TYPE_CHECKING:
    from numpy.typing import NDArray

_TRIP_COLUMNS = ("route_id", "service_id", "direction_id", "trip_headsign", "wheelchair_accessible")


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


def read_timetable(files: FeedFiles, routes: Mapping[str, Route], services: ServiceDays, stops: Stops) -> Timetable:
    """Read the passages: the long part. A file that breaks off raises `BrokenOff`."""
    trips = dict(_trips(files, routes, services))
    found = read_passings(files, {name: number for number, name in enumerate(trips)}, stops.numbers)
    passings = found.passings
    declared = tuple(trips.values())
    listed = (*declared, *(declared[model] for model in found.models))
    by_stop = np.lexsort((passings.departure, passings.stop))
    trips_of: dict[str, list[int]] = defaultdict(list)
    for trip in np.unique(passings.trip).tolist():
        trips_of[listed[trip].route].append(trip)
    asked: dict[str, list[OnDemand]] = defaultdict(list)
    for each in found.on_demand:
        asked[listed[each.trip].route].append(each)
    return Timetable(
        passings=passings,
        on_demand=found.on_demand,
        trips=listed,
        by_stop=by_stop,
        stop_bounds=_bounds(passings.stop[by_stop], len(stops.groups)),
        trip_bounds=_bounds(passings.trip, len(listed)),
        trips_of={route: tuple(mine) for route, mine in trips_of.items()},
        on_demand_of={route: tuple(mine) for route, mine in asked.items()},
    )


def _trips(files: FeedFiles, routes: Mapping[str, Route], services: ServiceDays) -> Iterator[tuple[str, Trip]]:
    for line, cells in files.rows("trips"):
        trip = Trip(*(cells.get(name, "").strip() for name in _TRIP_COLUMNS))
        ident = cells.get("trip_id", "").strip()
        if not ident or trip.route not in routes or trip.service not in services.days:
            sentence = "Ce voyage nomme une ligne ou un calendrier que le fichier ne donne pas : il est laissé."
            value = f"{ident} / {trip.route} / {trip.service}"
            files.remark("trips", line, fault("gtfs-voyage-sans-ligne", sentence, value))
        else:
            yield ident, trip


def _bounds(numbers: "NDArray[np.int32]", n_numbers: int) -> "NDArray[np.int64]":
    """Give where each number begins in a sorted column; asked one by one, it would be converted each time."""
    return np.searchsorted(numbers, np.arange(n_numbers + 1, dtype=np.int32))
