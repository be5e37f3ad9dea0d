"""What is on disk, and which of it counts: generations, their commits, checksums, and one pointer.

    current                 "g000003/state-17.json SHA-256-of-it", replaced in one go
    g000002/                the generation before, kept
    g000003/state-17.json   every file of this commit with its size and checksum, written last
    g000003/…               segments, tables of contents, columns, timetables

A rebuild makes a new generation, an edit a new state in the same one. Whoever is killed at any moment leaves the
pointer at the old state or at the new one, and both are whole. No file is opened before its checksum is that of the
state, because tables of contents are pickles.
"""

import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from search_index.engine import IndexDamaged

LAYOUT = 2
"""Grows when files are laid out differently: an index of another layout is built anew."""
POINTER = "current"
_POINTED = re.compile(r"(g\d{6})/(state-\d+\.json) ([0-9a-f]{64})\n")


@dataclass(frozen=True)
class Seal:
    """What a file was when it was written."""

    size: int
    digest: str


@dataclass(frozen=True, kw_only=True)
class State:
    """Everything an index consists of at one commit."""

    generation: str
    number: int
    toc: int
    """Number of Whoosh's table of contents."""
    mark: int
    """What the caller said the index holds: the number of the last change that is in it."""
    fingerprint: str
    """Of the analysis: another one would look for other terms than stand here."""
    segments: tuple[str, ...]
    times: tuple[str, ...]
    seals: Mapping[str, Seal] = field(default_factory=dict)

    @property
    def told(self) -> tuple[Seal, ...]:
        """Tell timetables apart."""
        return tuple(self.seals[name] for name in self.times)

    @property
    def file_name(self) -> str:
        """Name the file that says so."""
        return f"state-{self.number}.json"


Stamp = tuple[int, int]


def stamp_of(root: Path) -> Stamp | None:
    """Tell cheaply whether the pointer is the one seen before; None when there is no pointer."""
    try:
        found = os.stat(f"{root}/{POINTER}")  # noqa: PTH116 - asked at every search: a Path costs as much as the answer
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns


def current_state(root: Path) -> State:
    """Read the state the pointer names."""
    try:
        pointed = _POINTED.fullmatch((root / POINTER).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise IndexDamaged("there is no index, or its pointer cannot be read") from error
    if pointed is None:
        raise IndexDamaged("the pointer to the index is damaged")
    generation, name, digest = pointed.groups()
    content = sealed_content(root / generation / name, digest)
    return _state(json.loads(content))


def _state(told: dict[str, Any]) -> State:
    if told.pop("layout") != LAYOUT:
        raise IndexDamaged("the index was laid out by another release")
    seals = {name: Seal(*seal) for name, seal in told.pop("seals").items()}
    return State(**told | {name: tuple(told[name]) for name in ("segments", "times")}, seals=seals)


def sealed_content(path: Path, digest: str) -> bytes:
    """Read a file that must be what was written."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise IndexDamaged(f"{path.name} cannot be read") from error
    if hashlib.sha256(content).hexdigest() != digest:
        raise IndexDamaged(f"{path.name} is not what was written")
    return content


def seal_of(path: Path) -> Seal:
    """Take the checksum of a file."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        return Seal(file.tell(), digest)


def check_seal(path: Path, seal: Seal) -> None:
    """Refuse a file that is not what was written."""
    try:
        found = seal_of(path)
    except OSError as error:
        raise IndexDamaged(f"{path.name} cannot be read") from error
    if found != seal:
        raise IndexDamaged(f"{path.name} is not what was written")


def publish(root: Path, state: State) -> None:
    """Make a state the one that counts; its files are all written."""
    seals = {name: [seal.size, seal.digest] for name, seal in state.seals.items()}
    content = json.dumps(vars(state) | {"seals": seals, "layout": LAYOUT}).encode()
    (root / state.generation / state.file_name).write_bytes(content)
    line = f"{state.generation}/{state.file_name} {hashlib.sha256(content).hexdigest()}\n"
    fresh = root / f"{POINTER}.new"
    fresh.write_text(line, encoding="utf-8")
    # The clock of a file system ticks every few milliseconds: two states of one tick must not look alike.
    distinct = int(state.generation[1:]) * 10**9 + state.number
    os.utime(fresh, ns=(distinct, distinct))
    fresh.replace(root / POINTER)


def new_generation(root: Path) -> Path:
    """Make the folder of a generation that never was."""
    numbers = [int(folder.name[1:]) for folder in _generations(root)]
    folder = root / f"g{max(numbers, default=0) + 1:06d}"
    folder.mkdir(parents=True)
    return folder


def sweep_generations(root: Path, keep: Iterable[str]) -> None:
    """Remove generations that nobody needs any more, finished or not."""
    kept = frozenset(keep)
    for folder in _generations(root):
        if folder.name not in kept:
            shutil.rmtree(folder, ignore_errors=True)


def sweep_leftovers(root: Path, state: State) -> None:
    """Remove from a generation what its state does not name: older commits, and what a killed writer left."""
    folder = root / state.generation
    kept = {state.file_name, *state.seals}
    for path in folder.iterdir():
        if path.name not in kept:
            path.unlink(missing_ok=True)


def _generations(root: Path) -> list[Path]:
    return sorted(folder for folder in root.glob("g[0-9][0-9][0-9][0-9][0-9][0-9]") if folder.is_dir())
