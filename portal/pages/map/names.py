"""From which scale of the map the name of a commune is shown: the most peopled first, and none over another."""

from collections.abc import Iterable, Mapping
from math import asinh, pi, radians, tan

from portal.geography.communes import Commune

_FARTHEST, _NEAREST = 7, 13
"""Scales of the map, each twice the one before; at the last one every name is shown."""
_TILE = 256
"""Pixels of the whole world at scale 0."""
_LETTER, _LINE = 9, 26
"""Pixels left to a letter of a name, and to its line, with some room around for the outlines."""
_Spot = tuple[float, float, float]
"""The middle of a name, and half its width."""


def scales_of(communes: Iterable[Commune]) -> Mapping[str, int]:
    """Tell by their codes from which scale on communes are named."""
    waiting, shown = sorted(communes, key=lambda each: (-each.population, each.code)), dict[str, int]()
    named: list[Commune] = []
    for scale in range(_FARTHEST, _NEAREST):
        spots = [_spot(each, scale) for each in named]
        for commune in waiting:
            spot = _spot(commune, scale)
            if not any(_cover(spot, other) for other in spots):
                spots.append(spot)
                named.append(commune)
                shown[commune.code] = scale
        waiting = [each for each in waiting if each.code not in shown]
    return shown | dict.fromkeys((each.code for each in waiting), _NEAREST)


def _spot(commune: Commune, scale: int) -> _Spot:
    """Give the pixel of a commune as maps of the web project the earth."""
    size, lat = _TILE * 2**scale, radians(commune.point.lat)
    x, y = (commune.point.lon + 180) / 360 * size, (1 - asinh(tan(lat)) / pi) / 2 * size
    return x, y, len(commune.name) * _LETTER / 2


def _cover(one: _Spot, other: _Spot) -> bool:
    return abs(one[0] - other[0]) < one[2] + other[2] and abs(one[1] - other[1]) < _LINE
