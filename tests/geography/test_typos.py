"""Slips of the pen are counted as a person would, and the quick sieve loses none."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.geography.typos import TypoTable, slips_allowed
from search_index.slips import slips_between

CASES = [
    ("romilly", "romilly", 0),
    ("romily", "romilly", 1),
    ("romillly", "romilly", 1),
    ("rumilly", "romilly", 1),
    ("rmoilly", "romilly", 1),
    ("rmoily", "romilly", 2),
    ("nogent", "nogentel", 2),
    ("", "ab", 2),
    ("ab", "ba", 1),
    ("abc", "ca", 3),
]


@pytest.mark.parametrize(("one", "other", "slips"), CASES)
def test_slips_are_counted_both_ways(one: str, other: str, slips: int) -> None:
    assert slips_between(one.encode(), other.encode(), most=5) == slips
    assert slips_between(other.encode(), one.encode(), most=5) == slips


def _counted_slowly(one: str, other: str) -> int:
    """Fill the whole table of the textbook."""
    cost = [[max(i, j) if not i or not j else 0 for j in range(len(other) + 1)] for i in range(len(one) + 1)]
    for i, letter in enumerate(one, start=1):
        for j, facing in enumerate(other, start=1):
            cost[i][j] = min(cost[i - 1][j] + 1, cost[i][j - 1] + 1, cost[i - 1][j - 1] + (letter != facing))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == facing:
                cost[i][j] = min(cost[i][j], cost[i - 2][j - 2] + 1)
    return cost[-1][-1]


WORDS = st.text(alphabet="abcd", max_size=10)


@given(WORDS, WORDS, st.integers(1, 3))
def test_quick_count_agrees_with_the_textbook(one: str, other: str, most: int) -> None:
    quick = slips_between(one.encode(), other.encode(), most=most)
    slow = _counted_slowly(one, other)
    assert quick == slow or (quick > most and slow > most)


@given(st.lists(st.text(alphabet="abcde", min_size=1, max_size=12), min_size=1, max_size=12), st.data())
def test_sieve_loses_no_near_name(names: list[str], chosen: st.DataObject) -> None:
    typed = chosen.draw(st.text(alphabet="abcde", min_size=4, max_size=12))
    table = TypoTable(names, np.arange(len(names)))
    near = {each.row for each in table.near(typed)}
    assert near == {row for row, name in enumerate(names) if _counted_slowly(typed, name) <= slips_allowed(typed)}


@pytest.mark.parametrize(("key", "slips"), [("abc", 0), ("abcd", 1), ("abcdefg", 1), ("abcdefgh", 2)])
def test_longer_names_may_hold_more_slips(key: str, slips: int) -> None:
    assert slips_allowed(key) == slips
