"""The sources that are our own spreadsheets: a person names their lists, and may say which column is which."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from importers.pipeline.declaration import Opener, Source
from importers.sources import SOURCES
from importers.sources.column_maps import TABLEUR
from importers.sources.tableur import opener_of
from importers.sources.templates_filled import opener_for
from importers.sources.wishes import Wish
from importers.templates.laep import LAEP
from importers.templates.ram import RAM
from portal.core.errors import Invalid

_OPENERS: Mapping[str, Callable[[Wish], Opener]] = {
    TABLEUR: opener_of,
    RAM.name: partial(opener_for, RAM),
    LAEP.name: partial(opener_for, LAEP),
}
OWN = frozenset(_OPENERS)
"""The sources of which every list has a name of its own."""


class NotOneOfOurs(Invalid):
    """Refuse a map or a name for a list whose columns and feed are its producer's."""

    def __init__(self, option: str, *, sources: str) -> None:
        super().__init__(f"L’option {option} ne va qu’avec {sources} : retirez-la.")


def feeds_of(name: str, wish: Wish) -> tuple[Source, ...]:
    """Give the feeds of a source as a person wishes them to be opened."""
    if wish.map is not None and name != TABLEUR:
        raise NotOneOfOurs("--map", sources=TABLEUR)
    if wish.name and name not in OWN:
        raise NotOneOfOurs("--list", sources=", ".join(sorted(OWN)))
    if name not in OWN:
        return SOURCES[name]
    return tuple(replace(feed, open=_OPENERS[name](wish)) for feed in SOURCES[name])
