"""The sources Maillage knows, each a declaration; reading and writing are done elsewhere."""

from collections.abc import Mapping

from importers.pipeline.declaration import Source
from importers.sources import dila, laposte, mobilite, msap, numerique, sante

SOURCES: Mapping[str, Source] = {
    source.name: source
    for source in (msap.SOURCE, mobilite.SOURCE, laposte.SOURCE, numerique.SOURCE, sante.SOURCE, dila.SOURCE)
}
"""Every source by the word commands know it by."""
