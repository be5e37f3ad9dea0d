"""What the index answers about a time is what the schedule itself would answer, holidays and clock changes included.

Set MAILLAGE_TEST_PAIRS to compare more pairs of a schedule and an instant than a usual run has time for.
"""

import os
import random
from collections.abc import Iterable
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.hours.calendar import PARIS, Calendar
from portal.hours.layers import StateCode
from portal.hours.schedule import Schedule
from portal.hours.slots import Opening
from portal.search import far_times
from portal.search.timetables import STATES, Hours, changes_over, key_of, span_of_days, timetables_of, window_on
from search_index.times import Span, State, Timetables
from tests.directory.builders import hours
from tests.hours.openings import openings

PAIRS = int(os.environ.get("MAILLAGE_TEST_PAIRS", "2000"))
HARD_DAYS = [date(2026, 3, 28), date(2026, 10, 24), date(2026, 12, 24), date(2026, 11, 10), date(2027, 2, 5)]
"""Eves of both clock changes, of Christmas and the New Year, of a public holiday, and of school holidays."""
AUBE = Calendar.of_department("10")
NOTATIONS = (
    "Mo-Fr 09:00-12:00,13:30-17:00",
    "Sa 08:00-12:00; PH off",
    "Fr,Sa 20:00-02:30",
    "24/7",
    "Tu[1,3] 14:00-16:00",
    "week 01-53/2 We 10:00-12:00",
    "Mo-Su 00:00-24:00; Dec 25 off",
    "SH Mo-Fr 10:00-18:00",
)


def receives(state: StateCode) -> bool | None:
    return None if state is StateCode.UNKNOWN else state in {StateCode.OPEN, StateCode.APPOINTMENT}


@given(openings, st.sampled_from(HARD_DAYS), st.integers(0, 15 * 1440))
def test_any_opening_is_compiled_as_it_is_walked(opening: Opening, today: date, minute: int) -> None:
    window = window_on(today, PARIS)
    span = span_of_days(window)
    told = Timetables(span, {"one": changes_over(Hours(opening, AUBE), span)})
    at = span.first + minute
    instant = datetime.fromtimestamp(60 * at, PARIS)
    assert told.state("one", at) == STATES[Schedule(opening, AUBE).state_at(instant).code]


def test_far_days_are_compiled_once_for_all_who_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {key_of(each): each for each in (Hours(hours(notation), AUBE) for notation in NOTATIONS)}
    span, compiled = span_of_days(window_on(HARD_DAYS[0], PARIS)), list[str]()

    def noted(schedules: Iterable[tuple[str, Hours]], days: Span) -> Timetables:
        told = dict(schedules)
        compiled.extend(told)
        return timetables_of(told.items(), days)

    monkeypatch.setattr(far_times, "timetables_of", noted)
    keys, kept = [*known], far_times.FarTimes()
    first = kept.over([keys[0], "unknown"], known, span)
    assert kept.over(keys, known, span).changes == timetables_of(known.items(), span).changes
    assert [*first.changes] == keys[:1]
    assert sorted(compiled) == sorted(keys)
    for day in range(far_times.MOST_KEPT):
        kept.over(keys[:1], known, Span(span.first + day + 1, span.last))
    kept.over(keys[:1], known, span)
    assert len(compiled) == len(keys) + far_times.MOST_KEPT + 1


def test_a_time_asked_is_answered_as_the_schedule_would() -> None:
    chance = random.Random(5)
    schedules = {key_of(each): each for each in (Hours(hours(notation), AUBE) for notation in NOTATIONS)}
    for today in HARD_DAYS:
        span = span_of_days(window_on(today, PARIS))
        told = timetables_of(schedules.items(), span)
        for _ in range(PAIRS // len(HARD_DAYS)):
            key, minute = chance.choice([*schedules]), chance.randint(span.first, span.last)
            instant = datetime.fromtimestamp(60 * minute, PARIS)
            state = Schedule(schedules[key].opening, AUBE).state_at(instant)
            assert told.receives(key, Span(minute, minute)) == receives(state.code), (key, instant)


def test_schedules_that_differ_in_words_only_share_a_key() -> None:
    one, other = hours("Mo 09:00-12:00"), hours('Mo 09:00-12:00 "sonner deux fois"')
    assert one != other
    assert key_of(Hours(one, AUBE)) == key_of(Hours(other, AUBE))
    assert key_of(Hours(one, AUBE)) != key_of(Hours(one, Calendar.of_department("77")))
    assert key_of(Hours(Opening(), AUBE)) == ""


def test_the_window_begins_yesterday_and_ends_in_a_fortnight() -> None:
    window = window_on(date(2026, 11, 21), PARIS)
    assert (window.first, window.first + timedelta(days=window.n_days)) == (date(2026, 11, 20), date(2026, 12, 6))
    assert STATES[StateCode.SEASON_OVER] is State.SEASON_OVER
