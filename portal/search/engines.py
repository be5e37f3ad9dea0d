"""Which engine answers: chosen by a setting, opened in one place, and told the acronyms of the thesaurus."""

from enum import StrEnum
from pathlib import Path

from portal.vocabulary.vocabulary import Vocabulary
from search_index.analysis import Analysis
from search_index.engine import KeptEngine
from search_index.memory import MemoryEngine
from search_index.whoosh_engine.engine import WhooshEngine

FOLDER = "index"
"""Where a lasting index lies, in the data directory; it may be deleted at any hour."""


class EngineKind(StrEnum):
    """The value of the setting MAILLAGE_SEARCH_ENGINE."""

    WHOOSH = "whoosh"
    MEMORY = "memoire"

    @property
    def lasts(self) -> bool:
        """Tell whether the index outlives the process, and is shared with others."""
        return self is EngineKind.WHOOSH


def open_engine(data_dir: Path, kind: EngineKind, vocabulary: Vocabulary) -> KeptEngine:
    """Open the engine of an installation; nothing is read before the first question."""
    analysis = analysis_of(vocabulary)
    return WhooshEngine(data_dir / FOLDER, analysis) if kind is EngineKind.WHOOSH else MemoryEngine(analysis)


def analysis_of(vocabulary: Vocabulary) -> Analysis:
    """Read texts with the acronyms of a vocabulary kept as they are."""
    senses = (sense for group in vocabulary.senses.values() for sense in group)
    return Analysis(sense.words for sense in senses if sense.kind.is_acronym)
