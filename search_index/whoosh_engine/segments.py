"""Writing segments with Whoosh: one field of weighted terms, a commit that adds and never takes away.

Whoosh clears away the files of the commit before as soon as its own table of contents is written. A process killed
just then would leave our pointer at files that are gone, so our writer keeps them; `states` says when they go.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from search_index.whoosh_engine.codec import FIELD, ArrayCodec, ArraySegment, PostingsReader
from search_index.whoosh_engine.library import TOC, FieldType, FileIndex, FileStorage, Frequency, Schema, SegmentWriter
from search_index.whoosh_engine.pool import Pool

NAME = "MAIN"


class WeightedTerms(FieldType):  # type: ignore[misc]  # Whoosh has no types
    """A field whose terms come analysed and weighed: the weight of each part of a document is in the grains."""

    def __init__(self) -> None:
        super().__init__(format=Frequency(), analyzer=None)

    def index(self, value: Mapping[str, int], **_: object) -> Iterator[tuple[bytes, int, int, bytes]]:
        """Give what Whoosh puts into its pool for a document."""
        return ((term.encode(), 1, grains, b"") for term, grains in value.items())


def toc_name(number: int) -> str:
    """Name the table of contents of a commit."""
    return f"_{NAME}_{number}.toc"


def segments_at(folder: Path, number: int) -> list[ArraySegment]:
    """Read the table of contents of a commit; its checksum has been looked at, for it is a pickle."""
    segments: list[ArraySegment] = _toc(_storage(folder), number).segments
    return segments


def reader_of(folder: Path, segment: ArraySegment) -> PostingsReader:
    """Read the postings of a segment."""
    return segment.codec().terms_reader(_storage(folder), segment)


class Writer(SegmentWriter):  # type: ignore[misc]  # Whoosh has no types
    """Whoosh's writer of segments, standing on one commit, with our pool and without its lock and its clearing away."""

    def __init__(self, folder: Path, *, after: int | None) -> None:
        storage = _storage(folder)
        if after is None:
            after = 0
            TOC.create(storage, _schema(), NAME)
        super().__init__(_Commit(storage, after), codec=ArrayCodec(), compound=False, _lk=False)
        self.pool = Pool()
        self.segments: list[ArraySegment]
        self._added: bool

    def add_terms(self, terms: Mapping[str, int]) -> None:
        """Add a document."""
        self.add_document(**{FIELD: terms})

    def add_rows(self, n_rows: int, *, even_so: bool = False) -> None:
        """Add documents whose postings go into the pool on their own; even so, a segment of none is written too."""
        self.docnum += n_rows
        self._added = self._added or n_rows > 0 or even_so

    def drop(self, segments: frozenset[str]) -> None:
        """Leave segments out from now on."""
        self.segments = [segment for segment in self.segments if segment.segment_id() not in segments]

    def _commit_toc(self, segments: list[ArraySegment]) -> None:
        TOC(self.schema, segments, self.generation).write(self.storage, self.indexname)


class _Commit(FileIndex):  # type: ignore[misc]  # Whoosh has no types
    """A Whoosh index as it was at one commit, whatever else lies in the folder."""

    def __init__(self, storage: FileStorage, number: int) -> None:  # no super(): it would read the latest commit
        self.storage = storage
        self.indexname = NAME
        self._number = number

    def _read_toc(self) -> TOC:
        return _toc(self.storage, self._number)


class _Storage(FileStorage):  # type: ignore[misc]  # Whoosh has no types
    """A folder; what Whoosh wants to keep for a while only goes nowhere."""

    def temp_storage(self, name: str | None = None) -> "_Storage":
        """Give a place for the runs of Whoosh's own pool, which is never used."""
        del name
        return self

    def destroy(self) -> None:
        """Keep the folder."""


def _storage(folder: Path) -> _Storage:
    return _Storage(str(folder), supports_mmap=False)


def _schema() -> Schema:
    return Schema(**{FIELD: WeightedTerms()})


def _toc(storage: FileStorage, number: int) -> TOC:
    # The schema is ours, so that the pickled one is skipped.
    return TOC.read(storage, NAME, gen=number, schema=_schema())
