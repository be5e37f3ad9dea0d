"""The words of an index as people wrote them: which ones begin so, and which a misspelt one may have meant."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import takewhile

from search_index.entries import Entry
from search_index.results import Suggestion
from search_index.slips import slips_allowed, slips_between


class Lexicon:
    """The folded words of some documents, in how many they stand and how they are mostly written."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        writings: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._terms: defaultdict[str, set[str]] = defaultdict(set)
        for word in (word for entry in entries for word in entry.writings.values()):
            writings[word.folded][word.written] += 1
            self._terms[word.folded].update(word.terms)
        self._n_documents = {folded: sum(of_word.values()) for folded, of_word in writings.items()}
        self._written = {folded: mostly(of_word) for folded, of_word in writings.items()}
        self._sorted = sorted(writings)

    def terms_beginning(self, start: str) -> set[str]:
        """Give the terms of all words that begin so."""
        return {term for folded in self._beginning(start) for term in self._terms[folded]}

    def completions(self, start: str, limit: int) -> tuple[Suggestion, ...]:
        """Give the words that begin with a folded start, the most frequent first."""
        found = (self._suggestion(folded) for folded in self._beginning(start) if is_suggested(folded))
        return tuple(sorted(found, key=likelihood)[:limit])

    def corrections(self, folded: str, limit: int) -> tuple[Suggestion, ...]:
        """Give the words a folded one may have meant, those with the fewest slips and the most frequent first."""
        allowed = slips_allowed(folded)
        found = (
            self._suggestion(other, slips)
            for other in self._sorted
            if abs(len(other) - len(folded)) <= allowed
            and is_suggested(other)
            and (slips := slips_between(folded, other, most=allowed)) <= allowed
        )
        return tuple(sorted(found, key=likelihood)[:limit]) if is_suggested(folded) and allowed else ()

    def _beginning(self, start: str) -> Iterator[str]:
        first = bisect_left(self._sorted, start)
        return takewhile(lambda folded: folded.startswith(start), self._sorted[first:])

    def _suggestion(self, folded: str, slips: int = 0) -> Suggestion:
        return Suggestion(self._written[folded], self._n_documents[folded], slips)


def mostly(writings: Counter[str]) -> str:
    """Choose one of several writings of a word: the most frequent, then the last of the alphabet (small letters)."""
    return max(writings, key=lambda written: (writings[written], written))


def is_suggested(folded: str) -> bool:
    """Tell whether a word is worth suggesting: numbers and telephone numbers are not."""
    return not folded[0].isdecimal()


def likelihood(suggestion: Suggestion) -> tuple[int, int, str]:
    """Give what suggestions are sorted by."""
    return suggestion.slips, -suggestion.n_documents, suggestion.word
