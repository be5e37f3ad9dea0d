"""Writing commits: a whole index, a few groups replaced, small segments made one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from search_index.analysis import Analysis
from search_index.documents import Document
from search_index.engine import IndexDamaged
from search_index.entries import entry_of
from search_index.whoosh_engine.codec import POSTINGS, TERMS, ArraySegment
from search_index.whoosh_engine.columns import Columns, columns_of, merged, write_columns
from search_index.whoosh_engine.lexicon import WordCount, Words, merged_words, write_words
from search_index.whoosh_engine.rows import Rows
from search_index.whoosh_engine.segments import Writer, segments_at, toc_name
from search_index.whoosh_engine.states import Seal, seal_of
from search_index.whoosh_engine.view import Part, View

COLUMNS, WORDS = ".col", ".lex"
MOST_SEGMENTS = 16
"""Small segments beside the first; when there are more, they become one with the next edit."""


@dataclass(frozen=True)
class Commit:
    """What a commit made: its table of contents, its segments, and the checksums of the files it wrote."""

    toc: int
    segments: tuple[str, ...]
    seals: dict[str, Seal]


def build(folder: Path, documents: Sequence[Document], analysis: Analysis) -> Commit:
    """Write a whole index into an empty folder."""
    writer = Writer(folder, after=None)
    words = _add(writer, documents, analysis)
    return _finished(writer, folder, columns_of(documents), words)


def edited(
    folder: Path, view: View, groups: frozenset[int], documents: Sequence[Document], analysis: Analysis
) -> Commit:
    """Replace the documents of groups; small segments become one when there are many."""
    writer = Writer(folder, after=view.state.toc)
    deleted = _delete(writer, view, groups, frozenset(document.key for document in documents))
    small = view.parts[1:] if len(view.parts) > MOST_SEGMENTS else ()
    writer.drop(frozenset(view.state.segments[1:]) if small else frozenset())
    kept = [_take_over(writer, part, gone) for part, gone in zip(small, deleted[1:], strict=False)]
    words = _add(writer, documents, analysis)
    columns = merged([*kept, columns_of(documents)]) if kept else columns_of(documents)
    return _finished(writer, folder, columns, merged_words([*(part.words for part in small), words]))


def _add(writer: Writer, documents: Iterable[Document], analysis: Analysis) -> Words:
    count = WordCount()
    for document in documents:
        entry = entry_of(document, analysis)
        writer.add_terms(entry.terms)
        count.add(entry)
    return count.words()


def _delete(writer: Writer, view: View, groups: frozenset[int], keys: frozenset[int]) -> list[Rows]:
    """Mark the rows of groups, and of keys that come anew, in the segments they stand in; give all marked ones."""
    all_deleted = []
    for part, segment in zip(view.parts, writer.segments, strict=True):
        goes = np.isin(part.columns.groups, list(groups)) | np.isin(part.columns.keys, list(keys))
        for row in np.flatnonzero(goes).tolist():
            segment.delete_document(row)
        all_deleted.append(np.array(sorted(segment.deleted_docs()), dtype=np.intp))
    return all_deleted


def _take_over(writer: Writer, part: Part, deleted: Rows) -> Columns:
    """Put the postings of a small segment into the one being written."""
    lives = np.ones(part.columns.n_rows, dtype=np.bool_)
    lives[deleted] = False
    fresh_rows = (np.cumsum(lives) - 1 + writer.docnum).astype(np.int32)
    for term, rows, grains in part.postings.all_postings():
        stay = lives[rows]
        if stay.any():
            writer.pool.extend(term, fresh_rows[rows[stay]], grains[stay])
    kept = np.flatnonzero(lives)
    writer.add_rows(len(kept))
    return part.columns.taken(kept)


def _finished(writer: Writer, folder: Path, columns: Columns, words: Words) -> Commit:
    n_rows, first = writer.docnum, not writer.segments
    # An index of no document still has its first segment.
    writer.add_rows(0, even_so=first)
    writer.commit(merge=False)
    segments = segments_at(folder, writer.generation)
    names = tuple(str(segment.segment_id()) for segment in segments)
    seals = {toc_name(writer.generation): seal_of(folder / toc_name(writer.generation))}
    if first or n_rows:
        _check(segments[-1], columns)
        write_columns(folder / f"{names[-1]}{COLUMNS}", columns)
        write_words(folder / f"{names[-1]}{WORDS}", words)
        written = [f"{names[-1]}{extension}" for extension in (TERMS, POSTINGS, COLUMNS, WORDS)]
        seals |= {name: seal_of(folder / name) for name in written}
    return Commit(writer.generation, names, seals)


def _check(segment: ArraySegment, columns: Columns) -> None:
    """Hold what was written against what was meant: Whoosh has been seen to lose documents without a word."""
    if segment.doc_count_all() != columns.n_rows:
        raise IndexDamaged(f"{segment.doc_count_all()} documents were written where {columns.n_rows} were meant")
