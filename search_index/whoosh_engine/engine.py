"""The engine over a directory: any number of processes answer from it, one at a time changes it.

What is damaged or missing is told to the caller as `IndexDamaged`; the caller answers otherwise and has the index
rebuilt, which is what heals it.
"""

from collections.abc import Iterable
from pathlib import Path

from search_index.analysis import Analysis
from search_index.asked import asked_of
from search_index.documents import Document
from search_index.engine import Edit, TimesTold
from search_index.queries import Query
from search_index.results import Results, Suggestion
from search_index.times import Span, Timetables
from search_index.whoosh_engine import keeping
from search_index.whoosh_engine.answering import answered
from search_index.whoosh_engine.locking import writing
from search_index.whoosh_engine.opening import verify
from search_index.whoosh_engine.reading import Reading
from search_index.whoosh_engine.states import current_state, sweep_generations, sweep_leftovers

PATIENCE = 30.0
"""Seconds a change waits for another one."""


class WhooshEngine:
    """Engine and keeper over a directory."""

    def __init__(self, root: Path, analysis: Analysis, *, patience: float = PATIENCE) -> None:
        self._root = root
        self._analysis = analysis
        self._patience = patience
        self._reading = Reading(root, analysis.fingerprint)

    def search(self, query: Query) -> Results:
        """Answer a question."""
        return answered(self._reading.current(), query, asked_of(query, self._analysis))

    def completions(self, start: str, *, limit: int = 10) -> tuple[Suggestion, ...]:
        """Give the words, as they are written in documents, that begin as the last word of a text does."""
        typed = self._analysis.last(start)
        return self._reading.current().lexicon.completions(typed.folded, limit) if typed else ()

    def corrections(self, word: str, *, limit: int = 3) -> tuple[Suggestion, ...]:
        """Give the words, as they are written in documents, that a misspelt word may have meant."""
        words = self._analysis.asked(word)
        if len(words) != 1 or self.knows(word):
            return ()
        return self._reading.current().lexicon.corrections(words[0].folded, limit)

    def knows(self, word: str) -> bool:
        """Tell whether a word stands in a document, in any of its forms; true for stop words, which say nothing."""
        view = self._reading.current()
        return all(any(view.has_term(term) for term in word.terms) for word in self._analysis.asked(word))

    @property
    def keys(self) -> frozenset[int]:
        """List the keys of all documents, to be held against the database."""
        view = self._reading.current()
        return frozenset(view.columns.keys[view.all_rows].tolist())

    @property
    def mark(self) -> int:
        """Give the mark that came with the last change."""
        return self._reading.current().state.mark

    @property
    def window(self) -> Span:
        """Give the window of the timetables told last."""
        return self._reading.current().openings.window

    def verify(self) -> None:
        """Hold every file against its checksum, also those nobody has touched lately."""
        verify(self._root, current_state(self._root))

    def rebuild(self, documents: Iterable[Document], *, mark: int = 0, times: TimesTold | None = None) -> None:
        """Put these documents in place of all there are, at once for every reader."""
        with writing(self._root, patience=self._patience):
            keeping.rebuild(self._root, documents, self._analysis, mark=mark, times=times)
        self._reading.latest()

    def forget_former(self) -> None:
        """Remove the generations before the one that counts, and what edits left in it."""
        with writing(self._root, patience=self._patience):
            state = current_state(self._root)
            sweep_leftovers(self._root, state)
            sweep_generations(self._root, keep={state.generation})

    def apply(self, edit: Edit) -> None:
        """Replace the documents of some groups."""
        with writing(self._root, patience=self._patience):
            keeping.apply(self._root, self._reading.latest(), edit, self._analysis)
        self._reading.latest()

    def tell_times(self, timetables: Timetables) -> None:
        """Say when each schedule is in which state; replaces what was said before."""
        with writing(self._root, patience=self._patience):
            keeping.tell_times(self._root, timetables)
        self._reading.latest()
