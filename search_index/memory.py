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
from search_index.engine import Edit, TimesTold
from search_index.entries import Entry, entry_of
from search_index.lexicon import Lexicon
from search_index.memory_results import results_of
from search_index.memory_text import Postings, text_scores
from search_index.queries import Query
from search_index.results import Results, Suggestion
from search_index.times import Span, Timetables


@dataclass(frozen=True)
class _Shelf:
    """All that is known at one moment; a change puts another in its place, and readers keep theirs."""

    documents: Mapping[int, Document] = field(default_factory=dict)
    entries: Mapping[int, Entry] = field(default_factory=dict)
    postings: Postings = field(default_factory=lambda: Postings({}, {}))
    lexicon: Lexicon = field(default_factory=lambda: Lexicon(()))
    timetables: Timetables = field(default_factory=Timetables)
    mark: int = 0


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
        return results_of(query, scores, shelf.documents, shelf.timetables)

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

    def forget_former(self) -> None:
        """Nothing former is kept in memory."""

    @property
    def mark(self) -> int:
        """Give the number told with the last change."""
        return self._shelf.mark

    @property
    def window(self) -> Span:
        """Give the minutes that schedules were told for."""
        return self._shelf.timetables.window

    @property
    def keys(self) -> frozenset[int]:
        """List the keys of all documents."""
        return frozenset(self._shelf.documents)

    def rebuild(self, documents: Iterable[Document], *, mark: int = 0, times: TimesTold | None = None) -> None:
        """Put these documents in place of all there are, at once for every reader, and with them the mark."""
        with self._changing:
            taken = {document.key: document for document in documents}
            timetables = times() if times is not None else self._shelf.timetables
            self._shelf = self._shelved(taken, {}, timetables, mark)

    def apply(self, edit: Edit) -> None:
        """Replace the documents of some groups, and move the mark."""
        with self._changing:
            shelf = self._shelf
            kept = {key: document for key, document in shelf.documents.items() if document.group not in edit.groups}
            entries = {key: shelf.entries[key] for key in kept}
            new = {document.key: document for document in edit.documents}
            timetables = replace(shelf.timetables, changes={**shelf.timetables.changes, **edit.changes})
            mark = shelf.mark if edit.mark is None else edit.mark
            self._shelf = self._shelved(kept | new, entries, timetables, mark)

    def verify(self) -> None:
        """Find nothing to hold against anything: what is in memory was never written."""

    def tell_times(self, timetables: Timetables) -> None:
        """Say when each schedule is in which state; replaces what was said before."""
        with self._changing:
            self._shelf = replace(self._shelf, timetables=timetables)

    def _shelved(
        self, documents: Mapping[int, Document], read: Mapping[int, Entry], timetables: Timetables, mark: int
    ) -> _Shelf:
        new = {key: entry_of(document, self._analysis) for key, document in documents.items() if key not in read}
        entries = {**read, **new}
        return _Shelf(documents, entries, Postings.of(documents, entries), Lexicon(entries.values()), timetables, mark)
