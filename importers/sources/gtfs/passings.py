"""When each trip passes each stop: millions of rows kept as columns of numbers, in the order of the trips.

Times that a producer leaves out between two it gives are set in proportion, as the format says. What cannot be placed
in time still tells that the trip stops there.
"""

from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from importers.fields.cells import fault
from importers.sources.gtfs.clock import minute_of
from importers.sources.gtfs.tables import Cells, FeedFiles

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from portal.core.problems import Problem

NO_TIME = -1
_NO_BOARDING, _ON_CALL = "1", "2"
_ZONE_COLUMNS = ("location_id", "location_group_id")
_WINDOW_COLUMNS = ("start_pickup_drop_off_window", "end_pickup_drop_off_window")
WINDOW_COLUMNS = frozenset((*_ZONE_COLUMNS, *_WINDOW_COLUMNS))
"""Columns that only a transport on demand has."""
_MOST_REPEATS = 2000
"""Departures of one trip in a day: more than one a minute is a slip of the pen."""
_MOST_FREQUENCIES = 500


class OnDemand(NamedTuple):
    """A stretch of time in which one may be taken or left somewhere on demand."""

    trip: int
    place: str
    """`stop:…`, `location:…` or `group:…`."""
    start: int
    end: int
    rules: tuple[str, ...]
    """Booking rules that hold there."""


@dataclass(frozen=True)
class Passings:
    """The columns, sorted by trip and by order within the trip."""

    trip: "NDArray[np.int32]"
    stop: "NDArray[np.int32]"
    arrival: "NDArray[np.int32]"
    departure: "NDArray[np.int32]"
    boards: "NDArray[np.bool_]"
    """Whether one may get in: not at the last stop."""
    on_call: "NDArray[np.bool_]"
    """Whether one must telephone to be picked up."""


@dataclass(frozen=True)
class PassagesRead:
    """What the two files of passages say."""

    passings: Passings
    on_demand: tuple[OnDemand, ...]
    models: tuple[int, ...]
    """For each trip that only repeats another, numbered after all that are declared, the trip it repeats."""


@dataclass
class _Columns:
    """What one reading of the file gathers."""

    trip: "array[int]" = field(default_factory=lambda: array("i"))
    stop: "array[int]" = field(default_factory=lambda: array("i"))
    order: "array[int]" = field(default_factory=lambda: array("i"))
    arrival: "array[int]" = field(default_factory=lambda: array("i"))
    departure: "array[int]" = field(default_factory=lambda: array("i"))
    pickup: "array[int]" = field(default_factory=lambda: array("b"))
    on_demand: list[OnDemand] = field(default_factory=list)


def read_passings(files: FeedFiles, trips: Mapping[str, int], stops: Mapping[str, int]) -> PassagesRead:
    """Read `stop_times` and `frequencies`; `trips` and `stops` number what other files declare."""
    columns = _gathered(files, trips, stops)
    numbers = {
        name: np.frombuffer(getattr(columns, name), dtype=np.int32) if len(columns.trip) else np.empty(0, np.int32)
        for name in ("trip", "stop", "order", "arrival", "departure")
    }
    pickup = np.frombuffer(columns.pickup, dtype=np.int8) if len(columns.trip) else np.empty(0, np.int8)
    in_order = np.lexsort((numbers["order"], numbers["trip"]))
    trip = numbers["trip"][in_order]
    is_last = np.append(trip[1:] != trip[:-1], True)[: len(trip)]
    passings = Passings(
        trip=trip,
        stop=numbers["stop"][in_order],
        arrival=_filled(trip, numbers["arrival"][in_order]),
        departure=_filled(trip, numbers["departure"][in_order]),
        boards=(pickup[in_order] != int(_NO_BOARDING)) & ~is_last,
        on_call=pickup[in_order] == int(_ON_CALL),
    )
    repeated, models = _repeated(passings, _frequencies(files, trips), len(trips))
    return PassagesRead(repeated, tuple(columns.on_demand), models)


def _gathered(files: FeedFiles, trips: Mapping[str, int], stops: Mapping[str, int]) -> _Columns:
    columns = _Columns()
    # The same few hundred times come back row after row.
    times: dict[str, int | None] = {"": NO_TIME}
    for line, cells in files.rows("stop_times"):
        trip = trips.get(cells.get("trip_id", "").strip())
        if trip is None:
            files.remark("stop_times", line, _unknown_trip(cells))
        elif any(cells.get(name, "").strip() for name in WINDOW_COLUMNS):
            _gather_on_demand(files, line, cells, trip, columns)
        else:
            _gather(files, line, cells, (trip, stops.get(cells.get("stop_id", "").strip())), columns, times)
    return columns


def _gather(
    files: FeedFiles,
    line: int,
    cells: Cells,
    place: tuple[int, int | None],
    columns: _Columns,
    times: dict[str, int | None],
) -> None:
    trip, stop = place
    arrival, departure = (_time(cells.get(name, ""), times) for name in ("arrival_time", "departure_time"))
    order = cells.get("stop_sequence", "").strip()
    if stop is None or arrival is None or departure is None or not (order.isascii() and order.isdigit()):
        sentence = "Ce passage n’est pas compris (arrêt, heure ou rang) : corrigez-le, il est laissé de côté."
        value = " ".join(cells.get(name, "") for name in ("trip_id", "stop_id", "departure_time", "stop_sequence"))
        files.remark("stop_times", line, fault("gtfs-passage", sentence, value))
        return
    columns.trip.append(trip)
    columns.stop.append(stop)
    columns.order.append(min(int(order[:9]), 2**31 - 1))
    columns.arrival.append(departure if arrival == NO_TIME else arrival)
    columns.departure.append(arrival if departure == NO_TIME else departure)
    pickup = cells.get("pickup_type", "").strip()
    columns.pickup.append(int(pickup) if pickup in {"0", "1", "2", "3"} else 0)


def _time(text: str, times: dict[str, int | None]) -> int | None:
    if text not in times:
        times[text] = minute_of(text) if text.strip() else NO_TIME
    return times[text]


def _gather_on_demand(files: FeedFiles, line: int, cells: Cells, trip: int, columns: _Columns) -> None:
    start, end = (minute_of(cells.get(name, "")) for name in _WINDOW_COLUMNS)
    place = _place(cells)
    if start is None or end is None or end <= start or not place:
        sentence = "Cette plage de réservation n’est pas comprise (lieu, début ou fin) : corrigez-la."
        value = " ".join(cells.get(name, "") for name in (*_ZONE_COLUMNS, *_WINDOW_COLUMNS))
        files.remark("stop_times", line, fault("gtfs-plage", sentence, value))
        return
    named = (cells.get(name, "").strip() for name in ("pickup_booking_rule_id", "drop_off_booking_rule_id"))
    columns.on_demand.append(OnDemand(trip, place, start, end, tuple(sorted({rule for rule in named if rule}))))


def _place(cells: Cells) -> str:
    for kind, column in (("location", "location_id"), ("group", "location_group_id"), ("stop", "stop_id")):
        name = cells.get(column, "").strip()
        if name:
            return f"{kind}:{name}"
    return ""


def _filled(trip: "NDArray[np.int32]", times: "NDArray[np.int32]") -> "NDArray[np.int32]":
    """Set the times left out between two known ones of the same trip."""
    blank = np.flatnonzero(times == NO_TIME)
    known = np.flatnonzero(times != NO_TIME)
    if not len(blank) or not len(known):
        return times
    after = np.searchsorted(known, blank)
    before = np.clip(after - 1, 0, len(known) - 1)
    after = np.clip(after, 0, len(known) - 1)
    is_within = (trip[known[before]] == trip[blank]) & (trip[known[after]] == trip[blank])
    is_within &= (known[before] < blank) & (known[after] > blank)
    filled = times.copy()
    filled[blank[is_within]] = np.interp(blank[is_within], known, times[known]).astype(np.int32)
    return filled


class _Frequency(NamedTuple):
    """A trip that leaves again and again."""

    trip: int
    start: int
    end: int
    step: int
    """Seconds between two departures."""


def _frequencies(files: FeedFiles, trips: Mapping[str, int]) -> list[_Frequency]:
    found: list[_Frequency] = []
    for line, cells in files.rows("frequencies"):
        trip = trips.get(cells.get("trip_id", "").strip())
        start, end = minute_of(cells.get("start_time", "")), minute_of(cells.get("end_time", ""))
        step = cells.get("headway_secs", "").strip()
        seconds = int(step) if step.isascii() and step.isdigit() and len(step) < len("1000000") else 0
        if trip is None or start is None or end is None or end <= start or not seconds:
            value = " ".join(cells.values())
            sentence = "Cette fréquence n’est pas comprise (voyage, heures ou secondes) : corrigez-la."
            files.remark("frequencies", line, fault("gtfs-frequence", sentence, value))
        elif (end - start) * 60 / seconds > _MOST_REPEATS:
            sentence = "Cette fréquence fait partir plus d’un véhicule par minute : corrigez « headway_secs »."
            files.remark("frequencies", line, fault("gtfs-frequence", sentence, step))
        elif len(found) == _MOST_FREQUENCIES:
            sentence = f"Ce fichier a plus de {_MOST_FREQUENCIES} fréquences : gardez celles de votre territoire."
            files.remark("frequencies", line, fault("gtfs-frequence", sentence, ""))
        else:
            found.append(_Frequency(trip, start, end, seconds))
    return found


def _repeated(passings: Passings, frequencies: list[_Frequency], n_trips: int) -> tuple[Passings, tuple[int, ...]]:
    """Let the trips of `frequencies` leave at each of their times instead of the one that models them."""
    if not frequencies:
        return passings, ()
    models: list[int] = []
    modelled = np.isin(passings.trip, [each.trip for each in frequencies])
    parts = [{name: column[~modelled] for name, column in vars(passings).items()}]
    for each in frequencies:
        first, last = np.searchsorted(passings.trip, [each.trip, each.trip + 1])
        mine = {name: column[first:last] for name, column in vars(passings).items()}
        known = mine["departure"][mine["departure"] != NO_TIME]
        for start in _starts(each) if len(known) else ():
            parts.append(_moved(mine, n_trips + len(models), start - int(known[0])))
            models.append(each.trip)
    joined = {name: np.concatenate([part[name] for part in parts]) for name in vars(passings)}
    in_order = np.argsort(joined["trip"], kind="stable")
    return Passings(**{name: column[in_order] for name, column in joined.items()}), tuple(models)


def _starts(frequency: _Frequency) -> Iterator[int]:
    return (second // 60 for second in range(frequency.start * 60, frequency.end * 60, frequency.step))


def _moved(columns: "dict[str, NDArray[np.int32]]", trip: int, minutes: int) -> "dict[str, NDArray[np.int32]]":
    times = {name: columns[name] for name in ("arrival", "departure")}
    moved = {name: np.where(column == NO_TIME, NO_TIME, column + minutes) for name, column in times.items()}
    numbered = {"trip": np.full_like(columns["trip"], trip)}
    return columns | numbered | {name: column.astype(np.int32) for name, column in moved.items()}


def _unknown_trip(cells: Cells) -> "Problem":
    sentence = "Ce passage est celui d’un voyage que trips.txt ne donne pas, ou d’une ligne inconnue : vérifiez-le."
    return fault("gtfs-voyage-inconnu", sentence, cells.get("trip_id", ""))
