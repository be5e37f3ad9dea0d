"""The content hash and the one way to write a value."""

import enum
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from sqlalchemy.orm import Session

from portal.core.canonical import canonical
from portal.core.content_hash import Content, content_hash

NOWHERE = Session()
Row = Mapping[str, Any]
ROWS = some.lists(some.dictionaries(some.sampled_from("abc"), some.integers(0, 3) | some.text(max_size=3), max_size=3))


def hash_of(*rows: Row, name: str = "services") -> str:
    def listed(_session: Session) -> Iterable[Row]:
        return rows

    return content_hash(NOWHERE, [Content(name, listed)])


@given(ROWS, some.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_count(rows: list[Row], random: Any) -> None:  # noqa: ANN401 - hypothesis' own
    shuffled = [*rows]
    random.shuffle(shuffled)
    assert hash_of(*shuffled) == hash_of(*rows)


@given(ROWS, ROWS)
def test_different_rows_have_different_hashes(left: list[Row], right: list[Row]) -> None:
    same = sorted(map(canonical, left)) == sorted(map(canonical, right))
    assert (hash_of(*left) == hash_of(*right)) == same


def test_equal_rows_count_as_often_as_they_stand() -> None:
    assert len({hash_of(*[{"a": 1}] * times) for times in range(4)}) == 4


def test_two_rooms_do_not_mix_their_rows() -> None:
    assert hash_of({"a": 1}, name="places") != hash_of({"a": 1}, name="services")


class Colour(enum.StrEnum):
    BLUE = "blue"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ({"b": 1, "a": [None, True, 1.5]}, '{"a":[null,true,1.5],"b":1}'),
        ({"é": "œ"}, '{"é":"œ"}'),
        ({3, 1, 2}, "[1,2,3]"),
        (frozenset({"b", "a"}), '["a","b"]'),
        (Colour.BLUE, '"blue"'),
        ({Colour.BLUE: 1}, '{"blue":1}'),
        (date(2026, 11, 21), '"2026-11-21"'),
        (time(8, 30), '"08:30:00"'),
        (Decimal("1.10"), '"1.10"'),
        ((1, (2,)), "[1,[2]]"),
        (datetime(2026, 11, 21, 9, tzinfo=timezone(timedelta(hours=1))), '"2026-11-21T08:00:00+00:00"'),
        (datetime(2026, 11, 21, 8, tzinfo=UTC), '"2026-11-21T08:00:00+00:00"'),
    ],
)
def test_a_value_is_written_in_one_way(value: object, written: str) -> None:
    assert canonical(value) == written


@pytest.mark.parametrize(
    ("value", "error"),
    [
        (datetime(2026, 11, 21), TypeError),
        (object(), TypeError),
        (b"x", TypeError),
        (float("nan"), ValueError),
    ],
)
def test_what_has_no_one_way_is_refused(value: object, error: type[Exception]) -> None:
    with pytest.raises(error):
        canonical(value)
