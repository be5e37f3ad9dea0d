"""Slips counted for all words side by side, held against those counted one word at a time."""

from hypothesis import given
from hypothesis import strategies as st

from search_index.slips import slips_between
from search_index.whoosh_engine.spelling import Spelling

words = st.text("abé𝔘", min_size=1, max_size=9) | st.text("ab", min_size=60, max_size=67)


@given(st.lists(words, unique=True, max_size=30), words, st.integers(1, 2))
def test_the_words_within_so_many_slips_are_those_counted_one_by_one(listed: list[str], asked: str, most: int) -> None:
    counted = {place: slips_between(asked, word, most=most) for place, word in enumerate(listed)}
    within = {place: slips for place, slips in counted.items() if slips <= most}
    assert dict(Spelling(listed).within(asked, most)) == within


def test_long_words_are_counted_all_the_same() -> None:
    long = "a" * 80
    assert dict(Spelling(["b", long[1:], long + "bb"]).within(long, 2)) == {1: 1, 2: 2}
