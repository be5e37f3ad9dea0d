"""Sorted keys answer exactly what a slow search over all of them would."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from portal.geography.prefixes import SortedKeys

KEYS = st.text(alphabet="az 19", min_size=1, max_size=5)


@given(st.lists(KEYS, min_size=1, max_size=15), KEYS | st.just("z" * 50))
def test_rows_are_those_of_a_slow_search(keys: list[str], asked: str) -> None:
    keys, asked = [key.strip() or "a" for key in keys], asked.strip() or "z"
    table = SortedKeys(keys)
    assert sorted(table.equal_to(asked).tolist()) == [row for row, key in enumerate(keys) if key == asked]
    assert sorted(table.beginning_with(asked)) == [row for row, key in enumerate(keys) if key.startswith(asked)]


@given(st.lists(KEYS, min_size=1, max_size=15))
def test_given_rows_are_given_back(keys: list[str]) -> None:
    table = SortedKeys(keys, np.arange(100, 100 + len(keys)))
    assert 100 in table.equal_to(keys[0])
