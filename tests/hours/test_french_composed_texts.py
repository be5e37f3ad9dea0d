"""Clauses put together at random are read as each says, or left in doubt; spoilt copies invent nothing."""

import random

import pytest

from portal.hours.french import read_french
from tests.hours.french_composer import Composer, blurred, faults


def composed(seed: int) -> tuple[Composer, str]:
    """Compose a text that says something."""
    composer = Composer(random.Random(seed))
    return composer, composer.compose() or "Fermé"


@pytest.mark.parametrize("start", range(0, 400, 100))
def test_clauses_together_are_read_right_or_left_in_doubt(start: int) -> None:
    read = 0
    for seed in range(start, start + 100):
        composer, text = composed(seed)
        opening, _ = read_french(text)
        assert faults(opening, composer) == [], text
        read += all(words.touches is None for words in opening.unread)
    assert read >= 75


@pytest.mark.parametrize("start", range(0, 400, 100))
def test_spoilt_copies_of_a_text_open_nothing_wrong(start: int) -> None:
    for seed in range(start, start + 100):
        composer, text = composed(seed)
        spoilt = blurred(text, random.Random(seed))
        opening, _ = read_french(spoilt)
        assert faults(opening, composer) == [], spoilt
