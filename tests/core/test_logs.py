"""A log names the class and the place of a failure, and never its message."""

import json

from portal.core.canonical import plain
from portal.core.logs import place_of


def test_message_of_a_failure_stays_out() -> None:
    try:
        int("03 53 01 00 00")
    except ValueError as error:
        said = place_of(error)
    assert said.startswith("ValueError in test_message_of_a_failure_stays_out, ")
    assert "03 53" not in said


def test_line_of_ours_is_named_beside_the_library_s() -> None:
    try:
        plain({"never": float("nan")})
    except ValueError as error:
        said = place_of(error)
    assert json.__name__ in said
    assert ", from canonical, " in said


def test_failure_without_a_place_is_named() -> None:
    assert place_of(KeyError("never raised")) == "KeyError"
