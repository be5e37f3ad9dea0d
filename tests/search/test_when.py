"""Times asked for become minutes of the calendar, seen from one Saturday."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from portal.search.when import read_when, span_of
from portal.search.when_in_words import words_of

PARIS = ZoneInfo("Europe/Paris")
SATURDAY = datetime(2026, 11, 21, 12, 20, tzinfo=PARIS)


def span(text: str, now: datetime = SATURDAY) -> tuple[str, str]:
    when = read_when(text)
    assert when is not None
    minutes = span_of(when, now)
    first, last = (datetime.fromtimestamp(60 * each, UTC).astimezone(PARIS) for each in (minutes.first, minutes.last))
    return f"{first:%d/%m %H:%M}", f"{last:%d/%m %H:%M}"


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("maintenant", "21/11 12:20", "21/11 12:20"),
        ("aujourdhui", "21/11 12:20", "21/11 23:59"),
        ("aujourdhui-soir", "21/11 18:00", "21/11 23:59"),
        ("demain-matin", "22/11 06:00", "22/11 11:59"),
        ("samedi", "21/11 12:20", "21/11 23:59"),
        ("samedi-matin", "28/11 06:00", "28/11 11:59"),
        ("dimanche", "22/11 00:00", "22/11 23:59"),
        ("vendredi-14h30", "27/11 14:30", "27/11 14:30"),
        ("jour-de-semaine-midi", "23/11 12:30", "23/11 13:29"),
        ("jour-de-semaine-tot-le-matin", "23/11 05:00", "23/11 07:59"),
        ("cette-semaine", "21/11 12:20", "29/11 23:59"),
        ("semaine-prochaine", "23/11 00:00", "29/11 23:59"),
        ("week-end", "21/11 12:20", "22/11 23:59"),
        ("2026-12-24", "24/12 00:00", "24/12 23:59"),
        ("2026-12-01T18:30", "01/12 18:30", "01/12 18:30"),
        ("lundi-apres-18h", "23/11 18:00", "23/11 23:59"),
        ("lundi-avant-9h", "23/11 00:00", "23/11 08:59"),
    ],
)
def test_a_time_is_dated_from_today(text: str, first: str, last: str) -> None:
    assert span(text) == (first, last)


def test_a_morning_that_has_begun_counts_from_now() -> None:
    assert span("samedi-matin", SATURDAY.replace(hour=9)) == ("21/11 09:20", "21/11 11:59")


def test_the_night_of_the_clock_change_keeps_its_wall_time() -> None:
    eve = datetime(2026, 10, 24, 12, tzinfo=PARIS)
    assert span("dimanche-14h", eve) == ("25/10 14:00", "25/10 14:00")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("maintenant", "maintenant"),
        ("demain-matin", "demain, le matin"),
        ("samedi-matin", "samedi 28 novembre, le matin"),
        ("2026-12-01T18:30", "mardi 1er décembre, à 18 h 30"),
        ("lundi-apres-19h", "lundi 23 novembre, après 19 h"),
        ("week-end", "du samedi 21 novembre au dimanche 22 novembre"),
    ],
)
def test_a_time_is_said_back_with_its_date(text: str, words: str) -> None:
    when = read_when(text)
    assert when is not None
    assert (
        words_of(when, SATURDAY).replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ") == words
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("maintenant", "now"),
        ("demain-matin", "tomorrow, in the morning"),
        ("mardi-apres-19h", "Tuesday 24 November, after 7 pm"),
        ("lundi-avant-9h30", "Monday 23 November, before 9:30 am"),
        ("lundi-14h-16h", "Monday 23 November, from 2 pm to 4 pm"),
        ("2026-12-01T18:30", "Tuesday 1 December, at 6:30 pm"),
        ("semaine-prochaine", "from Monday 23 November to Sunday 29 November"),
    ],
)
def test_a_time_is_said_in_english(text: str, words: str) -> None:
    when = read_when(text)
    assert when is not None
    assert words_of(when, SATURDAY, "en").replace("\N{NO-BREAK SPACE}", " ") == words
