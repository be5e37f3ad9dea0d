"""What every engine does: the in-memory reference, Whoosh with arrays, one day PostgreSQL."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from search_index.documents import Document
from search_index.queries import Query
from search_index.results import Results, Suggestion
from search_index.times import Changes, Span, Timetables

TimesTold = Callable[[], Timetables]
"""Says when each schedule is in which state, asked when all documents are known."""


class IndexDamaged(Exception):  # noqa: N818  # a state of the index, which the caller acts on
    """The index on disk is missing, or not what was written: the caller answers otherwise and has it rebuilt."""


class IndexBusy(Exception):  # noqa: N818  # a state of the index, which the caller acts on
    """Somebody else has been changing the index for longer than one waits."""


class Engine(Protocol):
    """Answers questions; any number of threads may ask while documents change."""

    def search(self, query: Query) -> Results:
        """Answer a question."""
        ...

    def completions(self, start: str, *, limit: int = 10) -> tuple[Suggestion, ...]:
        """Give the words, as they are written in documents, that begin as the last word of a text does.

        The most frequent comes first. Counts may still hold documents that went since the last rebuild.
        """
        ...

    def corrections(self, word: str, *, limit: int = 3) -> tuple[Suggestion, ...]:
        """Give the words, as they are written in documents, that a misspelt word may have meant.

        Those with the fewest slips come first, then the most frequent. None for a word that stands in a document, is
        too short to tell, or is a number.
        """
        ...

    def knows(self, word: str) -> bool:
        """Tell whether a word stands in a document, in any of its forms; true for stop words, which say nothing."""
        ...

    @property
    def mark(self) -> int:
        """Give the number told with the last change: how far the index has followed the database; 0 before any."""
        ...

    @property
    def window(self) -> Span:
        """Give the minutes that schedules were told for; an empty one before any were."""
        ...

    @property
    def keys(self) -> frozenset[int]:
        """List the keys of all documents, to be held against the database."""
        ...


@dataclass(frozen=True)
class Edit:
    """What became of some groups: their documents now; none when they are gone."""

    groups: frozenset[int]
    documents: tuple[Document, ...] = ()
    changes: Mapping[str, Changes] = field(default_factory=dict)
    """States, over the window already told, of schedules that were not told yet."""
    mark: int | None = None
    """The index's new mark; None leaves it."""


class Keeper(Protocol):
    """Changes what an engine answers from; one at a time."""

    def rebuild(self, documents: Iterable[Document], *, mark: int = 0, times: TimesTold | None = None) -> None:
        """Put these documents in place of all there are, at once for every reader, and with them the mark.

        `times` is called once all documents have been taken, when their schedules are known; what it says becomes
        visible with them. Without it, what was told before holds.
        """
        ...

    def apply(self, edit: Edit) -> None:
        """Replace the documents of some groups, and move the mark in the same breath: after a crash, both or none."""
        ...

    def forget_former(self) -> None:
        """Keep nothing but what counts now: what was replaced may have named somebody."""
        ...

    def verify(self) -> None:
        """Hold what is kept against what was written; raise `IndexDamaged` when it is not the same."""
        ...

    def tell_times(self, timetables: Timetables) -> None:
        """Say when each schedule is in which state; replaces what was said before."""
        ...


class KeptEngine(Engine, Keeper, Protocol):
    """Both at once: what runs in the process that changes the index."""
