"""Timetables as files: all that was told at once, and small ones of what edits added."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from search_index.times import Changes, Span, State, Timetables
from search_index.whoosh_engine.arrays import Array, Block, write_block
from search_index.whoosh_engine.openings import Layer


def write_times(path: Path, timetables: Timetables) -> None:
    """Keep timetables in a file."""
    changes = [change for of_one in timetables.changes.values() for change in of_one]
    arrays: dict[str, Array] = {
        "window": np.array([timetables.window.first, timetables.window.last], dtype=np.int64),
        "ends": np.cumsum([len(of_one) for of_one in timetables.changes.values()], dtype=np.int64),
        "minutes": np.array([minute for minute, _ in changes], dtype=np.int64),
        "states": np.array([state for _, state in changes], dtype=np.uint8),
    }
    write_block(path, arrays, {"keys": list(timetables.changes)})


def read_layer(content: bytes) -> Layer:
    """Read the content of such a file, to be asked."""
    block = Block(content)
    ends, minutes, states = (block.array(name) for name in ("ends", "minutes", "states"))
    return Layer(_window(block), block.texts("keys"), ends, minutes, states)


def window_of(contents: Sequence[bytes]) -> Span:
    """Give the window of timetables; an empty one when nothing was told yet."""
    return _window(Block(contents[0])) if contents else Timetables().window


def joined_times(contents: Sequence[bytes]) -> Timetables:
    """Put the contents of several such files together."""
    changes: dict[str, Changes] = {}
    for block in map(Block, contents):
        ends = block.array("ends")[:-1]
        minutes, states = (np.split(block.array(name), ends) for name in ("minutes", "states"))
        for key, of_key, codes in zip(block.texts("keys"), minutes, states, strict=False):
            changes[key] = tuple(zip(of_key.tolist(), map(State, codes.tolist()), strict=True))
    return Timetables(window_of(contents), changes)


def _window(block: Block) -> Span:
    first, last = block.array("window").tolist()
    return Span(first, last)
