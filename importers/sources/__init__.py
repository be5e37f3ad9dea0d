"""The sources Maillage knows, each a declaration; reading and writing are done elsewhere."""

from collections.abc import Mapping

from importers.pipeline.declaration import Source
from importers.sources import dila, inclusion, laep, laposte, mobilite, msap, numerique, ram, sante_flows, tableur
from importers.sources.gtfs import feeds as gtfs

_FEEDS = (
    msap.SOURCE,
    mobilite.SOURCE,
    gtfs.SOURCE,
    laposte.SOURCE,
    numerique.SOURCE,
    sante_flows.FEED,
    dila.SOURCE,
    inclusion.SERVICES,
    inclusion.STRUCTURES,
    ram.SOURCE,
    laep.SOURCE,
    tableur.SOURCE,
)
SOURCES: Mapping[str, tuple[Source, ...]] = {
    name: tuple(feed for feed in _FEEDS if feed.name == name) for name in dict.fromkeys(feed.name for feed in _FEEDS)
}
"""The feeds of every source, by the word commands know it by."""
