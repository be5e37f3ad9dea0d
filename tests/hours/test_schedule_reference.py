"""The schedule agrees with the slow reference, minute by minute, on openings of every kind."""

from datetime import UTC, datetime, timedelta

from hypothesis import given

from portal.hours.calendar import Calendar
from portal.hours.schedule import Schedule, State
from portal.hours.slots import Appointment, Opening
from tests.hours.openings import PARIS, instants, openings
from tests.hours.reference import Reference, Told

ZONE_B = Calendar(school_zone="B")
MINUTE = timedelta(minutes=1)
WATCHED = 30 * 60


def told(state: State) -> Told:
    return (state.code.value, state.mode.value if state.mode else "", state.reason)


def in_utc(instant: datetime | None) -> datetime | None:
    """Leave the wall clock: it has minutes that come twice, or never, and compare as nobody expects."""
    return None if instant is None else instant.astimezone(UTC)


def minutes_from(instant: datetime, n: int) -> list[datetime]:
    start = instant.astimezone(UTC).replace(second=0)
    return [start + number * MINUTE for number in range(n)]


@given(openings, instants)
def test_state_agrees_with_the_reference(opening: Opening, instant: datetime) -> None:
    assert told(Schedule(opening, ZONE_B).state_at(instant)) == Reference(opening, "B", PARIS).told_at(instant)


@given(openings, instants)
def test_next_change_is_the_first_change(opening: Opening, instant: datetime) -> None:
    change = in_utc(Schedule(opening, ZONE_B).next_change(instant))
    reference = Reference(opening, "B", PARIS)
    now = reference.told_at(instant)
    watched = minutes_from(instant, WATCHED)
    seen = next((minute for minute in watched if reference.told_at(minute) != now), None)
    if seen is not None or (change is not None and change <= watched[-1]):
        assert change == seen
    elif change is not None:
        assert reference.told_at(change - MINUTE) == now != reference.told_at(change)


@given(openings, instants)
def test_until_joins_what_differs_in_reason(opening: Opening, instant: datetime) -> None:
    state = Schedule(opening, ZONE_B).state_at(instant)
    reference = Reference(opening, "B", PARIS)
    now = reference.told_at(instant)[:2]
    watched = minutes_from(instant, WATCHED // 3)
    seen = next((minute for minute in watched if reference.told_at(minute)[:2] != now), None)
    until = in_utc(state.until)
    assert seen == (until if until is not None and until <= watched[-1] else None)


@given(openings, instants)
def test_next_opening_is_the_first_one(opening: Opening, instant: datetime) -> None:
    following = in_utc(Schedule(opening, ZONE_B).state_at(instant).next)
    reference = Reference(opening, "B", PARIS)
    watched = minutes_from(instant, WATCHED)
    codes = [reference.told_at(minute)[:2] for minute in watched]
    starts = (n for n in range(1, WATCHED) if codes[n][0] == "open" and codes[n] != codes[n - 1])
    seen = next((watched[n] for n in starts), None)
    assert seen == (following if following is not None and following <= watched[-1] else None)


@given(openings.filter(lambda opening: opening.slots), instants)
def test_next_doubt_comes_before_all_that_is_sure(opening: Opening, instant: datetime) -> None:
    doubt = in_utc(Schedule(opening, ZONE_B).state_at(instant).next_doubt)
    reference = Reference(opening, "B", PARIS)
    watched = minutes_from(instant, WATCHED)
    told_then = [reference.told_at(minute)[:2] for minute in watched]
    starts = (n for n in range(1, WATCHED) if told_then[n] != told_then[n - 1])
    first = next((n for n in starts if told_then[n][0] in {"open", "appointment", "unknown"}), None)
    if first is not None:
        assert doubt == (watched[first] if told_then[first][0] == "unknown" else None)
    else:
        assert doubt is None or doubt > watched[-1]


@given(openings, instants)
def test_open_minutes_are_the_sure_occurrences(opening: Opening, instant: datetime) -> None:
    schedule = Schedule(opening, ZONE_B)
    day = instant.date()
    sure = [
        (one.start.astimezone(UTC), one.end.astimezone(UTC))
        for one in schedule.occurrences(day - timedelta(days=1), day)
        if one.is_certain and one.appointment is not Appointment.REQUIRED
    ]
    reference = Reference(opening, "B", PARIS)
    midnight = datetime.combine(day, datetime.min.time(), PARIS)
    for minute in minutes_from(midnight, 23 * 60)[::7]:
        is_open = reference.told_at(minute)[0] == "open"
        assert is_open == any(start <= minute < end for start, end in sure)
