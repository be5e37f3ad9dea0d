"""What openers of our own lists look up before a row is read."""

from importers.pipeline.declaration import Reference
from portal.geography.lookup import communes
from portal.vocabulary.loading import load_vocabulary


def reference() -> Reference:
    """Give the communes of France and the thesaurus."""
    return Reference(communes(), load_vocabulary())
