"""One writer at a time, among processes and threads; a crash lets go by itself."""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from search_index.engine import IndexBusy

_PAUSE = 0.01


@contextmanager
def writing(root: Path, *, patience: float) -> Iterator[None]:
    """Hold the lock of an index, waiting some seconds for it."""
    root.mkdir(parents=True, exist_ok=True)
    deadline = time.monotonic() + patience
    # The file stays behind: removing it would let two processes lock two files of one name.
    with (root / "lock").open("ab") as file:
        while not _is_locked(file.fileno()):
            if time.monotonic() > deadline:
                raise IndexBusy("the index is being changed by another process")
            time.sleep(_PAUSE)
        yield


def _is_locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
