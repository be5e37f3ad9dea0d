"""Hours at which usual services rest, as part of a need."""

from datetime import datetime

import pytest

from portal.geography.lookup import communes
from portal.search.opening import vocabulary_of
from portal.search.understanding.question import make_book, understand

BOOK = make_book(vocabulary_of(None), communes(), frozenset())
NOW = datetime(2026, 11, 21, 9)


@pytest.mark.parametrize("words", ["qui garde ma fille à 5h du matin", "garde d’enfants le dimanche", "nounou le soir"])
def test_who_starts_early_is_led_to_those_who_come_then(words: str) -> None:
    understood = understand(words, BOOK, now=NOW)
    assert understood.needs[0].meanings[0].code == "PE05"
    assert understood.when is None


@pytest.mark.parametrize("words", ["nounou mercredi", "crèche ouverte le matin", "médecin le soir"])
def test_an_hour_of_the_day_stays_a_filter(words: str) -> None:
    assert understand(words, BOOK, now=NOW).when is not None


def test_eight_in_the_evening_is_twenty_hours() -> None:
    understood = understand("pharmacie à 8h du soir", BOOK, now=NOW)
    assert understood.when is not None
    assert understood.when.hours.start == 20 * 60
