"""A file to read, wherever it lies: on disk, in memory, inside a zip; opened as often as needed."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from importers.reading.caps import DEFAULT_CAPS, Caps


@dataclass(frozen=True)
class Piece:
    """One file, not yet opened."""

    name: str
    size: int
    open: Callable[[], BinaryIO]
    is_packed: bool = False
    """Whether it comes out of an archive, where no further archive may hide."""
    caps: Caps = DEFAULT_CAPS
    """How much of it is read at most, as whoever brought it allows."""

    def head(self, n_bytes: int) -> bytes:
        """Read the first bytes."""
        with self.open() as stream:
            return stream.read(n_bytes)


def piece_of_file(path: Path, *, name: str = "") -> Piece:
    """Take a file on disk."""
    return Piece(name or path.name, path.stat().st_size, lambda: path.open("rb"))


def piece_of_bytes(content: bytes, name: str) -> Piece:
    """Take a file that is in memory already."""
    return Piece(name, len(content), lambda: io.BytesIO(content))
