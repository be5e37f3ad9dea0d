"""What the ranking promises, as sentences; the figures behind them stand in `search_index.ranking`."""

import numpy as np
import pytest

from search_index import ranking
from search_index.distances import metres_from, vector_of
from search_index.documents import Part, Spot


def _score(part: Part, *, times: int = 1, length: int = 5) -> float:
    return ranking.word_score(float(ranking.grains(times * ranking.occurrence(part, length))), 1.0)


def test_a_word_counts_more_in_the_title_than_among_concepts_structure_place_and_text() -> None:
    scores = [_score(part) for part in (Part.TITLE, Part.CONCEPT, Part.STRUCTURE, Part.PLACE, Part.TEXT)]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(scores)


def test_ten_times_a_word_in_the_text_is_no_better_than_once_in_a_short_title() -> None:
    assert _score(Part.TEXT, times=10, length=60) < 2 * _score(Part.TITLE)


def test_a_word_weighs_less_in_a_long_part() -> None:
    assert _score(Part.TITLE, length=12) < _score(Part.TITLE, length=3)


def test_a_rare_word_says_more_than_a_common_one_and_none_says_nothing() -> None:
    assert ranking.rarity(1, 1000) > ranking.rarity(500, 1000) > ranking.rarity(1000, 1000) > 0


def test_two_kilometres_come_before_twenty() -> None:
    assert ranking.closeness(2_000.0) > 1.5 * ranking.closeness(20_000.0)


def test_the_end_of_the_world_does_not_wipe_out_the_right_answer() -> None:
    assert ranking.closeness(2e7) >= ranking.FARTHEST_CLOSENESS


def test_a_phone_line_comes_between_the_next_village_and_the_next_town() -> None:
    assert ranking.closeness(2_000.0) > ranking.REMOTE_CLOSENESS > ranking.closeness(15_000.0)


@pytest.mark.parametrize("kilometres", [0, 5, 20, 60])
def test_the_office_in_charge_comes_before_the_nearest_of_its_kind(kilometres: int) -> None:
    in_charge = ranking.COMPETENT * ranking.closeness_in_charge(ranking.closeness(kilometres * 1000.0))
    assert in_charge > 1.3 * ranking.closeness(0.0)
    assert in_charge > 5 * ranking.NOT_COMPETENT * ranking.closeness(0.0)


def test_among_offices_in_charge_the_nearer_comes_first() -> None:
    near, far = (ranking.closeness_in_charge(ranking.closeness(metres)) for metres in (1_000.0, 30_000.0))
    assert near > far


def test_what_was_confirmed_lately_comes_first_but_age_never_hides() -> None:
    assert ranking.freshness(30.0) > ranking.freshness(400.0) > ranking.freshness(9_000.0) == ranking.STALEST
    assert ranking.freshness(-5.0) == 1.0


def test_numbers_and_arrays_give_the_same_figures() -> None:
    metres = np.array([0.0, 1234.0, 98765.0])
    assert [float(score) for score in ranking.closeness(metres)] == [ranking.closeness(float(one)) for one in metres]
    assert [float(one) for one in ranking.freshness(metres)] == [float(ranking.freshness(float(one))) for one in metres]


def test_distances_are_whole_metres_over_the_great_circle() -> None:
    here, there = vector_of(Spot(48.4950, 3.5000)), vector_of(Spot(48.5150, 3.7280))
    assert metres_from(here, there)[0] == pytest.approx(16_950, abs=60)
    assert metres_from(here, there)[0].is_integer()
    assert metres_from(here, here)[0] == 0


def test_words_that_suit_nearly_as_well_as_the_best_suit_as_well() -> None:
    assert ranking.levelled(np.array([10.0, 9.0, 4.0])).tolist() == [10.0, 10.0, 4.0]
    assert ranking.levelled(np.array([])).tolist() == []
