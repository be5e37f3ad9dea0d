"""The sources that are our own spreadsheets: a person names their lists, and may say which column is which."""

from dataclasses import replace

from importers.pipeline.declaration import Source
from importers.sources import SOURCES
from importers.sources.tableur import Wish, opener_of
from portal.core.errors import Invalid

MAPPED = "tableur"
"""The source whose columns a map may give; the others have their own template."""
NAMED = frozenset({MAPPED})
"""The sources of which every list has a name of its own."""


class NotOneOfOurs(Invalid):
    """Refuse a map or a name for a list whose columns and feed are its producer's."""

    def __init__(self, option: str, *, sources: str) -> None:
        super().__init__(f"L’option {option} ne va qu’avec {sources} : retirez-la.")


def feeds_of(name: str, wish: Wish) -> tuple[Source, ...]:
    """Give the feeds of a source as a person wishes them to be opened."""
    if wish.map is not None and name != MAPPED:
        raise NotOneOfOurs("--map", sources=MAPPED)
    if wish.name and name not in NAMED:
        raise NotOneOfOurs("--list", sources=", ".join(sorted(NAMED)))
    if name == MAPPED:
        return tuple(replace(feed, open=opener_of(wish)) for feed in SOURCES[name])
    return tuple(replace(feed, feed=wish.name or feed.feed) for feed in SOURCES[name])
