"""Alphabetical order as a French reader expects it, which neither database gives by itself."""

from collections.abc import Iterable

from portal.core.text import fold


def in_alphabetical_order(named: Iterable[tuple[int, str]]) -> list[int]:
    """Order numbers by their names, accents and capitals aside, then by themselves."""
    return [number for number, name in sorted(named, key=lambda pair: (fold(pair[1]), pair[0]))]
