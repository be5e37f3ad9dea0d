"""Locks between processes that a crash releases by itself."""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PAUSE = 0.05


@contextmanager
def file_lock(path: Path, *, patience: float = 0) -> Iterator[bool]:
    """Hold a lock on a file, waiting some seconds for it; yield whether it was got."""
    # Whoever comes first makes the data directory: it holds everybody's contacts, and is for its owner alone.
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
    # The file stays behind: removing it would let two processes lock two files of one name.
    with path.open("ab") as file:
        yield _acquire(file.fileno(), deadline=time.monotonic() + patience)


def _acquire(descriptor: int, *, deadline: float) -> bool:
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                return False
            time.sleep(_PAUSE)
        else:
            return True
