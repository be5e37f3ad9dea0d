"""Which engine answers: chosen by a setting, opened in one place, and told the acronyms of the thesaurus."""

import shutil
from enum import StrEnum
from hashlib import blake2b
from pathlib import Path

from portal.vocabulary.vocabulary import Vocabulary
from search_index.analysis import Analysis
from search_index.engine import KeptEngine
from search_index.memory import MemoryEngine
from search_index.whoosh_engine.engine import WhooshEngine

FOLDER = "index"
"""Where a lasting index lies, in the data directory; it may be deleted at any hour."""


DOCUMENTS = 5
"""Grows with every change of `documents.py` that changes what is found."""


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
    if kind is EngineKind.MEMORY:
        return MemoryEngine(analysis)
    return WhooshEngine(data_dir / FOLDER / edition_of(vocabulary), analysis)


def edition_of(vocabulary: Vocabulary) -> str:
    """Name what documents are made of: after a new release or a new word of the thesaurus, another index is built."""
    told = "\n".join(f"{each.code} {each.family} {each.label.fr}" for each in vocabulary.concepts)
    return f"{DOCUMENTS}-{blake2b(told.encode(), digest_size=6).hexdigest()}"


def forget_former_editions(data_dir: Path, vocabulary: Vocabulary) -> None:
    """Remove the indexes of former releases, once the present one is there."""
    folder = data_dir / FOLDER
    for former in folder.iterdir() if folder.is_dir() else ():
        if former.is_dir() and former.name != edition_of(vocabulary):
            shutil.rmtree(former, ignore_errors=True)


def analysis_of(vocabulary: Vocabulary) -> Analysis:
    """Read texts with the acronyms of a vocabulary kept as they are."""
    senses = (sense for group in vocabulary.senses.values() for sense in group)
    return Analysis(sense.words for sense in senses if sense.kind.is_acronym)
