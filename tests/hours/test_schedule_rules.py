"""Each rule of a slot, each exception and each doubt, told as one case."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from portal.hours.calendar import Calendar, SchoolPeriod
from portal.hours.layers import PUBLIC_HOLIDAY_DOUBT, SCHOOL_HOLIDAY_DOUBT, TIMES_DOUBT
from portal.hours.schedule import Schedule
from portal.hours.slots import (
    WHOLE_DAY,
    Appointment,
    DatedException,
    DayRule,
    ExceptionKind,
    Mode,
    MonthDay,
    Opening,
    PublicHolidays,
    SchoolHolidays,
    Season,
    Slot,
    TimeSpan,
    Unread,
    Weekday,
    Weeks,
)

ROMILLY = Calendar.of_department("10")
NINE_TO_NOON = TimeSpan(540, 720)
LATE = TimeSpan(1200, 1560)
ON_WEDNESDAY = DayRule(days=frozenset({Weekday.WEDNESDAY}))
WEDNESDAY = Slot((NINE_TO_NOON,), ON_WEDNESDAY)
EVERY_NIGHT = Slot((LATE,), DayRule(public_holidays=PublicHolidays.OPEN))


def schedule(*parts: Slot | DatedException | Unread) -> Schedule:
    return Schedule(
        Opening(
            slots=tuple(part for part in parts if isinstance(part, Slot)),
            exceptions=tuple(part for part in parts if isinstance(part, DatedException)),
            unread=tuple(part for part in parts if isinstance(part, Unread)),
        ),
        ROMILLY,
    )


def code_at(instant: str, *parts: Slot | DatedException | Unread) -> str:
    return schedule(*parts).state_at(datetime.fromisoformat(instant)).code.value


def closed_on(first: str, last: str = "", *times: TimeSpan) -> DatedException:
    return DatedException(date.fromisoformat(first), date.fromisoformat(last or first), ExceptionKind.CLOSED, times)


def extra_on(first: str, last: str = "", *times: TimeSpan) -> DatedException:
    return DatedException(date.fromisoformat(first), date.fromisoformat(last or first), ExceptionKind.EXTRA, times)


def morning(rule: DayRule) -> Slot:
    return Slot((NINE_TO_NOON,), replace(rule, public_holidays=PublicHolidays.OPEN))


@pytest.mark.parametrize(
    ("rule", "open_on", "closed_on_days"),
    [
        (DayRule(days=frozenset({Weekday.TUESDAY})), ["2026-11-24"], ["2026-11-25"]),
        (DayRule(weeks=Weeks.ODD), ["2026-12-31", "2027-01-03", "2027-01-04"], ["2026-12-27", "2027-01-11"]),
        (DayRule(weeks=Weeks.EVEN), ["2026-12-27", "2027-01-11"], ["2026-12-31", "2027-01-04"]),
        (
            DayRule(days=frozenset({Weekday.TUESDAY}), nth=frozenset({1, 3})),
            ["2026-12-01", "2026-12-15"],
            ["2026-12-08"],
        ),
        (DayRule(days=frozenset({Weekday.TUESDAY}), nth=frozenset({-1})), ["2026-12-29"], ["2026-12-22"]),
        (DayRule(days=frozenset({Weekday.TUESDAY}), nth=frozenset({-2})), ["2026-12-22"], ["2026-12-29"]),
        (DayRule(days=frozenset({Weekday.TUESDAY}), nth=frozenset({5})), ["2026-12-29"], ["2026-11-24"]),
        (
            DayRule(days=frozenset({Weekday.MONDAY, Weekday.TUESDAY}), nth=frozenset({1})),
            ["2026-12-01", "2026-12-07"],
            ["2026-12-08", "2026-12-14"],
        ),
        (DayRule(valid_from=date(2026, 11, 24), valid_to=date(2026, 11, 25)), ["2026-11-24", "2026-11-25"], []),
        (
            DayRule(dates=frozenset({date(2026, 11, 24), date(2026, 12, 2)})),
            ["2026-11-24", "2026-12-02"],
            ["2026-11-25"],
        ),
    ],
)
def test_rule_holds_on_its_days_only(rule: DayRule, open_on: list[str], closed_on_days: list[str]) -> None:
    codes = {day: code_at(f"{day}T10:00", morning(rule)) for day in open_on + closed_on_days}
    assert codes == dict.fromkeys(open_on, "open") | dict.fromkeys(closed_on_days, "closed")


@pytest.mark.parametrize(
    ("first", "last", "inside", "outside"),
    [
        ((6, 15), (9, 15), ["2027-06-15", "2027-09-15"], ["2027-06-14", "2027-09-16"]),
        ((11, 1), (3, 31), ["2026-11-01", "2026-12-31", "2027-01-01", "2027-03-31"], ["2026-10-31", "2027-04-01"]),
        ((2, 1), (2, 29), ["2027-02-28", "2028-02-29"], ["2027-03-01", "2028-03-01"]),
        ((2, 29), (4, 30), ["2027-02-28", "2028-02-29"], ["2027-02-27", "2028-02-28"]),
    ],
)
def test_season_holds_both_its_ends(
    first: tuple[int, int], last: tuple[int, int], inside: list[str], outside: list[str]
) -> None:
    slot = morning(DayRule(season=Season(MonthDay(*first), MonthDay(*last))))
    assert {code_at(f"{day}T10:00", slot) for day in inside} == {"open"}
    assert {code_at(f"{day}T10:00", slot) for day in outside} == {"season_over"}


def test_what_has_not_begun_is_closed_not_over() -> None:
    spring = replace(WEDNESDAY, rule=replace(ON_WEDNESDAY, valid_from=date(2028, 3, 1), valid_to=date(2028, 6, 30)))
    summer = replace(WEDNESDAY, rule=replace(ON_WEDNESDAY, valid_from=date(2028, 9, 1)))
    assert {code_at(f"{day}T15:00", spring, summer) for day in ("2026-11-21", "2028-02-29")} == {"closed"}
    assert code_at("2028-07-10T15:00", spring, summer) == "season_over"
    pool = morning(DayRule(season=Season(MonthDay(6, 15), MonthDay(9, 15))))
    new_pool = replace(pool, rule=replace(pool.rule, valid_from=date(2028, 1, 10)))
    assert code_at("2026-11-21T15:00", summer, pool) == "season_over"
    assert [code_at(f"2028-01-{day}T15:00", new_pool) for day in ("09", "10")] == ["closed", "season_over"]


def test_season_over_says_when_it_is_back() -> None:
    pool = schedule(morning(DayRule(season=Season(MonthDay(6, 15), MonthDay(9, 15)))))
    state = pool.state_at(datetime.fromisoformat("2026-11-21T10:00"))
    assert [f"{when:%Y-%m-%d %H:%M}" for when in (state.until, state.next) if when] == [
        "2027-06-15 00:00",
        "2027-06-15 09:00",
    ]


@pytest.mark.parametrize(
    ("first", "last", "day", "code"),
    [
        ((9, 1), (7, 31), "2027-08-10", "closed"),  # fermé en août
        ((12, 25), (12, 23), "2026-12-24", "closed"),  # fermé le 24 décembre
        ((9, 15), (7, 31), "2027-08-10", "closed"),  # 45 days
        ((9, 16), (7, 31), "2027-08-10", "season_over"),  # 46 days
        ((1, 11), (12, 19), "2026-12-28", "closed"),  # over New Year
        ((1, 11), (12, 19), "2027-01-05", "closed"),
    ],
)
def test_a_short_break_is_closed_not_over(first: tuple[int, int], last: tuple[int, int], day: str, code: str) -> None:
    slot = morning(DayRule(season=Season(MonthDay(*first), MonthDay(*last))))
    assert code_at(f"{day}T10:00", slot) == code


def test_a_break_is_counted_over_all_slots() -> None:
    autumn = morning(DayRule(season=Season(MonthDay(9, 1), MonthDay(12, 31))))
    spring = morning(DayRule(season=Season(MonthDay(1, 1), MonthDay(7, 31))))
    assert code_at("2027-08-10T10:00", autumn, spring) == "closed"
    assert code_at("2027-08-10T10:00", autumn) == "season_over"


@pytest.mark.parametrize(
    "rule", [DayRule(valid_to=date(2026, 11, 20)), DayRule(dates=frozenset({date(2026, 11, 3), date(2026, 11, 20)}))]
)
def test_what_never_comes_back_has_no_date(rule: DayRule) -> None:
    state = schedule(morning(rule)).state_at(datetime.fromisoformat("2026-11-21T10:00"))
    assert (state.code, state.until, state.next) == ("season_over", None, None)


def test_one_slot_in_season_means_closed_not_over() -> None:
    summer = morning(DayRule(season=Season(MonthDay(6, 15), MonthDay(9, 15))))
    assert code_at("2026-11-24T10:00", summer, WEDNESDAY) == "closed"


@pytest.mark.parametrize(
    ("parts", "until"),
    [
        ((morning(DayRule(dates=frozenset({date(2031, 5, 5)}))),), "2031-05-05T09:00"),
        (
            (Slot((WHOLE_DAY,), DayRule(public_holidays=PublicHolidays.OPEN)), closed_on("2031-05-05")),
            "2031-05-05T00:00",
        ),
        (
            (Slot((WHOLE_DAY,), DayRule(valid_to=date(2031, 5, 5), public_holidays=PublicHolidays.OPEN)),),
            "2031-05-06T00:00",
        ),
        ((closed_on("2026-11-01", "2031-05-05"),), "2031-05-06T00:00"),
    ],
)
def test_a_change_far_ahead_is_still_found(parts: tuple[Slot | DatedException, ...], until: str) -> None:
    state = schedule(*parts).state_at(datetime.fromisoformat("2026-11-21T10:00"))
    assert state.until is not None
    assert f"{state.until:%Y-%m-%dT%H:%M}" == until


def test_a_date_far_ahead_is_still_found() -> None:
    opening = schedule(morning(DayRule(valid_from=date(2031, 5, 5))))
    state = opening.state_at(datetime.fromisoformat("2026-11-21T10:00"))
    assert state.next == datetime(2031, 5, 5, 9, tzinfo=ROMILLY.time_zone)


@pytest.mark.parametrize(
    ("holidays", "on_the_day", "day_before"),
    [
        (PublicHolidays.CLOSED, "closed", "open"),
        (PublicHolidays.OPEN, "open", "open"),
        (PublicHolidays.ONLY, "open", "closed"),
        (PublicHolidays.UNSTATED, "unknown", "open"),
    ],
)
def test_public_holiday_follows_the_rule(holidays: PublicHolidays, on_the_day: str, day_before: str) -> None:
    slot = Slot((NINE_TO_NOON,), DayRule(public_holidays=holidays))
    assert [code_at(f"2026-11-{day}T10:00", slot) for day in (11, 10)] == [on_the_day, day_before]


def test_unstated_holiday_leaves_other_times_closed() -> None:
    state = schedule(WEDNESDAY).state_at(datetime.fromisoformat("2026-11-11T10:00"))
    assert (state.reason, code_at("2026-11-11T14:00", WEDNESDAY)) == (PUBLIC_HOLIDAY_DOUBT, "closed")


def test_a_named_date_is_open_on_a_holiday() -> None:
    assert code_at("2026-11-11T10:00", Slot((NINE_TO_NOON,), DayRule(dates=frozenset({date(2026, 11, 11)})))) == "open"


@pytest.mark.parametrize(
    ("holidays", "in_holidays", "in_term", "beyond"),
    [
        (SchoolHolidays.ALWAYS, "open", "open", "open"),
        (SchoolHolidays.EXCEPT, "closed", "open", "unknown"),
        (SchoolHolidays.ONLY, "open", "closed", "unknown"),
    ],
)
def test_school_holidays_follow_the_rule(holidays: SchoolHolidays, in_holidays: str, in_term: str, beyond: str) -> None:
    slot = Slot((NINE_TO_NOON,), replace(ON_WEDNESDAY, school_holidays=holidays))
    days = ("2026-10-21", "2026-11-04", "2028-09-06")
    assert [code_at(f"{day}T10:00", slot) for day in days] == [in_holidays, in_term, beyond]
    assert code_at("2028-09-06T14:00", slot) == "closed"


def test_zones_of_the_rule_win_over_the_place() -> None:
    slot = Slot((NINE_TO_NOON,), DayRule(school_holidays=SchoolHolidays.EXCEPT, zones=frozenset("C")))
    assert [code_at(f"2027-{day}T10:00", slot) for day in ("02-08", "03-02")] == ["closed", "open"]


def test_unknown_school_holidays_say_so() -> None:
    slot = Slot((NINE_TO_NOON,), replace(ON_WEDNESDAY, school_holidays=SchoolHolidays.EXCEPT))
    assert schedule(slot).state_at(datetime.fromisoformat("2028-09-06T10:00")).reason == SCHOOL_HOLIDAY_DOUBT
    known = Calendar(school_zone="B", periods=(SchoolPeriod(date(2028, 9, 4), date(2028, 10, 20), is_holiday=False),))
    assert Schedule(Opening(slots=(slot,)), known).state_at(datetime.fromisoformat("2028-09-06T10:00")).code == "open"


@pytest.mark.parametrize(
    ("instant", "exceptions", "code"),
    [
        ("2026-11-25T10:00", [closed_on("2026-11-25")], "exceptional"),
        ("2026-11-25T15:00", [closed_on("2026-11-25")], "exceptional"),
        ("2026-11-25T10:00", [closed_on("2026-11-25", "", TimeSpan(660, 720))], "open"),
        ("2026-11-25T11:00", [closed_on("2026-11-25", "", TimeSpan(660, 720))], "exceptional"),
        ("2026-11-26T10:00", [extra_on("2026-11-26", "", NINE_TO_NOON)], "open"),
        ("2026-11-26T10:00", [extra_on("2026-11-26")], "unknown"),
        ("2026-11-11T10:00", [extra_on("2026-11-11", "", NINE_TO_NOON)], "open"),
        ("2026-11-26T10:00", [closed_on("2026-11-23", "2026-11-27"), extra_on("2026-11-26", "", NINE_TO_NOON)], "open"),
        (
            "2026-11-26T15:00",
            [closed_on("2026-11-23", "2026-11-27"), extra_on("2026-11-26", "", NINE_TO_NOON)],
            "exceptional",
        ),
        (
            "2026-11-26T10:00",
            [extra_on("2026-11-23", "2026-11-27", NINE_TO_NOON), closed_on("2026-11-26")],
            "exceptional",
        ),
        ("2026-11-26T10:00", [closed_on("2026-11-26"), extra_on("2026-11-26", "", NINE_TO_NOON)], "open"),
        (
            "2026-11-26T10:00",
            [extra_on("2026-11-26", "", LATE), closed_on("2026-11-26", "", NINE_TO_NOON)],
            "exceptional",
        ),
    ],
)
def test_exceptions_win_over_slots_and_the_closest_over_others(
    instant: str, exceptions: list[DatedException], code: str
) -> None:
    assert code_at(instant, WEDNESDAY, *exceptions) == code


def test_an_extra_opening_on_a_day_wins_over_a_week_of_closed_hours() -> None:
    afternoons = closed_on("2026-11-23", "2026-11-27", TimeSpan(720, 1080))
    fair = extra_on("2026-11-26", "", TimeSpan(840, 960))
    codes = [code_at(f"2026-11-26T{time}", WEDNESDAY, afternoons, fair) for time in ("13:00", "15:00", "17:00")]
    assert codes == ["exceptional", "open", "exceptional"]


def test_each_closed_day_gives_its_own_reason() -> None:
    first = replace(closed_on("2026-11-25"), reason="congés")
    second = replace(closed_on("2026-11-26"), reason="travaux")
    state = schedule(EVERY_NIGHT, first, second).state_at(datetime.fromisoformat("2026-11-26T00:30"))
    assert (state.code, state.reason) == ("exceptional", "travaux")


def test_message_changes_no_state() -> None:
    strike = DatedException(date(2026, 11, 25), date(2026, 11, 26), ExceptionKind.MESSAGE, reason="grève possible")
    warned = schedule(WEDNESDAY, strike)
    assert warned.state_at(datetime.fromisoformat("2026-11-25T10:00")).code == "open"
    assert (warned.messages_on(date(2026, 11, 26)), warned.messages_on(date(2026, 11, 27))) == (("grève possible",), ())


@pytest.mark.parametrize(
    ("instant", "code"),
    [
        ("2026-11-24T23:00", "open"),
        ("2026-11-25T01:59", "open"),  # the end of Tuesday evening
        ("2026-11-25T02:00", "exceptional"),
        ("2026-11-25T21:00", "exceptional"),
        ("2026-11-26T01:59", "exceptional"),  # what would have been the end of Wednesday evening
        ("2026-11-26T02:00", "closed"),
        ("2026-11-26T20:00", "open"),
    ],
)
def test_closed_day_keeps_the_end_of_the_evening_before(instant: str, code: str) -> None:
    assert code_at(instant, EVERY_NIGHT, closed_on("2026-11-25")) == code


def test_closed_hours_cut_the_night_they_fall_in() -> None:
    cut = closed_on("2026-11-25", "", TimeSpan(0, 60))
    assert [code_at(f"2026-11-25T{time}", EVERY_NIGHT, cut) for time in ("00:30", "01:30")] == ["exceptional", "open"]


@pytest.mark.parametrize(
    ("slot", "code", "mode"),
    [
        (replace(WEDNESDAY, appointment=Appointment.REQUIRED), "appointment", Mode.ON_SITE),
        (replace(WEDNESDAY, appointment=Appointment.POSSIBLE), "open", Mode.ON_SITE),
        (replace(WEDNESDAY, mode=Mode.PHONE), "open", Mode.PHONE),
        (replace(WEDNESDAY, times=(), appointment=Appointment.REQUIRED), "appointment", Mode.ON_SITE),
        (replace(WEDNESDAY, times=()), "unknown", None),
    ],
)
def test_slot_says_how_one_is_received(slot: Slot, code: str, mode: Mode | None) -> None:
    state = schedule(slot).state_at(datetime.fromisoformat("2026-11-25T10:00"))
    assert (state.code, state.mode) == (code, mode)
    assert state.reason == ("" if mode else TIMES_DOUBT)


def test_appointments_are_announced_apart_from_openings() -> None:
    slot = replace(WEDNESDAY, appointment=Appointment.REQUIRED)
    state = schedule(slot).state_at(datetime.fromisoformat("2026-11-23T10:00"))
    assert (state.next, state.next_appointment) == (None, datetime(2026, 11, 25, 9, tzinfo=ROMILLY.time_zone))


@pytest.mark.parametrize(
    ("unread", "codes"),
    [
        (Unread("sauf imprévu"), ["open", "closed", "closed"]),
        (Unread("selon marée", ON_WEDNESDAY), ["unknown", "unknown", "closed"]),
        (Unread("parfois l'après-midi", ON_WEDNESDAY, (TimeSpan(840, 1020),)), ["open", "unknown", "closed"]),
    ],
)
def test_unread_words_touch_their_days_and_times_only(unread: Unread, codes: list[str]) -> None:
    instants = ("2026-11-25T10:00", "2026-11-25T15:00", "2026-11-26T10:00")
    assert [code_at(instant, WEDNESDAY, unread) for instant in instants] == codes


def test_a_dated_closure_is_surer_than_unread_words() -> None:
    assert code_at("2026-11-25T10:00", WEDNESDAY, Unread("?", ON_WEDNESDAY), closed_on("2026-11-25")) == "exceptional"


@pytest.mark.parametrize(
    ("unread", "code"), [((Unread("à définir"),), "unknown"), ((Unread("mardi ?", ON_WEDNESDAY),), "closed")]
)
def test_words_without_any_slot_leave_the_rest_unknown(unread: tuple[Unread, ...], code: str) -> None:
    assert code_at("2026-11-26T10:00", *unread) == code


def test_a_closure_alone_tells_nothing_of_other_days() -> None:
    codes = [code_at(f"2026-11-{day}T10:00", closed_on("2026-11-25")) for day in (25, 26)]
    assert codes == ["exceptional", "unknown"]


def test_being_on_site_is_named_before_the_phone() -> None:
    both = schedule(replace(WEDNESDAY, mode=Mode.PHONE, times=(TimeSpan(540, 1020),)), WEDNESDAY)
    state = both.state_at(datetime.fromisoformat("2026-11-25T10:00"))
    assert (state.mode, state.until) == (Mode.ON_SITE, datetime(2026, 11, 25, 12, tzinfo=ROMILLY.time_zone))


def test_open_until_runs_through_touching_slots_and_midnight() -> None:
    thursday = DayRule(days=frozenset({Weekday.THURSDAY}))
    joined = schedule(
        Slot((TimeSpan(540, 780), TimeSpan(720, 1440)), ON_WEDNESDAY),
        Slot((TimeSpan(0, 90), TimeSpan(60, 300)), thursday),
    )
    state = joined.state_at(datetime.fromisoformat("2026-11-25T10:00"))
    assert state.until == datetime(2026, 11, 26, 5, tzinfo=ROMILLY.time_zone)


def test_always_open_has_no_end() -> None:
    always = schedule(Slot((WHOLE_DAY,), DayRule(public_holidays=PublicHolidays.OPEN)))
    state = always.state_at(datetime.fromisoformat("2026-11-25T10:00"))
    assert (state.code, state.until, state.next) == ("open", None, None)
