"""Communes while their name is typed: whoever types here means a town around here, even by the start of its name."""

from collections.abc import Sequence
from functools import lru_cache

from portal.geography.communes import Commune
from portal.geography.lookup import communes
from portal.geography.territory import Territory, communes_in_scope

_MOST_LOOKED_AT = 200
"""Candidates that are put in order: "saint" begins the names of thousands."""


def communes_typed(words: str, territory: Territory | None, *, limit: int) -> Sequence[Commune]:
    """Look communes up, those of the territory first, then its neighbours, then the others as they fit."""
    home = frozenset() if territory is None else territory.communes
    found = [each.commune for each in communes().find(words, home=home, limit=_MOST_LOOKED_AT)]
    around = frozenset() if territory is None else _around(territory)
    return sorted(found, key=lambda commune: (commune.code not in home, commune.code not in around))[:limit]


@lru_cache(maxsize=8)
def _around(territory: Territory) -> frozenset[str]:
    return communes_in_scope(territory, communes().communes)
