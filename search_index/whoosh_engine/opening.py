"""Opening what a state names, each file only after its checksum; parts that lie open already are taken along."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from search_index.engine import IndexDamaged
from search_index.whoosh_engine.building import COLUMNS, WORDS
from search_index.whoosh_engine.codec import POSTINGS, TERMS, ArraySegment, PostingsReader
from search_index.whoosh_engine.columns import read_columns
from search_index.whoosh_engine.lexicon import read_words
from search_index.whoosh_engine.openings import Openings
from search_index.whoosh_engine.segments import reader_of, segments_at, toc_name
from search_index.whoosh_engine.states import State, check_seal, sealed_content
from search_index.whoosh_engine.timetables import read_layer
from search_index.whoosh_engine.view import Part, View


def opened(root: Path, state: State, before: View | None = None) -> View:
    """Open an index."""
    folder = root / state.generation
    known = _known(before) if before and before.state.generation == state.generation else {}
    segments = _segments(folder, state)
    try:
        parts = [known.get(name) or _part(folder, state, segment) for name, segment in segments.items()]
    except OSError as error:
        raise IndexDamaged("a file went away while it was opened") from error
    deleted = [np.array(sorted(segment.deleted_docs()), dtype=np.intp) for segment in segments.values()]
    return View(state, parts, deleted, _openings(folder, state, before))


def verify(root: Path, state: State) -> None:
    """Hold every file against its checksum."""
    for name, seal in state.seals.items():
        check_seal(root / state.generation / name, seal)


def _known(view: View) -> Mapping[str, Part]:
    return dict(zip(view.state.segments, view.parts, strict=True))


def _segments(folder: Path, state: State) -> Mapping[str, ArraySegment]:
    toc = toc_name(state.toc)
    check_seal(folder / toc, state.seals[toc])
    try:
        found = {str(segment.segment_id()): segment for segment in segments_at(folder, state.toc)}
    except OSError as error:
        raise IndexDamaged(f"{toc} went away while it was opened") from error
    if tuple(found) != state.segments:
        raise IndexDamaged(f"{toc} names other segments than were committed")
    return found


def _part(folder: Path, state: State, segment: ArraySegment) -> Part:
    name = str(segment.segment_id())
    for extension in (POSTINGS, TERMS):
        check_seal(folder / f"{name}{extension}", state.seals[f"{name}{extension}"])
    columns, words = (_content(folder, state, f"{name}{extension}") for extension in (COLUMNS, WORDS))
    postings: PostingsReader = reader_of(folder, segment)
    return Part(postings, read_columns(columns), read_words(words))


def _openings(folder: Path, state: State, before: View | None) -> Openings:
    """Open timetables; those that lie open already are taken along."""
    known = dict(zip(before.state.told, before.openings.layers, strict=True)) if before else {}
    if before and before.state.told == state.told:
        return before.openings
    told = zip(state.times, state.told, strict=True)
    return Openings([known.get(seal) or read_layer(_content(folder, state, name)) for name, seal in told])


def _content(folder: Path, state: State, name: str) -> bytes:
    return sealed_content(folder / name, state.seals[name].digest)
