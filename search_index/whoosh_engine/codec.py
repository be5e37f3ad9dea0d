"""How a Whoosh segment lies on disk: each term's postings as two raw arrays, with a checksum of their own.

    NAME.pst    term after term: rows (int32, ascending), grains (uint16)
    NAME.trm    terms in order, where their postings begin, how many there are, CRC-32 of their bytes

Whoosh's own codec packs postings in pickled blocks of 128; decoding them one by one costs far more than searching.
Nothing is mapped into memory: a file that somebody cuts short would kill the process that maps it. A list is read
when it is first asked for, and its checksum is looked at then.
"""

import os
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray

from search_index.engine import IndexDamaged
from search_index.whoosh_engine.arrays import Block, write_block
from search_index.whoosh_engine.library import (
    Codec,
    FieldWriter,
    FileStorage,
    PerDocumentWriter,
    Segment,
    TermsReader,
)
from search_index.whoosh_engine.pool import Pool

Rows = NDArray[np.int32]
Grains = NDArray[np.uint16]
FIELD = "words"
TERMS, POSTINGS = ".trm", ".pst"
_BYTES_A_POSTING = 6


def path_of(storage: FileStorage, segment: Segment, extension: str) -> Path:
    """Tell where a file of a segment lies."""
    return Path(storage.folder) / cast("str", segment.make_filename(extension))


class ArrayCodec(Codec):  # type: ignore[misc]  # Whoosh has no types
    """Tells Whoosh what writes and reads our segments."""

    length_stats = False

    def per_document_writer(self, storage: FileStorage, segment: Segment) -> "DocumentCounter":
        """Give what notes documents."""
        del storage, segment
        return DocumentCounter()

    def field_writer(self, storage: FileStorage, segment: Segment) -> "PostingsWriter":
        """Give what writes terms and postings."""
        return PostingsWriter(storage, segment)

    def terms_reader(self, storage: FileStorage, segment: Segment) -> "PostingsReader":
        """Give what reads terms and postings."""
        return PostingsReader(storage, segment)

    def new_segment(self, storage: FileStorage, indexname: str) -> "ArraySegment":
        """Begin a segment."""
        del storage
        return ArraySegment(indexname)


class ArraySegment(Segment):  # type: ignore[misc]  # Whoosh has no types
    """What the table of contents says of a segment."""

    def __init__(self, indexname: str) -> None:
        super().__init__(indexname)
        self._n_documents = 0
        self._deleted: set[int] = set()

    def codec(self) -> ArrayCodec:
        """Give what reads it."""
        return ArrayCodec()

    def should_assemble(self) -> bool:
        """Refuse to be copied into one file, which every process would read whole."""
        return False

    def set_doc_count(self, doccount: int) -> None:
        """Note how many documents there are."""
        self._n_documents = doccount

    def doc_count_all(self) -> int:
        """Count documents, deleted ones included."""
        return self._n_documents

    def deleted_count(self) -> int:
        """Count deleted documents."""
        return len(self._deleted)

    def deleted_docs(self) -> set[int]:
        """Give the rows of deleted documents."""
        return self._deleted

    def delete_document(self, docnum: int, delete: bool = True) -> None:  # noqa: FBT001, FBT002 - Whoosh calls it so
        """Note that a document is deleted."""
        (self._deleted.add if delete else self._deleted.discard)(docnum)

    def is_deleted(self, docnum: int) -> bool:
        """Tell whether a document is deleted."""
        return docnum in self._deleted


class DocumentCounter(PerDocumentWriter):  # type: ignore[misc]  # Whoosh has no types
    """Writes nothing: what a document is beside its words stands in columns of ours."""

    is_closed = False

    def start_doc(self, docnum: int) -> None:
        """Hear that a document begins."""

    def add_field(self, fieldname: str, fieldobj: object, value: object, length: int) -> None:
        """Hear how many words a field has."""

    def close(self) -> None:
        """Hear that all documents are said."""
        self.is_closed = True


class PostingsWriter(FieldWriter):  # type: ignore[misc]  # Whoosh has no types
    """Writes the terms of a segment and their postings."""

    def __init__(self, storage: FileStorage, segment: Segment) -> None:
        self._terms = path_of(storage, segment, TERMS)
        self._postings = path_of(storage, segment, POSTINGS)
        self.is_closed = False

    def add_postings(self, schema: object, lengths: object, items: Pool) -> None:
        """Write everything at once: the pool has it in arrays already."""
        del schema, lengths
        terms, counts, rows, grains = items.sorted()
        ends = np.cumsum(counts, dtype=np.int64)
        checks = np.empty(len(terms), dtype=np.uint32)
        with self._postings.open("wb") as file:
            for number, (start, end) in enumerate(zip(ends - counts, ends, strict=True)):
                told = rows[start:end].tobytes() + grains[start:end].tobytes()
                checks[number] = zlib.crc32(told)
                file.write(told)
        write_block(self._terms, {"counts": counts.astype(np.int32), "checks": checks}, {"terms": terms})

    def close(self) -> None:
        """Hear that the segment ends."""
        self.is_closed = True


class PostingsReader(TermsReader):  # type: ignore[misc]  # Whoosh has no types
    """Gives the postings of a segment as arrays."""

    # When the interpreter ends, modules are gone before the last reader is.
    _close_file = staticmethod(os.close)

    def __init__(self, storage: FileStorage, segment: Segment) -> None:
        self._path = path_of(storage, segment, POSTINGS)
        block = Block(path_of(storage, segment, TERMS).read_bytes())
        self._counts = block.array("counts")
        self._checks = block.array("checks")
        self._ends = np.cumsum(self._counts, dtype=np.int64)
        self._numbers = {term: number for number, term in enumerate(block.texts("terms"))}
        # Open files stay readable when a later generation removes their names.
        self._descriptor = os.open(self._path, os.O_RDONLY)

    def __del__(self) -> None:
        """Give the file back when the last reader of a snapshot is gone."""
        self.close()

    def close(self) -> None:
        """Give the file back."""
        descriptor, self._descriptor = getattr(self, "_descriptor", -1), -1
        if descriptor >= 0:
            self._close_file(descriptor)

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        """Tell whether any document has or had a term."""
        return term[1].decode() in self._numbers

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """List the terms in order."""
        return ((FIELD, term.encode()) for term in self._numbers)

    def indexed_field_names(self) -> tuple[str]:
        """Name the one field there is."""
        return (FIELD,)

    def postings(self, term: str) -> tuple[Rows, Grains] | None:
        """Give the rows that have a term, deleted ones included, and its grains in each; None where no row has."""
        number = self._numbers.get(term)
        if number is None:
            return None
        count, end = int(self._counts[number]), int(self._ends[number])
        content = os.pread(self._descriptor, count * _BYTES_A_POSTING, (end - count) * _BYTES_A_POSTING)
        if zlib.crc32(content) != self._checks[number]:
            raise IndexDamaged(f"{self._path.name}: the postings of a term are not what was written")
        rows = np.frombuffer(content, dtype=np.int32, count=count)
        return rows, np.frombuffer(content, dtype=np.uint16, offset=rows.nbytes)

    def all_postings(self) -> Iterator[tuple[str, Rows, Grains]]:
        """Give the postings of every term."""
        for term in self._numbers:
            found = self.postings(term)
            if found is not None:
                yield term, *found
