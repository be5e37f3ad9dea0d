"""Following INSEE's movements of communes from an old code to today's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Movement:
    """One line of `mouvements-communes`: what a code was, and what it became on a day."""

    day: str
    code: str
    name: str
    next_code: str
    next_name: str
    next_is_commune: bool


def todays_code(code: str, *, movements: Sequence[Movement], today: Mapping[str, int]) -> str | None:
    """Translate an old code to a commune of today (code -> population), or None when its track is lost.

    A code still in use means today's commune, whatever it lost or gained on the way. A code that is gone follows its
    last movement, and that one's successors in turn. Where the last movement split it, the heir is the commune that
    kept the name, or took it into its own ("Verdey" went to "Mœurs-Verdey"); if none did, the most populous one:
    a person who writes the old code most likely lived there.
    """
    return _follow(code, movements=movements, today=today, passed=frozenset())


def _follow(
    code: str, *, movements: Sequence[Movement], today: Mapping[str, int], passed: frozenset[str]
) -> str | None:
    if code in today:
        return code
    if code in passed:
        return None
    departures = [
        movement
        for movement in movements
        if movement.code == code and movement.next_is_commune and movement.next_code != code
    ]
    last = max((movement.day for movement in departures), default="")
    heirs = [
        (_kept_name(movement), today[heir], heir)
        for movement in departures
        if movement.day == last
        and (heir := _follow(movement.next_code, movements=movements, today=today, passed=passed | {code}))
    ]
    return max(heirs)[2] if heirs else None


def _kept_name(movement: Movement) -> int:
    if movement.name == movement.next_name:
        return 2
    return int(movement.name in movement.next_name)
