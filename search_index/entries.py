"""What one document brings to an index: its terms with their weights, and its words as they are written."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from search_index.analysis import Analysis, Word
from search_index.documents import Document, Part
from search_index.ranking import grains, occurrence


@dataclass(frozen=True, slots=True)
class Entry:
    """The words of a document, ready for any engine."""

    terms: Mapping[str, int]
    """Term -> its weight in the document, in grains (see `ranking`)."""
    writings: Mapping[str, Word]
    """Folded word -> the word as it is first written there; the title speaks first."""


def entry_of(document: Document, analysis: Analysis) -> Entry:
    """Read a document."""
    weights: defaultdict[str, float] = defaultdict(float)
    writings: dict[str, Word] = {}
    for part in Part:
        words = analysis.words(document.texts.get(part, ""))
        each = occurrence(part, len(words))
        for word in words:
            writings.setdefault(word.folded, word)
            for term in word.terms:
                weights[term] += each
    return Entry({term: grains(weight) for term, weight in weights.items()}, writings)
