"""What one document brings to an index: its terms with their weights, and its words as they are written."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from search_index.analysis import Analysis, Word
from search_index.documents import Document, Part
from search_index.ranking import grains


@dataclass(frozen=True, slots=True)
class Entry:
    """The words of a document, ready for any engine."""

    terms: Mapping[str, int]
    """Term -> its weight in the document, in grains (see `ranking`)."""
    writings: Mapping[str, Word]
    """Folded word -> the word as it is first written there; the title speaks first."""


def entry_of(document: Document, analysis: Analysis) -> Entry:
    """Read a document."""
    words = {part: analysis.words(document.texts.get(part, "")) for part in Part}
    writings = {word.folded: word for part in reversed(Part) for word in reversed(words[part])}
    return Entry(_weights(words), writings)


def _weights(words: Mapping[Part, list[Word]]) -> dict[str, int]:
    lengths = {part: len(of_part) for part, of_part in words.items()}
    counts = {part: Counter(term for word in of_part for term in word.terms) for part, of_part in words.items()}
    terms = {term for of_part in counts.values() for term in of_part}
    return {term: grains({part: counts[part][term] for part in Part if counts[part][term]}, lengths) for term in terms}
