"""Values that wait in a file: all of them come back, in order and as often as they are asked for."""

import pytest

from portal.intake.spool import Spool


@pytest.mark.parametrize("together", [1, 3, 100])
def test_values_come_back_in_order_and_in_portions_of_the_asked_size(together: int) -> None:
    with Spool[int](together=together) as spool:
        for value in range(8):
            spool.add(value)
        assert list(spool.portions(5)) == [[0, 1, 2, 3, 4], [5, 6, 7]]
        assert spool.count == 8


def test_values_may_be_read_again_even_after_a_reading_that_stopped() -> None:
    with Spool[str](together=2) as spool:
        for value in ("a", "b", "c", "d", "e"):
            spool.add(value)
        assert next(spool.portions(1)) == ["a"]
        assert list(spool.portions(9)) == [["a", "b", "c", "d", "e"]]


def test_nothing_added_gives_no_portion() -> None:
    with Spool[str]() as spool:
        assert list(spool.portions(500)) == []
