"""Documents and questions as one says them, and an index that answers with titles."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from search_index.analysis import fold
from search_index.documents import Document, Part, Spot
from search_index.engine import Edit, KeptEngine
from search_index.queries import Alternative, Clause, Near, Query
from search_index.results import Results
from search_index.times import Changes, Span, State, Timetables

ACRONYMS = ("CAF", "MSA", "RAM", "ESAT", "CLIC", "CCAS")
NOGENT = Spot(48.495, 3.5)
HOUR = 60
WEEK = Span(0, 7 * 24 * HOUR)
OPEN, CLOSED, APPOINTMENT, UNKNOWN = State.OPEN, State.CLOSED, State.APPOINTMENT, State.UNKNOWN


def kilometres_away(kilometres: float) -> Spot:
    """Give a spot to the north of Nogent."""
    return Spot(NOGENT.lat + kilometres / 111.195, NOGENT.lon)


def a_document(  # noqa: PLR0913  # every argument is optional, and a test names the one it is about
    title: str = "Mairie",
    *,
    concept: str = "",
    structure: str = "",
    place: str = "",
    text: str = "",
    km: float | None = None,
    group: int = 0,
    tags: Mapping[str, Iterable[str]] | None = None,
    areas: Iterable[str] = (),
    schedule: str = "",
    fresh_on: int = 0,
) -> Document:
    """Describe one way to reach a service; its key is its place in the index, its group its own unless said."""
    parts = {Part.TITLE: title, Part.CONCEPT: concept, Part.STRUCTURE: structure, Part.PLACE: place, Part.TEXT: text}
    return Document(
        key=0,
        group=group,
        texts={part: words for part, words in parts.items() if words},
        tags={facet: tuple(values) for facet, values in (tags or {}).items()},
        spot=None if km is None else kilometres_away(km),
        areas=tuple(areas),
        schedule=schedule,
        fresh_on=fresh_on,
        name=fold(title),
    )


def words(*alternatives: str | Alternative, is_required: bool = True) -> Clause:
    """Look for something in any of several ways."""
    ways = (way if isinstance(way, Alternative) else Alternative(words=tuple(way.split())) for way in alternatives)
    return Clause(tuple(ways), is_required=is_required)


def ask(text: str = "", *, km: float | None = None, is_near: bool = False, **more: Any) -> Query:  # noqa: ANN401  # the fields of a query
    """Ask for every word of a text, from Nogent when near or within so many kilometres."""
    near = Near(NOGENT, None if km is None else km * 1000) if is_near or km is not None else None
    clauses = tuple(words(word) for word in text.split())
    return replace(Query(clauses=clauses, near=near), **more)


@dataclass
class Index:
    """An engine a test fills and asks; it answers with titles."""

    engine: KeptEngine
    documents: dict[int, Document] = field(default_factory=dict)

    def holds(self, *documents: Document) -> None:
        """Hold these documents and no others, numbered from 1."""
        self.documents = {key: numbered(document, key) for key, document in enumerate(documents, start=1)}
        self.engine.rebuild(self.documents.values())

    def edit(self, *documents: Document, groups: Iterable[int], first_key: int = 1) -> None:
        """Replace the documents of some groups."""
        new = {key: numbered(document, key) for key, document in enumerate(documents, start=first_key)}
        kept = {key: document for key, document in self.documents.items() if document.group not in set(groups)}
        self.documents = kept | new
        self.engine.apply(Edit(frozenset(groups), tuple(new.values())))

    def opens(self, **changes: Changes) -> None:
        """Say when schedules are in which state, over a week."""
        self.engine.tell_times(Timetables(WEEK, changes))

    def answer(self, question: str | Query, **more: Any) -> Results:  # noqa: ANN401  # the fields of a query
        """Answer a question in full."""
        return self.engine.search(ask(question, **more) if isinstance(question, str) else question)

    def titles(self, question: str | Query = "", **more: Any) -> list[str]:  # noqa: ANN401  # the fields of a query
        """Answer with the titles, in order."""
        hits = self.answer(question, **more).hits
        return [self.documents[hit.key].texts[Part.TITLE] for hit in hits]


def numbered(document: Document, key: int) -> Document:
    """Give a document its key, and itself as a group when it has none."""
    return replace(document, key=key, group=document.group or key)
