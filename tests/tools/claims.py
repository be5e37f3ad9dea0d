"""Claims about each thing of a list, which fail over an empty one: `all` is content with nothing."""

from collections.abc import Iterable

NOTHING = "the list is empty: nothing was looked at"


def every(claims: Iterable[object]) -> bool:
    """Tell whether each claim holds, of at least one."""
    judged = [bool(each) for each in claims]
    assert judged, NOTHING
    return all(judged)


def none_of(claims: Iterable[object]) -> bool:
    """Tell whether no claim holds, of at least one that could."""
    judged = [bool(each) for each in claims]
    assert judged, NOTHING
    return not any(judged)
