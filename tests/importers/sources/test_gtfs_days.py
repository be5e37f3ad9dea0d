"""Kinds of days of a timetable: every departure on every day it runs, and no other; their French words."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.sources.gtfs.offers import KindOfDay, Offer, kinds_of_days
from importers.sources.gtfs.sentences import day_words, departure_words, kind_sentences, listed
from portal.hours.calendar import Calendar
from portal.hours.service_days import Horizon, days_in, opening_of
from portal.hours.slots import DAY, TimeSpan
from tests.tools.examples import examples

MONTHS = Horizon(date(2026, 1, 5), 84)
"""Twelve weeks from a Monday on."""
AUBE = Calendar.of_department("10")
WEEK = sum(MONTHS.on(weekday) for weekday in range(5))
SATURDAY = MONTHS.on(5)


def an_offer(days: int, *departures: int) -> Offer:
    return Offer(days, departures, departures[-1])


def words(days: int) -> str:
    return day_words(days, MONTHS.whole & ~days, MONTHS, AUBE)


def test_services_of_one_day_are_told_together() -> None:
    (kind,) = kinds_of_days([an_offer(WEEK, 420, 1080), an_offer(WEEK, 720)], MONTHS)
    assert (kind.departures, kind.spans) == ((420, 720, 1080), (TimeSpan(420, 1080),))


def test_day_with_one_service_more_is_a_kind_of_its_own() -> None:
    wednesday = MONTHS.on(2)
    kinds = kinds_of_days([an_offer(WEEK, 420, 1080), an_offer(wednesday, 720)], MONTHS)
    assert [(kind.days, kind.departures) for kind in kinds] == [
        (WEEK & ~wednesday, (420, 1080)),
        (wednesday, (420, 720, 1080)),
    ]


def test_single_departure_is_a_minute_long() -> None:
    (kind,) = kinds_of_days([an_offer(WEEK, 420)], MONTHS)
    assert kind.spans == (TimeSpan(420, 421),)


def test_night_of_the_evening_before_stands_apart() -> None:
    kinds = kinds_of_days([an_offer(WEEK, 420, 1080), an_offer(WEEK, DAY + 30)], MONTHS)
    tuesday = next(kind for kind in kinds if kind.days & MONTHS.on(1))
    assert (tuesday.departures, tuesday.spans) == ((30, 420, 1080), (TimeSpan(30, 31), TimeSpan(420, 1080)))


OFFERS = st.lists(
    st.builds(
        lambda days, times: Offer(days, tuple(sorted(times)), max(times)),
        st.integers(0, MONTHS.whole),
        st.sets(st.integers(0, 2 * DAY), min_size=1, max_size=4),
    ),
    max_size=5,
)


@examples(50)
@given(OFFERS)
def test_every_departure_runs_on_its_days_and_no_other(offers: list[Offer]) -> None:
    expected = set()
    for offer in offers:
        late = min(offer.departures) // DAY
        for bit in days_in((offer.days << late) & MONTHS.whole):
            expected |= {(bit, minute - late * DAY) for minute in offer.departures}
    kinds = kinds_of_days(offers, MONTHS)
    found = {(bit, minute) for kind in kinds for bit in days_in(kind.days) for minute in kind.departures}
    assert found == expected
    assert sum(kind.days.bit_count() for kind in kinds) == len({bit for bit, _ in found})


@examples(40)
@given(OFFERS)
def test_opening_and_words_can_be_made_of_any_kinds(offers: list[Offer]) -> None:
    kinds = kinds_of_days(offers, MONTHS)
    opening = opening_of([(kind.days, kind.spans) for kind in kinds], MONTHS, AUBE)
    assert bool(opening.slots) is bool(kinds)
    assert all(sentence.endswith(".") for sentence in kind_sentences(kinds, MONTHS, AUBE))


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (WEEK, "du lundi au vendredi"),
        (WEEK | SATURDAY, "du lundi au samedi"),
        (SATURDAY, "samedi"),
        (MONTHS.whole, "du lundi au dimanche"),
        (MONTHS.of_dates([date(2026, 1, 6)]), "le 6 janvier 2026"),
        (MONTHS.of_dates([date(2026, 1, 6), date(2026, 2, 6)]), "le 6 janvier 2026 et le 6 février 2026"),
        (
            MONTHS.of_dates(date(2026, 1, 5) + timedelta(days) for days in (0, 9, 18, 30)),
            "4 jours du 5 janvier au 4 février 2026",
        ),
        (
            WEEK & MONTHS.between(date(2026, 2, 2), date(2026, 3, 1)),
            "du lundi au vendredi, du 2 au 27 février 2026",
        ),
    ],
)
def test_days_are_said_as_people_do(days: int, said: str) -> None:
    assert words(days) == said


@pytest.mark.parametrize(
    ("departures", "said"),
    [
        ((420,), "un départ à 7\u00a0h"),
        ((420, 1065), "départs à 7\u00a0h et 17\u00a0h\u00a045"),
        (tuple(range(400, 470, 10)), "premier départ à 6\u00a0h\u00a040, dernier à 7\u00a0h\u00a040 (7 départs)"),
    ],
)
def test_many_departures_are_told_by_their_ends(departures: tuple[int, ...], said: str) -> None:
    assert departure_words(KindOfDay(WEEK, departures, (TimeSpan(420, 421),))) == said


def test_kinds_that_read_alike_are_told_once() -> None:
    busy, busier = tuple(range(400, 480, 10)), (400, 415, *range(420, 480, 10))
    (sentence,) = kind_sentences(
        kinds_of_days([an_offer(WEEK, *busy), an_offer(SATURDAY, *busier)], MONTHS), MONTHS, AUBE
    )
    assert sentence.startswith("Du lundi au samedi\u00a0: premier départ")


def test_lists_of_words_end_with_and() -> None:
    assert [listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])] == ["a", "a et b", "a, b et c"]
