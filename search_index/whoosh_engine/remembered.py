"""A bounded memory for what is worked out once and asked for again."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Remembered(Generic[Value]):
    """Keeps what was asked for lately, up to so many bytes; any number of threads may ask."""

    def __init__(self, *, most_bytes: int, size: Callable[[Value], int]) -> None:
        self._most_bytes = most_bytes
        self._size = size
        self._kept: OrderedDict[Hashable, Value] = OrderedDict()
        self._n_bytes = 0
        self._changing = Lock()

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """Give what is kept under a key, making it when it is not."""
        with self._changing:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = make()
        with self._changing:
            if key not in self._kept:
                self._kept[key] = made
                self._n_bytes += self._size(made)
            while self._n_bytes > self._most_bytes:
                self._n_bytes -= self._size(self._kept.popitem(last=False)[1])
        return made
