"""Changing what is on disk: each change writes new files and then moves the pointer, under the writer's lock."""

import shutil
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from search_index.analysis import Analysis
from search_index.documents import Document
from search_index.engine import Edit, IndexDamaged, TimesTold
from search_index.times import Timetables
from search_index.whoosh_engine.building import build, edited
from search_index.whoosh_engine.columns import in_rows
from search_index.whoosh_engine.states import (
    State,
    check_seal,
    current_state,
    new_generation,
    publish,
    seal_of,
    sealed_content,
    sweep_generations,
    sweep_leftovers,
)
from search_index.whoosh_engine.timetables import joined_times, window_of, write_times
from search_index.whoosh_engine.view import View

_MOST_TIMES = 16
"""Files of timetables; when there are more, they become one with the next edit."""


def rebuild(
    root: Path,
    documents: Iterable[Document],
    analysis: Analysis,
    *,
    mark: int,
    times: TimesTold | None,
) -> None:
    """Write a new generation and make it count; the one before is kept."""
    before = _state_or_none(root)
    folder = new_generation(root)
    commit = build(folder, in_rows(documents), analysis)
    state = State(
        generation=folder.name,
        number=1,
        toc=commit.toc,
        mark=mark,
        fingerprint=analysis.fingerprint,
        segments=commit.segments,
        times=(),
        seals=commit.seals,
    )
    if times:
        state = _with_times(root, state, times())
    elif before:
        state = _with_times_of(root, state, before)
    publish(root, state)
    sweep_generations(root, keep={folder.name, before.generation if before else folder.name})


def apply(root: Path, view: View, edit: Edit, analysis: Analysis) -> None:
    """Commit an edit to the generation that counts."""
    state, folder = view.state, root / view.state.generation
    sweep_leftovers(root, state)
    commit = edited(folder, view, edit.groups, in_rows(edit.documents), analysis)
    named = (*commit.segments, *state.times)
    kept = {name: seal for name, seal in state.seals.items() if name.startswith(named)}
    fresh = replace(
        state,
        number=state.number + 1,
        toc=commit.toc,
        mark=state.mark if edit.mark is None else edit.mark,
        segments=commit.segments,
        seals=kept | commit.seals,
    )
    publish(root, _with_changes(root, fresh, edit) if edit.changes else fresh)


def tell_times(root: Path, timetables: Timetables) -> None:
    """Put timetables in place of those told before."""
    state = current_state(root)
    sweep_leftovers(root, state)
    publish(root, _with_times(root, replace(state, number=state.number + 1), timetables))


def _state_or_none(root: Path) -> State | None:
    try:
        return current_state(root)
    except IndexDamaged:
        return None


def _with_times(root: Path, state: State, timetables: Timetables) -> State:
    name = f"times-{state.number}.tim"
    write_times(root / state.generation / name, timetables)
    return _timed(root, state, (name,))


def _with_changes(root: Path, state: State, edit: Edit) -> State:
    """Add what is told of some schedules to what was told of the others, in a file of their own."""
    folder = root / state.generation
    contents = [sealed_content(folder / name, state.seals[name].digest) for name in state.times]
    told = Timetables(window_of(contents), edit.changes)
    if len(contents) < _MOST_TIMES:
        name = f"times-{state.number}.tim"
        write_times(folder / name, told)
        return _timed(root, state, (*state.times, name))
    joined = joined_times(contents)
    return _with_times(root, state, replace(joined, changes={**joined.changes, **told.changes}))


def _with_times_of(root: Path, state: State, before: State) -> State:
    """Take timetables along into a new generation; damaged ones are told anew by the caller, who has them."""
    for name in before.times:
        source = root / before.generation / name
        try:
            check_seal(source, before.seals[name])
        except IndexDamaged:
            return state
        shutil.copyfile(source, root / state.generation / name)
    return _timed(root, state, before.times)


def _timed(root: Path, state: State, names: tuple[str, ...]) -> State:
    others = {name: seal for name, seal in state.seals.items() if name not in state.times}
    seals = {name: seal_of(root / state.generation / name) for name in names}
    return replace(state, times=names, seals=others | seals)
