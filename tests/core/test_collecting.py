"""Looking rarely for values that hold each other, and as before afterwards."""

import gc

import pytest

from portal.core.collecting import collecting_rarely


def test_it_is_looked_rarely_inside_and_as_before_afterwards() -> None:
    before = gc.get_threshold()
    with collecting_rarely():
        assert gc.get_threshold()[0] >= 50_000
    assert gc.get_threshold() == before


def test_it_is_looked_as_before_after_a_failure_too() -> None:
    before = gc.get_threshold()
    with pytest.raises(ZeroDivisionError), collecting_rarely():
        _ = 1 // 0
    assert gc.get_threshold() == before
