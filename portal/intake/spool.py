"""Values that wait in a file between two stages of a run, so that a hundred thousand records need little memory."""

import pickle
import tempfile
from collections.abc import Iterator
from itertools import chain, islice
from types import TracebackType
from typing import Generic, Self, TypeVar

Value = TypeVar("Value")


TOGETHER = 100


class Spool(Generic[Value]):
    """A file of values, written and then read in portions; it has no name and goes with the process.

    Some values are written `together`, for their kinds and the words they share are then told once; large ones are
    better alone.
    """

    def __init__(self, *, together: int = TOGETHER) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by leaving the block
        self._together = together
        self._waiting: list[Value] = []
        self._written = 0
        self.count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def add(self, value: Value) -> None:
        """Put a value at the end."""
        self._waiting.append(value)
        self.count += 1
        if len(self._waiting) >= self._together:
            self._write()

    def portions(self, size: int) -> Iterator[list[Value]]:
        """Read all values, some at a time, from the first; nothing is added any more."""
        if self._waiting:
            self._write()
        values = chain.from_iterable(self._groups())
        while portion := list(islice(values, size)):
            yield portion

    def _write(self) -> None:
        pickle.dump(self._waiting, self._file, protocol=pickle.HIGHEST_PROTOCOL)
        self._waiting = []
        self._written += 1

    def _groups(self) -> Iterator[list[Value]]:
        self._file.seek(0)
        for _ in range(self._written):
            yield pickle.load(self._file)  # noqa: S301 - we wrote the nameless file ourselves
