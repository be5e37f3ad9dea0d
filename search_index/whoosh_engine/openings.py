"""When schedules are in which state, as sorted arrays: an instant is one binary search for each schedule asked for.

All changes of all schedules stand in one ascending column: number of the schedule times the width of the window, plus
minutes since its start. A span that is asked again is worked out for all schedules and remembered.
"""

from collections import OrderedDict
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from search_index.times import WELCOMING, Changes, Span, State, Timetables
from search_index.whoosh_engine.arrays import Array, Block, write_block

Numbers = NDArray[np.int64]
Floats = NDArray[np.float64]
Codes = NDArray[np.uint8]
NO, YES, UNKNOWN = 0, 1, 2
"""Whether somebody is received."""
_MOST_REMEMBERED = 32
_IS_WELCOMING = np.array([state in WELCOMING for state in State])


class Openings:
    """The timetables of all schedules; one nobody told of has the number -1."""

    def __init__(self, window: Span, keys: Sequence[str], ends: Numbers, minutes: Numbers, states: Codes) -> None:
        self.window = window
        self._numbers = {key: number for number, key in enumerate(keys)}
        # The last one stands for schedules nobody told of: no change is theirs.
        self._ends = np.concatenate((ends, ends[-1:] if len(ends) else np.zeros(1, dtype=np.int64)))
        self._starts = np.concatenate((np.zeros(1, dtype=np.int64), ends))
        # What changes before the window holds from its start, what changes after it lies one beyond its end.
        self._width = max(window.last - window.first + 2, 2)
        within = np.clip(minutes - window.first, 0, self._width - 1)
        self._column = within + np.repeat(np.arange(len(ends)) * self._width, np.diff(ends, prepend=0))
        self._within, self._states = within, states
        self._remembered: OrderedDict[Span, Codes | None] = OrderedDict()

    def numbers_of(self, keys: Sequence[str]) -> Numbers:
        """Give the numbers of schedules."""
        return np.array([self._numbers.get(key, -1) for key in keys], dtype=np.int64)

    def states(self, schedules: Numbers, minute: int) -> Codes:
        """Give the state of each schedule at a minute."""
        if not self._covers(minute):
            return np.full(len(schedules), State.UNKNOWN, dtype=np.uint8)
        places = self._places(schedules, minute - self.window.first)
        known = places >= self._starts[schedules]
        return np.where(known, self._states_or_none[places], np.uint8(State.UNKNOWN))

    def waits(self, schedules: Numbers, minute: int) -> Floats:
        """Count the minutes until somebody is received; endless where nobody knows."""
        if not self._covers(minute):
            return np.full(len(schedules), np.inf)
        since = minute - self.window.first
        starts, ends = self._starts[schedules], self._ends[schedules]
        places = self._places(schedules, since)
        is_now = (places >= starts) & _IS_WELCOMING[self._states_or_none[places]]
        later = self._next_welcome[np.maximum(places + 1, starts)]
        is_later = (later < ends) & (self._within_or_none[later] < self._width - 1)
        waits = np.where(is_later, self._within_or_none[later] - since, np.inf)
        return np.where(is_now, 0.0, waits)

    def receiving(self, schedules: Numbers, span: Span) -> Codes:
        """Tell whether somebody is received at some minute of a span."""
        remembered = self._remembered.get(span)
        if remembered is None:
            if span not in self._remembered:
                self._remember(span, None)
                return self._receiving(schedules, span)
            remembered = self._receiving(np.arange(-1, len(self._numbers), dtype=np.int64), span)
            self._remember(span, remembered)
        return remembered[schedules + 1]

    def _remember(self, span: Span, found: Codes | None) -> None:
        self._remembered[span] = found
        while len(self._remembered) > _MOST_REMEMBERED:
            self._remembered.popitem(last=False)

    def _receiving(self, schedules: Numbers, span: Span) -> Codes:
        window = self.window
        first, last = max(span.first, window.first), min(span.last, window.last)
        if first > last:
            return np.full(len(schedules), UNKNOWN, dtype=np.uint8)
        starts = self._starts[schedules]
        from_place = self._places(schedules, first - window.first)
        until = self._places(schedules, last - window.first) + 1
        begins = np.maximum(from_place, starts)
        is_open = self._n_welcoming[until] > self._n_welcoming[begins]
        is_unknown = (self._n_unknown[until] > self._n_unknown[begins]) | (from_place < starts)
        if span != Span(first, last):
            is_unknown[:] = True
        return np.where(is_open, np.uint8(YES), np.where(is_unknown, np.uint8(UNKNOWN), np.uint8(NO)))

    def _covers(self, minute: int) -> bool:
        return self.window.first <= minute <= self.window.last

    def _places(self, schedules: Numbers, since: int) -> Numbers:
        """Give the last change of each schedule at a minute; one before its first where there is none."""
        numbers = np.where(schedules < 0, len(self._numbers), schedules)
        return np.searchsorted(self._column, numbers * self._width + since, side="right") - 1

    @cached_property
    def _states_or_none(self) -> Codes:
        # The one at the end stands for "none", which is also what -1 finds.
        return np.append(self._states, np.uint8(State.UNKNOWN))

    @cached_property
    def _within_or_none(self) -> Numbers:
        return np.append(self._within, self._width)

    @cached_property
    def _n_welcoming(self) -> Numbers:
        return np.concatenate(([0], np.cumsum(_IS_WELCOMING[self._states])))

    @cached_property
    def _n_unknown(self) -> Numbers:
        return np.concatenate(([0], np.cumsum(self._states == State.UNKNOWN)))

    @cached_property
    def _next_welcome(self) -> Numbers:
        """Give, for each change, the first change from it on after which somebody is received, of any schedule."""
        n_changes = len(self._states)
        places = np.where(_IS_WELCOMING[self._states], np.arange(n_changes), n_changes)
        following = np.minimum.accumulate(places[::-1])[::-1]
        return np.append(following, n_changes)


def write_times(path: Path, timetables: Timetables) -> None:
    """Keep timetables in a file."""
    changes = [change for of_one in timetables.changes.values() for change in of_one]
    arrays: dict[str, Array] = {
        "window": np.array([timetables.window.first, timetables.window.last], dtype=np.int64),
        "ends": np.cumsum([len(of_one) for of_one in timetables.changes.values()], dtype=np.int64),
        "minutes": np.array([minute for minute, _ in changes], dtype=np.int64),
        "states": np.array([state for _, state in changes], dtype=np.uint8),
    }
    write_block(path, arrays, {"keys": list(timetables.changes)})


def read_times(contents: Sequence[bytes]) -> Openings:
    """Read timetables from the contents of such files: the first tells the window, a later one adds schedules."""
    blocks = [Block(content) for content in contents]
    first, last = blocks[0].array("window").tolist()
    keys = [key for block in blocks for key in block.texts("keys")]
    counts = np.concatenate([np.diff(block.array("ends"), prepend=0) for block in blocks])
    minutes, states = (np.concatenate([block.array(name) for block in blocks]) for name in ("minutes", "states"))
    return Openings(Span(first, last), keys, np.cumsum(counts), minutes, states)


def window_of(contents: Sequence[bytes]) -> Span:
    """Give the window of timetables; an empty one when nothing was told yet."""
    return Span(*Block(contents[0]).array("window").tolist()) if contents else Timetables().window


def joined_times(contents: Sequence[bytes]) -> Timetables:
    """Put the contents of several such files together."""
    changes: dict[str, Changes] = {}
    for block in map(Block, contents):
        ends = block.array("ends")[:-1]
        minutes, states = (np.split(block.array(name), ends) for name in ("minutes", "states"))
        for key, of_key, codes in zip(block.texts("keys"), minutes, states, strict=False):
            changes[key] = tuple(zip(of_key.tolist(), map(State, codes.tolist()), strict=True))
    return Timetables(window_of(contents), changes)
