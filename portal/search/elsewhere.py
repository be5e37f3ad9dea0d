"""Where else a service receives: a card shows one of its places, and must hide none of the others."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import inf

from portal.core.languages import FRENCH
from portal.directory.cards.values import AccessPointCard, ServiceCard
from portal.directory.rules.choices import AccessPointKind
from portal.geography.distances import great_circle
from portal.geography.grammar import at_commune, printed
from portal.geography.points import Point
from portal.hours.layers import StateCode
from portal.search.timetables import Hours, changes_over
from portal.web.languages import current_language
from portal.web.sentences import gettext, ngettext
from search_index.times import WELCOMING, Span

_VISITED = frozenset({AccessPointKind.PLACE, AccessPointKind.TOUR_STOP})
_MOST_NAMED = 2


def other_places(
    card: ServiceCard, chosen: AccessPointCard | None, *, point: Point | None = None, during: Span | None = None
) -> tuple[AccessPointCard, ...]:
    """Give the other places that receive at the time asked, the nearest or the next first."""
    if len(card.access_points) == 1:
        return ()
    others = [
        each for each in _each_place_once(card.access_points, chosen) if during is None or _receives(each, during)
    ]
    if len(others) > 1:
        others.sort(key=lambda each: _away(each, point) if point is not None else _waits(each))
    return tuple(others)


def elsewhere_words(chosen: AccessPointCard | None, others: Sequence[AccessPointCard]) -> str:
    """Say it in a line: "Aussi à Trancault, à Orvilliers et dans 3 autres lieux"; empty when there are none."""
    if not others:
        return ""
    here = _commune(chosen)
    named = list(dict.fromkeys(commune for each in others if (commune := _commune(each)) != here))[:_MOST_NAMED]
    rest = sum(_commune(each) not in named for each in others)
    if not named:
        return str(
            ngettext(
                "Aussi dans un autre lieu de la commune", "Aussi dans %(num)d autres lieux de la commune", len(others)
            )
        )
    words = [*map(_at, named), *([_other(rest)] if rest else [])]
    if len(words) == 1:
        return str(gettext("Aussi %(place)s", place=words[0]))
    return str(gettext("Aussi %(places)s et %(last)s", places=", ".join(words[:-1]), last=words[-1]))


def _other(n_places: int) -> str:
    return str(ngettext("dans un autre lieu", "dans %(num)d autres lieux", n_places))


def _at(commune: str) -> str:
    return at_commune(commune) if current_language() == FRENCH else gettext("à %(place)s", place=commune)


def _each_place_once(points: Iterable[AccessPointCard], chosen: AccessPointCard | None) -> Iterable[AccessPointCard]:
    met = {_address(chosen)}
    for each in points:
        address = _address(each)
        if each.kind in _VISITED and address not in met:
            met.add(address)
            yield each


def _address(point: AccessPointCard | None) -> str:
    """Tell places apart; one that the public may not know is none."""
    if point is None or point.location is None:
        return ""
    where = point.location
    return where.commune.code if where.link is None else where.link.public_id


def _commune(point: AccessPointCard | None) -> str:
    return "" if point is None or point.location is None else printed(point.location.commune.name)


def _receives(point: AccessPointCard, during: Span) -> bool:
    return _welcomes(Hours(point.opening.opening, point.opening.calendar), during)


@lru_cache(maxsize=4096)
def _welcomes(hours: Hours, during: Span) -> bool:
    return any(state in WELCOMING for _, state in changes_over(hours, during))


def _away(each: AccessPointCard, point: Point) -> float:
    there = None if each.location is None else each.location.point
    return inf if there is None else great_circle(point.lat, point.lon, there.lat, there.lon)


def _waits(each: AccessPointCard) -> float:
    """Give the instant of its next opening; now for one that is open, the end of time for one that does not say."""
    state = each.opening.state
    if state.code is StateCode.OPEN:
        return 0.0
    return inf if state.next is None else state.next.timestamp()
