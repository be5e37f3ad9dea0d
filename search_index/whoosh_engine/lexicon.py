"""The words of an index as people wrote them: a large list for the base, and a small one for what came later.

Counts are those of each segment when it was written: words of documents that are gone linger until the next rebuild.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from search_index.entries import Entry
from search_index.lexicon import is_suggested, likelihood, mostly
from search_index.results import Suggestion
from search_index.slips import slips_allowed
from search_index.whoosh_engine.arrays import Block, write_block
from search_index.whoosh_engine.remembered import Remembered
from search_index.whoosh_engine.spelling import Spelling

_MOST_BYTES = 2_000_000
"""Of completions that are remembered."""


class Words:
    """The words of one segment, in the order of their folded form."""

    def __init__(
        self, folded: Sequence[str], written: Sequence[str], terms: Sequence[str], n_documents: NDArray[np.int32]
    ) -> None:
        self.folded = folded
        self.written = written
        self.terms = terms
        """Of each word, separated by spaces."""
        self.n_documents = n_documents

    @cached_property
    def ranks(self) -> NDArray[np.int64]:
        """Give the place of each word in the order in which words are suggested."""
        counts = self.n_documents.tolist()
        told = zip(self.folded, self.written, counts, strict=True)
        worth = [(not is_suggested(folded), likelihood(Suggestion(written, count))) for folded, written, count in told]
        ordered = sorted(range(len(worth)), key=worth.__getitem__)
        ranks = np.empty(len(ordered), dtype=np.int64)
        ranks[ordered] = np.arange(len(ordered))
        return ranks

    @cached_property
    def spelling(self) -> Spelling:
        """Give the words in letters, as misspelt ones are held against them."""
        return Spelling(self.folded)

    def place(self, folded: str) -> int | None:
        """Find a word."""
        place = bisect_left(self.folded, folded)
        return place if place < len(self.folded) and self.folded[place] == folded else None

    def beginning(self, start: str) -> range:
        """Find the words that begin so."""
        # No word has a letter beyond the last of Unicode.
        return range(bisect_left(self.folded, start), bisect_left(self.folded, start + "\U0010ffff"))

    def likeliest(self, places: range, limit: int) -> Sequence[int]:
        """Choose the words to suggest first, in this order."""
        ranks = self.ranks[places.start : places.stop]
        chosen = ranks.argpartition(limit)[:limit] if limit < len(ranks) else np.arange(len(ranks))
        found: list[int] = (chosen[ranks[chosen].argsort()] + places.start).tolist()
        return found

    def suggestions(self, places: Sequence[int]) -> tuple[Suggestion, ...]:
        """Suggest some words, but for those that say nothing."""
        counts = self.n_documents[places].tolist()
        told = zip(places, counts, strict=True)
        return tuple(
            Suggestion(self.written[place], count) for place, count in told if is_suggested(self.folded[place])
        )


class WordCount:
    """Counts the words of documents as they pass by."""

    def __init__(self) -> None:
        self._writings: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._terms: dict[str, tuple[str, ...]] = {}

    def add(self, entry: Entry) -> None:
        """Count the words of a document."""
        for folded, word in entry.writings.items():
            self._writings[folded][word.written] += 1
            known = self._terms.setdefault(folded, word.terms)
            if known != word.terms:
                self._terms[folded] = tuple(dict.fromkeys(known + word.terms))

    def words(self) -> Words:
        """Give the words with their counts."""
        folded = sorted(self._writings)
        writings = [self._writings[word] for word in folded]
        terms = [" ".join(self._terms[word]) for word in folded]
        counts = np.array([sum(of_word.values()) for of_word in writings], dtype=np.int32)
        return Words(folded, [mostly(of_word) for of_word in writings], terms, counts)


def write_words(path: Path, words: Words) -> None:
    """Keep words in a file."""
    texts = {"folded": words.folded, "written": words.written, "terms": words.terms}
    write_block(path, {"n_documents": words.n_documents}, texts)


def read_words(content: bytes) -> Words:
    """Read words from the content of such a file."""
    block = Block(content)
    folded, written, terms = (block.texts(name) for name in ("folded", "written", "terms"))
    return Words(folded, written, terms, block.array("n_documents"))


class Lexicon:
    """The words of all segments."""

    def __init__(self, parts: Sequence[Words]) -> None:
        self._parts = parts
        self._completed = Remembered[tuple[Suggestion, ...]](
            most_bytes=_MOST_BYTES, size=lambda found: 200 * (1 + len(found))
        )

    def terms_beginning(self, start: str) -> frozenset[str]:
        """Give the terms of all words that begin so."""
        found = (" ".join(part.terms[place] for place in part.beginning(start)) for part in self._parts)
        return frozenset(term for terms in found for term in terms.split())

    def completions(self, start: str, limit: int) -> tuple[Suggestion, ...]:
        """Give the words that begin with a folded start, the most frequent first; many people begin alike."""
        return self._completed.get((start, limit), lambda: self._completions(start, limit))

    def _completions(self, start: str, limit: int) -> tuple[Suggestion, ...]:
        largest, *others = self._parts
        if not others:
            return largest.suggestions(largest.likeliest(largest.beginning(start), limit))
        added = {part.folded[place] for part in others for place in part.beginning(start)}
        places = {place for folded in added if (place := largest.place(folded)) is not None}
        places |= set(largest.likeliest(largest.beginning(start), limit))
        found = [(largest, place, 0) for place in places]
        found += [(part, place, 0) for part in others for place in part.beginning(start)]
        return self._suggested(found, limit)

    def corrections(self, folded: str, limit: int) -> tuple[Suggestion, ...]:
        """Give the words a folded one may have meant, those with the fewest slips and the most frequent first."""
        allowed = slips_allowed(folded)
        if not allowed or not is_suggested(folded):
            return ()
        found = [(part, *each) for part in self._parts for each in part.spelling.within(folded, allowed)]
        return self._suggested(found, limit)

    def _suggested(self, found: Iterable[tuple[Words, int, int]], limit: int) -> tuple[Suggestion, ...]:
        """Add up what several segments say of one word; the first of them says how it is written."""
        told: dict[str, Suggestion] = {}
        for part, place, slips in found:
            folded, count = part.folded[place], int(part.n_documents[place])
            if is_suggested(folded):
                known = told.get(folded) or Suggestion(part.written[place], 0, slips)
                told[folded] = Suggestion(known.word, known.n_documents + count, slips)
        return tuple(sorted(told.values(), key=likelihood)[:limit])


def merged_words(parts: Sequence[Words]) -> Words:
    """Make one list of several, for segments that become one."""
    counts: Counter[str] = Counter()
    first: dict[str, tuple[str, str]] = {}
    for part in parts:
        for place, folded in enumerate(part.folded):
            counts[folded] += int(part.n_documents[place])
            first.setdefault(folded, (part.written[place], part.terms[place]))
    ordered = sorted(first)
    written, terms = [first[word][0] for word in ordered], [first[word][1] for word in ordered]
    return Words(ordered, written, terms, np.array([counts[word] for word in ordered], dtype=np.int32))
