"""When schedules are in which state, as sorted arrays: a minute is asked of all schedules at once.

All changes stand twice: in the order of time, with the states of all schedules every few hours, so that any minute is
a copy and the few changes since; and schedule after schedule, to look ahead for when somebody is received next. What
edits add stands in a layer of its own, which takes no time to sort.
"""

from collections.abc import Sequence
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from search_index.times import WELCOMING, Span, State
from search_index.whoosh_engine.remembered import Remembered
from search_index.whoosh_engine.tags import Tags

Numbers = NDArray[np.int64]
Floats = NDArray[np.float64]
Codes = NDArray[np.uint8]
NO, YES, UNKNOWN = 0, 1, 2
"""Whether somebody is received."""
_STEP = 360
"""Minutes between the states that are kept ready."""
_MOST_BYTES = 4_000_000
_IS_WELCOMING = np.array([state in WELCOMING for state in State])


class Layer:
    """The timetables of some schedules over a window."""

    def __init__(self, window: Span, keys: Sequence[str], ends: Numbers, minutes: Numbers, states: Codes) -> None:
        self.window = window
        self.keys = keys
        # What changes before the window holds from its start, what changes after it lies one beyond its end.
        self._width = max(window.last - window.first + 2, 2)
        within = np.clip(minutes - window.first, 0, self._width - 1)
        schedules = np.repeat(np.arange(len(ends)), np.diff(ends, prepend=0))
        self._set_ahead(within, states, schedules)
        order = np.argsort(within, kind="stable")
        self._minutes, self._schedules, self._states = within[order], schedules[order], states[order]
        self._ready = self._states_ready()

    def states(self, since: int) -> Codes:
        """Give the states of all schedules so many minutes into the window."""
        states = self._ready[since // _STEP].copy()
        first, last = np.searchsorted(self._minutes, (since // _STEP * _STEP, since), side="right").tolist()
        # Of several changes of one schedule the last one stays.
        states[self._schedules[first:last]] = self._states[first:last]
        return states

    def receiving(self, first: int, last: int) -> Codes:
        """Tell of all schedules whether somebody is received at some minute of a span within the window."""
        states = self.states(first)
        is_open, is_unknown = _IS_WELCOMING[states], states == State.UNKNOWN
        start, end = np.searchsorted(self._minutes, (first, last), side="right").tolist()
        met, schedules = self._states[start:end], self._schedules[start:end]
        is_open[schedules[_IS_WELCOMING[met]]] = True
        is_unknown[schedules[met == State.UNKNOWN]] = True
        return np.where(is_open, np.uint8(YES), np.where(is_unknown, np.uint8(UNKNOWN), np.uint8(NO)))

    def waits(self, schedules: Numbers, since: int) -> Floats:
        """Count the minutes until some schedules next begin to receive; endless where nobody knows."""
        places = np.searchsorted(self._column, schedules * self._width + since, side="right")
        later = self._next_welcome[places]
        starts = self._starts[later]
        is_later = (self._owners[later] == schedules) & (starts < self._width - 1)
        return np.where(is_later, starts - since, np.inf)

    def _set_ahead(self, within: Numbers, states: Codes, schedules: Numbers) -> None:
        """Keep the changes after which somebody is received, schedule after schedule."""
        n_changes = len(within)
        self._column = schedules * self._width + within
        places = np.where(_IS_WELCOMING[states], np.arange(n_changes), n_changes)
        following = np.minimum.accumulate(places[::-1])[::-1]
        # One more of each stands for "none", of no schedule.
        self._next_welcome = np.append(following, n_changes)
        self._starts, self._owners = np.append(within, self._width), np.append(schedules, -1)

    def _states_ready(self) -> list[Codes]:
        states = np.full(len(self.keys), State.UNKNOWN, dtype=np.uint8)
        ready, before = [], 0
        for start in range(0, self._width, _STEP):
            until = int(np.searchsorted(self._minutes, start, side="right"))
            states[self._schedules[before:until]] = self._states[before:until]
            ready.append(states.copy())
            before = until
        return ready


class Openings:
    """The timetables of all schedules; the number -1, one nobody told of, finds the last place of every answer."""

    def __init__(self, layers: Sequence[Layer]) -> None:
        self.layers = layers
        self.window = layers[0].window if layers else Span(0, -1)
        counts = [len(layer.keys) for layer in layers]
        self._offsets = [sum(counts[:place]) for place in range(len(counts))]
        self._n_schedules = sum(counts)
        self._numbers: dict[str, int] = {}
        for layer, offset in zip(layers, self._offsets, strict=True):
            self._numbers.update(zip(layer.keys, range(offset, offset + len(layer.keys)), strict=True))
        self._of_rows: WeakKeyDictionary[Tags, Numbers] = WeakKeyDictionary()
        self._remembered: Remembered[Codes] = Remembered(most_bytes=_MOST_BYTES, size=lambda codes: codes.nbytes)

    def numbers_of(self, schedules: Tags) -> Numbers:
        """Give the number of the schedule of each row of a segment; worked out once for each."""
        known = self._of_rows.get(schedules)
        if known is None:
            of_set = np.full(schedules.n_sets, -1, dtype=np.int64)
            numbers = np.array([self._numbers.get(key, -1) for key in schedules.values], dtype=np.int64)
            of_set[schedules.set_of_member] = numbers[schedules.members]
            known = self._of_rows[schedules] = of_set[schedules.of_row]
        return known

    def states(self, minute: int) -> Codes:
        """Give the states of all schedules at a minute."""
        return self._remembered.get(minute, lambda: self._states(minute))

    def receiving(self, span: Span) -> Codes:
        """Tell of all schedules whether somebody is received at some minute of a span."""
        return self._remembered.get(span, lambda: self._receiving(span))

    def waits(self, schedules: Numbers, minute: int) -> Floats:
        """Count the minutes until somebody is received; endless where nobody knows."""
        waits = np.full(len(schedules), np.inf)
        if not self._covers(minute):
            return waits
        for layer, offset in zip(self.layers, self._offsets, strict=True):
            its_own = np.flatnonzero((schedules >= offset) & (schedules < offset + len(layer.keys)))
            waits[its_own] = layer.waits(schedules[its_own] - offset, minute - self.window.first)
        waits[_IS_WELCOMING[self.states(minute)[schedules]]] = 0.0
        return waits

    def _states(self, minute: int) -> Codes:
        states = np.full(self._n_schedules + 1, State.UNKNOWN, dtype=np.uint8)
        if self._covers(minute):
            told = [layer.states(minute - self.window.first) for layer in self.layers]
            np.concatenate(told, out=states[:-1])
        return states

    def _receiving(self, span: Span) -> Codes:
        receiving = np.full(self._n_schedules + 1, UNKNOWN, dtype=np.uint8)
        start = self.window.first
        first, last = max(span.first, start), min(span.last, self.window.last)
        if first <= last:
            np.concatenate([layer.receiving(first - start, last - start) for layer in self.layers], out=receiving[:-1])
            if span != Span(first, last):
                # Beyond the window nobody knows, unless somebody is received within it.
                receiving[receiving == NO] = UNKNOWN
        return receiving

    def _covers(self, minute: int) -> bool:
        return self.window.first <= minute <= self.window.last
