"""How far apart two words are: letters missing, added, changed, or swapped with their neighbour (each one slip)."""

from typing import AnyStr

_SHORT, _LONG = 4, 7
MOST_SLIPS = 2


def slips_allowed(word: str) -> int:
    """Tell how many slips a folded word may hold: none up to three letters, one up to six, then two."""
    return 0 if len(word) < _SHORT else 1 if len(word) < _LONG else MOST_SLIPS


def slips_between(one: AnyStr, other: AnyStr, *, most: int) -> int:
    """Count the slips between two words; anything above `most` is only known to be above."""
    one, other = _without_common_ends(one, other)
    if not one or not other:
        return len(one) + len(other)
    # Rows of the usual table, one letter of `one` each; cells farther than `most` from the diagonal cannot matter.
    width = len(other) + 1
    beyond = most + 1
    before, previous = [beyond] * width, [min(place, beyond) for place in range(width)]
    for place, letter in enumerate(one, start=1):
        current = [beyond] * width
        current[0] = min(place, beyond)
        for there in range(max(1, place - most), min(width, place + beyond)):
            facing = other[there - 1]
            cost = min(previous[there] + 1, current[there - 1] + 1, previous[there - 1] + (letter != facing))
            if place > 1 and there > 1 and letter == other[there - 2] and one[place - 2] == facing:
                cost = min(cost, before[there - 2] + 1)
            current[there] = cost
        if min(current) > most:
            return beyond
        before, previous = previous, current
    return previous[-1]


def _without_common_ends(one: AnyStr, other: AnyStr) -> tuple[AnyStr, AnyStr]:
    """Cut what both begin and end with: what remains is as far apart, and short."""
    start, shorter = 0, min(len(one), len(other))
    while start < shorter and one[start] == other[start]:
        start += 1
    end = 0
    while end < shorter - start and one[-1 - end] == other[-1 - end]:
        end += 1
    return one[start : len(one) - end], other[start : len(other) - end]
