"""The plain engine: everything in dictionaries, nothing clever. What it answers is what every other engine must.

Read `memory_text` for which documents meet a question and how well, `memory_results` for what becomes of those:
filters, distances, states, one hit for each group, counts and the page. Some thousand documents are served well.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from threading import Lock

from search_index.analysis import Analysis
from search_index.asked import asked_of
from search_index.documents import Document
from search_index.engine import Edit
from search_index.entries import Entry, entry_of
from search_index.lexicon import Lexicon
from search_index.memory_results import results_of
from search_index.memory_text import Postings, text_scores
from search_index.queries import Query
from search_index.results import Results, Suggestion
from search_index.times import Timetables


@dataclass(frozen=True)
class _Shelf:
    """All that is known at one moment; a change puts another in its place, and readers keep theirs."""

    documents: Mapping[int, Document] = field(default_factory=dict)
    entries: Mapping[int, Entry] = field(default_factory=dict)
    postings: Postings = field(default_factory=lambda: Postings({}, {}))
    lexicon: Lexicon = field(default_factory=lambda: Lexicon(()))
    timetables: Timetables = field(default_factory=Timetables)


class MemoryEngine:
    """Engine and keeper in one process's memory."""

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        self._shelf = _Shelf()
        self._changing = Lock()

    def search(self, query: Query) -> Results:
        """Answer a question."""
        shelf = self._shelf
        scores = text_scores(asked_of(query, self._analysis), shelf.postings, shelf.lexicon)
        found = [(shelf.documents[key], score) for key, score in scores.items()]
        return results_of(query, found, shelf.timetables)

    def completions(self, start: str, *, limit: int = 10) -> tuple[Suggestion, ...]:
        """Give the words, as they are written in documents, that begin so; the most frequent first."""
        typed = self._analysis.last(start)
        return self._shelf.lexicon.completions(typed.folded, limit) if typed else ()

    def corrections(self, word: str, *, limit: int = 3) -> tuple[Suggestion, ...]:
        """Give the words, as they are written in documents, that a misspelt one may have meant; the likeliest first."""
        words = self._analysis.asked(word)
        if len(words) != 1 or self.knows(word):
            return ()
        return self._shelf.lexicon.corrections(words[0].folded, limit)

    def knows(self, word: str) -> bool:
        """Tell whether a word stands in a document, in any of its forms; stop words say nothing to be unknown."""
        terms = self._shelf.postings.terms
        return all(any(term in terms for term in word.terms) for word in self._analysis.asked(word))

    @property
    def keys(self) -> frozenset[int]:
        """List the keys of all documents."""
        return frozenset(self._shelf.documents)

    def rebuild(self, documents: Iterable[Document]) -> None:
        """Put these documents in place of all there are, at once for every reader."""
        with self._changing:
            self._put({document.key: document for document in documents}, {})

    def apply(self, edit: Edit) -> None:
        """Replace the documents of some groups."""
        with self._changing:
            shelf = self._shelf
            kept = {key: document for key, document in shelf.documents.items() if document.group not in edit.groups}
            self._put(kept | {document.key: document for document in edit.documents}, shelf.entries)

    def tell_times(self, timetables: Timetables) -> None:
        """Say when each schedule is in which state; replaces what was said before."""
        with self._changing:
            self._shelf = replace(self._shelf, timetables=timetables)

    def _put(self, documents: Mapping[int, Document], read: Mapping[int, Entry]) -> None:
        shelf = self._shelf
        entries = {
            key: read[key] if key in read and shelf.documents[key] is document else entry_of(document, self._analysis)
            for key, document in documents.items()
        }
        postings = Postings.of(documents, entries)
        self._shelf = _Shelf(documents, entries, postings, Lexicon(entries.values()), shelf.timetables)
