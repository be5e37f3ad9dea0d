"""Files of named arrays and lists of texts: written whole, read whole, never unpickled.

    8 bytes of magic, 8 bytes with the length of the header, the header as JSON, then each array as it lies in memory

A reader gets views into the bytes it read, so that opening a file costs little more than reading it.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
_MAGIC = b"MAILLAG1"
_ALIGNED = 64


def write_block(path: Path, arrays: Mapping[str, Array], texts: Mapping[str, Sequence[str]]) -> None:
    """Write arrays of one dimension, and lists of texts."""
    blobs = {f"text:{name}": _packed(values) for name, values in texts.items()}
    parts = {name: np.ascontiguousarray(array) for name, array in (*arrays.items(), *blobs.items())}
    header, offset = {}, 0
    for name, array in parts.items():
        header[name] = (array.dtype.str, len(array), offset)
        offset += -(-array.nbytes // _ALIGNED) * _ALIGNED
    told = json.dumps(header).encode()
    told += b" " * (-(len(told) + 16) % _ALIGNED)
    with path.open("wb") as file:
        file.write(_MAGIC + len(told).to_bytes(8, "little") + told)
        for array in parts.values():
            file.write(array.tobytes())
            file.write(bytes(-array.nbytes % _ALIGNED))


def _packed(values: Sequence[str]) -> Array:
    return np.frombuffer(json.dumps(list(values)).encode(), dtype=np.uint8)


class Block:
    """What such a file holds."""

    def __init__(self, content: bytes) -> None:
        if content[:8] != _MAGIC:
            raise ValueError("no file of arrays")
        length = int.from_bytes(content[8:16], "little")
        self._content = content
        self._start = 16 + length
        self._header: dict[str, tuple[str, int, int]] = json.loads(content[16 : self._start])

    def __contains__(self, name: str) -> bool:
        """Tell whether there is an array of that name."""
        return name in self._header

    def array(self, name: str) -> Array:
        """Give an array; it cannot be written to."""
        kind, length, offset = self._header[name]
        return np.frombuffer(self._content, dtype=kind, count=length, offset=self._start + offset)

    def texts(self, name: str) -> list[str]:
        """Give a list of texts."""
        found: list[str] = json.loads(self.array(f"text:{name}").tobytes())
        return found
