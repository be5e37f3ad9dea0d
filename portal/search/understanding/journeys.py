"""Where somebody is and where they go: "bus pour Troyes" is asked from here, and Troyes is the other end. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from portal.search.understanding.needs import Need
from portal.search.understanding.places import LINKS, PlaceSeen
from portal.search.understanding.tokens import Token

JOURNEYS = ("MO01", "MO02", "MO03", "MO04", "SE14", "MO09")
"""Kinds of service by which somebody gets somewhere who only said where they go."""
ALL_JOURNEYS = frozenset({*JOURNEYS, "MO11", "ED06", "SA21"})
_TOWARDS = frozenset({"pour", "direction", "vers", "jusqu", "jusque", "destination", "rejoindre"})
"""Words after which a place is where one goes, when a journey is asked for."""
_GOING = frozenset(
    """
    aller vais va allons rendre monter descendre partir pars part emmener amener conduire deposer arriver retourner
    """.split()  # noqa: SIM905  # a block of words is read and sorted, a list of strings is not
)
_TO = frozenset({"a", "au", "aux", "sur", "en"})
_ARTICLES = frozenset({"de", "d", "du", "la", "le", "l", "les", "chez", "mon", "ma", "mes"})
_FROM = LINKS | {"depuis", "pres", "autour"}


@dataclass(frozen=True)
class Ends:
    """The two ends of a journey, as far as they were said."""

    here: PlaceSeen | None = None
    there: PlaceSeen | None = None
    leading: frozenset[int] = frozenset()
    """Places of the words that say that one goes there: "direction", "pour aller à"."""


def ends_of(seen: Sequence[PlaceSeen], tokens: Sequence[Token], needs: Sequence[Need], *, home: str) -> Ends:
    """Tell both ends; `home` is the commune given beside the words, if any, from which a journey then starts."""
    keys = [token.key for token in tokens]
    is_journey = any(meaning.code in ALL_JOURNEYS for need in needs for meaning in need.meanings[:1])
    for place in seen:
        leading = frozenset(_leading(keys, min(place.places)))
        others = [each for each in seen if each is not place]
        if is_journey:
            goes_there = bool(leading) or _is_other_end(place, others, keys, home) or _is_aim(place, keys, needs)
        else:
            goes_there = bool(leading) and not needs and _says_nothing_else(tokens, place.places | leading)
        if goes_there:
            return Ends(others[0] if others else None, place, leading)
    return Ends(seen[0] if seen else None)


def _is_other_end(place: PlaceSeen, others: Sequence[PlaceSeen], keys: Sequence[str], home: str) -> bool:
    """Tell whether a place without a word of going is where one goes all the same: "de Villenauxe à Nogent"."""
    before = _before(keys, place)
    if any(_before(keys, each) in _FROM for each in others):
        return before in _TO
    return bool(home) and before not in _FROM and place.place.commune.code != home


def _is_aim(place: PlaceSeen, keys: Sequence[str], needs: Sequence[Need]) -> bool:
    """Tell whether a place is where what one goes to stands: "aller à l’hôpital de Troyes"."""
    named = frozenset[int]().union(*(need.places for need in needs))
    last = min(place.places) - 1
    while last >= 0 and (last in named or keys[last] in _TO | _ARTICLES):
        if keys[last] in _GOING:
            return True
        last -= 1
    return last >= 0 and keys[last] in _GOING


def _leading(keys: Sequence[str], first: int) -> Iterator[int]:
    """Give the words right before a place that say that one goes there."""
    last, run = first - 1, []
    while last >= 0 and keys[last] in _TOWARDS | _GOING | _TO | {"de", "d"}:
        run.append(last)
        last -= 1
    said = {keys[place] for place in run}
    if said & _TOWARDS or (said & _GOING and keys[first - 1] in _TO):
        yield from run


def _before(keys: Sequence[str], place: PlaceSeen) -> str:
    first = min(place.places)
    return keys[first - 1] if first else ""


def _says_nothing_else(tokens: Sequence[Token], told: frozenset[int]) -> bool:
    return all(place in told or token.is_filler for place, token in enumerate(tokens))
