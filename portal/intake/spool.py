"""Values that wait in a file between two stages of a run, so that a hundred thousand records need little memory."""

import pickle
import tempfile
from collections.abc import Iterator
from types import TracebackType
from typing import Generic, Self, TypeVar

Value = TypeVar("Value")


class Spool(Generic[Value]):
    """A file of values, written and then read in portions; it has no name and goes with the process."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by leaving the block
        self.count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def add(self, value: Value) -> None:
        """Put a value at the end."""
        pickle.dump(value, self._file, protocol=pickle.HIGHEST_PROTOCOL)
        self.count += 1

    def portions(self, size: int) -> Iterator[list[Value]]:
        """Read all values, some at a time, from the first."""
        self._file.seek(0)
        left = self.count
        while left:
            some = min(size, left)
            yield [pickle.load(self._file) for _ in range(some)]  # noqa: S301 - we wrote the nameless file ourselves
            left -= some
